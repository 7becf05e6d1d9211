"""The loop's speaking: what is said now, how much of it was heard, and what must be said again."""

from __future__ import annotations

import time

from voice.content.entries import Pack
from voice.dialogue.state import Preferences, Reply
from voice.events import Emit
from voice.loop.devices import Devices
from voice.loop.saying import Saying
from voice.loop.takeover import Moment, warns
from voice.speak.earcons import SAMPLE_RATE, Earcon, earcon

THINKING = 1.0
"""Seconds without a sound after which a soft tone says that an answer is coming."""


class Speaking:
    """Gives replies to the mouth, one in the place of the other."""

    def __init__(self, pack: Pack, devices: Devices, emit: Emit) -> None:
        self._pack = pack
        self._mouth = devices.mouth
        self._outlet = devices.outlet
        self._emit = emit
        self._murmurs = frozenset(pack.lexicon.get("small_words", ()))
        self._now = Saying()
        self._unsaid: Reply | None = None
        self._warned: set[tuple[str, ...]] = set()
        self.farewell = False
        """Whether the goodbye was said."""

    @property
    def number(self) -> int:
        """Of what is being said; 0 when nothing is."""
        return self._now.number

    @property
    def going_on(self) -> bool:
        """Whether something is being said, or about to be."""
        return self._now.number > 0

    @property
    def moment(self) -> Moment:
        """How things stand for somebody who speaks up now."""
        return self._now.moment(self._murmurs)

    def say(self, reply: Reply, preferences: Preferences, *, answers: bool = False) -> int:
        """Say a reply in the place of what is being said; ``answers``: somebody waits for it."""
        if self.going_on:
            self._mouth.stop()
        guarded = warns(self._pack, reply.say) and reply.say not in self._warned
        number = self._mouth.say(reply.say, preferences)
        self._now = Saying(number, reply, guarded, answers=answers)
        self._unsaid = None
        return number

    def again(self, preferences: Preferences) -> None:
        """Say again what the loudspeaker's absence swallowed, if nothing else is being said."""
        if self._unsaid is not None and not self.going_on:
            self.say(self._unsaid, preferences)

    def phrased(self, number: int, text: str) -> None:
        """A phrase begins to be heard."""
        if number == self._now.number:
            self._now.phrased(text)
        self._emit("speaking", text=text)

    def failed(self, number: int) -> None:
        """It could not be said, or not to its end: the rest is shown, and kept for when it can be."""
        if number == self._now.number:
            if self._now.rest:
                self._emit("speaking", text=self._now.rest)
            self._unsaid = self._now.reply

    def ended(self, number: int) -> bool:
        """A saying is over; True when nothing is said any more."""
        if number != self._now.number:
            return False
        self.farewell = self._now.reply.ended
        if self._now.guarded and not self._now.rest:
            self._warned.add(self._now.reply.say)
        self._now = Saying()
        return True

    def pause(self) -> None:
        """Fall silent at once, for a voice."""
        self._mouth.pause()
        self._now.paused = time.monotonic()
        self._emit("paused")

    def resume(self) -> None:
        """Go on, a little before the place of the pause."""
        self._mouth.resume()
        self._now.paused = None
        self._emit("resumed")

    def fill_the_wait(self) -> None:
        """Let a soft tone be heard when an answer takes its time."""
        now = self._now
        if not now.answers or now.begun or time.monotonic() - now.asked_for < THINKING:
            return
        now.answers = False
        if self._outlet is not None:
            self._outlet.chime(earcon(Earcon.THINKING), SAMPLE_RATE)
