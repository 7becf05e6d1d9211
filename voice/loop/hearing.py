"""The loop's hearing: turns of the user's, and what is said into the assistant's speaking."""

from __future__ import annotations

import time

import numpy as np

from voice.errors import EngineError
from voice.hear.ear import phrases_for
from voice.hear.endpoint import Event
from voice.hear.listener import Heard, TurnListener
from voice.hear.recogniser import SAMPLE_RATE, Samples
from voice.loop.attention import Attention, Attentive, Noticed
from voice.loop.barge_in import BargeIn, seconds
from voice.loop.devices import Devices
from voice.loop.interruption import Action, Verdict
from voice.loop.speaking import Speaking
from voice.understand.meaning import Expect, Expectation

HANGS = 30.0
"""Seconds for one chunk of sound after which the recogniser is taken to hang: the longest turn takes three."""
LOADS = 120.0
"""The same for loading it from a slow disk."""
FAILURES = 2
"""Errors in a row after which the recogniser is loaded anew."""
RETRY = 3.0
"""Seconds after which one that could not be loaded anew is tried again."""
TAIL = 0.3
"""Seconds from the end of the assistant's speaking that are listened to: an answer often begins there."""


class Hearing:
    """Attention to what is heard, and what is expected."""

    def __init__(self, devices: Devices, interruptions: tuple[str, ...]) -> None:
        """``interruptions``: the likeliest words of somebody who speaks into the assistant's speaking."""
        self._interruptions = interruptions
        self._canceller = devices.canceller
        self._attention = Attention(devices.listener, devices.inbox.put)
        self.barge_in = BargeIn()
        self.given = 0.0
        """Seconds of sound in the present task."""
        self.first = True
        """Whether no recogniser was ever loaded before this one."""
        self._phrases: tuple[str, ...] = ()
        self._yes_no = self._slow = False
        self._failures = 0
        self._retry_at: float | None = None
        self._milliseconds = 0.0
        self._watched = 0

    @property
    def loaded(self) -> bool:
        """Whether there is a recogniser."""
        return self._attention.loaded

    @property
    def at_work(self) -> bool:
        """Whether sound that was given is still being listened to."""
        return self._attention.pending > 0

    @property
    def speaking(self) -> bool:
        """Whether a turn of the user's has begun and is not over."""
        return self._attention.speaking

    def accept(self, news: Attentive) -> bool:
        """Take note of news; False when they are void."""
        if not self._attention.accept(news):
            return False
        if isinstance(news, Noticed):
            if any(heard.event in (Event.LOOK, Event.ENDED) for heard in news.heard):
                self._failures = 0
            if news.heard:
                self._milliseconds += news.milliseconds
        return True

    def take_milliseconds(self) -> float:
        """The time spent on the turn that is over."""
        spent, self._milliseconds = self._milliseconds, 0.0
        return spent

    def expect(self, expected: Expectation, *, patient: bool) -> None:
        """Get ready for what may be said next; sound so far is void."""
        self.given = 0.0
        self._phrases = phrases_for(expected)
        self._yes_no, self._slow = expected.expects is Expect.YES_NO, patient
        if self.loaded:
            self._attention.give(self._afresh(), anew=True)

    def listen(self, sound: Samples) -> None:
        """Hear a chunk of a turn."""
        self.given = seconds(sound)
        self._attention.give(lambda listener: listener.feed(sound))

    def overhear(self, sound: Samples, speaking: Speaking) -> None:
        """Watch a chunk, without echo, for a voice; pause the assistant for one and listen to it."""
        if speaking.number != self._watched:
            self._watched = speaking.number
            self.barge_in.begin()
        match self.barge_in.feed(sound):
            case Action.PAUSE:
                speaking.pause()
                phrases = tuple(dict.fromkeys((*self._interruptions, *self._phrases)))
                task = _Afresh(phrases, self._yes_no, self._slow, self._recent())
                self._attention.give(task, anew=True)
            case Action.RESUME:
                self._let_go_on(speaking)
            case Action.NOTHING if self.barge_in.paused:
                self.listen(sound)

    def judge(self, verdict: Verdict, speaking: Speaking) -> bool:
        """Act on a verdict; True when the assistant goes on, and what was heard is void."""
        if self.barge_in.judge(verdict) is not Action.RESUME:
            return False
        self._let_go_on(speaking)
        return True

    def go_on(self) -> None:
        """The assistant has finished: listen, beginning with the last moment of it unless a turn is under way."""
        if not self.barge_in.paused and not self.speaking:
            tail = self.barge_in.recent[-round(TAIL * SAMPLE_RATE) :]
            self._attention.give(self._afresh(tail), anew=True)
        self._watched = 0
        self.barge_in.begin()

    def restart(self) -> None:
        """Forget the sound so far."""
        if self.loaded:
            self._attention.give(self._afresh(), anew=True)

    def failed(self) -> None:
        """Listening raised an error: begin afresh, after several with a recogniser that is loaded anew.

        One that could not be loaded anew is tried again a little later: until then nothing listens.
        """
        self._failures += 1
        if not self.loaded:
            self._retry_at = time.monotonic() + RETRY
        elif self._failures >= FAILURES:
            self._renew()
        else:
            self.restart()

    def check(self) -> None:
        """Replace a recogniser that hangs; raises EngineError (``recogniser_stuck``) to tell so.

        Where the last one could not be loaded, it is time to try again now and then.
        """
        if self._retry_at is not None and time.monotonic() >= self._retry_at:
            self._renew()
        if self._attention.busy > (HANGS if self.loaded else LOADS):
            self._renew()
            raise EngineError("The recogniser hangs: it is loaded anew", code="recogniser_stuck")

    def close(self) -> None:
        """End the thread."""
        self._attention.close()

    def _recent(self) -> Samples:
        """The sound before the pause."""
        recent = self.barge_in.recent
        return recent if self._canceller is None else self._canceller.recent(len(recent))

    def _renew(self) -> None:
        self.first = False
        self._retry_at = None
        self._failures = 0
        self._attention.renew()

    def _let_go_on(self, speaking: Speaking) -> None:
        speaking.resume()
        self.restart()

    def _afresh(self, sound: Samples | None = None) -> _Afresh:
        return _Afresh(
            self._phrases,
            self._yes_no,
            self._slow,
            np.zeros(0, np.float32) if sound is None else sound,
        )


class _Afresh:
    """Begin anew, with what is expected now and the sound that was kept."""

    def __init__(self, phrases: tuple[str, ...], yes_no: bool, slow: bool, sound: Samples) -> None:
        self._phrases, self._yes_no, self._slow = phrases, yes_no, slow
        self._sound = sound

    def __call__(self, listener: TurnListener) -> tuple[Heard, ...]:
        listener.reset()
        listener.expect(self._phrases, yes_no=self._yes_no, slow=self._slow)
        return listener.feed(self._sound) if len(self._sound) else ()
