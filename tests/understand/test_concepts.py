"""Words of one meaning are found by sound, the longest first."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from voice.understand.concepts import Spotter
from voice.understand.templates import units

SPOTTER = Spotter(
    {
        "shop": ["营业厅", "柜台"],
        "hotline": ["10010", "电话"],
        "call": ["打电话"],
        "money": ["钱", "柜台"],
    }
)


def spot(text: str) -> tuple[str, ...]:
    return SPOTTER.spot(units(text))


def test_words_are_found_in_their_order() -> None:
    assert spot("带钱去柜台") == ("money", "shop")


def test_words_are_found_by_sound() -> None:
    assert spot("去赢业听") == ("shop",)


def test_words_are_found_as_an_accent_says_them() -> None:
    assert spot("去银夜停") == ("shop",)
    assert spot("去快台") == ()
    assert spot("浅不够") == ("money",)
    assert spot("强不够") == ()


def test_what_is_said_exactly_goes_before_what_is_alike() -> None:
    near = Spotter({"fee": ["话费"], "spend": ["花会"]})
    assert near.spot(units("花会")) == ("spend",)
    assert near.spot(units("话费")) == ("fee",)


def test_the_longest_word_wins() -> None:
    assert spot("打电话") == ("call",)
    assert spot("接电话") == ("hotline",)


def test_numbers_are_found_as_they_are_spoken() -> None:
    assert spot("拨一零零一零") == ("hotline",)


def test_a_word_listed_twice_counts_for_the_first() -> None:
    assert spot("柜台") == ("shop",)


def test_an_empty_list_finds_nothing() -> None:
    assert Spotter({}).spot(units("打电话")) == ()
    assert Spotter({"none": ["", "，"]}).spot(units("打电话")) == ()


@given(
    st.lists(st.sampled_from(["ying", "ie", "ting", "da", "dian", "hua", "qian", "x"]), max_size=30)
)
def test_every_find_takes_its_own_syllables(sounds: list[str]) -> None:
    shortest = {"shop": 2, "hotline": 2, "call": 3, "money": 1}
    assert sum(shortest[name] for name in SPOTTER.spot(sounds)) <= len(sounds)
