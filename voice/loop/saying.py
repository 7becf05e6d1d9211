"""What the assistant is saying at the moment, and how much of it was heard."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from voice.dialogue.state import Reply
from voice.loop.takeover import Moment
from voice.understand.meaning import Expect

AUDIBLE = 2.5
"""Seconds for which the words before the present ones may still come back as an echo."""
COMING = 16
"""Characters after them that may be heard already: it is told a moment late that a phrase begins."""


@dataclass
class Saying:
    """One reply on its way to the listener; number 0 stands for none."""

    number: int = 0
    reply: Reply = field(default_factory=Reply)
    guarded: bool = False
    """Whether it reads a warning that was never heard to its end."""
    asked_for: float = field(default_factory=time.monotonic)
    """When the voice was asked for it, monotonic seconds."""
    begun: bool = False
    """Whether any of it can be heard."""
    answers: bool = False
    """Whether the listener waits for it: it answers what was said, and follows no other sound."""
    phrases: list[tuple[str, float]] = field(default_factory=list)
    """Those that began to be heard, with their monotonic times."""
    paused: float | None = None
    """When it fell silent for a voice, monotonic seconds; None while it goes on."""

    @property
    def text(self) -> str:
        """All of it."""
        return "".join(self.reply.say)

    @property
    def rest(self) -> str:
        """What nobody heard."""
        return self.text[sum(len(text) for text, _ in self.phrases) :]

    def phrased(self, text: str) -> None:
        """A phrase begins to be heard."""
        self.begun = True
        self.phrases.append((text, time.monotonic()))

    def moment(self, murmurs: frozenset[str]) -> Moment:
        """How things stand for somebody who speaks up now."""
        recent = "".join(text for _, text in self._recent())
        heard = recent + self.rest[:COMING]
        asked = self.reply.expects is not Expect.ANYTHING and not self.rest
        return Moment(heard, asked, murmurs, guarded=self.guarded)

    def _recent(self) -> list[tuple[float, str]]:
        """The present phrase, and those that began, or ended, not long before now or the pause."""
        now = time.monotonic() if self.paused is None else self.paused
        ends = [*(began for _, began in self.phrases), now][1:]
        return [
            (end, text)
            for (text, _), end in zip(self.phrases, ends, strict=True)
            if end >= now - AUDIBLE
        ]
