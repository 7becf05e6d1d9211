"""Listening on a thread of its own: a recogniser may take its time, or hang, and the loop goes on."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from voice.errors import VoiceError
from voice.guard import guarded
from voice.hear.listener import Heard, TurnListener

Task = Callable[[TurnListener], tuple[Heard, ...]]


@dataclass(frozen=True)
class Ready:
    """The recogniser is loaded."""

    era: int


@dataclass(frozen=True)
class Noticed:
    """What came of one task."""

    era: int
    """The :attr:`Attention.era` in which the task was given: older ones are forgotten."""
    heard: tuple[Heard, ...]
    speaking: bool
    """Whether a turn has begun and is not over."""
    milliseconds: float
    """How long the task took."""


@dataclass(frozen=True)
class Failing:
    """Listening, or loading the recogniser, raised an error."""

    era: int
    error: VoiceError
    loading: bool


Attentive = Ready | Noticed | Failing


class Attention:
    """Gives sound to a listener on a thread of its own; what comes of it is told to ``tell`` on that thread."""

    def __init__(
        self, build: Callable[[], TurnListener], tell: Callable[[Attentive], None]
    ) -> None:
        self._build = build
        self._tell = tell
        self.era = 0
        """Raised by everything that makes earlier sound void."""
        self.pending = 0
        """Tasks given and not yet told about."""
        self.speaking = False
        """Whether a turn has begun and is not over, as of the last news."""
        self._start()

    @property
    def busy(self) -> float:
        """Seconds that the present task, or loading, takes already; 0 while idle."""
        began = self._shift.began
        return 0.0 if began is None else time.monotonic() - began

    @property
    def loaded(self) -> bool:
        """Whether there is a listener."""
        return self._shift.loaded

    def give(self, task: Task, *, anew: bool = False) -> None:
        """Let the listener do something after what it does; with ``anew`` what is still to be told is void."""
        if anew:
            self.era += 1
            self.pending = 0
            self.speaking = False
        self.pending += 1
        self._shift.tasks.put((self.era, task))

    def accept(self, news: Attentive) -> bool:
        """Take note of news; False when they are of an earlier era."""
        if news.era != self.era:
            return False
        if not isinstance(news, Ready):
            self.pending = max(0, self.pending - 1)
        if isinstance(news, Noticed):
            self.speaking = news.speaking
        return True

    def renew(self) -> None:
        """Leave the thread behind, with whatever it hangs in, and build a listener on a new one."""
        self._shift.over = True
        self._shift.tasks.put(None)
        self.era += 1
        self.pending = 0
        self.speaking = False
        self._start()

    def close(self, patience: float = 5.0) -> None:
        """Let the thread end, so that no engine is torn down while it works; waits so many seconds at most."""
        self._shift.over = True
        self._shift.tasks.put(None)
        self._thread.join(patience)

    def _start(self) -> None:
        self._shift = _Shift(self._build, self._tell, self.era)
        self._thread = threading.Thread(target=self._shift.work, name="attention", daemon=True)
        self._thread.start()


class _Shift:
    """One thread's work, from loading to being replaced."""

    def __init__(
        self, build: Callable[[], TurnListener], tell: Callable[[Attentive], None], era: int
    ) -> None:
        self.tasks: queue.SimpleQueue[tuple[int, Task] | None] = queue.SimpleQueue()
        self.over = False
        self.loaded = False
        self.began: float | None = time.monotonic()
        self._build = build
        self._tell_loop = tell
        self._era = era

    def work(self) -> None:
        """Load, then do every task."""
        try:
            with guarded("loading the recogniser"):
                listener = self._build()
        except VoiceError as error:
            # Nothing takes any time now.
            self.began = None
            self._tell(Failing(self._era, error, loading=True))
            return
        self.loaded = True
        self.began = None
        self._tell(Ready(self._era))
        while (given := self.tasks.get()) is not None:
            self.began = time.monotonic()
            news = self._do(listener, *given)
            self.began = None
            self._tell(news)

    def _do(self, listener: TurnListener, era: int, task: Task) -> Attentive:
        start = time.perf_counter()
        try:
            with guarded("the recogniser"):
                heard = task(listener)
        except VoiceError as error:
            return Failing(era, error, loading=False)
        return Noticed(era, heard, listener.speaking, 1000 * (time.perf_counter() - start))

    def _tell(self, news: Attentive) -> None:
        if not self.over:
            self._tell_loop(news)
