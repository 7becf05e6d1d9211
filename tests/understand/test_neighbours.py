"""The nearest known sentence, by sound."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from voice.understand.neighbours import Neighbours
from voice.understand.templates import units

KNOWN = Neighbours.of(
    [
        ("a", units("怎么取消月卡")),
        ("a", units("月卡怎么退")),
        ("b", units("营业厅在哪")),
        ("b", units("去哪办")),
    ]
)


def likeness(text: str, entry: str) -> float:
    return KNOWN.likeness(units(text), entry)


def test_a_known_sentence_and_its_homophones_are_the_same() -> None:
    assert likeness("怎么取消月卡", "a") == 1.0
    assert likeness("怎么取笑约卡", "a") == 1.0


def test_an_accent_costs_nothing() -> None:
    assert likeness("营业听在拉", "b") == 1.0


def test_one_other_syllable_costs_little() -> None:
    assert 0.7 < likeness("怎么取消月租", "a") < 1.0


def test_nothing_is_like_nothing() -> None:
    assert likeness("", "a") == 0.0
    assert likeness("怎么退", "unknown") == 0.0
    assert likeness("飞机票", "b") == 0.0


@given(st.text(st.sampled_from("怎么取消月卡营业厅在哪退飞机"), max_size=15))
def test_likeness_is_a_share(text: str) -> None:
    assert 0.0 <= likeness(text, "a") <= 1.0
