"""What is fixed is spoken ahead in the quiet, and only there."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path
from queue import SimpleQueue

import numpy as np
import pytest

from voice.dialogue.state import Preferences
from voice.errors import ModelError
from voice.speak.background import Background, Progress, watching
from voice.speak.kokoro import Kokoro
from voice.speak.spoken import plan
from voice.speak.store import SpeechStore, StoredSynthesiser
from voice.speak.synthesiser import Manner, Phrase, Samples

PLANS = (plan(["您好。"]), plan(["请说下一步。"]), plan(["再见。"]))
PATIENCE = 300.0
"""Seconds after which a test has failed; the work takes a few on a quiet machine."""


class _Hum:
    """A voice that hums, and waits before each phrase until it may."""

    name = "hum"
    sample_rate = 24_000
    voices: tuple[str, ...] = ("low", "high")

    def __init__(self, gate: threading.Semaphore | None = None) -> None:
        self.said: list[tuple[str, int]] = []
        self._gate = gate

    def speak(self, phrases: tuple[Phrase, ...], manner: Manner) -> Iterator[Samples]:
        for phrase in phrases:
            if self._gate is not None:
                self._gate.acquire()
            self.said.append((phrase.text, manner.rate))
            yield np.full(2400, 0.1, np.float32)

    def close(self) -> None:
        self.said.clear()


def _all_done(news: SimpleQueue[Progress]) -> list[Progress]:
    heard = [news.get(timeout=PATIENCE)]
    while heard[-1].done < heard[-1].total:
        heard.append(news.get(timeout=PATIENCE))
    return heard


@pytest.fixture
def news() -> SimpleQueue[Progress]:
    return SimpleQueue()


def test_everything_is_made_once_for_each_manner(
    tmp_path: Path, news: SimpleQueue[Progress]
) -> None:
    voice = _Hum()
    store = SpeechStore(tmp_path)
    background = Background(StoredSynthesiser(voice, store), lambda _: PLANS, tell=news.put)
    background.go_on(Preferences())
    assert [progress.done for progress in _all_done(news)] == [1, 2, 3]
    texts = [phrase.text for phrases in PLANS for phrase in phrases]
    assert voice.said == [(text, 180) for text in texts]
    background.pause()
    background.go_on(Preferences(rate=240))
    assert _all_done(news)[-1].manner == Manner(240)
    assert voice.said[len(texts) :] == [(text, 240) for text in texts]
    background.close()
    again = Background(StoredSynthesiser(voice, store), lambda _: PLANS, tell=news.put)
    again.go_on(Preferences())
    assert len(_all_done(news)) == len(PLANS)
    assert len(voice.said) == 2 * len(texts)
    again.close()


def test_nothing_is_made_while_it_is_paused(tmp_path: Path, news: SimpleQueue[Progress]) -> None:
    gate = threading.Semaphore(1)
    voice = _Hum(gate)
    background = Background(
        StoredSynthesiser(voice, SpeechStore(tmp_path)), lambda _: PLANS, tell=news.put
    )
    assert not voice.said
    background.go_on(Preferences())
    until = time.monotonic() + PATIENCE
    while not voice.said:
        assert time.monotonic() < until
        time.sleep(0.01)
    background.pause()
    gate.release(10)
    background.close()
    # The run that was in the making when the pause came may have been made, and nothing more.
    assert "再见" not in [text for text, _ in voice.said]


def test_beginnings_come_first_and_before_all_what_may_be_said_next(
    tmp_path: Path, news: SimpleQueue[Progress]
) -> None:
    voice = _Hum()
    stored = StoredSynthesiser(voice, SpeechStore(tmp_path))
    long = [plan([f"{word}，一共有很多很多步。", "第二句也不短。"]) for word in ("甲", "乙", "丙")]
    background = Background(stored, lambda _: long[:2], lambda: long[2:], news.put)
    background.go_on(Preferences())
    _all_done(news)
    background.close()
    # What all three have in common is made once.
    expected = ["丙", "甲", "乙", "一共有很多很多步", "第二句也不短"]
    assert [text for text, _ in voice.said] == expected


def test_it_works_while_the_loop_listens(tmp_path: Path, news: SimpleQueue[Progress]) -> None:
    voice = _Hum()
    background = Background(
        StoredSynthesiser(voice, SpeechStore(tmp_path)), lambda _: PLANS, tell=news.put
    )
    events: list[str] = []
    asked: list[str] = []

    def note(event: str, /, **_: object) -> None:
        events.append(event)

    def preferences() -> Preferences:
        asked.append(events[-1])
        return Preferences()

    emit = watching(note, background, preferences)
    emit("reply", say=["您好"])
    emit("spoken")
    emit("listening")
    assert _all_done(news)[-1].done == 3
    emit("speech")
    background.close()
    assert events == ["reply", "spoken", "listening", "speech"]
    # For whom to work is asked whenever work begins.
    assert asked == ["listening"]


@pytest.mark.filterwarnings("error::pytest.PytestUnhandledThreadExceptionWarning")
@pytest.mark.parametrize("error", [ModelError("the voice is gone"), LookupError("odd")])
def test_a_voice_that_fails_is_logged_and_nothing_more_is_made(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, error: Exception
) -> None:
    class Broken(_Hum):
        def speak(self, phrases: tuple[Phrase, ...], manner: Manner) -> Iterator[Samples]:  # noqa: ARG002
            raise error

    background = Background(StoredSynthesiser(Broken(), SpeechStore(tmp_path)), lambda _: PLANS)
    background.go_on(Preferences())
    until = time.monotonic() + PATIENCE
    while "nothing more is spoken ahead" not in caplog.text:
        assert time.monotonic() < until
        time.sleep(0.01)
    background.close()


@pytest.mark.slow
def test_a_real_voice_is_broken_off_and_goes_on(
    tmp_path: Path, kokoro: Kokoro, news: SimpleQueue[Progress]
) -> None:
    stored = StoredSynthesiser(kokoro, SpeechStore(tmp_path))
    long = plan(["取消以后没有用完的流量一般不会退，您想好了再办。"])
    started = threading.Event()

    def plans(_: Preferences) -> tuple[tuple[Phrase, ...], ...]:
        started.set()
        return (long,)

    background = Background(stored, plans, tell=news.put)
    background.go_on(Preferences())
    assert started.wait(PATIENCE)
    background.pause()
    # The voice itself is free for what is said now.
    assert sum(len(sound) for sound in stored.speak(plan(["好的。"]), Manner())) > 0
    assert stored.missing(long, Manner())
    background.go_on(Preferences())
    assert _all_done(news)[-1].done == 1
    assert not stored.missing(long, Manner())
    background.close()
