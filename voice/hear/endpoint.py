"""When a turn is over: by how long it has been quiet, and by what was said before. Pure, with the
caller's clock.

The state goes in and comes out; time is whatever the caller says it is, so a test runs an hour in
a moment. What was said is judged elsewhere (by understanding, on a speculative reading) and told
here as a :class:`Completeness`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum

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
class PatienceOptions:
    """All limits, in seconds unless said otherwise."""

    start: float = 0.5
    """Probability of speech from which a frame is voice: what the detector was trained for."""
    stop: float = 0.35
    """Below this it is silence; between the two it stays what it was."""
    onset: float = 0.06
    """Voice in a row that begins a turn or resumes it: two frames. 一 has three; a click has one."""
    shortest: float = 0.09
    """Voice in a whole turn below which it was a knock."""
    lead: float = 0.4
    """Sound kept from before the voice: soft first consonants come before the detector is sure."""
    look: float = 0.2
    """Pause after which what was said is read: longer than any gap inside a word (a stop's closure
    is 0.1).
    """
    complete: float = 0.5
    """Silence after a complete question or command: answers feel prompt, and 「不收钱吧」 can still
    follow.
    """
    yes_no: float = 0.8
    """Silence where yes or no is expected: the answer is a word, but 「要……不要」 happens."""
    courtesy: float = 0.8
    """Silence after a word of thanks: most say no more, and who does speaks into a short answer."""
    usual: float = 1.5
    """Silence after anything else: older speakers pause 0.8 to 1.2 inside a sentence."""
    unfinished: float = 2.2
    """Silence after words that stop where no sentence ends: the rest is being put together. Older speakers pause up
    to 2 s there.
    """
    trailing: float = 2.5
    """Silence after 「那个……」: a word is being looked for."""
    slow: float = 3.5
    """Silence where the user asked for 慢慢说."""
    slow_complete: float = 1.2
    """There, after a complete question."""
    unhurried_pace: float = 3.7
    """Syllables a second of voice below which somebody takes their time, and who speaks slowly pauses long too.
    Measured on voices at 120 characters a minute: 2.9 to 3.5; at 160: 3.9 to 4.6; at 220: 5.2 to 6.2.
    """
    unhurried: float = 2.2
    """Silence after anything an unhurried speaker said…"""
    unhurried_complete: float = 1.8
    """…and after a complete question of theirs. Of 60 slow questions with pauses of 0.8 to 2.0 s two are cut off,
    three at 1.4, and the median wait is 1.84 instead of 1.50 s.
    """
    unhurried_least: int = 4
    """Syllables below which a pace says nothing: a lone word is drawn out by anybody."""
    learned_most: float = 2.5
    """What a speaker's own pauses may raise ``usual`` to."""
    learned_complete: float = 1.5
    """What they may raise ``complete`` to: a habit of pausing makes a second half likelier, but the first
    half alone can be answered.
    """
    learned_factor: float = 1.4
    """Silence waited for, as a multiple of the pauses that the speaker makes."""
    learned_up: float = 0.5
    """Weight of a longer pause in the running estimate, so that it stands near the longer ones of a speaker…"""
    learned_down: float = 0.15
    """…and that of a shorter one, or of a turn without any."""
    learned_from: float = 0.4
    """Shorter pauses are articulation, not thought, and teach nothing."""
    fluent: float = 1.5
    """Seconds of voice in a turn without a pause from which it teaches that its speaker makes none."""
    longest: float = 60.0
    """A turn ends here even if the voice goes on: a radio talks without end."""


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
