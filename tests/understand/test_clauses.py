"""Clauses of an utterance, as utterances of their own."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from voice.understand.clauses import ENOUGH, ends, part
from voice.understand.normal import normalise


def test_a_part_is_its_clauses() -> None:
    whole = normalise("一，二三，四五六")
    assert (part(whole, 1).text, part(whole, 0, -1).text, part(whole, -1).text) == (
        "二三四五六",
        "一二三",
        "四五六",
    )
    assert part(whole, 1).shown == whole.shown


def test_the_ends_of_a_story_grow_from_its_last_clause_that_is_long_enough() -> None:
    story = normalise("今天出门，碰见老张，说了半天话，这卡怎么退呢")
    assert [end.text for end in ends(story)] == [
        "这卡怎么退呢",
        "说了半天话这卡怎么退呢",
        "碰见老张说了半天话这卡怎么退呢",
    ]
    assert list(ends(normalise("碰见老张，这卡怎么退呢"))) == []


@given(st.text(alphabet="退卡怎么，。", max_size=30))
def test_every_end_ends_the_story_and_is_shorter(text: str) -> None:
    story = normalise(text)
    for end in ends(story):
        assert story.text.endswith(end.text)
        assert ENOUGH <= len(end.text) < len(story.text)
