"""What is learned of room and voice, and how much sound is raised by it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice.hear.gain import (
    LOUDEST_ROOM_DBFS,
    MOVED_DB,
    ROOM_DBFS,
    Leveller,
    Levels,
    gain,
    with_room,
    with_voice,
)
from voice.hear.level import GREATEST_GAIN_DB, SILENCE_DBFS, WANTED_DBFS, dbfs
from voice.hear.recogniser import Samples
from voice.hear.speech import FRAME

LEVEL = st.floats(-120.0, 0.0)


def noise(level: float, seconds: float = 1.0, seed: int = 0) -> Samples:
    made = np.random.default_rng(seed).normal(0, 1, round(16_000 * seconds))
    return (made * 10 ** (level / 20)).astype(np.float32)


def play(leveller: Leveller, sound: Samples, probability: float, *, speaking: bool) -> Samples:
    """Chunks of one frame, as the listener feeds them."""
    parts = []
    for start in range(0, len(sound) - FRAME + 1, FRAME):
        parts.append(leveller.feed(sound[start : start + FRAME], speaking=speaking))
        leveller.noticed(parts[-1], probability, speaking=speaking)
    return np.concatenate(parts)


@pytest.mark.parametrize(
    ("room", "voice", "decibels"),
    [
        (None, None, 0.0),
        (-55.0, None, 0.0),
        (-75.0, None, -75.0 * -1 + ROOM_DBFS),
        (-110.0, None, GREATEST_GAIN_DB),
        (-70.0, -20.0, 0.0),
        (-70.0, -40.0, WANTED_DBFS + 40.0),
        (-90.0, -60.0, GREATEST_GAIN_DB),
        (-48.0, -40.0, LOUDEST_ROOM_DBFS + 48.0),
        (-30.0, -40.0, 0.0),
        (None, -40.0, WANTED_DBFS + 40.0),
    ],
)
def test_how_much_is_raised(room: float | None, voice: float | None, decibels: float) -> None:
    assert gain(Levels(room, voice)) == pytest.approx(decibels)


@given(st.none() | LEVEL, st.none() | LEVEL)
def test_the_gain_is_bounded(room: float | None, voice: float | None) -> None:
    assert 0.0 <= gain(Levels(room, voice)) <= GREATEST_GAIN_DB


@given(LEVEL, LEVEL)
def test_what_is_learned_lies_between_old_and_new(old: float, new: float) -> None:
    low, high = sorted((old, new))
    voice = with_voice(Levels(voice=old), new).voice
    room = with_room(Levels(room=old), new, 0.5).room
    assert voice is not None
    assert room is not None
    assert low - 1e-9 <= voice <= high + 1e-9
    assert low - 1e-9 <= room <= high + 1e-9


def test_digital_silence_teaches_nothing_of_a_room() -> None:
    assert with_room(Levels(), SILENCE_DBFS, 10.0) == Levels()


def test_the_room_is_learned_before_any_gain() -> None:
    leveller = Leveller()
    raised = play(leveller, noise(-75.0, 10.0), 0.01, speaking=False)
    assert leveller.levels.room == pytest.approx(-75.0, abs=1.0)
    assert dbfs(raised[-16_000:]) == pytest.approx(ROOM_DBFS, abs=1.0)


def test_a_quiet_voice_is_learned_in_a_turn_and_raised_from_the_next_on() -> None:
    leveller = Leveller()
    play(leveller, noise(-65.0, 5.0), 0.01, speaking=False)
    leveller.begin()
    first = play(leveller, noise(-45.0, 2.0), 0.9, speaking=True)
    leveller.end()
    assert leveller.levels.voice == pytest.approx(-45.0, abs=1.0)
    play(leveller, noise(-65.0, 1.0), 0.01, speaking=False)
    leveller.begin()
    second = play(leveller, noise(-45.0, 2.0), 0.9, speaking=True)
    assert dbfs(first) == pytest.approx(-40.0, abs=1.0)
    assert dbfs(second) == pytest.approx(WANTED_DBFS, abs=1.5)


def test_the_gain_stays_through_a_turn() -> None:
    leveller = Leveller(Levels(-70.0, -40.0))
    leveller.begin()
    raised = [play(leveller, noise(level), 0.9, speaking=True) for level in (-40.0, -50.0, -60.0)]
    assert [dbfs(each) for each in raised] == pytest.approx([-23.0, -33.0, -43.0], abs=0.5)


def test_raised_sound_is_never_clipped_and_loud_sound_is_left_alone() -> None:
    leveller = Leveller(Levels(-70.0, -47.0))
    leveller.begin()
    raised = play(leveller, noise(-15.0), 0.9, speaking=True)
    assert np.abs(raised).max() < 1.0
    loud = noise(-15.0)
    assert Leveller().feed(loud, speaking=True) is loud


def test_gains_change_without_a_click() -> None:
    leveller = Leveller(Levels(-80.0, -50.0))
    steady = np.full(16_000, 0.001, np.float32)
    parts = [leveller.feed(steady[:1_000], speaking=True)]
    leveller.levels = Levels(-80.0, -23.0)
    parts.append(leveller.feed(steady, speaking=False))
    steps = np.abs(np.diff(np.concatenate(parts)))
    assert steps.max() < 0.1 * (parts[0].max() - parts[1].min())


def test_another_microphone_is_learned_anew() -> None:
    leveller = Leveller(Levels(-60.0, -30.0))
    play(leveller, noise(-60.0 - MOVED_DB - 5.0, 20.0), 0.01, speaking=False)
    assert leveller.levels.voice is None
    same = Leveller(Levels(-60.0, -30.0))
    play(same, noise(-60.0, 20.0), 0.01, speaking=False)
    assert same.levels.voice == -30.0


def test_clipping_is_seen_in_the_turn_alone() -> None:
    leveller = Leveller()
    cut = np.clip(noise(-3.0), -1.0, 1.0)
    play(leveller, cut, 0.01, speaking=False)
    leveller.begin()
    play(leveller, noise(-20.0), 0.9, speaking=True)
    assert not leveller.clipped
    play(leveller, cut, 0.9, speaking=True)
    assert leveller.clipped


def test_nothing_at_all_stays_nothing() -> None:
    leveller = Leveller(Levels(-80.0, -50.0))
    nothing = np.zeros(0, np.float32)
    assert leveller.feed(nothing, speaking=False) is nothing
    leveller.begin()
    leveller.end()
    assert leveller.levels.voice == -50.0
