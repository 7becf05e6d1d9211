"""From probabilities to what the dialogue should do: answer, ask back, or say it is not known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from voice.content.entries import Entry, Kind
from voice.understand.meaning import Act, Candidate, Meaning


@dataclass(frozen=True)
class Thresholds:
    """How sure is sure enough; all are probabilities."""

    answer: float = 0.55
    """An entry is answered at once from here. A wrong answer costs a listener who cannot see more
    than a question back, so it is well above one half."""
    clear_answer: float = 0.40
    """Enough when the runner-up is far behind (``clear_ratio``) and the rest is spread thin."""
    clear_ratio: float = 3.0
    strangers: float = 0.30
    """Share of strange subjects from which nothing is answered at once below ``answer``."""
    offer: float = 0.14
    """An entry is offered beside others from here."""
    offers_together: float = 0.45
    """What the offered entries must reach together."""
    confirm: float = 0.35
    """A lone candidate is confirmed from here."""
    refuse: float = 0.5
    """From this share of strange subjects nothing is offered."""


def decide(
    heard: str,
    probabilities: Sequence[float],
    classes: Sequence[str],
    entries: Mapping[str, Entry],
    limits: Thresholds,
) -> Meaning:
    """What is meant, by the probability of each entry."""
    ranked = sorted(zip(probabilities, classes, strict=True), reverse=True)
    strangers = sum(p for p, name in ranked if entries[name].kind is Kind.ELSEWHERE)
    kind = {name: entries[name].kind for _, name in ranked[:8]}
    ours = [Candidate(n, float(p)) for p, n in ranked[:8] if kind[n] is not Kind.ELSEWHERE]
    if not ours:
        return Meaning(heard, Act.OFF_SUBJECT, float(strangers))
    first, second = ours[0], ours[1] if len(ours) > 1 else Candidate("", 0.0)
    asked = tuple(c for c in ours if kind[c.entry] is not Kind.SMALLTALK)[:3]
    if is_sure(first, second, strangers, limits):
        act = Act.SMALLTALK if kind[first.entry] is Kind.SMALLTALK else Act.ASK
        return Meaning(heard, act, first.probability, candidates=(first, *asked[:2]))
    if strangers < limits.refuse:
        offered = tuple(c for c in asked if c.probability >= limits.offer)
        together = sum(c.probability for c in offered)
        if len(offered) > 1 and together >= limits.offers_together:
            return Meaning(heard, Act.AMONG, together, candidates=offered)
        if offered and offered[0].probability >= limits.confirm:
            return Meaning(heard, Act.MAYBE, offered[0].probability, candidates=offered[:1])
    return Meaning(heard, Act.OFF_SUBJECT, float(strangers), candidates=asked[:2])


def is_sure(
    first: Candidate, second: Candidate, strangers: float, limits: Thresholds
) -> bool:
    """True when the first candidate may be answered at once."""
    if first.probability >= limits.answer:
        return True
    far_ahead = first.probability >= limits.clear_ratio * second.probability
    return first.probability >= limits.clear_answer and far_ahead and strangers < limits.strangers
