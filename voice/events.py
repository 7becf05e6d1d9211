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


class PlainCaptions:
    """Every word that is heard or said, as whole lines that a screen reader can follow. Nothing is redrawn."""

    def __init__(self, prompts: Mapping[str, tuple[str, ...]], out: TextIO) -> None:
        self._console = Console(prompts, out)

    def __call__(self, event: str, /, **fields: Any) -> None:  # noqa: ANN401 -- JSON values
        """Show what a person wants to see of the event."""
        match event:
            case "heard":
                self._console.heard(fields["text"])
            case "reply":
                self._console.said(fields["say"])
            case "trouble":
                self._console.note(fields["advice"])


class Captions:
    """The words in step with the sound: each phrase when it begins to be heard, behind the one before.

    On a terminal, what was heard so far stands on the last line until the turn is over.
    """

    def __init__(self, prompts: Mapping[str, tuple[str, ...]], out: TextIO) -> None:
        self._prompts = prompts
        self._out = out
        self._redraws = out.isatty()
        self._listening = "".join(prompts.get("caption.listening", ()))
        self._told = ""
        self._open = ""
        """What stands on a line that is not ended: ``said``, ``heard`` or nothing."""

    def __call__(self, event: str, /, **fields: Any) -> None:  # noqa: ANN401 -- JSON values
        """Show what a person wants to see of the event."""
        match event:
            case "listening" if self._listening and self._told != event:
                self._line(self._listening)
            case "partial" if self._redraws:
                self._redraw(self._form("caption.heard", fields["text"]) + "…")
            case "heard" if fields["text"]:
                self._line(self._form("caption.heard", fields["text"]))
            case "speaking":
                self._go_on(fields["text"])
            case "spoken" | "interrupted" | "bye":
                self._end()
            case "trouble":
                self._line(fields["advice"])
        if event in ("listening", "reply", "speech"):
            self._told = event

    def _form(self, key: str, text: str) -> str:
        (form,) = self._prompts.get(key, ("{text}",))
        return form.format(text=text)

    def _go_on(self, phrase: str) -> None:
        if self._open != "said":
            self._end()
            phrase = self._form("caption.said", phrase)
        self._open = "said"
        self._write(phrase)

    def _redraw(self, text: str) -> None:
        if self._open != "heard":
            self._end()
        self._open = "heard"
        self._write("\r\x1b[K" + text)

    def _line(self, text: str) -> None:
        if self._open == "heard":
            self._write("\r\x1b[K")
            self._open = ""
        self._end()
        self._write(text + "\n")

    def _end(self) -> None:
        if self._open:
            self._write("\n")
        self._open = ""

    def _write(self, text: str) -> None:
        self._out.write(text)
        self._out.flush()
