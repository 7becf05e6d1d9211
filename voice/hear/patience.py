"""How long to wait for a speaker: every limit of end-pointing, and its reason."""

from __future__ import annotations

from dataclasses import dataclass


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
    """Silence after words that stop where no sentence ends, or cannot be read: the rest is being put together. Older
    speakers pause up to 2 s there.
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
