"""The speech store: phrases that were spoken once are kept on disk and need not be made again."""

from __future__ import annotations

import hashlib
import json
import logging
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import numpy as np

from voice.speak.joining import flowing, in_pieces, runs
from voice.speak.readings import readings
from voice.speak.synthesiser import Interruptible, Manner, Phrase, Samples, Synthesiser

SHAPE = "7"
"""Part of every key; raised when the same phrase would sound different than before."""
LIMIT = 200_000_000
"""Bytes kept; the phrases unused for longest go first. An hour of speech takes about 70 MB."""

_SUFFIX = ".flac"
_log = logging.getLogger(__name__)


class SpeechStore:
    """A folder of FLAC files named by what they say. Several processes may use one folder.

    Every file appears whole or not at all. A folder that cannot be written is no error: nothing is
    kept then.
    """

    def __init__(self, folder: Path, limit: int = LIMIT) -> None:
        self._folder = folder
        self._limit = limit
        self._size: int | None = None

    def holds(self, key: str) -> bool:
        """Whether there is a sound under ``key``, which counts as used: what is still wanted must not give way to what
        is made beside it.
        """
        path = self._path(key)
        if not path.exists():
            return False
        try:
            os.utime(path)
        except OSError as error:  # another process threw it away, or the folder cannot be written
            _log.debug("its use is not noted: %s", error)
        return True

    def get(self, key: str, sample_rate: int) -> Samples | None:
        """The sound kept under ``key``, or ``None``. A damaged file is thrown away."""
        import soundfile

        path = self._path(key)
        try:
            samples, found = soundfile.read(path, dtype="float32")
            os.utime(path)
        except (OSError, soundfile.LibsndfileError):
            if path.exists():
                _remove(path)
            return None
        if found != sample_rate or samples.ndim != 1:
            _remove(path)
            return None
        kept: Samples = samples
        return kept

    def put(self, key: str, samples: Samples, sample_rate: int) -> None:
        """Keep a sound, 16-bit, and throw the oldest away when there is too much."""
        import soundfile

        temporary: Path | None = None
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=self._folder, suffix=".part")
            temporary = Path(name)
            with os.fdopen(handle, "wb") as file:
                soundfile.write(file, samples, sample_rate, format="FLAC", subtype="PCM_16")
            size = temporary.stat().st_size
            temporary.replace(self._path(key))
        except (OSError, soundfile.LibsndfileError) as error:
            _log.warning("speech is not kept: %s", error)
            if temporary is not None:
                _remove(temporary)
            return
        self._grow(size)

    def _grow(self, size: int) -> None:
        if self._size is None:
            self._size = sum(used for _, used, _ in self._entries())
        else:
            self._size += size
        if self._size <= self._limit:
            return
        entries = sorted(self._entries())
        total = sum(used for _, used, _ in entries)
        for _, used, path in entries:
            # A tenth of room is made at once, so that not every new phrase looks at every file.
            if total <= self._limit * 0.9:
                break
            _remove(path)
            total -= used
        self._size = total

    def _entries(self) -> list[tuple[float, int, Path]]:
        entries = []
        for path in self._folder.glob(f"*{_SUFFIX}"):
            try:
                status = path.stat()
            except FileNotFoundError:  # another process threw it away
                continue
            entries.append((status.st_mtime, status.st_size, path))
        return entries

    def _path(self, key: str) -> Path:
        return self._folder / f"{key}{_SUFFIX}"


class StoredSynthesiser:
    """A :class:`Synthesiser` that asks the store first and keeps what it had to make."""

    def __init__(self, engine: Synthesiser, store: SpeechStore) -> None:
        self._engine = engine
        self._store = store
        self.name = engine.name
        self.sample_rate = engine.sample_rate
        self.voices = engine.voices

    def speak(self, phrases: tuple[Phrase, ...], manner: Manner) -> Iterator[Samples]:
        """Yield each phrase with its pause; see :class:`Synthesiser`."""
        for run in runs(phrases):
            keys = phrase_keys(self.name, flowing(run), manner)
            kept = [self._store.get(key, self.sample_rate) for key in keys]
            sounds = [sound for sound in kept if sound is not None]
            if len(sounds) == len(keys):
                yield from in_pieces(run, sounds)
            else:
                yield from self._made(run, keys, manner)

    def _made(
        self, run: tuple[Phrase, ...], keys: tuple[str, ...], manner: Manner
    ) -> Iterator[Samples]:
        """The sound of a run that is not kept. What is made in haste is made again, more clearly, when nobody waits."""
        hasty = manner.soon and len(run) > len(keys)
        names = iter(keys)
        pieces: list[Samples] = []
        for phrase, made in zip(run, self._engine.speak(run, manner), strict=True):
            yield made
            pieces.append(made)
            if phrase.pause > 0 or phrase is run[-1]:
                if not hasty:
                    self._store.put(next(names), np.concatenate(pieces), self.sample_rate)
                pieces = []

    def missing(
        self, phrases: tuple[Phrase, ...], manner: Manner
    ) -> tuple[tuple[Phrase, ...], ...]:
        """The runs of a plan that are not kept yet."""
        return tuple(
            run
            for run in runs(phrases)
            if not all(
                self._store.holds(key) for key in phrase_keys(self.name, flowing(run), manner)
            )
        )

    def prepare(
        self,
        plans: Iterable[tuple[Phrase, ...]],
        manner: Manner,
        progress: Callable[[int], bool],
    ) -> None:
        """Make everything that is not kept yet; ``progress`` hears how many plans are done.

        Stops when ``progress`` returns False.
        """
        for done, phrases in enumerate(plans, 1):
            for run in self.missing(phrases, manner):
                for _ in self.speak(run, manner):
                    pass
            if not progress(done):
                return

    def warm_up(self) -> None:
        """Load all that the first phrase needs that is not kept. Raises :class:`EngineError`."""
        if isinstance(self._engine, Interruptible):
            self._engine.warm_up()

    def aside(self) -> StoredSynthesiser:
        """The same voice and store for work that may be broken off; see :class:`Interruptible`."""
        engine = self._engine
        return StoredSynthesiser(
            engine.aside() if isinstance(engine, Interruptible) else engine, self._store
        )

    def interrupt(self) -> None:
        """Break off what is being made, where that takes long."""
        if isinstance(self._engine, Interruptible):
            self._engine.interrupt()

    def go_on(self) -> None:
        """Take work again after :meth:`interrupt`."""
        if isinstance(self._engine, Interruptible):
            self._engine.go_on()

    def close(self) -> None:
        """Free the engine."""
        self._engine.close()


def phrase_keys(engine: str, run: tuple[Phrase, ...], manner: Manner) -> tuple[str, ...]:
    """The names under which the phrases of a run are kept: all that their sound depends on, also how they are read,
    so that a word which was read wrongly is made anew where it was kept."""
    said = [
        [
            phrase.text,
            " ".join(map(str, readings(phrase.text))),
            phrase.pause,
            phrase.display.rstrip(" 」』”’）)").endswith(("？", "?")),
        ]
        for phrase in run
    ]
    return tuple(
        hashlib.sha256(
            json.dumps(
                [SHAPE, engine, manner.voice, manner.rate, place, said], ensure_ascii=False
            ).encode()
        ).hexdigest()[:40]
        for place in range(len(run))
    )


def _remove(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError as error:  # in use on another system, or read-only: it does no harm
        _log.debug("kept file stays: %s", error)
