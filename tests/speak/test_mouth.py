"""Speaking on a thread of its own."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Iterable, Iterator

import numpy as np

from voice.dialogue.state import Preferences
from voice.errors import EngineError
from voice.speak.mouth import Began, Ended, Failed, Mouth, Phrased, SpeechNews
from voice.speak.output import Begun, Played
from voice.speak.speaker import Speaker
from voice.speak.synthesiser import Manner, Phrase, Samples

USUAL = Preferences()


class Hum:
    """A voice that hums a little for each phrase."""

    name = "hum"
    sample_rate = 8_000
    voices: tuple[str, ...] = ("low", "high")

    def __init__(self) -> None:
        self.tried: list[str] = []
        self.made: list[str] = []
        self.held: dict[str, threading.Event] = {}
        """Phrases that are made only once their event is set."""

    def speak(
        self,
        phrases: tuple[Phrase, ...],
        manner: Manner,  # noqa: ARG002
    ) -> Iterator[Samples]:
        for phrase in phrases:
            self.tried.append(phrase.text)
            if phrase.text == "坏":
                raise EngineError("this phrase cannot be hummed")
            if phrase.text == "怪":
                raise LookupError("nobody thought of this")
            if phrase.text in self.held:
                self.held[phrase.text].wait(30)
            self.made.append(phrase.text)
            yield np.full(80, 0.1, np.float32)

    def close(self) -> None: ...


class Valve:
    """An output that plays for as long as nobody opens it."""

    def __init__(self) -> None:
        self.open = threading.Event()
        self.playing = threading.Event()

    def play(
        self,
        pieces: Iterable[Samples],
        sample_rate: int,  # noqa: ARG002
        begun: Begun | None = None,
    ) -> Played:
        count = 0
        for count, _ in enumerate(pieces, 1):
            if begun:
                begun(count - 1)
            self.playing.set()
            self.open.wait(30)
        return Played(True, 0.0, count)

    def stop(self) -> None:
        self.open.set()

    def pause(self) -> None: ...

    def resume(self) -> None: ...

    def close(self) -> None: ...


def _mouth() -> tuple[Mouth, Hum, Valve, queue.Queue[SpeechNews]]:
    news: queue.Queue[SpeechNews] = queue.Queue()
    hum, valve = Hum(), Valve()
    return Mouth(Speaker(hum, valve), news.put), hum, valve, news


def test_each_saying_begins_once_and_ends_once_in_order() -> None:
    mouth, _, valve, news = _mouth()
    valve.open.set()
    first = mouth.say(("好，行。", "走。"), USUAL)
    second = mouth.say(("来。",), USUAL)
    told = [news.get(timeout=10) for _ in range(8)]
    assert told == [
        Began(first, "好，行。走。"), Phrased(first, "好，", 0), Phrased(first, "行。", 1), Phrased(first, "走。", 2),
        Ended(first, True), Began(second, "来。"), Phrased(second, "来。", 0), Ended(second, True),
    ]  # fmt: skip
    mouth.close()


def test_a_stop_ends_what_is_said_and_what_waits() -> None:
    mouth, hum, valve, news = _mouth()
    first = mouth.say(("好。", "行。"), USUAL)
    second = mouth.say(("来。",), USUAL)
    valve.playing.wait(10)
    mouth.stop()
    told = [news.get(timeout=10) for _ in range(4)]
    assert told == [
        Began(first, "好。行。"), Phrased(first, "好。", 0), Ended(first, False), Ended(second, False),
    ]  # fmt: skip
    assert "来" not in hum.made
    mouth.close()


def test_what_is_prepared_is_made_and_not_heard() -> None:
    mouth, hum, valve, news = _mouth()
    mouth.prepare(("好，后面这一句还要说很久。",), USUAL)
    _wait_until(lambda: hum.made)
    valve.open.set()
    number = mouth.say(("来。",), USUAL)
    assert [news.get(timeout=10) for _ in range(3)] == [
        Began(number, "来。"), Phrased(number, "来。", 0), Ended(number, True),
    ]  # fmt: skip
    assert hum.made == ["好", "来"]
    mouth.close()


def test_what_is_prepared_is_not_made_again() -> None:
    mouth, hum, valve, news = _mouth()
    valve.open.set()
    mouth.prepare(("好，行。", "走。"), USUAL)
    _wait_until(lambda: hum.made)
    number = mouth.say(("好，行。", "走。"), USUAL)
    while news.get(timeout=10) != Ended(number, True):
        pass
    assert hum.made == ["好", "行", "走"]
    mouth.close()


def test_a_draft_is_heard_while_its_next_piece_is_in_work() -> None:
    mouth, hum, valve, news = _mouth()
    hum.held["行"] = threading.Event()
    mouth.prepare(("好，行。",), USUAL)
    _wait_until(lambda: hum.made == ["好"])
    number = mouth.say(("好，行。",), USUAL)
    assert valve.playing.wait(10)
    assert hum.made == ["好"]
    hum.held["行"].set()
    valve.open.set()
    while news.get(timeout=10) != Ended(number, True):
        pass
    assert hum.made == ["好", "行"]
    mouth.close()


def test_a_draft_that_fails_is_told_when_it_is_said() -> None:
    mouth, hum, valve, news = _mouth()
    valve.open.set()
    mouth.prepare(("好，坏。",), USUAL)
    _wait_until(lambda: hum.made == ["好"])
    number = mouth.say(("好，坏。",), USUAL)
    while not isinstance(last := news.get(timeout=10), Failed | Ended):
        pass
    assert isinstance(last, Failed)
    assert (last.number, last.error.code) == (number, "engine_failed")
    mouth.close()


def test_a_draft_that_fails_unforeseen_is_not_the_last_one() -> None:
    mouth, hum, _, _ = _mouth()
    mouth.prepare(("怪。",), USUAL)
    _wait_until(lambda: hum.tried == ["怪"])
    mouth.prepare(("好。",), USUAL)
    _wait_until(lambda: hum.made == ["好"])
    mouth.close()


def test_it_tells_when_all_is_made_though_little_was_heard() -> None:
    made = threading.Event()
    hum, valve = Hum(), Valve()
    speaker = Speaker(hum, valve, made.set)
    mouth = Mouth(speaker, lambda _: None)
    mouth.say(("好。",), USUAL)
    assert valve.playing.wait(10)
    assert not made.is_set()
    valve.open.set()
    assert made.wait(10)
    mouth.close()


def _wait_until(condition: Callable[[], object]) -> None:
    until = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.01)


def test_a_voice_that_fails_is_told_and_speaks_on() -> None:
    mouth, _, valve, news = _mouth()
    valve.open.set()
    for word in ("坏。", "怪。"):
        number = mouth.say((word,), USUAL)
        failed = news.get(timeout=10)
        assert isinstance(failed, Failed)
        assert failed.number == number
        assert failed.error.code == "engine_failed"
    number = mouth.say(("好。",), USUAL)
    assert news.get(timeout=10) == Began(number, "好。")
    mouth.close()
