"""``voice say`` as it is called."""

from __future__ import annotations

from pathlib import Path

import pytest
import soundfile
import soxr

from tests.running import call, digits, only_sentence
from voice.hear.recogniser import SAMPLE_RATE
from voice.hear.whisper import Whisper

pytestmark = pytest.mark.slow


def test_a_text_is_spoken_into_a_file(
    whisper: Whisper, user: dict[str, str], tmp_path: Path
) -> None:
    out = tmp_path / "said.wav"
    done = call(
        "say", "第一步，拿起电话，拨10010。联通的手机打过去不收钱。", "--out", out, env=user
    )
    assert done.returncode == 0, done.stderr.decode()
    sound, rate = soundfile.read(out, dtype="float32")
    heard = whisper.transcribe(soxr.resample(sound, rate, SAMPLE_RATE)).text
    assert "10010" in digits(heard)


def test_what_holds_nothing_to_say_gets_one_sentence(user: dict[str, str], tmp_path: Path) -> None:
    out = tmp_path / "said.wav"
    done = call("say", "……", "--out", out, env=user)
    assert done.returncode == 3
    assert only_sentence(done)
    assert not out.exists()


def test_a_place_that_cannot_be_written_is_told(user: dict[str, str], tmp_path: Path) -> None:
    done = call("say", "您好", "--out", tmp_path / "nowhere" / "said.wav", env=user)
    assert done.returncode == 3
    assert "存不下来" in only_sentence(done)
