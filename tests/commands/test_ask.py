"""``voice ask`` as it is called: spoken questions, and everything that is none."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import soundfile
import soxr

from tests.running import call, digits, only_sentence
from voice.hear.recogniser import SAMPLE_RATE, Samples
from voice.hear.whisper import Whisper

pytestmark = pytest.mark.slow


def _heard_back(path: Path, whisper: Whisper) -> str:
    sound, rate = soundfile.read(path, dtype="float32")
    return whisper.transcribe(soxr.resample(sound, rate, SAMPLE_RATE).astype(np.float32)).text


def test_a_question_is_answered_in_words_and_sound(
    spoken: Callable[..., Samples], whisper: Whisper, user: dict[str, str], tmp_path: Path
) -> None:
    question, reply = tmp_path / "question.wav", tmp_path / "reply.wav"
    stereo = np.repeat(
        soxr.resample(spoken("打电话怎么取消月卡"), SAMPLE_RATE, 44_100)[:, None], 2, axis=1
    )
    soundfile.write(question, stereo, 44_100)
    done = call("ask", question, "--out", reply, env=user)
    assert done.returncode == 0, done.stderr.decode()
    text = done.stdout.decode()
    assert "取消月卡" in text
    assert "幺零零幺零" in text
    # The number is read digit by digit, so whoever writes it down writes five digits.
    assert "10010" in digits(_heard_back(reply, whisper))


def test_a_recording_that_is_very_quiet_is_heard(
    spoken: Callable[..., Samples], user: dict[str, str], tmp_path: Path
) -> None:
    question = tmp_path / "question.wav"
    soundfile.write(question, 0.002 * spoken("打电话怎么取消月卡"), SAMPLE_RATE, subtype="FLOAT")
    done = call("ask", question, "--out", tmp_path / "reply.wav", env=user)
    assert done.returncode == 0, done.stderr.decode()
    assert "幺零零幺零" in done.stdout.decode()


@pytest.mark.parametrize("kind", ["silence", "noise"])
def test_what_holds_no_words_is_asked_for_again(
    kind: str, user: dict[str, str], tmp_path: Path
) -> None:
    question, reply = tmp_path / "question.wav", tmp_path / "reply.wav"
    sound = np.zeros(2 * SAMPLE_RATE)
    if kind == "noise":
        sound = np.random.default_rng(1).normal(0, 0.1, 2 * SAMPLE_RATE)
    soundfile.write(question, sound, SAMPLE_RATE)
    done = call("ask", question, "--out", reply, env=user)
    assert done.returncode == 0, done.stderr.decode()
    assert "没听清" in done.stdout.decode()
    assert soundfile.info(reply).frames > 0


def _missing(_: Path) -> None:
    pass


def _text(path: Path) -> None:
    path.write_text("这不是录音。\n" * 50, encoding="utf-8")


def _no_samples(path: Path) -> None:
    soundfile.write(path, np.zeros(0), SAMPLE_RATE)


def _empty_file(path: Path) -> None:
    path.write_bytes(b"")


def _header_alone(path: Path) -> None:
    soundfile.write(path, np.zeros(SAMPLE_RATE), SAMPLE_RATE)
    path.write_bytes(path.read_bytes()[:20])


def _folder(path: Path) -> None:
    path.mkdir()


@pytest.mark.parametrize(
    "make", [_missing, _text, _no_samples, _empty_file, _header_alone, _folder]
)
def test_what_is_no_recording_gets_one_sentence(
    make: Callable[[Path], None], user: dict[str, str], tmp_path: Path
) -> None:
    question, reply = tmp_path / "question.wav", tmp_path / "reply.wav"
    make(question)
    done = call("ask", question, "--out", reply, env=user)
    assert done.returncode == 3
    assert "question.wav" in only_sentence(done)
    assert not reply.exists()


def test_a_truncated_recording_gives_what_is_there(
    spoken: Callable[..., Samples], user: dict[str, str], tmp_path: Path
) -> None:
    question = tmp_path / "question.wav"
    soundfile.write(question, np.tile(spoken("请问打客服热线怎么取消月卡"), 2), SAMPLE_RATE)
    whole = question.read_bytes()
    question.write_bytes(whole[: round(len(whole) * 0.55)])
    done = call("ask", question, "--out", tmp_path / "reply.wav", env=user)
    assert done.returncode == 0, done.stderr.decode()
    assert "幺零零幺零" in done.stdout.decode()


def test_without_models_it_says_what_to_do(
    user_without_models: dict[str, str], tmp_path: Path
) -> None:
    question = tmp_path / "question.wav"
    soundfile.write(question, np.zeros(SAMPLE_RATE), SAMPLE_RATE)
    done = call("ask", question, "--out", tmp_path / "reply.wav", env=user_without_models)
    assert done.returncode == 3
    assert "缺少模型" in only_sentence(done)


def test_a_reply_that_cannot_be_written_is_told(
    spoken: Callable[..., Samples], user: dict[str, str], tmp_path: Path
) -> None:
    question = tmp_path / "question.wav"
    soundfile.write(question, spoken("去营业厅要带什么"), SAMPLE_RATE)
    done = call("ask", question, "--out", tmp_path / "nowhere" / "reply.wav", env=user)
    assert done.returncode == 3
    assert "存不下来" in only_sentence(done)


def test_wrong_words_end_with_2(user: dict[str, str]) -> None:
    done = call("ask", env=user)
    assert done.returncode == 2
    assert b"usage" in done.stderr
