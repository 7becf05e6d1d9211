"""A moment of quiet before speech that begins at once."""

from __future__ import annotations

import numpy as np
import pytest

from voice.hear.lead_in import LEAD, floor, led_in
from voice.hear.recogniser import SAMPLE_RATE, Samples
from voice.hear.speech import Stretch

WANTED = round(LEAD * SAMPLE_RATE)


def _speech_after(start: int, hiss: float) -> tuple[Samples, tuple[Stretch, ...]]:
    chance = np.random.default_rng(1)
    sound = (hiss * chance.standard_normal(2 * SAMPLE_RATE)).astype(np.float32)
    sound[start : start + SAMPLE_RATE] += np.float32(0.3)
    return sound, (Stretch(start, start + SAMPLE_RATE),)


@pytest.mark.parametrize("start", [0, 1, WANTED - 1])
def test_the_missing_part_is_put_before_it(start: int) -> None:
    sound, found = _speech_after(start, 0.01)
    longer, moved = led_in(sound, found)
    assert moved == (Stretch(WANTED, WANTED + SAMPLE_RATE),)
    assert len(longer) == len(sound) + WANTED - start
    np.testing.assert_array_equal(longer[WANTED - start :], sound)


@pytest.mark.parametrize("start", [WANTED, WANTED + 5])
def test_sound_that_has_it_stays_as_it_is(start: int) -> None:
    sound, found = _speech_after(start, 0.01)
    same, as_before = led_in(sound, found)
    assert same is sound
    assert as_before is found


def test_where_nobody_speaks_nothing_is_added() -> None:
    sound = np.zeros(100, np.float32)
    assert led_in(sound, ()) == (sound, ())


@pytest.mark.parametrize("hiss", [0.0, 0.003, 0.03])
def test_it_is_as_loud_as_the_room(hiss: float) -> None:
    sound, found = _speech_after(0, hiss)
    quiet = led_in(sound, found)[0][:WANTED]
    assert np.sqrt(np.mean(quiet**2)) == pytest.approx(hiss, rel=0.1, abs=1e-9)


def test_the_floor_of_sound_shorter_than_a_frame_is_silence() -> None:
    assert floor(np.ones(10, np.float32)) == 0.0
