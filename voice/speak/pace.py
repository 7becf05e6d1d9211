"""Pace: how pauses follow the rate that the listener asked for, and how long text is cut."""

from __future__ import annotations

from voice.speak.synthesiser import DEFAULT_RATE

SLOWEST, FASTEST = 100, 400
"""Characters a minute, pauses included."""


def pause_at(pause: float, rate: int) -> float:
    """Seconds of a pause at ``rate``: it shrinks and grows as the speech does."""
    return pause * DEFAULT_RATE / min(max(rate, SLOWEST), FASTEST)


def pieces(text: str, longest: int) -> tuple[str, ...]:
    """Cut text into stretches of at most ``longest`` characters, as even as can be."""
    if not text:
        return ()
    count = -(-len(text) // longest)
    size = -(-len(text) // count)
    return tuple(text[start : start + size] for start in range(0, len(text), size))


def articulation(rate: int) -> float:
    """Characters a minute between the pauses at which typical answers keep ``rate`` as a whole.

    In the answers of the content pack a quarter of the time is pauses.
    """
    return 4 / 3 * min(max(rate, SLOWEST), FASTEST)
