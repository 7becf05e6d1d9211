"""The judge of the soak: what grows is found, what only wavers is not."""

from __future__ import annotations

import mmap
import os
import random
import sys
import threading
from collections.abc import Callable

import pytest
from _watch import Sample, Watch, judge


def row(
    memory: Callable[[float], float] = lambda _: 600.0,
    threads: Callable[[float], int] = lambda _: 20,
    files: Callable[[float], int] = lambda _: 40,
) -> list[Sample]:
    times = [15.0 * n for n in range(1, 81)]
    return [Sample(t, memory(t), threads(t), files(t), 0.3 * t) for t in times]


def test_what_stays_is_flat() -> None:
    chance = random.Random(1)
    verdict = judge(row(memory=lambda _: 600 + chance.uniform(-15, 15)))
    assert verdict.flat(20)
    assert verdict.spread > 20
    assert verdict.processor == pytest.approx(0.3)


def test_warming_up_does_not_count() -> None:
    assert judge(row(memory=lambda t: min(600, 300 + t))).flat(20)


def test_a_leak_is_found() -> None:
    verdict = judge(row(memory=lambda t: 600 + t / 30))
    assert verdict.slope == pytest.approx(120)
    assert not verdict.flat(20)


def test_threads_and_files_that_pile_up_are_found() -> None:
    assert not judge(row(threads=lambda t: 20 + int(t / 100))).flat(20)
    assert not judge(row(files=lambda t: 40 + int(t / 100))).flat(20)
    # One more for a moment is no leak.
    assert judge(row(files=lambda t: 41 if t == 1200 else 40)).flat(20)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
def test_a_process_is_seen_as_it_is() -> None:
    watch = Watch(os.getpid())
    before = watch.look()
    over = threading.Event()
    waiting = threading.Thread(target=over.wait)
    waiting.start()
    # A mapping of its own: the heap may still hold as much that was given up before.
    held = mmap.mmap(-1, 64 << 20)
    for page in range(0, len(held), mmap.PAGESIZE):
        held[page] = 1
    with open(os.devnull, "rb"):  # noqa: PTH123 -- a descriptor that is open
        after = watch.look()
    over.set()
    waiting.join()
    assert after.threads == before.threads + 1
    assert after.files == before.files + 1
    assert after.memory >= before.memory + len(held) / 1e6 - 5
    assert watch.samples == [before, after]
