"""Words and what is expected now, to a meaning."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from voice.content.command_names import ANSWERS, Command
from voice.understand import (
    agreement,
    consent,
    denied,
    following,
    in_guide,
    leading_on,
    other_ways,
    partial,
    partial_answer,
)
from voice.understand.clauses import part
from voice.understand.commanded import as_command, as_expected, number_of
from voice.understand.consent_words import Consent, phrase_of
from voice.understand.knowledge import Knowledge
from voice.understand.meaning import Act, Expect, Expectation, Meaning, Reading
from voice.understand.normal import Utterance, fluent, normalise
from voice.understand.templates import spell
from voice.understand.to_the_point import to_the_point
from voice.understand.together import most_certain

NOTHING_EXPECTED = Expectation()


@dataclass(frozen=True)
class Understanding(Knowledge):
    """Maps words to meanings; pure once built."""

    def understand(self, text: str, expected: Expectation = NOTHING_EXPECTED) -> Meaning:
        """The meaning of typed text, or of the one reading a recogniser gave."""
        return self.understand_readings((Reading(text),), expected)

    def understand_readings(
        self, readings: Sequence[Reading], expected: Expectation = NOTHING_EXPECTED
    ) -> Meaning:
        """The meaning of an utterance with several readings, best first, weights summing to 1."""
        heard = [(normalise(reading.text), reading.weight) for reading in readings]
        heard = [(utterance, weight) for utterance, weight in heard if utterance.text]
        if not heard or self.noise.is_noise(heard[0][0]):
            return Meaning(heard[0][0].shown if heard else "", Act.NOISE)
        spelled = spell(heard[0][0].text)
        clarity = min(reading.clarity for reading in readings)
        meaning = self._meaning(heard, clarity, expected)
        if clarity < self.thresholds.guessed and _may_be_a_guess(meaning, expected):
            return replace(meaning, act=Act.MAYBE)
        if expected == NOTHING_EXPECTED and _is_answer(meaning) and self._hums(meaning.heard):
            # As the first words of all it agrees to nothing; machines that run beside are heard as a hum.
            return Meaning(meaning.heard, Act.NOISE)
        meaning = agreement.asks_to_go_on(self, heard[0][0], meaning, expected)
        meaning = agreement.called_for_by_name(self, heard[0][0], meaning, expected)
        return replace(
            in_guide.taken_up(self, heard[0][0], meaning, expected),
            correction=self.corrections.occur_in(spelled),
            upset=self.upset.occur_in(spelled),
        )

    def _meaning(
        self, heard: Sequence[tuple[Utterance, float]], clarity: float, expected: Expectation
    ) -> Meaning:
        if expected.expects in (Expect.YES_NO, Expect.CHOICE):
            heard = [
                (partial_answer.since_taken_back(self, words), weight) for words, weight in heard
            ]
        best = heard[0][0]
        exact = (
            partial.put_right(self, best, expected)
            or agreement.demanded(self, best, expected)
            or agreement.asks_about_it(self, best, expected)
            or agreement.about_deed(self, best, expected)
            or other_ways.left(self, best)
            or following.all_done(self, best, expected)
            or following.follow_up(self, best, expected)
            or following.what_now(self, best, expected)
            or following.sighed(self, best)
            or following.no_matter(self, best, expected)
            or denied.denied(self, best, expected)
            or following.picks_again(self, best, expected)
        )
        if exact is not None:
            return exact
        certain = most_certain(heard, lambda words: self._certain(words, expected))
        ways_on_offer = bool(expected.choices) or expected.to_hear
        if certain is not None and _leads_nowhere(certain, expected) and ways_on_offer:
            # 「就电话那个」 sounds like 「电话拿过」, and names a way where ways are on offer.
            certain = None
        if _is_answer(certain) and (step := leading_on.done(self, best, expected)) is not None:
            return step
        if certain is not None and not self._mere_answer(certain, best, expected):
            return leading_on.done_behind(self, best, certain, expected) or certain
        if certain is None and (own := self._in_words_of_its_own(best, expected)) is not None:
            return own
        meant = [(to_the_point(self, fluent(words)), weight) for words, weight in heard]
        asked = self.question(meant, clarity, in_guide.impossible(best, expected, self))
        if certain is not None or in_guide.cut_off(self, best, expected):
            return asked if asked.act is Act.ASK or certain is None else certain
        asked = in_guide.narrowed(self, in_guide.named_way(self, best, asked), expected)
        if (option := partial_answer.option(self, best, asked, expected)) is not None:
            return option
        if asked.act is Act.ASK:
            told = partial_answer.tells(self, asked) and (
                partial_answer.answer_beside(self, best, expected)
                or leading_on.done(self, best, expected)
            )
            found = (
                told
                or leading_on.barely_done(self, best, expected)
                or in_guide.step_of_guide(self, best, asked, expected)
            )
            return found if found and not _leads_nowhere(found, expected) else asked
        return self._partial(best, asked, clarity, expected)

    def _hums(self, heard: str) -> bool:
        return set(normalise(heard).clauses) <= set(self.words("hums"))

    def _in_words_of_its_own(self, utterance: Utterance, expected: Expectation) -> Meaning | None:
        """What is no answer where one is waited for, or leads on in a guide, or over to another."""
        offered = expected.to_hear and not expected.guide
        if offered and (way := in_guide.way(self, part(utterance, -1), expected)) is not None:
            # Who names the way that is on offer, 「那打电话吧」, wants to hear it.
            return way
        if self._answers_nothing(utterance, expected):
            return Meaning(utterance.shown, Act.OFF_SUBJECT)
        return (
            in_guide.way_behind(self, utterance, expected)
            or leading_on.next_step(self, utterance, expected)
            or in_guide.way(self, part(utterance, -1), expected)
        )

    def _partial(
        self, utterance: Utterance, asked: Meaning, clarity: float, expected: Expectation
    ) -> Meaning:
        """What a part of the utterance says, the whole of which is no sure question."""
        if in_guide.only_seems_next(self, utterance, asked, expected):
            asked = Meaning(utterance.shown, Act.OFF_SUBJECT)
        found = (
            partial_answer.answer_beside(self, utterance, expected)
            or in_guide.way(self, to_the_point(self, utterance), expected)
            or in_guide.same_way(self, utterance, expected)
            or in_guide.about_step(self, utterance, asked, expected)
            or partial.clause_of_command(self, utterance, asked, clarity, expected)
            or partial.manner_first(self, utterance)
            or partial.behind_command(self, utterance, clarity)
        )
        inside = partial.command_inside(self, utterance, asked, expected)
        parting = inside is not None and inside.command is Command.QUIT
        if parting and asked.command is Command.QUIT:
            # 「还得签字啊，中，回见」: all of it sounds like a goodbye.
            return inside or asked
        if not parting:
            found = found or leading_on.done(self, utterance, expected)
        if found is None and asked.act is Act.COMMAND and not parting:
            if partial.obeyed(asked, expected):
                number = number_of(asked.command, utterance)
                return as_expected(replace(asked, number=number), expected)
            asked = Meaning(utterance.shown, Act.OFF_SUBJECT)
        found = found or inside
        if found is None and not partial.likely_asks(asked):
            found = partial.end_of_story(self, utterance, clarity)
        found = found or in_guide.back_to_guide(self, utterance, asked, expected)
        if found is None and asked.act is Act.OFF_SUBJECT:
            found = partial_answer.long_answer(self, utterance, expected)
        if found is not None and _leads_nowhere(found, expected):
            return found if asked.act is Act.OFF_SUBJECT else asked
        return found or asked

    def _certain(self, utterance: Utterance, expected: Expectation) -> Meaning | None:
        """Answers and commands that the whole utterance consists of."""
        agreed = consent.classify(utterance, self.consent_to(expected))
        if expected.to_hear:
            agreed = agreement.weighed(self, utterance, agreed, expected)
        choosing = expected.expects is Expect.CHOICE
        found = self.commands.covering(utterance, choosing=choosing)
        if in_guide.cut_off(self, utterance, expected):
            return None
        if agreement.goes_on(self, utterance, found, expected):
            agreed = Consent.UNCLEAR
        if agreed is not Consent.UNCLEAR and expected.expects is Expect.YES_NO:
            return Meaning(utterance.shown, Act.COMMAND, 1.0, command=agreed.command)
        agrees = agreed is Consent.YES and not expected.guide
        if found is not None and not (found.name is Command.NEXT and agrees):
            return as_expected(as_command(utterance, found, 1.0), expected)
        if agreed in (Consent.UNCLEAR, Consent.WAIT):
            return None
        last = self.commands.last(utterance, choosing=choosing)
        if last is not None and last.name is Command.QUIT:
            return as_command(utterance, last, 1.0)
        if len(utterance.text) > self._longest_answer(expected):
            return None
        command = agreed.command
        if agreed is Consent.YES and expected.expects is Expect.STEP and not expected.paused:
            command = Command.NEXT
        return Meaning(utterance.shown, Act.COMMAND, 1.0, command=command)

    def _answers_nothing(self, utterance: Utterance, expected: Expectation) -> bool:
        """Whether it is made of words of answers alone, and is none, where one is waited for: 「随便吧，怎么都行」. Who
        says again what is asked back about, 「罚多少」, has meant that."""
        if expected.expects is not Expect.YES_NO:
            return False
        if not expected.to_hear and any(name in utterance.text for name in expected.about):
            return False
        return consent.holds_answers_alone(utterance, self.consent_to(expected))

    def _mere_answer(self, meaning: Meaning, utterance: Utterance, expected: Expectation) -> bool:
        """True for a yes or no where nothing was asked: 「哪个号」 sounds like 「那个，好」 and is a question.

        「不，不」, every clause of which is an answer, can be nothing else.
        """
        if expected.expects is not Expect.ANYTHING or not _is_answer(meaning):
            return False
        return any(phrase_of(clause) not in self.consent.phrases for clause in utterance.clauses)

    @staticmethod
    def _longest_answer(expected: Expectation) -> int:
        """Characters up to which yes or no is believed: few where nothing was asked."""
        return 3 if expected.expects is Expect.ANYTHING else 20


def _leads_nowhere(meaning: Meaning, expected: Expectation) -> bool:
    """Whether the next step is called for where no guide is under way: 「我到营业厅了，怎么退月卡」 rather asks."""
    return meaning.command is Command.NEXT and not expected.guide


def _may_be_a_guess(meaning: Meaning, expected: Expectation) -> bool:
    """Whether a recogniser may have made up the question; of the options on offer, few as they are, it is trusted to
    hear one."""
    return meaning.act is Act.ASK and expected.expects is not Expect.CHOICE


def _is_answer(meaning: Meaning | None) -> bool:
    return meaning is not None and meaning.command in ANSWERS
