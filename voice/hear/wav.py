"""Recordings: any sound file to 16 kHz mono samples."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from voice.errors import AudioInputError
from voice.hear.recogniser import SAMPLE_RATE, Samples

if TYPE_CHECKING:
    import soundfile

LONGEST_SECONDS = 600
"""Longest recording that is heard: a question takes seconds, ten minutes is a wrong file. Holds
memory below 60 MB.
"""

RATES = (1_000, 768_000)
"""Sample rates that a recording may have; outside them the header is broken."""

_BLOCK_VALUES = 1 << 18
"""Values decoded at once, over all channels: 1 MB, whatever the header claims."""


def read_wav(path: Path | str) -> Samples:
    """Read a recording as mono samples at 16 kHz.

    Any format of libsndfile is taken (wav, flac, ogg, mp3), 8 to 32 bit or float, any rate in
    :data:`RATES`, any number of channels (their mean). Values that are no number become 0, and all
    are held within -1 to 1. A file cut off in the middle gives what is there.

    Raises:
        AudioInputError: the file is missing (``audio_missing``), is no recording
            (``audio_unreadable``), has no sample (``audio_empty``) or is longer than
            :data:`LONGEST_SECONDS` (``audio_too_long``).
    """
    import soundfile

    place = Path(path)
    try:
        _check_there(place)
        with soundfile.SoundFile(str(place)) as sound:
            blocks = list(_resampled(sound, place))
    except soundfile.LibsndfileError as error:
        raise _unreadable(place, error.error_string) from error
    except OSError as error:
        raise _unreadable(place, error.strerror or "it cannot be opened") from error
    samples = np.concatenate(blocks) if blocks else np.zeros(0, np.float32)
    if not samples.size:
        raise AudioInputError(
            f"{place} has no sound in it: record it again", code="audio_empty", file=place.name
        )
    return samples


def _check_there(place: Path) -> None:
    """Raise AudioInputError unless it is a file; OSError for a name too long, or a folder that may not be entered."""
    if not place.exists():
        message = f"{place} does not exist: check the path"
        raise AudioInputError(message, code="audio_missing", file=place.name)
    if not place.is_file():
        raise _unreadable(place, "it is not a file")


def _resampled(sound: soundfile.SoundFile, place: Path) -> Iterator[Samples]:
    """Yield the sound as mono 16 kHz blocks, decoded a piece at a time."""
    import soxr

    if not RATES[0] <= sound.samplerate <= RATES[1]:
        raise _unreadable(place, f"its header claims {sound.samplerate} samples a second")
    limit = LONGEST_SECONDS * sound.samplerate
    if sound.frames > limit:
        raise _too_long(place)
    stream = soxr.ResampleStream(sound.samplerate, SAMPLE_RATE, 1, dtype="float32")
    size, taken = max(1, _BLOCK_VALUES // sound.channels), 0
    while True:
        block = sound.read(size, dtype="float32", always_2d=True)
        taken += len(block)
        if taken > limit:
            raise _too_long(place)
        last = len(block) < size
        mono = np.nan_to_num(block, posinf=1.0, neginf=-1.0).mean(axis=1, dtype=np.float32)
        yield np.clip(stream.resample_chunk(mono, last=last), -1.0, 1.0)
        if last:
            return


def _unreadable(place: Path, why: str) -> AudioInputError:
    message = f"{place} cannot be read as a recording ({why.rstrip('.')}): give a wav file"
    return AudioInputError(message, code="audio_unreadable", file=place.name)


def _too_long(place: Path) -> AudioInputError:
    minutes = LONGEST_SECONDS // 60
    message = f"{place} is longer than {minutes} minutes: give only the part with the question"
    return AudioInputError(message, code="audio_too_long", file=place.name, minutes=str(minutes))
