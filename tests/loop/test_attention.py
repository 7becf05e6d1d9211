"""Listening on a thread of its own, with a real listener and recogniser and faults put into them."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable

import numpy as np
import pytest

from voice.errors import EngineError, ModelError
from voice.hear.endpoint import Event
from voice.hear.listener import Heard, TurnListener
from voice.hear.recogniser import SAMPLE_RATE, Samples
from voice.hear.whisper import Whisper
from voice.loop.attention import Attention, Attentive, Failing, Noticed, Ready
from voice.understand.meaning import Completeness

pytestmark = pytest.mark.slow


@pytest.fixture
def build(whisper: Whisper) -> Callable[[], TurnListener]:
    return lambda: TurnListener(whisper, lambda _: Completeness.COMPLETE)


def _feed(sound: Samples) -> Callable[[TurnListener], tuple[Heard, ...]]:
    return lambda listener: listener.feed(sound)


def test_a_turn_is_heard_in_the_order_in_which_it_was_given(
    build: Callable[[], TurnListener], spoken: Callable[..., Samples]
) -> None:
    news: queue.Queue[Attentive] = queue.Queue()
    attention = Attention(build, news.put)
    pause = np.zeros(2 * SAMPLE_RATE, np.float32)
    whole = np.concatenate([pause, spoken("下一步"), pause])
    parts = np.array_split(whole, 40)
    for part in parts:
        attention.give(_feed(part))
    assert isinstance(news.get(timeout=60), Ready)
    assert attention.loaded
    events = []
    for _ in parts:
        each = news.get(timeout=60)
        assert isinstance(each, Noticed)
        assert attention.accept(each)
        events += [heard.event for heard in each.heard]
    assert events[0] is Event.BEGAN
    assert events[-1] is Event.ENDED
    assert attention.pending == 0
    assert not attention.speaking
    attention.close()


def test_what_was_given_before_a_new_era_is_void(build: Callable[[], TurnListener]) -> None:
    news: queue.Queue[Attentive] = queue.Queue()
    attention = Attention(build, news.put)
    second = np.zeros(SAMPLE_RATE, np.float32)
    attention.accept(news.get(timeout=60))
    attention.give(_feed(second))
    attention.give(_feed(second), anew=True)
    assert [attention.accept(news.get(timeout=60)) for _ in range(2)] == [False, True]
    assert attention.pending == 0
    attention.close()


def test_one_that_hangs_is_left_behind(build: Callable[[], TurnListener]) -> None:
    news: queue.Queue[Attentive] = queue.Queue()
    attention = Attention(build, news.put)
    attention.accept(news.get(timeout=60))
    hanging, let_go = threading.Event(), threading.Event()

    def hang(_: TurnListener) -> tuple[Heard, ...]:
        hanging.set()
        let_go.wait(60)
        return ()

    attention.give(hang)
    assert hanging.wait(10)
    assert attention.busy > 0
    attention.renew()
    assert isinstance(news.get(timeout=60), Ready)
    assert attention.busy == 0
    let_go.set()
    attention.give(lambda listener: listener.feed(np.zeros(512, np.float32)))
    assert attention.accept(news.get(timeout=60))
    assert news.empty()
    attention.close()


def test_errors_are_told_whatever_they_are(build: Callable[[], TurnListener]) -> None:
    def broken(_: TurnListener) -> tuple[Heard, ...]:
        raise LookupError("odd")

    def without() -> TurnListener:
        raise ModelError("no model")

    news: queue.Queue[Attentive] = queue.Queue()
    attention = Attention(build, news.put)
    attention.accept(news.get(timeout=60))
    attention.give(broken)
    failing = news.get(timeout=10)
    assert isinstance(failing, Failing)
    assert isinstance(failing.error, EngineError)
    assert not failing.loading
    attention.accept(failing)
    assert attention.pending == 0
    attention.close()
    attention = Attention(without, news.put)
    failing = news.get(timeout=10)
    assert isinstance(failing, Failing)
    assert (failing.error.code, failing.loading) == ("model_missing", True)
    # Nothing is loading any more, so nothing can be taken to hang.
    assert attention.busy == 0
