"""The keyboard beside the microphone: single keys on a terminal, lines from anywhere else.

On a terminal a key works without Enter: space, Enter or Escape stops the voice (or ends the user's turn), ``r``
says the last answer again, and whatever else is typed becomes a line that Enter sends. A pipe, or a terminal whose
mode cannot be set, gives lines: an empty one stops, a lone ``r`` repeats. The end of the input ends nothing.
"""

from __future__ import annotations

import atexit
import codecs
import os
import select
import threading
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from voice.protocol import MAX_LINE, TextMessage, parse

_CHUNK = 1024
_LOOK = 0.2
"""Seconds after which the thread sees that nobody wants keys any more."""
_BACKSPACES = "\x7f\x08"
_END_OF_INPUT = "\x04"
_ESCAPE = "\x1b"


class Key(StrEnum):
    """What a single key asks for."""

    STOP = "stop"
    """Be quiet; or, when nothing is said: my turn is over."""
    REPEAT = "repeat"
    """Say the last answer again."""


@dataclass(frozen=True)
class Typed:
    """A line from the keyboard; empty when only Enter was pressed, which is :attr:`Key.STOP`."""

    text: str


@dataclass(frozen=True)
class Pressed:
    """A key that acts by itself."""

    key: Key


Input = Typed | Pressed
Tell = Callable[[Input], None]
"""Called on the keyboard's thread."""


def meant(line: str) -> Input:
    """What a whole line asks for. A program may send ``{"text": …}`` as well as the bare words."""
    words = line.strip()
    if words in ("r", "R"):
        return Pressed(Key.REPEAT)
    message = parse(words) if words.startswith("{") else None
    if isinstance(message, TextMessage):
        words = message.text.strip()
    return Typed(words) if words else Pressed(Key.STOP)


class LineEditor:
    """Characters as they are typed in, keys and lines out; says what the terminal is to show for each."""

    def __init__(self) -> None:
        self._line = ""
        self._sequence = ""

    def feed(self, character: str) -> tuple[str, Input | None]:
        """Take one character; gives what to echo and what it asks for, if anything."""
        if self._sequence:
            return "", self._in_sequence(character)
        if character == _ESCAPE:
            self._sequence = character
            return "", None
        if character in "\r\n":
            line, self._line = self._line, ""
            return ("\n" if line else ""), meant(line)
        if character in _BACKSPACES:
            return self._rub_out(), None
        if not self._line and character == " ":
            return "", Pressed(Key.STOP)
        if not self._line and character in "rR":
            return "", Pressed(Key.REPEAT)
        if not character.isprintable():
            return "", None
        if len(self._line) >= MAX_LINE:
            return "", None
        self._line += character
        return character, None

    def rest(self) -> Input | None:
        """What a chunk of input that ends here still asks for: Escape alone stops, an arrow key's does not."""
        lone = self._sequence == _ESCAPE
        self._sequence = ""
        return Pressed(Key.STOP) if lone else None

    def _in_sequence(self, character: str) -> Input | None:
        self._sequence += character
        # Behind "[" or "O" a sequence ends with @ to ~ (ECMA-48, 5.4); behind anything else at once.
        second = len(self._sequence) == 2
        if character not in "[O" if second else "@" <= character <= "~":
            self._sequence = ""
        return None

    def _rub_out(self) -> str:
        if not self._line:
            return ""
        last, self._line = self._line[-1], self._line[:-1]
        width = 2 if unicodedata.east_asian_width(last) in "WF" else 1
        return "\b" * width + " " * width + "\b" * width


def watch(source: int, tell: Tell) -> Callable[[], None]:
    """Tell what is typed on the file descriptor ``source``, from a thread that ends with the process.

    Returns what ends that and puts the terminal back as it was; the latter also happens when the interpreter ends in
    any way but a kill.
    """
    restore = _one_by_one(source)
    work = _lines if restore is None else _keys
    over = threading.Event()
    chunks = _chunks(source, over)
    threading.Thread(target=work, args=(source, chunks, tell), name="keys", daemon=True).start()

    def end() -> None:
        over.set()
        if restore is not None:
            restore()

    return end


def _lines(_: int, chunks: Iterator[bytes], tell: Tell) -> None:
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    waiting = ""
    for chunk in chunks:
        *lines, waiting = (waiting + decoder.decode(chunk)).split("\n")
        for line in lines:
            tell(meant(line))
        waiting = waiting[:MAX_LINE]
    if waiting:
        tell(meant(waiting))


def _keys(source: int, chunks: Iterator[bytes], tell: Tell) -> None:
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    editor = LineEditor()
    for chunk in chunks:
        for character in decoder.decode(chunk):
            if character == _END_OF_INPUT:
                continue
            echo, asked = editor.feed(character)
            _show(source, echo)
            if asked is not None:
                tell(asked)
        if (asked := editor.rest()) is not None:
            tell(asked)


def _chunks(source: int, over: threading.Event) -> Iterator[bytes]:
    """The bytes that come, past Python's own buffer: a thread that waits in it disturbs the end of the process."""
    while not over.is_set():
        try:
            # Windows waits for sockets only.
            if os.name == "posix" and not select.select([source], [], [], _LOOK)[0]:
                continue
            chunk = os.read(source, _CHUNK)
        except (OSError, ValueError):
            return
        if not chunk:
            return
        yield chunk


def _show(terminal: int, echo: str) -> None:
    if echo:
        try:
            os.write(terminal, echo.encode())
        except OSError:  # a terminal that is open for reading only shows nothing
            return


def _one_by_one(source: int) -> Callable[[], None] | None:
    """Let a terminal hand over each key at once, Ctrl-C still a signal; ``None`` where that cannot be."""
    try:
        import termios
    except ImportError:  # Windows
        return None
    try:
        before = termios.tcgetattr(source)
        now = termios.tcgetattr(source)
        now[3] &= ~(termios.ICANON | termios.ECHO)
        termios.tcsetattr(source, termios.TCSANOW, now)
    except termios.error:
        return None

    def restore() -> None:
        atexit.unregister(restore)
        try:
            termios.tcsetattr(source, termios.TCSANOW, before)
        except termios.error:  # the terminal is gone
            return

    atexit.register(restore)
    return restore
