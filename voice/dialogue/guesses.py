"""What is not sure enough to be answered: one entry is asked back about, several are offered."""

from __future__ import annotations

from dataclasses import replace

from voice.content.entries import Entry, Pack
from voice.dialogue import answers, misses, questions
from voice.dialogue.state import (
    AskChoice,
    AskConfirm,
    AskConsent,
    AskOffer,
    Outcome,
    Question,
    Reply,
    State,
)
from voice.dialogue.wording import as_option, prompt
from voice.understand.meaning import Act, Candidate, Meaning

LIKELY = 0.5
"""Probability from which a guess may take the place of a question whether to hear something, or of other guesses."""
PLAIN = 0.9
"""Probability from which a few words are no answer, misheard, to which of several things is meant."""
CLEAR_LEAD = 2.5
"""How many times as likely as the next the first candidate is that is confirmed rather than offered beside others, if
it is :data:`LIKELY` in itself: of 200 questions across a room 7 were asked for by the second or third behind a lead of
less."""
NEAR = 2.0
"""How many times as likely an entry is for having to do with what was spoken of last."""


def settled(pack: Pack, state: State, meaning: Meaning) -> Meaning:
    """A guess that needs no asking back, as the question it is."""
    if meaning.act not in (Act.MAYBE, Act.AMONG):
        return meaning
    first = meaning.candidates[0]
    if _says_more_of_it(state.question, meaning) or _too_late_if_asked(pack, first):
        return replace(meaning, act=Act.ASK)
    return meaning


def guess(pack: Pack, state: State, meaning: Meaning) -> Outcome:
    """Not sure which entry: ask, unless the few words are more likely an answer, misheard."""
    if state.question is not None and _doubtful(state.question, meaning):
        return questions.unclear(pack, state, state.question)
    meaning = _in_view_of(pack.entries.get(state.topic), meaning)
    if meaning.act is Act.MAYBE:
        after, reply = confirm(pack, answers.turn_to(state), meaning.candidates[0].entry)
    else:
        after, reply = _offer_candidates(pack, answers.turn_to(state), meaning)
    if isinstance(after.question, AskConfirm):
        after = replace(after, question=replace(after.question, behind=_open_consent(state)))
    return after, reply


def _says_more_of_it(question: Question | None, meaning: Meaning) -> bool:
    """Whether a likely question is the one that was asked back about: who says 「怎么退给我」 to 「您是想问余额，对吗」
    has agreed."""
    if not isinstance(question, AskConfirm) or meaning.act is not Act.MAYBE:
        return False
    return meaning.candidates[0].entry == question.entry


def _too_late_if_asked(pack: Pack, first: Candidate) -> bool:
    """Whether it is more likely than not what is better answered in vain than a turn late."""
    return pack.entries[first.entry].urgent and first.probability >= LIKELY


def _open_consent(state: State) -> AskConsent | None:
    """The offer of the warning that is still without an answer."""
    if isinstance(state.question, AskConfirm):
        return state.question.behind
    return state.question if isinstance(state.question, AskConsent) else None


def of_topic(pack: Pack, state: State, meaning: Meaning) -> str | None:
    """What words that alone mean nothing ask about what was spoken of: 「到底要交多少钱」 behind the warning."""
    topic = pack.entries.get(state.topic)
    if topic is None or state.question is not None or not meaning.candidates:
        return None
    first = meaning.candidates[0]
    likely = first.probability * NEAR >= LIKELY and meaning.score < misses.STRANGE
    return first.entry if likely and first.entry in topic.related else None


def _in_view_of(topic: Entry | None, meaning: Meaning) -> Meaning:
    """The guess where ``topic`` was spoken of: what is related to it is the likelier for it."""
    if topic is None:
        return meaning
    near = (topic.id, *topic.related)
    weighed = [
        replace(one, probability=min(1.0, one.probability * (NEAR if one.entry in near else 1)))
        for one in meaning.candidates
    ]
    ordered = tuple(sorted(weighed, key=lambda one: -one.probability))
    return replace(meaning, candidates=ordered)


def _doubtful(question: Question, meaning: Meaning) -> bool:
    """True where a guess is worth less than the open question: it comes from a few words, or, where the listener
    was asked whether to hear something, it is less likely than not."""
    asked_to_hear = isinstance(question, AskConsent | AskOffer)
    if misses.few_words(meaning):
        return asked_to_hear or meaning.score < PLAIN
    return asked_to_hear and meaning.score < LIKELY


def confirm(pack: Pack, state: State, entry_id: str) -> Outcome:
    """Probably this entry: ask."""
    say = prompt(pack, "confirm", title=pack.entries[entry_id].title)
    return replace(state, question=AskConfirm(entry_id)), Reply(say)


def _offer_candidates(pack: Pack, state: State, meaning: Meaning) -> Outcome:
    """One of two or three entries: ask which, in the words of the one that asks just that, if there is one."""
    if (asks := misses.asks_among(pack, meaning.candidates[:3])) is not None:
        return answers.answer(pack, state, asks)
    options = tuple(as_option(pack.entries[c.entry]) for c in meaning.candidates[:3])
    first, *others = (candidate.probability for candidate in meaning.candidates)
    leads = all(first >= CLEAR_LEAD * other for other in others[: len(options) - 1])
    if leads and first >= LIKELY:
        return confirm(pack, state, meaning.candidates[0].entry)
    return replace(state, question=AskChoice(options)), Reply(misses.among(pack, options))


def other_ways(pack: Pack, state: State, meaning: Meaning) -> Outcome:
    """Of the ways of doing it those that are left."""
    left = {candidate.entry for candidate in meaning.candidates}
    options = tuple(way for way in pack.ways if way.goto in left)
    first, second = (option.label for option in options[:2])
    return replace(state, question=AskChoice(options[:2])), Reply(
        prompt(pack, "other_ways", first=first, second=second)
    )
