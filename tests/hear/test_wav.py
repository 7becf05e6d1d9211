"""Recordings of every make, and files that are none."""

from __future__ import annotations

import contextlib
import os
import struct
from pathlib import Path

import numpy as np
import pytest
import soundfile
from hypothesis import given, settings
from hypothesis import strategies as st

from voice.errors import AudioInputError
from voice.hear.recogniser import SAMPLE_RATE, Samples
from voice.hear.wav import LONGEST_SECONDS, read_wav


def tone(rate: int, seconds: float = 0.5, hertz: float = 440.0) -> Samples:
    """A sine at a quarter of full scale."""
    return (0.25 * np.sin(2 * np.pi * hertz * np.arange(round(rate * seconds)) / rate)).astype("f")


def pitch(samples: Samples) -> float:
    """The strongest frequency, Hz."""
    strongest = int(np.argmax(np.abs(np.fft.rfft(samples))))
    return float(np.fft.rfftfreq(len(samples), 1 / SAMPLE_RATE)[strongest])


@pytest.mark.parametrize("rate", [8_000, 11_025, 16_000, 22_050, 44_100, 48_000, 96_000])
@pytest.mark.parametrize("kind", ["PCM_U8", "PCM_16", "PCM_24", "PCM_32", "FLOAT", "DOUBLE"])
@pytest.mark.parametrize("channels", [1, 2, 6])
def test_any_rate_width_and_channels_become_16_khz_mono(
    tmp_path: Path, rate: int, kind: str, channels: int
) -> None:
    place = tmp_path / "tone.wav"
    soundfile.write(place, np.tile(tone(rate)[:, None], (1, channels)), rate, subtype=kind)
    heard = read_wav(place)
    assert heard.dtype == np.float32
    assert heard.ndim == 1
    assert len(heard) == pytest.approx(SAMPLE_RATE / 2, abs=2)
    assert pitch(heard) == pytest.approx(440, abs=3)
    assert float(np.sqrt(np.mean(heard[800:-800] ** 2))) == pytest.approx(0.25 / 2**0.5, rel=0.03)


@pytest.mark.parametrize("ending", ["flac", "ogg", "mp3"])
def test_other_containers_are_read_too(tmp_path: Path, ending: str) -> None:
    place = tmp_path / f"tone.{ending}"
    soundfile.write(place, tone(44_100), 44_100)
    assert pitch(read_wav(place)) == pytest.approx(440, abs=3)


def test_values_that_are_no_number_or_too_great_are_tamed(tmp_path: Path) -> None:
    place = tmp_path / "wild.wav"
    wild = tone(SAMPLE_RATE)
    wild[100:104] = [np.nan, np.inf, -np.inf, 9.0]
    soundfile.write(place, wild, SAMPLE_RATE, subtype="FLOAT")
    heard = read_wav(place)
    assert np.isfinite(heard).all()
    assert np.abs(heard).max() <= 1.0


def test_a_file_cut_off_gives_what_is_there(tmp_path: Path) -> None:
    place = tmp_path / "cut.wav"
    soundfile.write(place, tone(SAMPLE_RATE, 2.0), SAMPLE_RATE)
    whole = place.read_bytes()
    place.write_bytes(whole[: len(whole) // 2 + 1])
    assert len(read_wav(place)) == pytest.approx(SAMPLE_RATE, rel=0.01)


def test_a_header_that_promises_more_than_there_is_gives_what_is_there(tmp_path: Path) -> None:
    place = tmp_path / "piped.wav"
    soundfile.write(place, tone(SAMPLE_RATE), SAMPLE_RATE)
    content = bytearray(place.read_bytes())
    content[4:8] = content[40:44] = b"\xff\xff\xff\xff"  # what a program writes into a pipe
    place.write_bytes(content)
    assert len(read_wav(place)) == SAMPLE_RATE // 2


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("missing.wav", "audio_missing"),
        ("folder.wav", "audio_unreadable"),
        ("text.wav", "audio_unreadable"),
        ("zero_bytes.wav", "audio_unreadable"),
        ("header_only.wav", "audio_unreadable"),
        ("no_samples.wav", "audio_empty"),
        ("broken_rate.wav", "audio_unreadable"),
        ("pipe.wav", "audio_unreadable"),
        ("no\0name.wav", "audio_missing"),
    ],
)
def test_what_is_no_recording_is_said_so(tmp_path: Path, name: str, code: str) -> None:
    (tmp_path / "folder.wav").mkdir()
    (tmp_path / "text.wav").write_text("联通月卡怎么取消" * 50, encoding="utf-8")
    (tmp_path / "zero_bytes.wav").touch()
    (tmp_path / "header_only.wav").write_bytes(b"RIFF\x24\x00\x00\x00WAVEfmt ")
    soundfile.write(tmp_path / "no_samples.wav", np.zeros(0, "f"), SAMPLE_RATE)
    soundfile.write(tmp_path / "broken_rate.wav", tone(SAMPLE_RATE), SAMPLE_RATE)
    broken = bytearray((tmp_path / "broken_rate.wav").read_bytes())
    broken[24:28] = struct.pack("<I", 1)
    (tmp_path / "broken_rate.wav").write_bytes(broken)
    os.mkfifo(tmp_path / "pipe.wav")
    with pytest.raises(AudioInputError) as caught:
        read_wav(tmp_path / name)
    assert caught.value.code == code
    assert caught.value.details["file"] == name


def test_ten_minutes_are_read_and_more_is_refused(tmp_path: Path) -> None:
    place = tmp_path / "long.wav"
    soundfile.write(place, np.zeros(1_000 * LONGEST_SECONDS, "f"), 1_000)
    assert len(read_wav(place)) == LONGEST_SECONDS * SAMPLE_RATE
    soundfile.write(place, np.zeros(1_000 * LONGEST_SECONDS + 1, "f"), 1_000)
    with pytest.raises(AudioInputError) as caught:
        read_wav(place)
    assert caught.value.code == "audio_too_long"
    assert caught.value.details["minutes"] == "10"


@settings(max_examples=150, deadline=None)
@given(place=st.integers(0, 47), value=st.integers(0, 255), cut=st.integers(0, 2_000))
def test_an_altered_header_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, place: int, value: int, cut: int
) -> None:
    file = tmp_path_factory.mktemp("altered") / "x.wav"
    soundfile.write(file, tone(SAMPLE_RATE, 0.05), SAMPLE_RATE)
    content = bytearray(file.read_bytes())
    content[place] = value
    file.write_bytes(content[:cut])
    with contextlib.suppress(AudioInputError):
        assert np.abs(read_wav(file)).max() <= 1.0
