"""What a person reads in the terminal: captions in plain lines that a screen reader can follow."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TextIO


def set_up_streams() -> None:
    """Let this process read and write Chinese whatever the locale; a stream that it was started without is empty."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        stream = getattr(sys, name)
        if stream is None:
            nothing = Path(os.devnull).open(mode, encoding="utf-8")  # noqa: SIM115 -- open until the end
            setattr(sys, name, nothing)
        elif isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")


class Console:
    """Writes captions. Nothing is redrawn: a line that stands stays."""

    def __init__(self, prompts: Mapping[str, tuple[str, ...]], out: TextIO) -> None:
        """``prompts``: those of the pack; the wording is under ``caption.heard`` and ``.said``."""
        self._prompts = prompts
        self._out = out

    def heard(self, text: str) -> None:
        """Show what was understood; nothing for silence."""
        if text:
            self._line("caption.heard", text)

    def said(self, sentences: Sequence[str]) -> None:
        """Show what is said."""
        self._line("caption.said", "".join(sentences))

    def note(self, text: str) -> None:
        """Show a sentence that is not spoken."""
        print(text, file=self._out, flush=True)

    def _line(self, key: str, text: str) -> None:
        (form,) = self._prompts.get(key, ("{text}",))
        self.note(form.format(text=text))
