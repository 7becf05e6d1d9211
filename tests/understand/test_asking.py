"""What asks, by its words, its ends and its denials."""

from __future__ import annotations

import pytest

from voice.understand.asking import UNLISTED, Asking

ASKING = Asking.of(
    {
        "question_words": ["怎", "吗", "什么"],
        "question_ends": ["不", "没有"],
        "asks_back": ["问~什么", "来着"],
    }
)


@pytest.mark.parametrize(
    ("text", "word", "held", "made"),
    [
        ("怎么退", True, True, True),
        ("贵不贵", False, True, True),
        ("去没去过", False, True, True),
        ("收钱不", False, False, True),
        ("带证件没有", False, False, True),
        ("我要退", False, False, False),
        ("", False, False, False),
    ],
)
def test_a_question_by_its_word_by_its_denial_and_by_its_end(
    text: str, word: bool, held: bool, made: bool
) -> None:
    assert ASKING.word_in(text) is word
    assert ASKING.held_by(text) is held
    assert ASKING.made_by(text) is made


def test_asking_what_was_asked() -> None:
    assert ASKING.back_in("你刚才问我什么")
    assert ASKING.back_in("叫什么来着")
    assert not ASKING.back_in("我来这儿了")


def test_without_lists_only_a_denial_beside_its_word_asks() -> None:
    assert UNLISTED.made_by("要不要")
    assert not UNLISTED.made_by("怎么退")
