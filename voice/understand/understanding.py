"""Words and what is expected now, to a meaning."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from voice.content.entries import Pack
from voice.understand import choices, consent
from voice.understand.classifier import Classifier
from voice.understand.commands import ANSWERS, Commands, Found, in_context, step_number
from voice.understand.consent import Consent, ConsentWords
from voice.understand.decide import Thresholds, decide
from voice.understand.endings import Endings
from voice.understand.meaning import Act, Expect, Expectation, Meaning
from voice.understand.noise import NoiseFilter
from voice.understand.normal import Utterance, fluent, normalise, without_denied
from voice.understand.templates import Templates, spell

DEFAULT_THRESHOLDS = Thresholds()
NOTHING_EXPECTED = Expectation()


@dataclass(frozen=True)
class Reading:
    """One reading of what was said, with its weight among the others."""

    text: str
    weight: float = 1.0
    clarity: float = 1.0
    """How clearly it was heard, 0 to 1; typed text is clear."""


@dataclass(frozen=True)
class Understanding:
    """Everything that understanding knows of one pack; pure once built."""

    pack: Pack
    classifier: Classifier
    commands: Commands
    consent: ConsentWords
    noise: NoiseFilter
    corrections: Templates
    """「不是，我是说……」"""
    upset: Templates
    """Words of anger."""
    thresholds: Thresholds = field(default=DEFAULT_THRESHOLDS)
    endings: Endings | None = None
    """Where sentences end; None where nobody listens to speech."""

    @classmethod
    def of(
        cls, pack: Pack, classifier: Classifier, endings: Endings | None = None
    ) -> Understanding:
        """Compile the word lists of ``pack``."""
        small = pack.lexicon.get("small_words", ())
        named = pack.commands
        return cls(
            pack,
            classifier,
            Commands(named, small),
            ConsentWords.of(
                named["yes"].phrases if "yes" in named else (),
                named["no"].phrases if "no" in named else (),
                small,
            ),
            NoiseFilter(pack.lexicon.get("noise", ())),
            Templates(pack.lexicon.get("corrections", ())),
            Templates(pack.lexicon.get("anger_words", ())),
            endings=endings,
        )

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
        return replace(
            self._meaning(heard, min(reading.clarity for reading in readings), expected),
            correction=self.corrections.occur_in(spelled),
            upset=self.upset.occur_in(spelled),
        )

    def _meaning(
        self, heard: Sequence[tuple[Utterance, float]], clarity: float, expected: Expectation
    ) -> Meaning:
        best, certain = heard[0][0], self._most_certain(heard, expected)
        if certain is not None and not _mere_answer(certain, expected):
            return certain
        meant = [(self._corrected(fluent(words)), weight) for words, weight in heard]
        asked = self._question(meant, clarity)
        if certain is not None:
            return asked if asked.act is Act.ASK else certain
        if (option := self._option(best, asked, expected)) is not None:
            return option
        if (
            asked.act is not Act.ASK
            and (last := self._last_clause(best, clarity, expected)) is not None
        ):
            return last
        if asked.act is Act.COMMAND:
            return _in_context(replace(asked, number=step_number(best)), expected)
        if (command := self._command_inside(best, asked, expected)) is not None:
            return command
        return self._answer_inside(best, asked, expected) or asked

    def _most_certain(
        self, heard: Sequence[tuple[Utterance, float]], expected: Expectation
    ) -> Meaning | None:
        """The answer or command of the best reading that is one; None where likely readings say both
        yes and no."""
        total = sum(weight for _, weight in heard)
        likely = (utterance for utterance, weight in heard if weight >= LIKELY * total)
        found = [self._certain(utterance, expected) for utterance in likely]
        certain = [meaning for meaning in found if meaning is not None]
        if {"yes", "no"} <= {meaning.command for meaning in certain}:
            return None
        return certain[0] if certain else None

    def _certain(self, utterance: Utterance, expected: Expectation) -> Meaning | None:
        """Answers and commands that the whole utterance consists of."""
        agreed = consent.classify(utterance, self.consent)
        if agreed is not Consent.UNCLEAR and expected.expects is Expect.YES_NO:
            return Meaning(utterance.shown, Act.COMMAND, 1.0, command=agreed.value)
        choosing = expected.expects is Expect.CHOICE
        found = self.commands.covering(utterance, choosing=choosing)
        if found is not None:
            return _in_context(_command(utterance, found, 1.0), expected)
        if agreed is Consent.UNCLEAR or len(utterance.text) > self._longest_answer(expected):
            return None
        command = agreed.value
        if agreed is Consent.YES and expected.expects is Expect.STEP and not expected.paused:
            command = "next"
        return Meaning(utterance.shown, Act.COMMAND, 1.0, command=command)

    @staticmethod
    def _longest_answer(expected: Expectation) -> int:
        """Characters up to which yes or no is believed: few where nothing was asked."""
        return 3 if expected.expects is Expect.ANYTHING else 20

    def _answer_inside(
        self, utterance: Utterance, asked: Meaning, expected: Expectation
    ) -> Meaning | None:
        """A yes or no with other words behind it, unless those are surely a question, or a longer
        answer where nothing was asked and nothing else was understood."""
        if asked.act is Act.ASK:
            return None
        if expected.expects is Expect.YES_NO:
            agreed = consent.leading(utterance, self.consent)
        else:
            agreed = consent.classify(utterance, self.consent)
        if agreed is Consent.UNCLEAR:
            return None
        return Meaning(utterance.shown, Act.COMMAND, 0.8, command=agreed.value)

    def _corrected(self, utterance: Utterance) -> Utterance:
        """What follows a correction, where enough does: 「我要注销，不是，我是说退套餐」."""
        for index in range(len(utterance.clauses) - 1, 0, -1):
            rest = utterance.clauses[index:]
            spelled = spell("".join(utterance.clauses[index - 1 :]))
            corrects = self.corrections.occur_in(spelled)
            if corrects and sum(map(len, rest)) >= ENOUGH:
                return replace(utterance, text="".join(rest), clauses=rest)
        return without_denied(utterance)

    def _question(self, heard: Sequence[tuple[Utterance, float]], clarity: float) -> Meaning:
        total = sum(weight for _, weight in heard)
        weighted = [(utterance, weight / total) for utterance, weight in heard]
        utterance, judged = heard[0][0], self.classifier.judge(weighted)
        return decide(
            utterance.shown,
            judged,
            self.classifier.classes,
            self.pack.entries,
            self.thresholds,
            clarity,
        )

    def _option(
        self, utterance: Utterance, asked: Meaning, expected: Expectation
    ) -> Meaning | None:
        """The option named, unless the words ask more surely for something else."""
        if expected.expects is not Expect.CHOICE:
            return None
        goals = [choice.goto for choice in expected.choices]
        if asked.act is Act.ASK and asked.candidates[0].entry in goals:
            index: int | None = goals.index(asked.candidates[0].entry)
        else:
            share = SURE_SHARE if asked.act is Act.ASK else 0.0
            index = choices.named(utterance, expected.choices, share)
        if index is None:
            return None
        return Meaning(utterance.shown, Act.COMMAND, 0.9, command=f"choose_{index + 1}")

    def _last_clause(
        self, utterance: Utterance, clarity: float, expected: Expectation
    ) -> Meaning | None:
        """A command in the last clause, behind a reason that asks for nothing; where the clauses before it ask
        for something, that: 「退卡打哪个号，我拿笔记一下」."""
        found = self.commands.last(utterance, choosing=expected.expects is Expect.CHOICE)
        if found is None:
            return None
        before = utterance.clauses[:-1]
        rest = replace(utterance, text="".join(before), clauses=before)
        asked = self._question([(rest, 1.0)], clarity)
        if asked.act is Act.ASK:
            return asked
        return _in_context(_command(utterance, found, 0.9), expected)

    def _command_inside(
        self, utterance: Utterance, asked: Meaning, expected: Expectation
    ) -> Meaning | None:
        """A command beside other words, unless those words are surely a question."""
        choosing = expected.expects is Expect.CHOICE
        found = self.commands.inside(utterance, choosing=choosing)
        if found is None:
            return None
        if found.share < (SURE_SHARE if asked.act is Act.ASK else LEAST_SHARE):
            return None
        score = float(np.clip(0.5 + found.share, 0, 0.95))
        return _in_context(_command(utterance, found, score), expected)


ENOUGH = 6
"""Characters behind a correction that are enough to be a question of their own."""
LIKELY = 0.25
"""Share of the weight from which a reading may be taken for a command by itself."""
LEAST_SHARE = 0.25
"""Part of the syllables that must belong to a command: in a longer story it is only mentioned."""
SURE_SHARE = 0.5
"""The same where the other words look like a question."""


def _mere_answer(meaning: Meaning, expected: Expectation) -> bool:
    """True for a yes or no where nothing was asked: 「哪个号」 sounds like 「那个，好」 and is a question."""
    return expected.expects is Expect.ANYTHING and meaning.command in ANSWERS


def _in_context(meaning: Meaning, expected: Expectation) -> Meaning:
    return replace(meaning, command=in_context(meaning.command, meaning.number, expected))


def _command(utterance: Utterance, found: Found, score: float) -> Meaning:
    return Meaning(utterance.shown, Act.COMMAND, score, command=found.name, number=found.number)
