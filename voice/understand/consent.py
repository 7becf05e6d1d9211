"""Yes or no: a classifier of its own, by exact phrases and never by likeness.

「不要」 is one character away from 「要」 and means the opposite, so nothing here is fuzzy. An
utterance counts only when all of it is made of known phrases of consent or refusal and of small
words that change nothing. When it holds both, the last clause decides if it is plain; otherwise the
answer is unclear and the dialogue asks again.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from voice.understand.normal import Utterance
from voice.understand.templates import opposites_apart


class Consent(StrEnum):
    """What an answer to a yes-or-no question says."""

    YES = "yes"
    NO = "no"
    UNCLEAR = "unclear"


@dataclass(frozen=True)
class ConsentWords:
    """The phrases, as tuples of syllables (see ``templates.opposites_apart``)."""

    phrases: dict[tuple[str, ...], Consent | None]
    """None marks small words that change nothing."""
    longest: int

    @classmethod
    def of(cls, yes: Iterable[str], no: Iterable[str], small: Iterable[str]) -> ConsentWords:
        """Compile word lists; where two lists sound alike the refusal counts."""
        phrases: dict[tuple[str, ...], Consent | None] = {}
        for words, consent in ((small, None), (yes, Consent.YES), (no, Consent.NO)):
            phrases |= {_sounds(word): consent for word in words}
        return cls(phrases, max(map(len, phrases), default=0))


def classify(utterance: Utterance, words: ConsentWords) -> Consent:
    """Yes, no, or unclear."""
    by_clause = [_clause(clause, words) for clause in utterance.clauses]
    if not by_clause or any(found is None for found in by_clause):
        return Consent.UNCLEAR
    told = [found for found in by_clause if found]
    if not told:
        return Consent.UNCLEAR
    last = set(told[-1])
    return last.pop() if len(last) == 1 else Consent.UNCLEAR


def leading(utterance: Utterance, words: ConsentWords) -> Consent:
    """What the first clause says when it is nothing but an answer: 「要，你讲吧我记一下」."""
    if len(utterance.clauses) < 2:
        return Consent.UNCLEAR
    told = set(_clause(utterance.clauses[0], words) or ())
    return told.pop() if len(told) == 1 else Consent.UNCLEAR


def _sounds(text: str) -> tuple[str, ...]:
    return tuple((opposites_apart(character) or (character,))[0] for character in text)


def _clause(clause: str, words: ConsentWords) -> tuple[Consent, ...] | None:
    """The answers in a clause, in order; None when some of it is neither an answer nor a small word.

    The split with the fewest phrases is taken, so 「不要」 is one refusal and never 不 followed by 要.
    """
    sounds = _sounds(clause)
    best: list[tuple[int, tuple[Consent, ...]] | None] = [(0, ())] + [None] * len(sounds)
    for end in range(1, len(sounds) + 1):
        for start in range(max(0, end - words.longest), end):
            before, phrase = best[start], sounds[start:end]
            if before is None or phrase not in words.phrases:
                continue
            consent = words.phrases[phrase]
            answers = before[1] if consent is None else (*before[1], consent)
            if (here := best[end]) is None or before[0] + 1 < here[0]:
                best[end] = (before[0] + 1, answers)
    whole = best[-1]
    return whole[1] if whole is not None else None
