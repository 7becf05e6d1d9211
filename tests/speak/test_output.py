"""Sound written to files."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest
import soundfile

from voice.errors import AudioOutputError
from voice.speak.output import LEAD, Played, WavOutput, write_wav


def test_all_that_is_played_is_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "reply.wav"
    output = WavOutput(path)
    begun: list[int] = []
    half = np.full(12_000, 0.5, dtype=np.float32)
    assert output.play([half, half], 24_000, begun.append) == Played(True, 1.0, 2)
    output.play([half], 24_000)
    assert not path.exists()
    output.close()
    samples, rate = soundfile.read(path)
    lead = round(LEAD * rate)
    assert (len(samples) - lead, rate, begun) == (36_000, 24_000, [0, 1])
    assert not samples[:lead].any()
    assert np.abs(samples[lead:] - 0.5).max() < 1e-4
    assert [entry.name for entry in tmp_path.iterdir()] == ["reply.wav"]


def test_two_rates_do_not_go_into_one_file(tmp_path: Path) -> None:
    output = WavOutput(tmp_path / "reply.wav")
    output.play([np.zeros(10, dtype=np.float32)], 24_000)
    with pytest.raises(AudioOutputError):
        output.play([np.zeros(10, dtype=np.float32)], 16_000)


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    output = WavOutput(tmp_path / "none" / "reply.wav")
    output.play([np.zeros(10, dtype=np.float32)], 24_000)
    with pytest.raises(AudioOutputError) as caught:
        output.close()
    assert caught.value.code == "cannot_write"


@pytest.mark.parametrize("kind", ["pipe", "folder", "circle"])
def test_only_a_file_is_replaced(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "place.wav"
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "folder":
        path.mkdir()
    else:
        path.symlink_to(tmp_path / "other.wav")
        (tmp_path / "other.wav").symlink_to(path)
    before = (path.lstat().st_mode, sorted(tmp_path.iterdir()))
    with pytest.raises(AudioOutputError) as caught:
        write_wav(path, np.zeros(10, dtype=np.float32), 24_000)
    assert caught.value.code == "cannot_write"
    assert before == (path.lstat().st_mode, sorted(tmp_path.iterdir()))


def test_a_link_stays_and_what_it_points_to_is_written(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    target = tmp_path / "elsewhere" / "reply.wav"
    target.write_bytes(b"old")
    link = tmp_path / "link.wav"
    link.symlink_to(target)
    write_wav(link, np.zeros(10, dtype=np.float32), 24_000)
    assert link.is_symlink()
    assert len(soundfile.read(target)[0]) == 10
    assert list(target.parent.iterdir()) == [target]
