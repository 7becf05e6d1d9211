"""Where few answers are likely: was it one of them? Pure.

A recogniser writes 「事情」 for a lone 「是」: it weighs spellings before sounds. Asked how well the sound fits each
likely answer, the same recogniser nearly always puts the right one first. What it cannot say by itself is that it was
none of them: that is judged here, against what it hears freely.

Figures: 54 real lone words, 171 spoken by eight voices (clean, noisy, far), 260 pieces of other speech and noise.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from voice.hear.guard import without_loops
from voice.hear.recogniser import Hearing, Hypothesis
from voice.understand.confusion import class_of_sound, split
from voice.understand.syllables import sounds

Score = Callable[[tuple[str, ...]], tuple[float, ...]]
"""Log probability of each text as what was said, comparable within a call."""

LONGEST = 2.0
"""Seconds of speech in an answer; a longer utterance says more than yes or no."""
LONE = 1.0
"""Seconds of speech in a lone word: 算了 has 0.6, drawn out 0.9."""
LONE_SYLLABLES = 2
"""Syllables of what was heard freely that may be a guess at it…"""
WEAK = -0.9
"""…below this mean log probability a token."""
LEAST = -7.5
"""What an answer has at least to stand for such a guess."""
ALIKE = 1.4
"""Answers that lie no further below the best than this may have been said as well: when one is the opposite of the
best, understanding cannot tell and asks.
"""


@dataclass(frozen=True)
class Fit:
    """How well the best answer must fit, as log probabilities."""

    gap: float
    """By how much it may lie below what was heard freely."""
    worst: float
    """What it has at least."""
    lead: float = 0.0
    """By how much it lies above every other answer, 「是的」 for 「是」 aside."""


class Likeness(Enum):
    """How near the sound of what was heard freely is to an answer."""

    NEAR = Fit(4.0, -10.0)
    """「吃到」 for 「知道」, 「补对」 for 「不对」."""
    UNREADABLE = Fit(3.0, -8.0, 2.3)
    """Nothing, or no Chinese: 「yo」 for 「要」. Noise fits several answers alike, a word fits one."""
    OTHER = Fit(0.0, -6.0)
    """Other words of about the same length: the answer must fit better than they do."""
    TOO_LONG = Fit(0.0, math.inf)
    """More syllables than the answer: something else was said."""


def is_one_of(text: str, phrases: Sequence[str]) -> bool:
    """Whether what was heard is one of the phrases, by its sound."""
    return sounds(without_loops(text)) in map(sounds, phrases)


def is_short(text: str, phrases: Sequence[str]) -> bool:
    """Whether what was heard is hardly longer than the longest of the phrases."""
    return len(sounds(text)) <= 1 + max(map(len, phrases), default=0)


def with_answer(
    free: Hearing, phrases: Sequence[str], score: Score, *, lone: bool = False
) -> Hearing:
    """``free`` with those of ``phrases`` that may have been said in front, best first; as it is when none was.

    ``score`` is called only where the words heard freely do not tell. ``lone``: a word was said, and an answer was
    asked for; then the answers that fit stand for what cannot be read.
    """
    text = without_loops(free.text)
    alike = [phrase for phrase in phrases if sounds(phrase) == sounds(text)]
    if text in alike or len(alike) == 1:
        return _first([(text if text in alike else alike[0], 0.0)], free)
    if not phrases or not is_short(text, phrases):
        return free
    *fits, own = score((*phrases, text))
    fit, answer = max(zip(fits, phrases, strict=True))
    others = [each for each, one in zip(fits, phrases, strict=True) if not _alike(one, answer)]
    wanted = likeness(answer, text).value
    least = max(wanted.worst, own - wanted.gap if text else -math.inf)
    said = fit >= max(least, max(others, default=-math.inf) + wanted.lead)
    if not said and not (lone and fit >= LEAST and _guessed(free, text)):
        return free
    # 「行」 always fits much of 「不行」, and says nothing against it.
    apart = (each for each in zip(phrases, fits, strict=True) if each[0] not in answer[1:])
    worse = ((phrase, fit - one) for phrase, one in apart)
    near = [each for each in worse if 0 <= each[1] <= ALIKE]
    return _first(sorted(near, key=lambda each: each[1]), free)


def _guessed(free: Hearing, text: str) -> bool:
    """Whether the free reading is no more than a guess at a lone word."""
    syllables = len(sounds(text))
    best = max((each.score for each in free.hypotheses), default=-math.inf)
    return not syllables or (syllables <= LONE_SYLLABLES and best < WEAK)


def _alike(one: str, other: str) -> bool:
    """Whether one begins with the other; opposites never do."""
    return one.startswith(other) or other.startswith(one)


def likeness(answer: str, text: str) -> Likeness:
    """Compare the sound of ``answer`` with that of ``text``, what was heard freely."""
    ours, heard = sounds(answer), sounds(text)
    if not heard:
        return Likeness.UNREADABLE
    short, long = sorted((ours, heard), key=len)
    if len(heard) > len(ours) + 1:
        return Likeness.TOO_LONG
    offsets = range(len(long) - len(short) + 1)
    shared = max(sum(map(_shared, short, long[at:])) for at in offsets) / len(long)
    return Likeness.NEAR if shared >= NEAR_SHARE[len(short) == len(long)] else Likeness.OTHER


NEAR_SHARE = {True: 0.5, False: 0.6}
"""Part of the sounds that are alike in what is near, for the same number of syllables and for others."""


def _shared(one: str, other: str) -> float:
    """1 for syllables that are taken for each other, a half for the same beginning or end."""
    if class_of_sound(one) == class_of_sound(other):
        return 1.0
    (initial, final), (begins, ends) = split(one), split(other)
    return 0.5 if (initial and initial == begins) or final == ends else 0.0


def _first(answers: Sequence[tuple[str, float]], free: Hearing) -> Hearing:
    """The answers, each with how far it fits worse than the first, before the free readings."""
    best = max((each.score for each in free.hypotheses), default=0.0)
    ahead = tuple(Hypothesis(answer, best - worse) for answer, worse in answers)
    named = {each.text for each in ahead}
    rest = tuple(each for each in free.hypotheses if each.text not in named)
    return replace(free, hypotheses=(*ahead, *rest))
