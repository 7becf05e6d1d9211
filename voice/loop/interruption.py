"""When the user's voice interrupts the assistant's. Pure, with the caller's clock, like ``hear/endpoint.py``.

While the assistant speaks, sound without its echo comes in frame by frame. Voice for long enough, and well above
what is left of the echo, pauses the assistant at once; then it is listened to, and a verdict on the words
(``takeover.py``) either ends the assistant's turn or lets it go on. What turns out to be nothing, again and again,
asks for a longer voice the next time, and in the end for none at all until the assistant's turn is over: the echo
cannot be trusted there.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum


class Phase(Enum):
    """What is being waited for."""

    SPEAKING = "speaking"
    """The assistant speaks; nobody else does."""
    PAUSED = "paused"
    """It fell silent for a voice and listens."""


class Action(Enum):
    """What a frame, or a verdict, asks for."""

    NOTHING = "nothing"
    PAUSE = "pause"
    RESUME = "resume"


class Verdict(Enum):
    """What the words that were heard are."""

    TAKE = "take"
    """For the assistant: its turn is over."""
    LET_PASS = "let pass"  # noqa: S105 -- no password
    """Nothing to it: it goes on."""
    WAIT = "wait"
    """Not over yet."""


@dataclass(frozen=True)
class InterruptionOptions:
    """All limits; seconds unless said otherwise."""

    voice: float = 0.2
    """Voice that pauses the assistant: 停 has about a quarter of a second, a knock less than a tenth."""
    within: float = 0.45
    """Time in which it must come: cancelling punches holes into a voice that speaks at the same time."""
    start: float = 0.5
    """Probability of speech from which a frame is voice."""
    above_floor: float = 8.0
    """dB by which it must be louder than what is left of the echo."""
    rise: float = 6.0
    """dB a second by which the floor follows upwards; downwards at once."""
    wordless: float = 1.2
    """Time after the pause in which a turn must have begun; else it was no speech."""
    longest: float = 12.0
    """Time after which it goes on although words still come: they are not meant for it."""
    more_voice: float = 0.1
    """Added to :attr:`voice` for each pause that turned out to be nothing."""
    most_false: int = 3
    """Pauses for nothing after which it is no longer listened to in this turn of the assistant's."""


@dataclass(frozen=True)
class Vigil:
    """Where the watch over one turn of the assistant's stands."""

    phase: Phase = Phase.SPEAKING
    floor: float = -60.0
    """Level, dBFS, of what is left of the echo."""
    frames: tuple[tuple[float, float], ...] = ()
    """End and length of each frame of voice lately."""
    paused_at: float = 0.0
    began: bool = False
    """A turn of the user's has begun since the pause."""
    false: int = 0
    """Pauses so far that turned out to be nothing."""


def advance(
    vigil: Vigil,
    now: float,
    seconds: float,
    probability: float,
    level: float,
    options: InterruptionOptions,
) -> tuple[Vigil, Action]:
    """Take a frame of ``seconds`` that ends at ``now``: its probability of speech, 0 to 1, and level in dBFS."""
    if vigil.phase is Phase.PAUSED:
        late = options.longest if vigil.began else options.wordless
        if now - vigil.paused_at >= late:
            return _gone_on(vigil), Action.RESUME
        return vigil, Action.NOTHING
    voice = probability >= options.start and level >= vigil.floor + options.above_floor
    floor = vigil.floor if voice else min(level, vigil.floor + options.rise * seconds)
    kept = tuple(frame for frame in vigil.frames if frame[0] > now - options.within)
    frames = (*kept, (now, seconds)) if voice else kept
    vigil = replace(vigil, floor=floor, frames=frames)
    enough = options.voice + options.more_voice * vigil.false
    if vigil.false >= options.most_false or sum(length for _, length in frames) < enough:
        return vigil, Action.NOTHING
    paused = replace(vigil, phase=Phase.PAUSED, paused_at=now, began=False, frames=())
    return paused, Action.PAUSE


def turn_began(vigil: Vigil) -> Vigil:
    """Say that a turn of the user's has begun since the pause."""
    return replace(vigil, began=True)


def judged(vigil: Vigil, verdict: Verdict) -> tuple[Vigil, Action]:
    """Take the verdict on what was heard since the pause; TAKE is the caller's to act on."""
    if vigil.phase is Phase.PAUSED and verdict is Verdict.LET_PASS:
        return _gone_on(vigil), Action.RESUME
    return vigil, Action.NOTHING


def _gone_on(vigil: Vigil) -> Vigil:
    return replace(vigil, phase=Phase.SPEAKING, frames=(), began=False, false=vigil.false + 1)
