"""The assistant's own sentences."""

from __future__ import annotations

from itertools import combinations

import pytest

from tests.dialogue.walk import askable
from voice.content.entries import Pack
from voice.dialogue import misses, wording
from voice.dialogue.wording import TURN_LIMIT, as_option, fits, joined, ordinal, prompt
from voice.understand.meaning import Act, Candidate, Meaning


@pytest.mark.parametrize(
    ("number", "spoken"),
    [(0, "零"), (1, "一"), (9, "九"), (10, "十"), (12, "十二"), (20, "二十"), (35, "三十五")],
)
def test_numbers_are_written_in_characters(number: int, spoken: str) -> None:
    assert ordinal(number) == spoken


def test_a_prompt_fills_its_blanks(teashop: Pack) -> None:
    assert prompt(teashop, "guide_intro", title="泡绿茶", count=4) == ("泡绿茶，共四步。",)


def test_a_head_and_what_follows_are_one_sentence() -> None:
    assert joined(("好。", "第一步，"), ("倒水。", "等着。")) == (
        "好。",
        "第一步，倒水。",
        "等着。",
    )
    assert joined((), ("倒水。",)) == ("倒水。",)


def test_punctuation_is_not_spoken() -> None:
    assert wording.spoken_length(("点「确认」，好了。", "App")) == 8


def test_sixty_characters_fit_and_one_more_does_not() -> None:
    assert fits(("字" * 30,), ("字" * 30 + "。",))
    assert not fits(("字" * 31,), ("字" * 30,))


def test_the_longest_titles_fit_into_a_question_among_three(unicom: Pack) -> None:
    """The worst case, which chance may miss."""
    longest = sorted(askable(unicom), key=lambda entry: -len(entry.title))[:6]
    for three in combinations(longest, 3):
        say = misses.among(unicom, tuple(map(as_option, three)))
        assert wording.spoken_length(say) <= TURN_LIMIT, say
    for two in combinations(longest, 2):
        meaning = Meaning("", Act.AMONG, candidates=tuple(Candidate(e.id, 0.4) for e in two))
        options = misses.likely(unicom, meaning)
        say = prompt(unicom, "miss_second") + misses.among(unicom, options)
        assert wording.spoken_length(say) <= TURN_LIMIT, say
