"""The loop: one thread that takes sound, keys and news in, answers, and never stops by itself.

What is said into the assistant's speaking is listened to only where its own voice is taken out of the microphone's
sound (``barge_in.py``); elsewhere, and until that works, sound that comes while it speaks, and shortly after, is
thrown away. Time is the microphone's own (samples heard), so a test with a recorded input takes no real time; only
devices, and engines that hang, are watched with the monotonic clock.
"""

from __future__ import annotations

import queue
import time
from dataclasses import replace

import numpy as np

from voice.assistant import Assistant
from voice.config import DialogueOptions
from voice.dialogue.state import Reply
from voice.errors import VoiceError
from voice.events import Emit
from voice.guard import guarded
from voice.hear.recogniser import SAMPLE_RATE, Samples
from voice.keys import Key, Pressed, Typed
from voice.loop.attention import Failing, Noticed, Ready
from voice.loop.barge_in import seconds
from voice.loop.devices import Devices
from voice.loop.farewell import farewell
from voice.loop.hardware import Back, Hardware
from voice.loop.hearing import Hearing
from voice.loop.leaving import Leave, exit_for
from voice.loop.speaking import Speaking
from voice.loop.troubles import Troubles
from voice.loop.turns import Turns
from voice.protocol import reply_fields
from voice.speak.mouth import Began, Ended, Failed, Phrased
from voice.understand.meaning import Reading

TICK = 0.05
"""Seconds that one look at the microphone may wait; a key is noticed within it."""
AFTERGLOW = 0.25
"""Seconds of sound thrown away after the assistant spoke, where its echo is not cancelled: the device's latency and
the room's echo."""
INTERRUPTIONS = "interruptions"
"""The pack's list of the likeliest words of somebody who speaks into the assistant's speaking."""

News = Ready | Noticed | Failing | Typed | Pressed | Leave | Began | Phrased | Ended | Failed


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
        self._emit = emit
        options = options or DialogueOptions()
        self._hardware = Hardware(devices)
        self._hearing = Hearing(devices, assistant.pack.lexicon.get(INTERRUPTIONS, ()))
        self._speaking = Speaking(assistant.pack, devices, emit)
        self._troubles = Troubles(assistant.pack.prompts, emit)
        self._turns = Turns(
            assistant, devices, self._hearing, self._speaking, self._troubles, emit, options
        )
        self._deaf = 0.0
        self._fatal: VoiceError | None = None
        self._over = False

    def run(self) -> None:
        """Converse until somebody says goodbye; whatever ends it, the microphone is let go of.

        KeyboardInterrupt, which comes of :class:`Leave`, passes through behind a goodbye. The greeting is already
        heard while the recogniser loads. Raises VoiceError when it cannot be loaded.
        """
        try:
            self._greet()
            while not self._over:
                self._live()
        except KeyboardInterrupt:
            farewell(self._assistant, self._speaking, self._devices.inbox)
            raise
        finally:
            self._close()

    def _live(self) -> None:
        """One tick, whatever comes of it."""
        try:
            with guarded("the loop", VoiceError):
                self._tick()
        except VoiceError as error:
            self._rest_after(error)
        if self._fatal is not None:
            raise self._fatal

    def _close(self) -> None:
        """Let go of the microphone and report the end, where there was a beginning."""
        self._hardware.close()
        self._hearing.close()
        if self._fatal is None:
            self._emit("bye")

    def _greet(self) -> None:
        """Say what is missing, then the greeting."""
        found = list(self._hardware.poll(quiet=False))
        advice = [self._troubles.write(each) for each in found if isinstance(each, VoiceError)]
        greeting = self._assistant.greeting
        self._emit("reply", **reply_fields(greeting))
        said = replace(greeting, say=(*advice, *greeting.say))
        self._speaking.say(said, self._assistant.preferences)

    def _tick(self) -> None:
        self._look_after()
        sound = None
        if self._hearing.at_work or self._hardware.deaf:
            self._wait_for_news()
        else:
            sound = self._hardware.read(TICK)
        while not self._devices.inbox.empty():
            self._notice(self._devices.inbox.get_nowait())
        if sound is not None and self._hearing.loaded:
            self._take(sound)

    def _wait_for_news(self) -> None:
        try:
            news = self._devices.inbox.get(timeout=TICK)
        except queue.Empty:
            return
        self._notice(news)

    def _look_after(self) -> None:
        """See to devices that are missing, and to engines that hang."""
        self._speaking.fill_the_wait()
        self._hearing.check()
        quiet = not self._speaking.going_on and not self._hearing.speaking
        for found in self._hardware.poll(quiet=quiet):
            match found:
                case Back(microphone=True):
                    self._troubles.forget("microphone_lost", "no_microphone", "microphone_busy")
                    self._hearing.restart()
                    self._ready_to_listen()
                case Back():
                    self._troubles.forget("loudspeaker_lost", "no_loudspeaker", "loudspeaker_busy")
                    self._speaking.again(self._assistant.preferences)
                case error:
                    self._trouble(error)

    def _take(self, sound: Samples) -> None:
        """Sound came: overhear it while the assistant speaks, else listen to it."""
        if self._speaking.going_on:
            canceller = self._devices.canceller
            if self._hearing.barge_in.paused or (canceller is not None and canceller.ready):
                self._hearing.overhear(sound, self._speaking)
            return
        if self._deaf > 0:
            self._deaf -= seconds(sound)
            if self._deaf <= 0:
                self._emit("listening")
            return
        self._hearing.listen(sound)

    def _notice(self, news: News) -> None:
        match news:
            case Ready() | Noticed() | Failing():
                self._attend(news)
            case Leave() as leave:
                raise exit_for(leave)
            case Typed(text="") | Pressed(key=Key.STOP):
                self._stop_or_end_turn()
            case Pressed(key=Key.REPEAT):
                self._turns.repeat()
            case Typed(text=text):
                self._turns.respond((Reading(text),))
            case Phrased(number=number, text=text):
                self._speaking.phrased(number, text)
            case Ended(number=number, finished=finished):
                self._emit("spoken" if finished else "interrupted")
                self._said(number)
            case Failed(number=number, error=error):
                self._speaking.failed(number)
                self._troubles.write(error)
                self._said(number)

    def _attend(self, news: Ready | Noticed | Failing) -> None:
        if not self._hearing.accept(news):
            return
        match news:
            case Ready():
                self._turns.expect()
                if self._hearing.first:
                    self._emit("ready")
            case Failing():
                self._failed(news)
            case Noticed(heard=heard):
                if any(map(self._turns.heard, heard)) or self._speaking.going_on:
                    return
                self._turns.wait(0.0 if news.speaking else self._hearing.given)

    def _failed(self, news: Failing) -> None:
        """Listening failed, or loading what it needs."""
        if news.loading and self._hearing.first:
            self._fatal = news.error
            return
        self._hearing.failed()
        # One that was told not long ago is not told again; but somebody spoke, and waits for an answer. While a
        # recogniser is loaded nobody does: it is tried again and again.
        if not self._trouble(news.error) and not news.loading:
            self._turns.respond(())

    def _said(self, number: int) -> None:
        if not self._speaking.ended(number):
            return
        self._over = self._speaking.farewell
        if not self._over:
            self._ready_to_listen()

    def _ready_to_listen(self) -> None:
        """Nothing is said any more. Where there is no echo it is listened to at once, also to what just began."""
        self._turns.stay()
        canceller = self._devices.canceller
        self._deaf = AFTERGLOW
        if self._hearing.loaded and canceller is not None and canceller.ready:
            self._deaf = 0.0
            self._emit("listening")
            self._hearing.go_on()

    def _stop_or_end_turn(self) -> None:
        """A key: what is said stops; else the turn is over: silence enough for any patience follows what was said."""
        if self._speaking.going_on:
            self._devices.mouth.stop()
        elif self._hearing.speaking:
            self._hearing.listen(np.zeros(round(4.0 * SAMPLE_RATE), np.float32))
        else:
            self._turns.stay(anew=True)
            self._emit("listening")

    def _rest_after(self, error: VoiceError) -> None:
        """Tell a trouble; one that comes again and again must not keep the machine busy."""
        if not self._trouble(error):
            time.sleep(TICK)

    def _trouble(self, error: VoiceError) -> bool:
        """Tell a trouble in words, shown and said; False for one that was told not long ago."""
        advice = self._troubles.write(error)
        if advice:
            self._speaking.say(Reply((advice,)), self._assistant.preferences)
        return bool(advice)
