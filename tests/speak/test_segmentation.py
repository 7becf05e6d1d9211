"""Words are found."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice.speak.lexicon import SUBJECT_WORDS
from voice.speak.segmentation import words


@pytest.mark.parametrize(
    ("text", "parted"),
    [
        ("我能告诉您怎么取消联通月卡", "我 能 告诉 您 怎么 取消 联通 月卡"),
        ("登录要填手机号", "登录 要 填 手机号"),
        ("验证码别告诉人", "验证码 别 告诉 人"),
        ("软件里自己也能办", "软件 里 自己 也 能 办"),
    ],
)
def test_everyday_words_and_words_of_the_subject(text: str, parted: str) -> None:
    assert " ".join(words(text, SUBJECT_WORDS)) == parted


@given(st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), max_size=40))
def test_the_words_are_the_text(text: str) -> None:
    assert "".join(words(text, SUBJECT_WORDS)) == text


def test_a_longer_word_of_the_subject_wins() -> None:
    assert words("再说一遍", frozenset(["再说一遍"])) == ("再说一遍",)
