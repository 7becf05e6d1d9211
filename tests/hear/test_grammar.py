"""Phrases in known words."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from voice.hear.grammar import grammar, split

WORDS = frozenset(
    {"下", "一", "步", "下一", "下一步", "一步", "再说", "再", "说", "一遍", "不", "要", "不要"}
)


def known(word: str) -> bool:
    return word in WORDS


def test_the_fewest_words_win() -> None:
    assert split("下一步", known) == ("下一步",)
    assert split("再说一遍", known) == ("再说", "一遍")


def test_a_space_is_a_boundary() -> None:
    assert split("不 要", known) == ("不", "要")


def test_what_cannot_be_written_is_named() -> None:
    made = grammar(("不要", "幺零零幺零", "下一步", "不要", ""), known)
    assert made.written == (("不要", "不要"), ("下一步", "下一步"))
    assert made.uncovered == ("幺零零幺零", "")


@given(st.text(alphabet="下一步再说遍不要幺", max_size=12), st.frozensets(st.text(max_size=3)))
def test_a_split_is_whole_and_known(phrase: str, words: frozenset[str]) -> None:
    made = split(phrase, words.__contains__)
    assert not made or "".join(made) == phrase
    assert all(word in words for word in made)
