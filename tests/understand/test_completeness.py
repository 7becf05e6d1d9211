"""How finished words sound, on the pack that people use."""

from __future__ import annotations

from dataclasses import replace

import pytest

from voice.content.entries import Pack
from voice.understand.completeness import completeness
from voice.understand.examples import Example
from voice.understand.meaning import Choice, Completeness, Expect, Expectation, Reading
from voice.understand.understanding import Understanding

STEP = Expectation(expects=Expect.STEP, guide="guide.app")
YES_NO = Expectation(expects=Expect.YES_NO)
WAYS = (
    Choice("用手机办", ("手机",), "guide.app"),
    Choice("打电话办", ("打电话",), "guide.hotline"),
)
CHANNELS = Expectation(expects=Expect.CHOICE, choices=WAYS)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("下一步", STEP),
        ("再说一遍", STEP),
        ("停", STEP),
        ("要听", YES_NO),
        ("不听", YES_NO),
        # By its sound, as recognisers write it; an option by its name.
        ("再输一遍", STEP),
        ("打电话", CHANNELS),
        ("用手机办", CHANNELS),
        # A way may be turned to at any time; where it is on offer it is an answer.
        ("打电话", replace(CHANNELS, ways=WAYS)),
        ("那就打电话吧", replace(CHANNELS, ways=WAYS)),
    ],
)
def test_nothing_is_to_be_added_to_a_command_or_an_answer(
    text: str, expected: Expectation, understanding: Understanding
) -> None:
    assert completeness([Reading(text)], expected, understanding) is Completeness.COMMAND


@pytest.mark.parametrize(
    "text",
    [
        "打电话怎么取消月卡",
        "提前取消要付违约金吗？",
        # Short ones that longer ones begin with.
        "用手机怎么取消",
        "怎么取消",
        # Several answers fit.
        "取消联通月卡要钱吗",
    ],
)
def test_a_whole_question_is_complete(text: str, understanding: Understanding) -> None:
    assert completeness([Reading(text)], Expectation(), understanding) is Completeness.COMPLETE


@pytest.mark.parametrize(
    "text",
    ["我想问一下", "那个", "嗯", "我那个月卡就是", "我想取消但是", "昨天我去营业厅，然后", "请问"],
)
def test_more_is_coming_after_a_filler_or_a_connective(
    text: str, understanding: Understanding
) -> None:
    assert completeness([Reading(text)], Expectation(), understanding) is Completeness.TRAILING


@pytest.mark.parametrize(
    "text",
    [
        "营业厅退套餐",
        "打客服之",
        "充值卡",
        "套餐太贵了",
        "我的手机是分期买的",
        "我昨天去买菜",
        "一键取",
    ],
)
def test_words_that_stop_where_no_sentence_ends_are_unfinished(
    text: str, understanding: Understanding
) -> None:
    """Though most of them tell the subject of the question already."""
    assert completeness([Reading(text)], Expectation(), understanding) is Completeness.UNFINISHED


@pytest.mark.parametrize(
    "text", ["我这卡要是提前退了，他们会收我什么费用", "退了月卡，家里人一起用的流量还能用"]
)
def test_a_question_that_ends_in_a_filler_by_chance_is_whole(
    text: str, understanding: Understanding
) -> None:
    """用 alone is a filler and the end of 费用."""
    assert completeness([Reading(text)], Expectation(), understanding) is not Completeness.TRAILING


@pytest.mark.parametrize("text", ["", "中午吃什么好呢", "你好", "谢谢你，我还有一个事"])
def test_anything_else_may_go_on(text: str, understanding: Understanding) -> None:
    assert completeness([Reading(text)], Expectation(), understanding) is Completeness.OPEN


@pytest.mark.parametrize("text", ["谢谢", "谢谢你啊", "好的谢谢"])
def test_thanks_may_be_all(text: str, understanding: Understanding) -> None:
    assert completeness([Reading(text)], Expectation(), understanding) is Completeness.COURTESY


def test_yes_and_no_are_whole_only_where_they_answer(understanding: Understanding) -> None:
    assert completeness([Reading("是的")], YES_NO, understanding) is Completeness.COMMAND
    assert completeness([Reading("是的")], Expectation(), understanding) is not Completeness.COMMAND


def test_without_a_model_of_endings_a_known_question_is_whole(
    understanding: Understanding,
) -> None:
    plain = replace(understanding, endings=None)
    assert completeness([Reading("营业厅退套餐")], Expectation(), plain) is Completeness.COMPLETE


def test_questions_that_nothing_was_learned_from_end_early_and_their_halves_seldom(
    unicom: Pack, understanding: Understanding
) -> None:
    held_back = [
        phrasing
        for entry in unicom.entries.values()
        for phrasing in entry.phrasings
        if Example(phrasing, entry.id).held_back and 8 <= len(phrasing) <= 45
    ][::12]
    halves = [phrasing[: len(phrasing) // 2] for phrasing in held_back]

    def share(texts: list[str]) -> float:
        judged = [completeness([Reading(text)], Expectation(), understanding) for text in texts]
        return judged.count(Completeness.COMPLETE) / len(texts)

    assert share(held_back) >= 0.6
    assert share(halves) <= 0.08


def test_a_hum_where_yes_or_no_is_asked_is_neither_whole_nor_a_beginning(
    understanding: Understanding,
) -> None:
    assert completeness([Reading("嗯")], YES_NO, understanding) is Completeness.OPEN


def test_readings_together_may_be_an_answer_where_the_best_one_is_none(
    understanding: Understanding,
) -> None:
    guess = Reading("婆婷", 0.3)
    together = [guess, Reading("不听", 0.25), Reading("不", 0.2), Reading("拨掉", 0.25)]
    assert completeness([guess], YES_NO, understanding) is not Completeness.COMMAND
    assert completeness(together, YES_NO, understanding) is Completeness.COMMAND
    assert completeness(together, Expectation(), understanding) is not Completeness.COMMAND


@pytest.mark.parametrize("text", ["有没有", "那个提", "打电", "哪个"])
def test_what_questions_begin_with_is_no_command_before_anything_was_asked(
    text: str, understanding: Understanding
) -> None:
    assert completeness([Reading(text)], Expectation(), understanding) is not Completeness.COMMAND


def test_in_a_guide_the_next_step_is_called_for_by_few_words(understanding: Understanding) -> None:
    guide = Expectation(Expect.STEP, guide="guide.app", topic="guide.app", step=1)
    assert completeness([Reading("有没有")], guide, understanding) is Completeness.COMMAND


@pytest.mark.parametrize("text", ["我耳朵背", "孩子睡了"])
def test_a_mere_reason_may_go_on(text: str, understanding: Understanding) -> None:
    assert completeness([Reading(text)], Expectation(), understanding) is not Completeness.COMMAND


@pytest.mark.parametrize("text", ["再说一遍", "没听清", "大声点", "停", "怎么退月卡"])
def test_what_is_whole_is_not_waited_for(text: str, understanding: Understanding) -> None:
    whole = (Completeness.COMMAND, Completeness.COMPLETE)
    assert completeness([Reading(text)], Expectation(), understanding) in whole
