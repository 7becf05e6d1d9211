"""What is heard next, without a device."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from voice.speak.play_queue import FADE, REWIND, STEP_BACK, PlayQueue

RATE = 1_000


def piece(number: int, seconds: float) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    """A piece that tells by its value which one it is."""
    return np.full(round(seconds * RATE), number + 1, np.float32)


def begun(*seconds: float) -> PlayQueue:
    queue = PlayQueue(RATE)
    queue.begin(0.0, faded=False)
    for number, length in enumerate(seconds):
        queue.put(number, piece(number, length))
    return queue


@given(
    st.lists(st.integers(0, 300), max_size=6),
    st.lists(st.integers(1, 100), min_size=1, max_size=40),
)
def test_everything_is_heard_once_and_in_order(sizes: list[int], blocks: list[int]) -> None:
    queue = begun(*(size / RATE for size in sizes))
    whole = np.concatenate([piece(n, size / RATE) for n, size in enumerate(sizes)] or [piece(0, 0)])
    taken = np.concatenate([queue.take(frames, heard=True) for frames in blocks])
    assert np.array_equal(taken, whole[: sum(blocks)])
    assert (queue.heard, queue.waiting) == (len(taken), len(whole) - len(taken))


def test_the_silence_before_a_sound_is_not_counted() -> None:
    queue = PlayQueue(RATE)
    queue.begin(0.1, faded=False)
    queue.put(0, piece(0, 0.1))
    assert queue.heard == -100
    assert not queue.take(100, heard=True).any()
    assert (queue.heard, queue.last_piece) == (0, -1)
    queue.take(1, heard=True)
    assert (queue.heard, queue.last_piece) == (1, 0)


def test_pieces_without_sound_are_passed_too() -> None:
    queue = begun(0.01, 0.0)
    empty = []
    for _ in range(2):
        queue.take(10, heard=True)
        empty.append(queue.empty)
    assert empty == [False, True]
    assert queue.last_piece == 1


def test_a_stopped_sound_fades_and_then_stays() -> None:
    queue = begun(1.0)
    queue.take(100, heard=True)
    fading = queue.take(round(FADE * RATE), heard=False)
    assert (np.diff(fading) < 0).all()
    assert fading[-1] == 0
    assert queue.faded
    place = queue.heard
    assert len(queue.take(100, heard=False)) == 0
    assert queue.heard == place


def test_a_sound_that_begins_paused_is_not_heard() -> None:
    queue = PlayQueue(RATE)
    queue.begin(0.0, faded=True)
    queue.put(0, piece(0, 0.1))
    assert len(queue.take(50, heard=False)) == 0
    assert queue.waiting == 100


def test_it_goes_back_to_the_beginning_of_a_piece() -> None:
    queue = begun(1.0, 1.0)
    queue.take(1_300, heard=True)
    queue.go_back()
    assert queue.heard == 1_000
    assert (queue.take(10, heard=True) == 2).all()


def test_in_a_long_piece_it_goes_back_a_little() -> None:
    queue = begun(2 * REWIND)
    for _ in range(600):  # in blocks, as a device takes them
        queue.take(10, heard=True)
    queue.go_back()
    assert queue.heard == 6_000 - STEP_BACK * RATE
