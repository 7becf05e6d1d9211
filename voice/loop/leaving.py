"""Leaving because somebody asks for it from outside: Ctrl-C, or the system that shuts down."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType

SIGNALS = (signal.SIGINT, signal.SIGTERM)


@dataclass(frozen=True)
class Leave:
    """The process was asked to end."""

    number: int
    """Of the signal."""


def exit_for(leave: Leave) -> BaseException:
    """What ends the program in order: KeyboardInterrupt for Ctrl-C, else SystemExit with 128 and the number."""
    return KeyboardInterrupt() if leave.number == signal.SIGINT else SystemExit(128 + leave.number)


@contextmanager
def told(tell: Callable[[Leave], None]) -> Iterator[None]:
    """Within, the first signal is told instead of raised; a second one acts at once, as before. Main thread only.

    An exception that a signal raises is lost where it comes while an object is cleaned up (``__del__``), as one is for
    every 10 ms of sound without echo: that Ctrl-C would do nothing. A signal that is ignored, as Ctrl-C is by what a
    shell runs in the background, stays ignored. ``tell`` must be safe at any moment, as ``SimpleQueue.put`` is.
    """
    handlers = {number: signal.getsignal(number) for number in SIGNALS}
    before = {number: each for number, each in handlers.items() if each is not signal.SIG_IGN}

    def restore() -> None:
        for number, handler in before.items():
            signal.signal(number, handler)

    def asked(number: int, _frame: FrameType | None) -> None:
        restore()
        tell(Leave(number))

    for number in before:
        signal.signal(number, asked)
    try:
        yield
    finally:
        restore()
