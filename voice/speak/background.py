"""What may be said is spoken ahead while the conversation is quiet, so that answers begin at once.

First what may come next, then the beginning of everything fixed, then the rest of it.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from voice.dialogue.state import Preferences
from voice.errors import VoiceError
from voice.events import Emit
from voice.guard import guarded
from voice.speak.joining import runs
from voice.speak.speaker import manner_for
from voice.speak.store import StoredSynthesiser
from voice.speak.synthesiser import Manner, Phrase

UNDISTURBED = frozenset({"ready", "speaking", "spoken", "listening"})
"""Events that bring no work to do."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Progress:
    """How far the work is for one voice and rate."""

    manner: Manner
    done: int
    """Replies that are kept whole, of which none needs to be made any more."""
    total: int


Plan = tuple[Phrase, ...]
Plans = Callable[[Preferences], Sequence[Plan]]
"""The plan of each reply that may be given to a listener with these preferences, likeliest first."""
Soon = Callable[[], Sequence[Plan]]
"""The plans of the replies that may come next, likeliest first."""


class Background:
    """Speaks into the store on a thread of its own, between :meth:`go_on` and :meth:`pause`.

    It begins paused. What it makes when it is paused is given up within a few hundredths of a
    second, and made again later; what was made before stays. It gives way by pausing, not by a
    lower priority: a thread that the system lets wait may hold the interpreter's lock, for which
    all others then wait too.
    """

    def __init__(
        self,
        voice: StoredSynthesiser,
        plans: Plans,
        soon: Soon = tuple,
        tell: Callable[[Progress], None] | None = None,
    ) -> None:
        """``tell`` hears of every reply that is ready, on the thread that makes them."""
        self._voice = voice.aside()
        self._plans = lru_cache(maxsize=2)(plans)
        self._soon = soon
        self._tell = tell or _log_tenths
        self._lock = threading.Lock()
        self._wanted: Preferences | None = None
        self._quiet = threading.Event()
        self._closing = False
        self._pauses = self._calls = 0
        self._thread = threading.Thread(target=self._work, name="speaking ahead", daemon=True)
        self._voice.interrupt()
        self._thread.start()

    def go_on(self, preferences: Preferences) -> None:
        """Work while it is quiet; other preferences than before are worked for from now on."""
        with self._lock:
            if self._closing:
                return
            self._wanted = preferences
            self._calls += 1
            self._voice.go_on()
            self._quiet.set()

    def pause(self) -> None:
        """Leave the processor to others at once; may come from any thread."""
        with self._lock:
            self._pauses += 1
            self._quiet.clear()
            self._voice.interrupt()

    def close(self) -> None:
        """End; the voice stays open for others."""
        self.pause()
        with self._lock:
            self._closing = True
            self._quiet.set()
        self._thread.join(timeout=10.0)

    def _work(self) -> None:
        served: Preferences | None = None
        while (wanted := self._next()) is not None:
            pauses = self._pauses
            try:
                with guarded("speaking ahead"):
                    done = self._serve(wanted, fixed=wanted != served)
                served = wanted if done else served
            except VoiceError as error:
                # A pause breaks off what is made, which may be noticed only after the pause.
                if self._pauses == pauses:
                    _log.warning("nothing more is spoken ahead: %s", error)
                    return

    def _next(self) -> Preferences | None:
        """Wait until there is something to do, and say for whom; None at the end."""
        self._quiet.wait()
        with self._lock:
            return None if self._closing else self._wanted

    def _may(self, preferences: Preferences) -> bool:
        """Whether to go on with what is made for these preferences."""
        with self._lock:
            return self._quiet.is_set() and not self._closing and self._wanted == preferences

    def _serve(self, preferences: Preferences, *, fixed: bool) -> bool:
        """Make what is not kept yet of what may come next, and of everything ``fixed``; False when it is no longer
        wanted. Raises VoiceError when the voice fails, or is broken off.
        """
        calls = self._calls
        manner = manner_for(preferences, self._voice.voices)
        soon = self._soon()
        plans = self._plans(preferences) if fixed else ()
        beginnings = [run for plan in (*soon, *plans) for run in runs(plan)[:1]]
        if not all(self._make(run, manner, preferences) for run in (*beginnings, *soon)):
            return False
        for done, phrases in enumerate(plans, 1):
            if not self._make(phrases, manner, preferences):
                return False
            self._tell(Progress(manner, done, len(plans)))
        with self._lock:
            # All is ready: wait for the next time that it becomes quiet, unless that is now.
            if self._calls == calls and not self._closing:
                self._quiet.clear()
        return True

    def _make(self, phrases: Plan, manner: Manner, preferences: Preferences) -> bool:
        """Make what is not kept yet of a plan; False when it is no longer wanted."""
        for run in self._voice.missing(phrases, manner):
            if not self._may(preferences):
                return False
            for _ in self._voice.speak(run, manner):
                pass
        return self._may(preferences)


def watching(emit: Emit, background: Background, preferences: Callable[[], Preferences]) -> Emit:
    """Events of the loop on their way: work rests from the moment when somebody speaks, and goes on when it listens.

    Whoever makes the replies lets it go on, too, once one is made: whoever hears it takes a while to answer.
    """

    def emitted(event: str, /, **fields: Any) -> None:  # noqa: ANN401 -- JSON values
        if event not in UNDISTURBED:
            background.pause()
        emit(event, **fields)
        if event == "listening":
            background.go_on(preferences())

    return emitted


def _log_tenths(progress: Progress) -> None:
    tenth = max(1, progress.total // 10)
    if progress.done % tenth == 0 or progress.done == progress.total:
        _log.info("spoken ahead: %d of %d replies", progress.done, progress.total)
