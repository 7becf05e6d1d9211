"""Yes or no: a classifier of its own, by exact phrases and never by likeness.

「不要」 is one character away from 「要」 and means the opposite, so nothing here is fuzzy. An
utterance counts only when all of it is made of known phrases of consent or refusal and of small
words that change nothing. When it holds both, the last clause decides if it is plain; otherwise the
answer is unclear and the dialogue asks again. Whoever says that they are still thinking has not answered.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from voice.understand.normal import Utterance
from voice.understand.templates import opposites_apart

ASKING = "吗"
"""A clause that ends in it asks and does not answer. 嘛 sounds the same and softens: both stand in the lists."""
DENIALS = ("不是", "没有")
"""A refusal that ends so turns the next one round, or is one itself: 「不是不要」, 「不是，不要」."""

_Phrase = tuple[str, ...]


class Consent(StrEnum):
    """What an answer to a yes-or-no question says."""

    YES = "yes"
    NO = "no"
    WAIT = "wait"
    """Still thinking: 「这个嘛，让我想想」."""
    UNCLEAR = "unclear"


@dataclass(frozen=True)
class ConsentWords:
    """The phrases, as tuples of syllables (see ``templates.opposites_apart``)."""

    phrases: dict[tuple[str, ...], Consent | None]
    """None marks small words that change nothing."""
    longest: int
    polite: frozenset[_Phrase] = frozenset()
    """Words that mean yes alone and nothing beside other words: 好, 行, 嗯."""

    @classmethod
    def of(
        cls,
        yes: Iterable[str],
        no: Iterable[str],
        small: Iterable[str],
        thinking: Iterable[str] = (),
    ) -> ConsentWords:
        """Compile word lists; where two lists sound alike the refusal counts."""
        small, yes = tuple(small), tuple(yes)
        phrases: dict[tuple[str, ...], Consent | None] = {}
        lists = ((small, None), (yes, Consent.YES), (thinking, Consent.WAIT), (no, Consent.NO))
        for words, consent in lists:
            phrases |= {_sounds(word): consent for word in words}
        polite = frozenset(map(_sounds, small)) & frozenset(map(_sounds, yes))
        return cls(phrases, max(map(len, phrases), default=0), polite)

    def about(self, subject: Iterable[str]) -> ConsentWords:
        """The same where ``subject`` is what was asked about: its names change nothing: 「我要听违约金的提醒」."""
        names = {_sounds(name): None for name in subject}
        phrases = {**names, **self.phrases}
        return replace(self, phrases=phrases, longest=max(map(len, phrases), default=0))


def classify(utterance: Utterance, words: ConsentWords) -> Consent:
    """Yes, no, or unclear."""
    by_clause = [_clause(clause, words) for clause in utterance.clauses]
    if not by_clause or any(found is None for found in by_clause):
        return Consent.UNCLEAR
    told = [found for found in by_clause if found]
    if not told:
        return Consent.UNCLEAR
    last = set(told[-1])
    found = last.pop() if len(last) == 1 else Consent.UNCLEAR
    if found is Consent.YES and _refuses(utterance, words):
        return Consent.NO if len(utterance.clauses[0]) == 1 else Consent.UNCLEAR
    return found


def _refuses(utterance: Utterance, words: ConsentWords) -> bool:
    """Whether it is a refusal without its commas: recognisers write 「不,听」 for 「不听」."""
    together = _clause("".join(utterance.clauses), words)
    return len(utterance.clauses) > 1 and together is not None and set(together) == {Consent.NO}


def beside(utterance: Utterance, words: ConsentWords) -> Consent:
    """What a clause says that is nothing but an answer: 「要，你讲吧我记一下」, 「想好了，听」.

    Of several the last one counts. A yes beside words of refusal is none: 「好是好，就是没工夫听」; nor is a
    mere 「好」 beside any denial: 「我没那个耐心，好吧」.
    """
    told = [set(_clause(clause, words) or ()) for clause in utterance.clauses]
    answers = [(i, next(iter(found))) for i, found in enumerate(told) if len(found) == 1]
    asked = any(clause.endswith(ASKING) for clause in utterance.clauses)
    if len(told) < 2 or not answers or asked or any(Consent.UNCLEAR in found for found in told):
        return Consent.UNCLEAR
    index, answer = answers[-1]
    others = utterance.clauses[:index] + utterance.clauses[index + 1 :]
    if answer is Consent.YES and any(refusal_inside(other, words) for other in others):
        return Consent.UNCLEAR
    if answer is Consent.YES and _is_polite(utterance.clauses[index], words):
        return Consent.UNCLEAR if any(map(_denies, others)) else answer
    return answer


def _is_polite(clause: str, words: ConsentWords) -> bool:
    """Whether all that agrees in the clause are words that may mean nothing."""
    split = _split(_sounds(clause), words) or ()
    yes = [phrase for phrase in split if words.phrases[phrase] is Consent.YES]
    return words.polite.issuperset(yes)


def _denies(clause: str) -> bool:
    """Whether something is denied in the clause, be it no phrase of refusal; 「听不听」 denies nothing."""
    sounds = _A_NOT_A.sub(r"\1", " ".join(_sounds(clause))).split()
    return not _DENYING.isdisjoint(sounds)


def refusal_inside(clause: str, words: ConsentWords) -> bool:
    """Whether a refusal of two syllables or more occurs in the clause; 「听不听」 asks and refuses nothing."""
    sounds = tuple(_A_NOT_A.sub(r"\1", " ".join(_sounds(clause))).split())
    return any(_longest(sounds[start:], words) is Consent.NO for start in range(len(sounds)))


def _longest(sounds: _Phrase, words: ConsentWords) -> Consent | None:
    """What the longest known phrase of two syllables or more says with which ``sounds`` begin."""
    for end in range(min(words.longest, len(sounds)), 1, -1):
        if sounds[:end] in words.phrases:
            return words.phrases[sounds[:end]]
    return None


_DENYING = frozenset({"bu", "mei", "bie", "beng"})
_A_NOT_A = re.compile(r"(?<!\S)(\S+) bu \1(?!\S)")


def _sounds(text: str) -> _Phrase:
    return tuple((opposites_apart(character) or (character,))[0] for character in text)


def _clause(clause: str, words: ConsentWords) -> tuple[Consent, ...] | None:
    """The answers in a clause, in order; None when some of it is neither an answer nor a small word."""
    sounds = _sounds(clause)
    split = _split(sounds, words)
    if split is None:
        return None
    told = tuple(_told(split, words))
    if clause.endswith(ASKING):
        return (Consent.UNCLEAR,)
    if len(split) > 1 and set(told) == {Consent.YES} and _may_refuse(sounds, words):
        return (Consent.UNCLEAR,)
    return told


def _may_refuse(sounds: _Phrase, words: ConsentWords) -> bool:
    """True when the clause can be read without a consent and with a refusal: 「可不好啊」 may be 可不, 好啊."""
    other = _split(sounds, words, cautious=True)
    found = {words.phrases[phrase] for phrase in other or ()}
    return Consent.NO in found and Consent.YES not in found


def _split(
    sounds: _Phrase, words: ConsentWords, *, cautious: bool = False
) -> tuple[_Phrase, ...] | None:
    """``sounds`` as known phrases, as few as possible: 「不要」 is one refusal and never 不 followed by 要.

    Of splits into as many phrases the one with the fewest consents is taken; the cautious look at that first.
    """
    best: list[tuple[tuple[int, int], tuple[_Phrase, ...]] | None]
    best = [((0, 0), ())] + [None] * len(sounds)
    for end in range(1, len(sounds) + 1):
        for start in range(max(0, end - words.longest), end):
            before, phrase = best[start], sounds[start:end]
            if before is None or phrase not in words.phrases:
                continue
            yes = int(words.phrases[phrase] is Consent.YES)
            (first, second), (one, other) = before[0], (yes, 1) if cautious else (1, yes)
            cost, here = (first + one, second + other), best[end]
            if here is None or cost < here[0]:
                best[end] = (cost, (*before[1], phrase))
    whole = best[-1]
    return whole[1] if whole is not None else None


def _told(split: tuple[_Phrase, ...], words: ConsentWords) -> Iterator[Consent]:
    """What the phrases say one by one."""
    denials = set(map(_sounds, DENIALS))
    before: _Phrase = ()
    for phrase in split:
        consent = words.phrases[phrase]
        doubled = consent is Consent.NO and before[-2:] in denials and before != phrase
        if consent is not None:
            yield Consent.UNCLEAR if doubled else consent
        before = phrase
