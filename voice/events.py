"""What the loop reports while it runs, for a program or for a person in front of the terminal."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any, Protocol, TextIO

from voice.console import Console
from voice.protocol import dump


class Emit(Protocol):
    """Takes an event of the machine protocol and its fields."""

    def __call__(self, event: str, /, **fields: Any) -> None:  # noqa: ANN401 -- JSON values
        """Report it at once."""


class JsonEvents:
    """One JSON object a line, with the time in monotonic seconds."""

    def __init__(self, out: TextIO, clock: Callable[[], float] = time.monotonic) -> None:
        self._out = out
        self._clock = clock

    def __call__(self, event: str, /, **fields: Any) -> None:  # noqa: ANN401 -- JSON values
        """Write the event, flushed."""
        line = {"event": event, "t": round(self._clock(), 3)} | fields
        print(dump(line), file=self._out, flush=True)


class Captions:
    """Every word that is heard or said, as lines of text."""

    def __init__(
        self, prompts: Mapping[str, tuple[str, ...]], out: TextIO, *, plain: bool = False
    ) -> None:
        """``plain``: the words alone, without a line that says when it listens."""
        self._console = Console(prompts, out)
        self._listening = "" if plain else "".join(prompts.get("caption.listening", ()))
        self._told = ""

    def __call__(self, event: str, /, **fields: Any) -> None:  # noqa: ANN401 -- JSON values
        """Show what a person wants to see of the event."""
        match event:
            case "listening" if self._listening and self._told != event:
                self._console.note(self._listening)
            case "heard":
                self._console.heard(fields["text"])
            case "reply":
                self._console.said(fields["say"])
            case "trouble":
                self._console.note(fields["advice"])
        if event in ("listening", "reply", "speech"):
            self._told = event
