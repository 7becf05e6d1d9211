"""When a turn is over: by how long it has been quiet, and by what was said before. Pure, with the
caller's clock.

The state goes in and comes out; time is whatever the caller says it is, so a test runs an hour in
a moment. What was said is judged elsewhere (by understanding, on a speculative reading) and told
here as a :class:`Completeness`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum

from voice.hear.patience import PatienceOptions
from voice.understand.meaning import Completeness


class Event(Enum):
    """What a frame of sound brought."""

    NOTHING = "nothing"
    BEGAN = "began"
    """Speech began; the turn's sound starts ``lead`` seconds before ``Turn.began``."""
    LOOK = "look"
    """A short pause: time to read what was said and tell it with :func:`told`."""
    RESUMED = "resumed"
    """Speech went on after a look: that reading is thrown away."""
    ENDED = "ended"
    """The turn is over."""
    DROPPED = "dropped"
    """It was a knock, not speech; the turn never was."""


@dataclass(frozen=True)
class Manners:
    """What the moment and the speaker ask for; kept from turn to turn by the caller."""

    yes_no: bool = False
    slow: bool = False
    inner_pause: float = 0.0
    """Running estimate of the longer pauses that the speaker makes inside a turn, seconds; 0 before any was heard."""


@dataclass(frozen=True)
class Turn:
    """A turn so far."""

    manners: Manners = Manners()
    began: float | None = None
    """When the voice began."""
    voiced: float = 0.0
    """Seconds of voice in it."""
    run: float = 0.0
    """Seconds of voice in a row up to now."""
    voice: bool = False
    """Whether the last frame was voice."""
    last: float = 0.0
    """When voice was last heard."""
    looked: bool = False
    """A look was called for in this pause."""
    completeness: Completeness = Completeness.OPEN
    syllables: int = 0
    """How many were read at the last look; 0 when it is not known."""
    paused: bool = False
    """A pause in it has taught something."""
    ended: bool = False


def advance(
    turn: Turn, now: float, probability: float, seconds: float, options: PatienceOptions
) -> tuple[Turn, Event]:
    """Take a frame of ``seconds`` that ends at ``now``, with its probability of speech.

    Times never go back. A turn that has ended or was dropped is replaced by the caller with a
    fresh one, carrying ``manners`` on.
    """
    if turn.ended:
        return turn, Event.NOTHING
    voice = probability >= (options.stop if turn.voice else options.start)
    run = turn.run + seconds if voice else 0.0
    turn = replace(turn, voice=voice, run=run)
    began = turn.began
    if began is None:
        return _waiting(turn, now, options)
    if voice:
        turn = replace(turn, voiced=turn.voiced + seconds)
    if now - began >= options.longest:
        return _ended(turn, options), Event.ENDED
    if voice:
        return _voiced(turn, now, options)
    return _quiet(turn, now, options)


def told(turn: Turn, completeness: Completeness, syllables: int = 0) -> Turn:
    """Say how finished the reading called for by the last look sounds, and how many syllables it has; without effect
    once speech went on.
    """
    if not turn.looked or turn.ended:
        return turn
    return replace(turn, completeness=completeness, syllables=syllables)


def limit(turn: Turn, options: PatienceOptions) -> float:
    """Seconds of silence after which the turn is over, as things stand."""
    manners = turn.manners
    if turn.completeness is Completeness.COMMAND:
        return options.slow_complete if manners.slow else options.complete
    slowly = turn.syllables < options.unhurried_pace * turn.voiced
    unhurried = slowly and turn.syllables >= options.unhurried_least
    if turn.completeness is Completeness.COMPLETE:
        if manners.slow:
            return options.slow_complete
        if manners.yes_no:
            return options.complete
        least = options.unhurried_complete if unhurried else options.complete
        return max(least, min(options.learned_complete, manners.inner_pause))
    if manners.slow:
        return options.slow
    if turn.completeness is Completeness.TRAILING:
        return options.trailing
    if manners.yes_no:
        return options.yes_no
    if turn.completeness is Completeness.COURTESY:
        return max(options.courtesy, min(options.learned_complete, manners.inner_pause))
    least = options.unfinished if turn.completeness is Completeness.UNFINISHED else options.usual
    if unhurried:
        least = max(least, options.unhurried)
    return max(least, min(options.learned_most, options.learned_factor * manners.inner_pause))


def _waiting(turn: Turn, now: float, options: PatienceOptions) -> tuple[Turn, Event]:
    if turn.run < options.onset:
        return turn, Event.NOTHING
    begun = replace(turn, began=now - turn.run, voiced=turn.run, last=now)
    return begun, Event.BEGAN


def _voiced(turn: Turn, now: float, options: PatienceOptions) -> tuple[Turn, Event]:
    # A click in a pause is not speech: only a run of voice ends the pause.
    if turn.run < options.onset:
        return turn, Event.NOTHING
    pause = now - turn.run - turn.last
    taught = pause >= options.learned_from
    resumed = replace(
        turn,
        last=now,
        looked=False,
        completeness=Completeness.OPEN,
        syllables=0,
        paused=turn.paused or taught,
        manners=learned(turn.manners, pause, options) if taught else turn.manners,
    )
    return resumed, Event.RESUMED if turn.looked else Event.NOTHING


def _quiet(turn: Turn, now: float, options: PatienceOptions) -> tuple[Turn, Event]:
    silence = now - turn.last
    if silence >= options.look and not turn.looked:
        if turn.voiced < options.shortest:
            return replace(turn, ended=True), Event.DROPPED
        return replace(turn, looked=True), Event.LOOK
    if turn.looked and silence >= limit(turn, options):
        return _ended(turn, options), Event.ENDED
    return turn, Event.NOTHING


def _ended(turn: Turn, options: PatienceOptions) -> Turn:
    """A long turn without a pause teaches something too: else one moment of thought would be waited for for ever."""
    manners = turn.manners
    if manners.inner_pause and not turn.paused and turn.voiced >= options.fluent:
        manners = learned(manners, options.learned_from, options)
    return replace(turn, ended=True, manners=manners)


def learned(manners: Manners, pause: float, options: PatienceOptions) -> Manners:
    """Learn from a pause of so many seconds inside a turn."""
    if not manners.inner_pause:
        return replace(manners, inner_pause=pause)
    rate = options.learned_up if pause > manners.inner_pause else options.learned_down
    mean = manners.inner_pause + rate * (pause - manners.inner_pause)
    return replace(manners, inner_pause=mean)
