"""How finished words sound, on the pack that people use."""

from __future__ import annotations

import pytest

from voice.hear.endpoint import Completeness
from voice.understand.completeness import completeness
from voice.understand.meaning import Expect, Expectation
from voice.understand.understanding import Understanding

STEP = Expectation(expects=Expect.STEP, in_guide=True)
YES_NO = Expectation(expects=Expect.YES_NO)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("打电话怎么取消月卡", Expectation()),
        ("提前取消要付违约金吗？", Expectation()),
        ("下一步", STEP),
        ("再说一遍", STEP),
        ("停", STEP),
        ("要听", YES_NO),
        ("不听", YES_NO),
    ],
)
def test_a_whole_command_or_question_is_complete(
    text: str, expected: Expectation, understanding: Understanding
) -> None:
    assert completeness(text, expected, understanding) is Completeness.COMPLETE


@pytest.mark.parametrize(
    "text",
    ["我想问一下", "那个", "嗯", "我那个月卡就是", "我想取消但是", "昨天我去营业厅，然后", "请问"],
)
def test_more_is_coming_after_a_filler_or_a_connective(
    text: str, understanding: Understanding
) -> None:
    assert completeness(text, Expectation(), understanding) is Completeness.TRAILING


@pytest.mark.parametrize("text", ["", "我昨天去买菜", "儿子给我办的"])
def test_anything_else_may_go_on(text: str, understanding: Understanding) -> None:
    assert completeness(text, Expectation(), understanding) is Completeness.OPEN


def test_a_hum_where_yes_or_no_is_asked_is_neither_whole_nor_a_beginning(
    understanding: Understanding,
) -> None:
    assert completeness("嗯", YES_NO, understanding) is Completeness.OPEN
