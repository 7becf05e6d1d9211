"""Speaking beside listening: replies are said on a thread of their own, and what becomes of them is told."""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from typing import Protocol

from voice.dialogue.state import Preferences
from voice.errors import VoiceError
from voice.guard import guarded
from voice.speak.output import Played
from voice.speak.speaker import Caption


@dataclass(frozen=True)
class Began:
    """The first sound of a saying is heard."""

    number: int
    text: str


@dataclass(frozen=True)
class Phrased:
    """A phrase of a saying begins to be heard."""

    number: int
    text: str
    place: int
    """Counted from 0."""


@dataclass(frozen=True)
class Ended:
    """A saying is over."""

    number: int
    finished: bool
    """False when it was stopped."""


@dataclass(frozen=True)
class Failed:
    """A saying could not be said, or not to its end."""

    number: int
    error: VoiceError


SpeechNews = Began | Phrased | Ended | Failed
Tell = Callable[[SpeechNews], None]
"""Called on the speaking thread."""


class Voice(Protocol):
    """What the thread speaks with; see :class:`~voice.speak.speaker.Speaker`."""

    def say(
        self,
        sentences: tuple[str, ...],
        preferences: Preferences,
        caption: Caption | None = None,
        halted: threading.Event | None = None,
    ) -> Played: ...

    def prepare(
        self,
        sentences: tuple[str, ...],
        preferences: Preferences,
        wanted: Callable[[], bool],
    ) -> None: ...

    def stop(self) -> None: ...

    def pause(self) -> None: ...

    def resume(self) -> None: ...

    def close(self) -> None: ...


STUCK = "voice_stuck"
"""Code of the error that a voice which hangs ends in: it is loaded anew."""
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Job:
    number: int
    sentences: tuple[str, ...]
    preferences: Preferences
    halted: threading.Event = field(default_factory=threading.Event)


@dataclass(frozen=True)
class _Draft:
    sentences: tuple[str, ...]
    preferences: Preferences


class Mouth:
    """Says one thing after the other. Every saying ends with exactly one Ended or Failed."""

    def __init__(
        self, speaker: Voice, tell: Tell, renew: Callable[[], Voice] | None = None
    ) -> None:
        """``renew`` loads a voice in the place of one that hangs; it may raise VoiceError."""
        self._speaker = speaker
        self._tell = tell
        self._renew = renew
        self._jobs: queue.Queue[_Job | None] = queue.Queue()
        self._drafts: queue.Queue[_Draft | None] = queue.Queue()
        self._numbers = count(1)
        self._lock = threading.Lock()
        self._waiting: dict[int, _Job] = {}
        self._thread = threading.Thread(target=self._work, name="mouth", daemon=True)
        self._thread.start()
        self._begin_drafting()

    def say(self, sentences: tuple[str, ...], preferences: Preferences) -> int:
        """Say ``sentences`` after what is being said; returns the number of this saying."""
        job = _Job(next(self._numbers), sentences, preferences)
        with self._lock:
            self._waiting[job.number] = job
        self._jobs.put(job)
        return job.number

    def prepare(self, sentences: tuple[str, ...], preferences: Preferences) -> None:
        """Make ready what will probably be said, until something else is to be done."""
        self._drafts.put(_Draft(sentences, preferences))

    def stop(self) -> None:
        """Stop what is being said and drop what waits; may come from any thread."""
        with self._lock:
            for job in self._waiting.values():
                job.halted.set()
        self._speaker.stop()

    def pause(self) -> None:
        """Fall silent and keep the place; may come from any thread."""
        self._speaker.pause()

    def resume(self) -> None:
        """Go on, a little before the place of the pause."""
        self._speaker.resume()

    def close(self) -> None:
        """Stop, and free voice and output."""
        self.stop()
        self._jobs.put(None)
        self._drafts.put(None)
        self._thread.join(timeout=10.0)
        self._speaker.close()

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            news = self._do(job)
            with self._lock:
                del self._waiting[job.number]
            self._tell(news)

    def _do(self, job: _Job) -> SpeechNews:
        if job.halted.is_set():
            return Ended(job.number, finished=False)
        try:
            with guarded("the voice"):
                return self._say(job)
        except VoiceError as error:
            if error.code == STUCK:
                self._replace()
            return Failed(job.number, error)

    def _say(self, job: _Job) -> SpeechNews:
        places = count()

        def caption(text: str) -> None:
            place = next(places)
            if place == 0:
                self._tell(Began(job.number, "".join(job.sentences)))
            self._tell(Phrased(job.number, text, place))

        played = self._speaker.say(job.sentences, job.preferences, caption, job.halted)
        return Ended(job.number, played.finished and not job.halted.is_set())

    def _replace(self) -> None:
        """Load the voice anew; the one that hangs is left behind with its thread."""
        if self._renew is None:
            return
        try:
            self._speaker = self._renew()
        except VoiceError as error:
            _log.warning("the voice could not be loaded anew: %s", error)
            return
        self._drafts.put(None)
        self._drafts = queue.Queue()
        self._begin_drafting()

    def _begin_drafting(self) -> None:
        """Drafts have a thread of their own, so that what is said can begin while its draft is in work."""
        work = partial(self._draft, self._speaker, self._drafts)
        threading.Thread(target=work, name="drafting", daemon=True).start()

    def _draft(self, speaker: Voice, drafts: queue.Queue[_Draft | None]) -> None:
        def wanted() -> bool:
            return drafts.empty() and not self._waiting

        while (draft := drafts.get()) is not None:
            try:
                with guarded("making ready"):
                    speaker.prepare(draft.sentences, draft.preferences, wanted)
            except VoiceError as error:
                _log.info("nothing could be made ready: %s", error)
