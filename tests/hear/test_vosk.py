"""The real libvosk on its small Korean model, whose loading and streaming are those of the
Mandarin one.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from tests.conftest import model_folder
from voice.errors import EngineError, ModelError
from voice.hear.endpoint import Event
from voice.hear.listener import Heard, TurnListener
from voice.hear.recogniser import SAMPLE_RATE, Hearing, Samples
from voice.hear.vosk import Vosk
from voice.hear.wav import read_wav
from voice.understand.meaning import Completeness

pytestmark = pytest.mark.slow

HELLO, THANKS, WEATHER = "안녕하세요", "감사합니다", "오늘날씨"


@pytest.fixture(scope="module")
def vosk() -> Iterator[Vosk]:
    engine = Vosk(model_folder("vosk-ko"))
    yield engine
    engine.close()


@pytest.fixture(scope="module")
def hello(tmp_path_factory: pytest.TempPathFactory) -> Samples:
    """안녕하세요 (hello), said by espeak-ng."""
    place = tmp_path_factory.mktemp("korean") / "hello.wav"
    command = ["espeak-ng", "-v", "ko", "-s", "120", "-w", str(place), HELLO]
    subprocess.run(command, check=True, timeout=30)
    silence = np.zeros(SAMPLE_RATE // 2, np.float32)
    return np.concatenate([silence, read_wav(place), silence])


def hear(vosk: Vosk, sound: Samples, phrases: tuple[str, ...] = (), chunk: int = 1_600) -> Hearing:
    session = vosk.session(phrases)
    for start in range(0, len(sound), chunk):
        session.feed(sound[start : start + chunk])
    return session.finish()


def test_partials_come_while_it_is_fed(vosk: Vosk, hello: Samples) -> None:
    session = vosk.session()
    partials = []
    for start in range(0, len(hello), 1_600):
        session.feed(hello[start : start + 1_600])
        partials.append(session.partial())
    final = session.finish()
    assert partials[0] == ""
    assert any(partials)
    assert final.text
    assert " " not in final.text


def test_readings_are_best_first_and_scored(vosk: Vosk, hello: Samples) -> None:
    found = hear(vosk, hello).hypotheses
    assert len({each.text for each in found}) == len(found) >= 1
    assert all(each.score <= 0 for each in found)


@pytest.mark.parametrize("chunk", [400, 1_601, 100_000])
def test_chunks_of_any_length(vosk: Vosk, hello: Samples, chunk: int) -> None:
    assert hear(vosk, hello, (HELLO,), chunk).hypotheses


def test_the_phrase_of_the_moment_is_among_the_readings(vosk: Vosk, hello: Samples) -> None:
    free = hear(vosk, hello)
    closed = hear(vosk, hello, (HELLO, THANKS))
    assert HELLO in [each.text for each in closed.hypotheses[:2]]
    assert {each.text for each in free.hypotheses[:1]} <= {each.text for each in closed.hypotheses}


def test_a_phrase_is_whole_or_not_at_all(vosk: Vosk, hello: Samples) -> None:
    """A grammar lets its phrases follow each other; only one of them, alone, is an answer."""
    twice = np.concatenate([hello, hello])
    found = hear(vosk, twice, (HELLO, THANKS))
    assert found.text != HELLO


def test_words_that_the_model_does_not_know_are_named(vosk: Vosk, hello: Samples) -> None:
    made = vosk.grammar((HELLO, "联通月卡", WEATHER))
    assert made.uncovered == ("联通月卡",)
    assert dict(made.written)[HELLO] == HELLO
    assert dict(made.written)[WEATHER].replace(" ", "") == WEATHER
    # Vosk dithers its sound, so scores differ a little from time to time; the best text does not.
    assert hear(vosk, hello, ("联通月卡",)).text == hear(vosk, hello).text


@pytest.mark.parametrize("level", [0.0, 0.001])
def test_silence_is_no_words(vosk: Vosk, level: float) -> None:
    noise = np.random.default_rng(0).normal(0, level, 3 * SAMPLE_RATE).astype(np.float32)
    found = hear(vosk, noise, (HELLO,))
    assert found.hypotheses == ()
    assert found.no_speech == 1.0


def test_no_sound_at_all(vosk: Vosk) -> None:
    assert hear(vosk, np.zeros(0, np.float32)).hypotheses == ()
    session = vosk.session()
    session.feed(np.zeros(0, np.float32))
    assert session.finish().hypotheses == ()


def test_sessions_do_not_know_of_each_other(vosk: Vosk, hello: Samples) -> None:
    assert hear(vosk, hello).text == hear(vosk, hello).text
    assert hear(vosk, np.zeros(SAMPLE_RATE, np.float32)).hypotheses == ()


def test_it_says_nothing_of_its_own(vosk: Vosk, capfd: pytest.CaptureFixture[str]) -> None:
    vosk.session((HELLO, "联通")).finish()
    captured = capfd.readouterr()
    assert captured.out == captured.err == ""


def test_phrases_that_it_cannot_hear_are_named_once(
    vosk: Vosk, caplog: pytest.LogCaptureFixture
) -> None:
    for phrases in ((HELLO, "月卡"), (THANKS, "月卡", "套餐")):
        vosk.session(phrases).finish()
    told = [record.getMessage() for record in caplog.records if record.name == "voice.hear.vosk"]
    assert [line.split(": ")[1] for line in told] == ["月卡", "套餐"]


@pytest.mark.parametrize("part", ["am/final.mdl", "conf/model.conf", "graph/HCLr.fst"])
def test_a_broken_model_is_said_so(tmp_path: Path, part: str) -> None:
    whole = model_folder("vosk-ko")
    for path in whole.rglob("*"):
        if path.is_file():
            place = tmp_path / path.relative_to(whole)
            place.parent.mkdir(parents=True, exist_ok=True)
            place.symlink_to(path.resolve())
    (tmp_path / part).unlink()
    (tmp_path / part).write_bytes(np.random.default_rng(0).bytes(300))
    with pytest.raises(ModelError) as caught:
        Vosk(tmp_path)
    assert caught.value.code == "model_altered"


def test_a_missing_model_and_a_closed_engine_are_said_so(tmp_path: Path) -> None:
    with pytest.raises(ModelError) as caught:
        Vosk(tmp_path)
    assert caught.value.code == "model_missing"
    engine = Vosk(model_folder("vosk-ko"))
    engine.close()
    with pytest.raises(EngineError):
        engine.session()


def test_a_listener_shows_what_was_read_so_far(vosk: Vosk, hello: Samples) -> None:
    listener = TurnListener(vosk, lambda _: Completeness.OPEN)
    assert listener.partial == ""
    shown: list[str] = []
    heard: list[Heard] = []
    sound = np.concatenate([hello, np.zeros(3 * SAMPLE_RATE, np.float32)])
    for start in range(0, len(sound), 1_600):
        heard += listener.feed(sound[start : start + 1_600])
        shown.append(listener.partial)
    assert any(shown)
    assert shown[-1] == ""
    assert heard[-1].event is Event.ENDED
    assert heard[-1].text
