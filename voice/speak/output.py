"""Where sound goes: what every output offers, and the one that writes a file."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np

from voice.errors import AudioOutputError
from voice.speak.synthesiser import Samples


@dataclass(frozen=True)
class Played:
    """What became of a sound."""

    finished: bool
    """False when it was stopped."""
    seconds: float
    """How much of it was heard."""
    pieces: int
    """How many of its pieces had begun to be heard."""


Begun = Callable[[int], None]
"""Called with the number, from 0, of each piece when it begins to be heard."""


class AudioOutput(Protocol):
    """One place that sound goes to. Only :meth:`play` blocks; the others may come from any thread."""

    def play(
        self, pieces: Iterable[Samples], sample_rate: int, begun: Begun | None = None
    ) -> Played:
        """Play the pieces as they are made; returns when all was heard, or after :meth:`stop`."""

    def stop(self) -> None:
        """Fade out and end what is playing, within 150 ms; without anything playing, no effect."""

    def pause(self) -> None:
        """Fall silent and keep the place."""

    def resume(self) -> None:
        """Go on from where :meth:`pause` fell silent."""

    def close(self) -> None:
        """Let go of the device."""


LEAD = 0.3
"""Seconds of silence that a file begins with: players swallow what comes at once, and a recogniser that hears the file
misreads it (9.6 instead of 7.1 % of the syllables of 100 sentences)."""


class WavOutput:
    """Writes everything that is played into one WAV file, 16-bit mono, when it is closed.

    The file begins with :data:`LEAD` seconds of silence, and appears whole or not at all. All sound must have the rate
    of the first.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._sample_rate = 0
        self._parts: list[Samples] = []

    def play(
        self, pieces: Iterable[Samples], sample_rate: int, begun: Begun | None = None
    ) -> Played:
        """Keep the sound for the file; see :class:`AudioOutput`."""
        if self._sample_rate not in (0, sample_rate):
            raise AudioOutputError(
                f"A sound of {sample_rate} Hz cannot follow one of {self._sample_rate} Hz in one file.",
                code="cannot_write",
                path=str(self._path),
            )
        self._sample_rate = sample_rate
        samples = count = 0
        for count, piece in enumerate(pieces, 1):
            if begun is not None:
                begun(count - 1)
            self._parts.append(piece)
            samples += len(piece)
        return Played(True, samples / sample_rate, count)

    def stop(self) -> None:
        """Nothing plays later than :meth:`play` returns."""

    def pause(self) -> None:
        """A file has no listener to wait for."""

    def resume(self) -> None:
        """A file has no listener to wait for."""

    def close(self) -> None:
        """Write the file. Raises :class:`AudioOutputError` when that cannot be done."""
        if self._sample_rate:
            lead = np.zeros(round(LEAD * self._sample_rate))
            write_wav(self._path, np.concatenate([lead, *self._parts]), self._sample_rate)
            self._parts, self._sample_rate = [], 0


def write_wav(path: Path, samples: Samples, sample_rate: int) -> None:
    """Write a 16-bit mono WAV file, whole or not at all; a link is followed.

    Raises :class:`AudioOutputError` when the file cannot be written, or when something that is no
    file, such as a device or a folder, has its name.
    """
    import soundfile

    temporary = ""
    try:
        target = _target(path)
        handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=".", suffix=".wav")
        with os.fdopen(handle, "wb") as file:
            soundfile.write(file, samples, sample_rate, subtype="PCM_16", format="WAV")
        Path(temporary).chmod(0o666 & ~_umask())
        Path(temporary).replace(target)
    except (OSError, soundfile.LibsndfileError) as error:
        if temporary:
            Path(temporary).unlink(missing_ok=True)
        raise AudioOutputError(
            f"The sound file {path.name} cannot be written: {error}. Choose another place.",
            code="cannot_write",
            path=str(path),
        ) from error


def _target(path: Path) -> Path:
    """The file behind ``path``. Only a file is replaced: renaming over /dev/null would destroy it."""
    try:
        target = path.resolve()
    except RuntimeError as error:  # how Python before 3.13 tells of links that lead in a circle
        raise OSError("its links lead in a circle") from error
    if target.is_symlink() or (target.exists() and not target.is_file()):
        raise OSError("that is no file")
    return target


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
