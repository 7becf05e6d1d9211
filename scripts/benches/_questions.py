"""The questions of a bench of understanding, and what became of them."""

from __future__ import annotations

import random
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from voice.content.entries import Kind, Pack
from voice.understand.confusion import substitutes
from voice.understand.examples import Example, examples
from voice.understand.normal import normalise
from voice.understand.syllables import toneless
from voice.understand.templates import units


def chance(seed: int) -> random.Random:
    """Chance that comes out the same in every run."""
    return random.Random(seed)  # noqa: S311 -- repeatable, not secret


@dataclass(frozen=True)
class Guess:
    """What a method says to a query."""

    first: str
    """The likeliest entry."""
    sure: float
    """Compared with the method's threshold."""
    offered: tuple[str, ...] = ()
    """Entries it would offer where it does not answer."""


class Content:
    """The examples, parted."""

    def __init__(self, pack: Pack, most: int) -> None:
        kinds = {entry.id: entry.kind for entry in pack.entries.values()}
        asked = [
            e for e in examples(pack) if e.entry in kinds and kinds[e.entry] is not Kind.SMALLTALK
        ]
        self.learned = [e for e in asked if not e.held_back]
        held = [e for e in asked if e.held_back and normalise(e.text).text]
        chance(0).shuffle(held)
        self.strange = {name for name, kind in kinds.items() if kind is Kind.ELSEWHERE}
        inside, outside = self.in_domain(held), [e for e in held if e.entry in self.strange]
        self.tuning = [*inside[::2][:most], *outside[::2]]
        self.judging = [*inside[1::2][:most], *outside[1::2]]
        self._by_sound: dict[str, Counter[str]] = defaultdict(Counter)
        for example in self.learned:
            text = normalise(example.text).text
            for sound, character in zip(units(text), text, strict=True):
                self._by_sound[sound][character] += 1

    def misheard(self, asked: Iterable[Example], share: float, seed: int) -> list[Example]:
        """The questions with ``share`` of their characters replaced by common ones of a confused sound. Four in ten
        have no such sound, so the others are replaced that much more often.
        """
        dice = chance(seed)

        def heard(text: str) -> str:
            others = [self._others(character) for character in text]
            often = share * len(text) / max(1, sum(map(bool, others)))
            return "".join(
                dice.choice(known) if known and dice.random() < often else character
                for character, known in zip(text, others, strict=True)
            )

        return [replace(example, text=heard(example.text)) for example in asked]

    def _others(self, character: str) -> list[str]:
        sounds = substitutes(next(iter(toneless(character)), ""))
        return [self._by_sound[s].most_common(1)[0][0] for s in sounds if s in self._by_sound]

    def in_domain(self, asked: Iterable[Example]) -> list[Example]:
        """The questions that have an answer here."""
        return [example for example in asked if example.entry not in self.strange]


def threshold(guesses: Sequence[Guess], asked: Sequence[Example], strange: set[str]) -> float:
    """The likeness from which answering gains most: a right answer counts one, a wrong one minus one."""
    worth = sorted(
        ((guess.sure, 1 if guess.first == example.entry else -1)
         for guess, example in zip(guesses, asked, strict=True) if guess.first not in strange),
        reverse=True,
    )  # fmt: skip
    gains = np.cumsum([gain for _, gain in worth])
    return worth[int(np.argmax(gains))][0] if worth else 0.0


@dataclass(frozen=True)
class Outcome:
    """Shares of the queries, 0 to 1."""

    top: float
    right: float
    offered: float
    wrong: float


def outcome(
    guesses: Sequence[Guess], asked: Sequence[Example], limit: float, strange: set[str]
) -> Outcome:
    """What became of the queries; off the subject, ``wrong`` is what was answered at all."""
    pairs = list(zip(guesses, asked, strict=True))
    answered = [
        (g, e) for g, e in pairs if g.sure >= limit and not g.offered and g.first not in strange
    ]
    right = sum(guess.first == example.entry for guess, example in answered)
    counts = (
        sum(guess.first == example.entry for guess, example in pairs),
        right,
        sum(example.entry in guess.offered for guess, example in pairs),
        len(answered) - right,
    )
    return Outcome(*(count / max(1, len(pairs)) for count in counts))


def milliseconds(method: Callable[[str], object], texts: Sequence[str]) -> tuple[float, float]:
    """Median and 95th percentile of processor time a query."""
    times = []
    for text in texts:
        start = time.process_time()
        method(text)
        times.append(1000 * (time.process_time() - start))
    return float(np.median(times)), float(np.percentile(times, 95))


def enlarged(learned: Sequence[Example], openings: Sequence[str], size: int) -> list[Example]:
    """Made-up examples up to ``size``: an opening, half of one phrasing and half of another of its entry."""
    dice = chance(0)
    by_entry: dict[str, list[str]] = defaultdict(list)
    for example in learned:
        by_entry[example.entry].append(example.text)
    found = list(learned[:size])
    while len(found) < size:
        one = dice.choice(learned)
        other = dice.choice(by_entry[one.entry])
        text = dice.choice(openings) + one.text[: len(one.text) // 2] + other[len(other) // 2 :]
        found.append(Example(text, one.entry))
    return found
