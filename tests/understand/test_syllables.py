"""Characters to syllables and back to their spelling."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice.understand.syllables import (
    Syllable,
    common_characters,
    parse,
    readings,
    sounds,
    toneless,
)

HAN = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5)


@pytest.mark.parametrize(
    ("spelling", "initial", "final", "tone"),
    [
        ("yue4", "", "ve", 4), ("lv4", "l", "v", 4), ("lü4", "l", "v", 4), ("qu3", "q", "v", 3),
        ("zhang1", "zh", "ang", 1), ("xiao1", "x", "iao", 1), ("yi1", "", "i", 1), ("you3", "", "iou", 3),
        ("wo3", "", "uo", 3), ("wu2", "", "u", 2), ("juan4", "j", "van", 4), ("ma", "m", "a", 5),
        ("er2", "", "er", 2), ("ying2", "", "ing", 2), ("sui4", "s", "ui", 4),
    ],
)  # fmt: skip
def test_pinyin_is_parted(spelling: str, initial: str, final: str, tone: int) -> None:
    assert parse(spelling) == Syllable(initial, final, tone)


@pytest.mark.parametrize("spelling", ["", "7", "Ab1", "月", "ma6", "-"])
def test_what_is_no_pinyin_stays_as_it_is(spelling: str) -> None:
    assert parse(spelling) == Syllable("", spelling, 5)


@given(HAN)
def test_a_syllable_is_read_back_from_its_own_spelling(character: str) -> None:
    for syllable in readings(character):
        assert parse(str(syllable)) == syllable
        assert syllable.toneless + str(syllable.tone) == str(syllable)
        assert 1 <= syllable.tone <= 5


@given(HAN)
def test_readings_are_distinct_and_keep_their_order(character: str) -> None:
    found = toneless(character)
    assert len(set(found)) == len(found)
    assert found == tuple(dict.fromkeys(syllable.toneless for syllable in readings(character)))


@pytest.mark.parametrize("character", ["a", "1", "，", " ", "😀"])
def test_only_han_characters_have_readings(character: str) -> None:
    assert readings(character) == ()


@pytest.mark.parametrize(
    ("character", "several"),
    [("行", {"xing", "hang"}), ("还", {"hai", "huan"}), ("重", {"zhong", "chong"})],
)
def test_polyphones_have_all_their_readings(character: str, several: set[str]) -> None:
    assert several <= set(toneless(character))


@pytest.mark.parametrize(
    ("one", "other"),
    [("违约金", "微约今"), ("取消", "取笑"), ("营业厅", "盈夜听"), ("打客服", "大克扶")],
)
def test_homophones_sound_alike(one: str, other: str) -> None:
    assert sounds(one) == sounds(other)


def test_what_has_no_sound_is_left_out() -> None:
    assert sounds("打，10010") == ("da",)


def test_the_common_characters_are_those_of_the_first_level() -> None:
    found = common_characters()
    assert len(found) == len(set(found)) == 3755
    assert (found[0], found[-1]) == ("啊", "座")
