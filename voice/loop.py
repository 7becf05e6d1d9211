"""The conversation by voice: one thread that reads the microphone, listens, answers, and never stops by itself.

Half-duplex: what the microphone brings while the assistant speaks, and shortly after, is thrown away, so that it never
hears itself. Time is the microphone's own (samples heard), so a test with a recorded input takes no real time.
"""

from __future__ import annotations

import logging
import queue
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from voice.assistant import Assistant, Turn
from voice.config import DialogueOptions
from voice.dialogue.state import Reply
from voice.errors import AudioInputError, VoiceError
from voice.events import Emit
from voice.hear.ear import phrases_for, weighted
from voice.hear.endpoint import Event
from voice.hear.listener import Heard, TurnListener
from voice.hear.microphone import AudioInput
from voice.hear.recogniser import SAMPLE_RATE, Samples
from voice.keys import Typed
from voice.protocol import Timing, reply_fields
from voice.speak.mouth import Began, Ended, Failed, Mouth, SpeechNews
from voice.trouble import sentence
from voice.understand.meaning import Expect
from voice.understand.understanding import Reading

TICK = 0.05
"""Seconds that one look at the microphone may wait; a key is noticed within it."""
AFTERGLOW = 0.25
"""Seconds of sound thrown away after the assistant spoke: the device's latency and the room's echo."""
RETRY = 3.0
"""Seconds after which a microphone that went away is tried again."""
AGAIN = 30.0
"""Seconds before the same trouble is told again."""
PATIENT = "wait"
"""The command of somebody who asks for time: the next turn is waited for longer."""

_log = logging.getLogger(__name__)
Inbox = queue.SimpleQueue[SpeechNews | Typed]


@dataclass(frozen=True)
class Devices:
    """What the loop runs on."""

    open_input: Callable[[], AudioInput]
    """Opens the microphone; raises AudioInputError."""
    listener: Callable[[], TurnListener]
    """Gives the listener; may wait until a recogniser is loaded. Raises VoiceError when there is none."""
    mouth: Mouth
    """Tells its news to ``inbox``."""
    inbox: Inbox


class Loop:
    """One conversation. :meth:`run` blocks; everything happens on its thread."""

    def __init__(
        self,
        assistant: Assistant,
        devices: Devices,
        emit: Emit,
        options: DialogueOptions | None = None,
    ) -> None:
        self._assistant = assistant
        self._devices = devices
        self._listener: TurnListener
        self._mouth = devices.mouth
        self._emit = emit
        self._options = options or DialogueOptions()
        self._input: AudioInput | None = None
        self._retry_at = 0.0
        self._saying = 0
        self._last_words = 0
        self._deaf = 0.0
        self._quiet = 0.0
        self._prompted = 0
        self._hear_ms = 0.0
        self._told: dict[str, float] = {}
        self._over = False

    def run(self) -> None:
        """Converse until somebody says goodbye. KeyboardInterrupt passes through.

        The greeting is already heard while the recogniser loads. Raises VoiceError when it cannot be loaded.
        """
        self._say(self._assistant.greeting)
        self._listener = self._devices.listener()
        self._expect()
        self._open()
        self._emit("ready")
        while not self._over:
            try:
                self._tick()
            except VoiceError as error:
                self._trouble(error)
            except Exception as error:  # noqa: BLE001 -- the one place where the loop keeps itself alive
                _log.exception("the loop goes on after a fault")
                self._trouble(VoiceError(f"unforeseen: {type(error).__name__}"))
        self.close()

    def farewell(self, seconds: float = 6.0) -> None:
        """Say goodbye and close, whatever was going on; waits at most ``seconds`` for the voice."""
        self._mouth.stop()
        goodbye = self._assistant.pack.prompts.get("goodbye", ())
        number = self._mouth.say(goodbye, self._assistant.preferences)
        until = time.monotonic() + seconds
        try:
            while (left := until - time.monotonic()) > 0:
                news = self._devices.inbox.get(timeout=left)
                if isinstance(news, Ended | Failed) and news.number == number:
                    break
        except queue.Empty:
            _log.warning("the goodbye was not said in time")
        self.close()

    def close(self) -> None:
        """Let go of the microphone and report the end."""
        if self._input is not None:
            self._input.close()
            self._input = None
        self._emit("bye")

    def _tick(self) -> None:
        sound = self._sound()
        while not self._devices.inbox.empty():
            self._notice(self._devices.inbox.get_nowait())
        if sound is None or self._saying:
            return
        if self._deaf > 0:
            self._deaf -= len(sound) / SAMPLE_RATE
            if self._deaf <= 0:
                self._emit("listening")
            return
        self._hear(sound)

    def _sound(self) -> Samples | None:
        """What the microphone brought; None when it brought nothing or is away."""
        if self._input is None:
            time.sleep(TICK)
            if time.monotonic() >= self._retry_at:
                self._open()
            return None
        try:
            return self._input.read(TICK)
        except AudioInputError as error:
            if error.code == "microphone_lost":
                self._drop_input()
            raise

    def _open(self) -> None:
        """Open the microphone; without one the loop goes on by keyboard and tries again later."""
        try:
            self._input = self._devices.open_input()
            self._listener.reset()
        except AudioInputError as error:
            if not self._retry_at:
                self._trouble(error)
            _log.info("no microphone: %s", error)
            self._retry_at = time.monotonic() + RETRY
            return
        self._retry_at = 0.0

    def _drop_input(self) -> None:
        if self._input is not None:
            self._input.close()
        self._input = None
        self._retry_at = time.monotonic() + RETRY

    def _hear(self, sound: Samples) -> None:
        start = time.perf_counter()
        noticed = self._listener.feed(sound)
        if noticed:
            self._hear_ms += 1000 * (time.perf_counter() - start)
        for heard in noticed:
            self._heard(heard)
            if self._saying:
                return
        self._wait(0.0 if self._listener.speaking else len(sound) / SAMPLE_RATE)

    def _heard(self, heard: Heard) -> None:
        match heard.event:
            case Event.BEGAN:
                self._hear_ms = 0.0
                self._emit("speech")
            case Event.LOOK if heard.hearing.hypotheses:
                self._prepare(weighted(heard.hearing))
            case Event.LOOK if heard.text:
                self._prepare((Reading(heard.text),))
            case Event.ENDED:
                self._emit("endpoint")
                self._respond(weighted(heard.hearing))

    def _prepare(self, readings: Sequence[Reading]) -> None:
        """Let the voice make the beginning of the likely answer while the turn may still go on."""
        say = self._assistant.consider(readings).say
        if say:
            self._mouth.prepare(say, self._assistant.preferences)

    def _respond(self, readings: Sequence[Reading]) -> None:
        turn: Turn = self._assistant.respond(readings)
        self._quiet, self._prompted = 0.0, 0
        timing = Timing(self._hear_ms, turn.understand_ms, turn.decide_ms)
        self._hear_ms = 0.0
        self._emit("heard", text=turn.meaning.heard)
        self._emit("reply", **reply_fields(turn.reply, turn.meaning.heard, timing))
        self._speak(turn.reply)
        self._expect(patient=turn.meaning.command == PATIENT)

    def _say(self, reply: Reply) -> None:
        """Say something that nobody asked for."""
        self._emit("reply", **reply_fields(reply))
        self._speak(reply)

    def _speak(self, reply: Reply) -> None:
        self._saying = self._mouth.say(reply.say, self._assistant.preferences)
        if reply.ended:
            self._last_words = self._saying

    def _expect(self, *, patient: bool = False) -> None:
        """Get ready for what may be said next."""
        self._listener.reset()
        expected = self._assistant.expectation
        self._listener.expect(
            phrases_for(expected),
            yes_no=expected.expects is Expect.YES_NO,
            slow=patient,
        )

    def _wait(self, seconds: float) -> None:
        """Offer help after a long silence, a few times, then rest until somebody speaks."""
        self._quiet = self._quiet + seconds if seconds else 0.0
        limits = self._options.silences
        if self._prompted < len(limits) and self._quiet >= limits[self._prompted]:
            self._quiet = 0.0
            self._prompted += 1
            reply = self._assistant.no_input()
            self._say(reply)
            self._expect()

    def _notice(self, news: SpeechNews | Typed) -> None:
        match news:
            case Typed(text="") if self._saying:
                self._mouth.stop()
            case Typed(text=""):
                self._end_turn()
            case Typed(text=text):
                self._mouth.stop()
                self._respond((Reading(text),))
            case Began(text=text):
                self._emit("speaking", text=text)
            case Ended(number=number, finished=finished):
                self._emit("spoken" if finished else "interrupted")
                self._said(number)
            case Failed(number=number, error=error):
                self._tell(error)
                self._said(number)

    def _said(self, number: int) -> None:
        if number == self._last_words:
            self._over = True
        elif number == self._saying:
            self._saying = 0
            self._deaf = AFTERGLOW
            self._quiet = 0.0

    def _end_turn(self) -> None:
        """Enter says that the turn is over: silence enough for any patience follows what was said."""
        if self._listener.speaking:
            self._hear(np.zeros(round(4.0 * SAMPLE_RATE), np.float32))
        else:
            self._quiet, self._prompted = 0.0, 0
            self._emit("listening")

    def _trouble(self, error: VoiceError) -> None:
        """Tell a trouble in words, shown and said; one that comes again and again only now and then."""
        now = time.monotonic()
        if now < self._told.get(error.code, 0.0) + AGAIN:
            time.sleep(TICK)
            return
        self._told[error.code] = now
        advice = self._tell(error)
        self._mouth.stop()
        self._saying = self._mouth.say((advice,), self._assistant.preferences)

    def _tell(self, error: VoiceError) -> str:
        advice = sentence(error, self._assistant.pack.prompts)
        _log.warning("%s", error)
        self._emit("trouble", what=error.code, advice=advice)
        return advice
