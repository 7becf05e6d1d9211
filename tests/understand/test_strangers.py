"""Examples of what is not for us, made from what is."""

from __future__ import annotations

import random

import pytest

from voice.content.entries import Kind, Pack
from voice.understand.examples import Example
from voice.understand.meaning import Act
from voice.understand.strangers import ASIDES, LONGEST, SUBJECTS, made
from voice.understand.understanding import Understanding

OURS = [
    Example("套餐怎么退", "channels"),
    Example("怎么退", "channels"),
    Example("打电话退联通月卡", "guide.hotline"),
] * 40


@pytest.fixture(scope="module")
def examples(unicom: Pack) -> list[Example]:
    return list(made(unicom, OURS, random.Random(3)))


def test_another_subject_stands_in_place_of_ours(unicom: Pack, examples: list[Example]) -> None:
    (goal,) = unicom.lexicon["swapped_into"]
    assert unicom.entries[goal].kind is Kind.ELSEWHERE
    strange = [each.text for each in examples if each.entry == goal]
    assert any(text.endswith("怎么退") for text in strange)
    assert any(text.startswith("打电话退") for text in strange)
    assert not any(word in text for text in strange for word in unicom.lexicon[SUBJECTS])


def test_one_in_a_clause_before_changes_nothing(unicom: Pack, examples: list[Example]) -> None:
    ours = [each for each in examples if each.entry in ("channels", "guide.hotline")]
    assert ours
    openings = tuple(
        aside.split("{}")[0][:2] for aside in unicom.lexicon[ASIDES] if aside[:2] != "{}"
    )
    for each in ours:
        aside, question = each.text.split("，", 1)
        assert Example(question, each.entry) in OURS
        assert aside not in question
    assert any(each.text.startswith(openings) for each in ours)


def test_stories_and_packs_without_the_lists_make_none(unicom: Pack, teashop: Pack) -> None:
    chance = random.Random(0)
    story = Example("套" * (LONGEST + 1) + "套餐", "channels")
    assert not list(made(unicom, [story] * 20, chance))
    assert not list(made(teashop, OURS, chance))


@pytest.mark.parametrize(
    "text",
    [
        "电风扇的定时怎么取消",
        "这台洗衣机怎么退掉",
        "拔牙要带什么证件",
        "博物馆的客服热线是多少",
        "在手机上怎么订火锅店的位子",
        "驾校的合同没到期，不学了要交违约金吗",
    ],
)
def test_our_questions_about_other_subjects_are_not_answered(
    understanding: Understanding, text: str
) -> None:
    assert understanding.understand(text).act is not Act.ASK


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("我刚从牙科回来，打电话怎么退月卡", "guide.hotline"),
        ("电视太吵了我关掉，用手机怎么取消联通套餐", "guide.app"),
    ],
)
def test_other_subjects_may_be_mentioned(
    understanding: Understanding, text: str, entry: str
) -> None:
    meaning = understanding.understand(text)
    assert meaning.act is Act.ASK
    assert meaning.candidates[0].entry == entry
