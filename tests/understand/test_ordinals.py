"""Options named by their place in the order."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice.understand.normal import normalise
from voice.understand.ordinals import place


@pytest.mark.parametrize(
    ("text", "index"),
    [
        ("第二个吧，大概是它", 1), ("我要选二", 1), ("第三条嘛，我看行", 2), ("头一样就中", 0), ("三号，三号那个", 2),
        ("第一个……哎，不是，第三个", 2), ("第一个太远，第二个", 1), ("一二都不是，是三", 2), ("第二个，不是第三个", 1),
        ("最后说的那个", 2), ("打头那个", 0), ("头一个太麻烦了，要当间那个", 1), ("中间的", 1),
        ("第三个我弄不来，第二个", 1),
    ],
)  # fmt: skip
def test_a_place_is_found_among_other_words(text: str, index: int) -> None:
    assert place(normalise(text), 3) == index


@pytest.mark.parametrize(
    "text",
    [
        "第一个月怎么收钱", "第二步是啥", "最后一步呢", "第一个和第二个有啥区别", "不要第一个", "下个月一号生效吗",
        "我第一次用", "都行", "", "第一个太远了", "中间要交钱不",
    ],
)  # fmt: skip
def test_what_is_counted_is_no_option(text: str) -> None:
    assert place(normalise(text), 3) is None


def test_there_must_be_so_many_options() -> None:
    assert place(normalise("第三个"), 2) is None
    assert place(normalise("最后那个"), 2) == 1
    assert place(normalise("中间那个"), 2) is None


def test_in_a_question_the_place_must_be_much_of_it() -> None:
    assert place(normalise("第二个办法是不是还要带身份证"), 3, likely_question=True) is None
    assert place(normalise("第二个"), 3, likely_question=True) == 1


@given(st.text(max_size=30), st.integers(2, 3))
def test_a_place_is_one_of_the_options(text: str, count: int) -> None:
    found = place(normalise(text), count)
    assert found is None or 0 <= found < count
