"""Syllables as a recogniser writes them when it hears badly."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from voice.understand.mishearing import every_sound, measured
from voice.understand.templates import units

SAID = tuple(units("我这个月卡不想要了打电话怎么退"))
sayings = st.lists(st.sampled_from(every_sound()), max_size=20).map(tuple)


@given(sayings, st.integers())
def test_nothing_is_misheard_where_nothing_should_be(said: tuple[str, ...], seed: int) -> None:
    assert measured().heard(said, 0.0, random.Random(seed)) == said


@given(sayings, st.floats(0, 1), st.integers())
def test_only_syllables_that_exist_are_written(
    said: tuple[str, ...], share: float, seed: int
) -> None:
    assert set(measured().heard(said, share, random.Random(seed))) <= set(every_sound())


def test_about_the_share_asked_for_is_misheard() -> None:
    chance = random.Random(1)
    kept = 0
    for _ in range(500):
        heard = measured().heard(SAID, 0.3, chance)
        kept += sum(sound in heard for sound in SAID)
    assert 0.6 < kept / (500 * len(SAID)) < 0.8


def test_some_syllables_are_lost_and_some_added() -> None:
    lengths = {len(measured().heard(SAID, 0.5, random.Random(seed))) for seed in range(200)}
    assert min(lengths) < len(SAID) < max(lengths)


def test_the_same_chance_gives_the_same() -> None:
    assert measured().heard(SAID, 0.4, random.Random(7)) == measured().heard(
        SAID, 0.4, random.Random(7)
    )


def test_what_is_misheard_keeps_some_of_its_sound_more_often_than_chance_would() -> None:
    chance = random.Random(2)
    ends = sum("".join(measured().heard(("diao",), 1.0, chance)).endswith("ao") for _ in range(400))
    by_chance = sum(sound.endswith("ao") for sound in every_sound()) / len(every_sound())
    assert ends / 400 > 2 * by_chance


def test_every_syllable_of_mandarin_is_known() -> None:
    assert len(every_sound()) > 390
    assert {"ve", "qv", "xiao", "ting", "er"} <= set(every_sound())
