"""From a stream of sound to turns: voice detection, end-pointing and recognition joined.

The clock is the sound itself (samples taken so far), so the same chunks give the same turns in the
loop, in a test and from a file.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import numpy as np

from voice.errors import AudioInputError
from voice.hear.endpoint import (
    Event,
    Manners,
    Turn,
    advance,
    told,
)
from voice.hear.gain import Leveller
from voice.hear.habits import Habits
from voice.hear.patience import PatienceOptions
from voice.hear.recogniser import (
    SAMPLE_RATE,
    Hearing,
    Hypothesis,
    Recogniser,
    Samples,
    Session,
)
from voice.hear.speech import FRAME, FRAME_SECONDS, SpeechDetector
from voice.understand.meaning import Completeness
from voice.understand.syllables import sounds

Judge = Callable[[Hearing], Completeness]
"""Says how finished what was heard sounds; it is called with one reading at least."""

ENOUGH = frozenset({Completeness.COMMAND, Completeness.COMPLETE, Completeness.COURTESY})
"""Behind these the turn is over soon: there is no time for another look."""
TAIL = 0.3
"""Seconds of silence after the voice that a recogniser is given: the last syllable's fall."""


@dataclass(frozen=True)
class Heard:
    """Something that the listener noticed."""

    event: Event
    time: float
    """Seconds of sound since the listener began."""
    text: str = ""
    """What was read so far (LOOK) or at the end (ENDED); may be empty for what was no speech."""
    hearing: Hearing = field(default_factory=Hearing)
    """All readings (LOOK with a recogniser that is not streaming, ENDED)."""
    sound: Samples | None = None
    """The turn's sound (ENDED): to be scored against phrases."""
    trouble: AudioInputError | None = None
    """What is wrong with the sound (ENDED), to be told to the user: ``microphone_clipped``, once for each listener."""


class TurnListener:
    """Listens for turns. Not thread-safe: one thread feeds it and acts on what it gives back."""

    def __init__(
        self,
        recogniser: Recogniser,
        judge: Judge,
        options: PatienceOptions | None = None,
        habits: Habits | None = None,
        keep: Callable[[Habits], None] = lambda _: None,
    ) -> None:
        """``habits`` are known from earlier runs; ``keep`` is given them after each turn that taught something."""
        self._habits = habits or Habits()
        self._keep = keep
        self._leveller = Leveller(self._habits.levels)
        self._told_clipped = False
        self._recogniser = recogniser
        self._judge = judge
        self._options = options or PatienceOptions()
        self._detector = SpeechDetector()
        self._turn = Turn(Manners(inner_pause=self._habits.inner_pause))
        self._phrases: tuple[str, ...] = ()
        self._rest = np.zeros(0, np.float32)
        self._kept: list[Samples] = []
        self._session: Session | None = None
        self._read: Hearing | None = None
        self._frames = 0

    @property
    def speaking(self) -> bool:
        """Whether a turn has begun and is not over."""
        return self._turn.began is not None

    @property
    def partial(self) -> str:
        """What a streaming recogniser has read of the turn so far, for captions; its last word may still change."""
        return self._session.partial() if self._session else ""

    @property
    def habits(self) -> Habits:
        """What is known of the room and the speaker."""
        return Habits(self._leveller.levels, self._turn.manners.inner_pause)

    def expect(
        self, phrases: tuple[str, ...] = (), *, yes_no: bool = False, slow: bool = False
    ) -> None:
        """Say what the dialogue waits for; counts from the next turn on (patience at once)."""
        self._phrases = phrases
        manners = replace(self._turn.manners, yes_no=yes_no, slow=slow)
        self._turn = replace(self._turn, manners=manners)

    def feed(self, samples: Samples) -> tuple[Heard, ...]:
        """Take a chunk of the microphone's sound (16 kHz mono, any length); say what happened in
        it, in order.

        A recogniser that is not streaming decodes at every look, so a call may take its decoding
        time (0.2 s).
        """
        raised = self._leveller.feed(samples, speaking=self.speaking)
        sound = np.concatenate([self._rest, raised])
        whole = len(sound) - len(sound) % FRAME
        self._rest = sound[whole:]
        found = [self._frame(sound[at : at + FRAME]) for at in range(0, whole, FRAME)]
        return tuple(each for each in found if each)

    def reset(self) -> None:
        """Forget the sound so far and a turn that has begun; the speaker's manners stay."""
        self._detector.reset()
        self._rest = np.zeros(0, np.float32)
        self._forget()

    def _frame(self, frame: Samples) -> Heard | None:
        self._frames += 1
        now = self._frames * FRAME_SECONDS
        self._kept.append(frame)
        if self._session:
            self._session.feed(frame)
        (probability,) = self._detector.feed(frame)
        self._turn, event = advance(self._turn, now, probability, FRAME_SECONDS, self._options)
        if event is Event.BEGAN:
            self._leveller.begin()
        self._leveller.noticed(frame, probability, speaking=self.speaking)
        if not self.speaking:
            spare = len(self._kept) - round(self._options.lead / FRAME_SECONDS)
            del self._kept[: max(0, spare)]
        return self._react(event, now)

    def _react(self, event: Event, now: float) -> Heard | None:
        if event is Event.NOTHING:
            return None
        if event is Event.BEGAN:
            self._open_session()
        if event is Event.RESUMED:
            self._read = None
        if event is Event.LOOK:
            return self._look(now)
        if event is Event.ENDED:
            return self._end(now)
        if event is Event.DROPPED:
            self._forget()
        return Heard(event, now)

    def _open_session(self) -> None:
        """Let a streaming recogniser hear the turn from its beginning."""
        if self._recogniser.streaming:
            self._session = self._session_now()
            self._session.feed(np.concatenate(self._kept))

    def _look(self, now: float) -> Heard:
        """Read what was said so far and let it decide how long to wait."""
        if self._session:
            text = self._session.partial()
            sofar = Hearing((Hypothesis(text, 0.0),) if text else ())
        else:
            self._read = sofar = self._decode()
        # Of what cannot be read, 「我能给……」 said softly, the rest may yet tell.
        completeness = self._judge(sofar) if sofar.text else Completeness.UNFINISHED
        self._turn = told(self._turn, completeness, len(sounds(sofar.text)))
        return Heard(Event.LOOK, now, sofar.text, self._read or Hearing())

    def _end(self, now: float) -> Heard:
        """Give the reading: a look's own when nothing was said after it."""
        hearing = self._session.finish() if self._session else self._read or self._decode()
        sound, trouble = self._sound(), self._trouble()
        self._learn()
        self._forget()
        return Heard(Event.ENDED, now, hearing.text, hearing, sound, trouble)

    def _trouble(self) -> AudioInputError | None:
        """The input cuts the tops off a voice: told once, for whoever could mend it was told."""
        if self._told_clipped or not self._leveller.clipped:
            return None
        self._told_clipped = True
        message = "The microphone is set too loud and distorts the voice: turn its input down"
        return AudioInputError(message, code="microphone_clipped")

    def _learn(self) -> None:
        self._leveller.end()
        if self.habits != self._habits:
            self._habits = self.habits
            self._keep(self._habits)

    def _session_now(self) -> Session:
        yes_no = self._turn.manners.yes_no
        return self._recogniser.session(self._phrases, yes_no=yes_no, enough=self._ends_the_turn)

    def _ends_the_turn(self, sofar: Hearing) -> bool:
        """Whether the turn is over soon after what was read."""
        return self._judge(sofar) in ENOUGH

    def _decode(self) -> Hearing:
        session = self._session_now()
        session.feed(self._sound())
        return session.finish()

    def _sound(self) -> Samples:
        """The turn's sound so far, less the silence that ended it."""
        silent = self._frames * FRAME_SECONDS - self._turn.last - TAIL
        whole = np.concatenate(self._kept)
        surplus = max(0, round(silent * SAMPLE_RATE))
        return whole[: len(whole) - surplus]

    def _forget(self) -> None:
        self._turn = Turn(self._turn.manners)
        self._session = None
        self._read = None
        keep = round(self._options.lead / FRAME_SECONDS)
        self._kept = self._kept[-keep:]
