"""The real sherpa-onnx on a tiny model of SenseVoice's inputs and outputs, which the tests make."""

from __future__ import annotations

import math
import platform
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import onnxruntime
import pytest

from tests.caged import SOCKET_CALL
from tests.hear.tiny_sense_voice import VOWELS, vowel, write
from tests.running import ROOT
from voice.errors import EngineError
from voice.hear.recogniser import SAMPLE_RATE, Samples
from voice.hear.select import Engine, load
from voice.hear.sense_voice import MODEL, TOKENS, SenseVoice

SAID = "取消套"


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SenseVoice]:
    made = SenseVoice(write(tmp_path_factory.mktemp("sense-voice")), threads=1)
    yield made
    made.close()


def say(text: str) -> Samples:
    return np.concatenate([vowel(character) for character in text])


def test_the_library_reads_the_sounds_in_their_order(engine: SenseVoice) -> None:
    for text in (*VOWELS, SAID, "消套"):
        heard = engine.transcribe(say(text))
        assert heard.text == text
        assert [each.score for each in heard.hypotheses] == [-math.inf]
        assert heard.no_speech == 0.0


@pytest.mark.parametrize("chunk", [160, 1_601, 1_000_000])
def test_a_session_hears_what_a_recording_does(engine: SenseVoice, chunk: int) -> None:
    sound = say(SAID)
    session = engine.session()
    for start in range(0, len(sound), chunk):
        session.feed(sound[start : start + chunk])
        assert session.partial() == ""
    assert session.finish() == engine.transcribe(sound)
    assert session.finish().text == ""


def test_long_speech_is_read_piece_by_piece_and_joined(engine: SenseVoice) -> None:
    long = np.concatenate([say("取"), np.zeros(20 * SAMPLE_RATE, np.float32), say("套")])
    assert engine.transcribe(long).text == "取套"


@pytest.mark.parametrize("level", [0.0, 0.0005, 0.1])
@pytest.mark.parametrize("seconds", [0.0, 0.001, 0.05, 2.0])
def test_silence_and_noise_are_no_words(engine: SenseVoice, level: float, seconds: float) -> None:
    noise = np.random.default_rng(0).normal(0, level, round(seconds * SAMPLE_RATE))
    heard = engine.transcribe(noise.astype(np.float32))
    assert heard.hypotheses == ()
    assert heard.no_speech == 1.0


def test_a_quiet_voice_is_raised_for_the_model(engine: SenseVoice) -> None:
    """The tiny model takes a band below its limit for the room, as the real one hears worse there."""
    quiet = vowel("消", amplitude=0.03)
    assert engine.transcribe(quiet).text == "消"


def test_what_sounds_like_the_phrase_of_the_moment_is_spelled_like_it(engine: SenseVoice) -> None:
    session = engine.session(("小", "不要"))
    session.feed(say("消"))
    assert session.finish().text == "小"
    session = engine.session(("不要",))
    session.feed(say("消"))
    assert session.finish().text == "消"


def test_the_model_may_say_that_nobody_spoke(tmp_path: Path) -> None:
    nobody = SenseVoice(write(tmp_path, language="<|nospeech|>"))
    assert nobody.transcribe(say("消")).hypotheses == ()


def test_it_lives_beside_the_library_that_runs_the_voice(
    engine: SenseVoice, tmp_path: Path
) -> None:
    """Both bring an onnxruntime of their own into the process."""
    model = onnxruntime.InferenceSession(write(tmp_path) / MODEL)
    frames = {"x": np.zeros((1, 3, 560), np.float32), "x_length": np.array([3], np.int32)}
    asked = {"language": np.array([3], np.int32), "text_norm": np.array([15], np.int32)}
    assert engine.transcribe(say("套")).text == "套"
    (logits,) = model.run(None, frames | asked)
    assert logits.shape[:2] == (1, 7)
    assert engine.transcribe(say("消")).text == "消"


@pytest.mark.skipif(platform.machine() not in SOCKET_CALL, reason="the cage is one of Linux")
def test_it_asks_for_no_socket(tmp_path: Path) -> None:
    """The library brings an onnxruntime of its own, and some versions of that report to their maker."""
    program = (
        "import sys, pathlib; from voice.hear.sense_voice import SenseVoice\n"
        "SenseVoice(pathlib.Path(sys.argv[3]))\n"
    )
    command = [sys.executable, "-m", "tests.caged", "-c", program, str(write(tmp_path))]
    subprocess.run(command, cwd=ROOT, timeout=60, check=True)


def test_it_is_loaded_by_its_name(tmp_path: Path) -> None:
    made = load(Engine("sense-voice", "sherpa_onnx", "sense-voice"), write(tmp_path))
    assert made.name == "sense-voice"
    session = made.session()
    session.feed(say("套"))
    assert session.finish().text == "套"


def test_a_closed_engine_says_so(tmp_path: Path) -> None:
    made = SenseVoice(write(tmp_path))
    session = made.session()
    session.feed(say("消"))
    made.close()
    with pytest.raises(EngineError):
        session.finish()


Damage = Callable[[Path], object]
DAMAGES: dict[str, tuple[Damage, str]] = {
    "no folder": (shutil.rmtree, "model_missing"),
    "no tokens": (lambda folder: (folder / TOKENS).unlink(), "model_missing"),
    "no model": (lambda folder: (folder / MODEL).unlink(), "model_missing"),
    "empty model": (lambda folder: (folder / MODEL).write_bytes(b""), "model_altered"),
    "text as model": (lambda folder: (folder / MODEL).write_bytes(b"<html>" * 99), "model_altered"),
    "half a model": (
        lambda folder: (folder / MODEL).write_bytes((folder / MODEL).read_bytes()[9_000:]),
        "model_altered",
    ),
    "no mean": (lambda folder: write(folder, leave_out="neg_mean"), "model_altered"),
    "no Mandarin": (lambda folder: write(folder, leave_out="lang_zh"), "model_altered"),
    "empty tokens": (lambda folder: (folder / TOKENS).write_bytes(b""), "model_altered"),
    "a page as tokens": (
        lambda folder: (folder / TOKENS).write_text("<a b> c d\n"),
        "model_altered",
    ),
    "few tokens": (lambda folder: (folder / TOKENS).write_text("<blk> 0\n"), "model_altered"),
}


def test_a_broken_model_is_one_clear_sentence(tmp_path: Path) -> None:
    """In a process of its own: left alone, the library would end the one that loads the model."""
    for name, (damage, _) in DAMAGES.items():
        damage(write(tmp_path / name))
    program = (
        "import sys, pathlib; from voice.hear.sense_voice import SenseVoice; from voice.errors import ModelError\n"
        "for name in sys.argv[2:]:\n"
        "    try: SenseVoice(pathlib.Path(sys.argv[1], name))\n"
        "    except ModelError as error: print(name, error.code, sep=': ')\n"
    )
    command = [sys.executable, "-c", program, str(tmp_path), *DAMAGES]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [f"{name}: {code}" for name, (_, code) in DAMAGES.items()]
