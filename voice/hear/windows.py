"""Cutting long speech at its pauses, so that each piece fits the recogniser's window. Pure."""

from __future__ import annotations

from voice.hear.recogniser import SAMPLE_RATE
from voice.hear.speech import Stretch

LONGEST = 15 * SAMPLE_RATE
"""Samples in a window. Whisper knows 30 s, but in a long window it skips what sounds like
before.
"""

BEFORE = round(0.4 * SAMPLE_RATE)
"""Samples kept before speech: soft first consonants come before the detector is sure."""

AFTER = round(0.4 * SAMPLE_RATE)
"""Samples kept after it: the last syllable's fall."""


def windows(stretches: tuple[Stretch, ...], length: int) -> tuple[Stretch, ...]:
    """Join neighbouring stretches of speech into windows of at most :data:`LONGEST` samples, in
    order.

    ``length`` is that of the whole sound. Silence at the ends and between windows is left out; a
    stretch without a pause that is longer than a window is cut hard.
    """
    found: list[Stretch] = []
    for stretch in (piece for each in stretches for piece in _pieces(_padded(each, length))):
        if found and stretch.end - found[-1].start <= LONGEST:
            found[-1] = Stretch(found[-1].start, max(found[-1].end, stretch.end))
        else:
            # Paddings of neighbours may overlap; a syllable must not be heard in both windows.
            start = max(stretch.start, found[-1].end) if found else stretch.start
            found.append(Stretch(start, max(start, stretch.end)))
    return tuple(each for each in found if each.end > each.start)


def _padded(stretch: Stretch, length: int) -> Stretch:
    return Stretch(max(0, stretch.start - BEFORE), min(length, stretch.end + AFTER))


def _pieces(stretch: Stretch) -> list[Stretch]:
    starts = range(stretch.start, stretch.end, LONGEST)
    return [Stretch(start, min(start + LONGEST, stretch.end)) for start in starts]
