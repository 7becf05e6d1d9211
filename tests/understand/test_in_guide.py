"""Questions about a step of the guide under way."""

from __future__ import annotations

import pytest

from voice.understand.meaning import Act, Expect, Expectation
from voice.understand.understanding import Understanding


@pytest.mark.parametrize(
    ("guide", "step", "text", "command", "number"),
    [
        ("guide.app", 2, "套餐管理搁哪块儿，我寻不着", "more", 2),
        ("guide.app", 1, "那个套餐管理在哪里呀", "step", 2),
        ("guide.hotline", 1, "按几号键嘛", "step", 2),
        ("guide.hotline", 2, "它让我按键，我按几啊", "more", 2),
        ("guide.store", 1, "到了柜台上跟人家咋说", "step", 2),
    ],
)
def test_who_names_a_step_hears_it_or_more_of_it(
    understanding: Understanding, guide: str, step: int, text: str, command: str, number: int
) -> None:
    meaning = understanding.understand(text, Expectation(Expect.STEP, guide=guide, step=step))
    assert (meaning.act, meaning.command, meaning.number) == (Act.COMMAND, command, number)


def test_who_asks_for_the_guide_anew_hears_its_beginning(understanding: Understanding) -> None:
    within = Expectation(Expect.STEP, guide="guide.app", step=3)
    meaning = understanding.understand("用手机怎么取消月卡，重新教我一遍", within)
    assert meaning.command in ("", "restart")


def test_outside_a_guide_it_begins(understanding: Understanding) -> None:
    meaning = understanding.understand("App里的套餐管理在哪里，我要退套餐")
    assert meaning.act is Act.ASK
    assert meaning.candidates[0].entry == "guide.app"


@pytest.mark.parametrize("text", ["今儿礼拜几了", "今天几号了", "我报了多少钱了"])
def test_who_asks_for_a_number_reports_nothing(understanding: Understanding, text: str) -> None:
    within = Expectation(Expect.STEP, guide="guide.app", step=1)
    assert understanding.understand(text, within).command != "next"


def test_goodbye_behind_an_agreement_is_goodbye(understanding: Understanding) -> None:
    within = Expectation(Expect.STEP, guide="guide.store", step=3)
    assert understanding.understand("要得，没得事了，拜拜", within).command == "quit"


def test_a_shrug_answers_nothing(understanding: Understanding) -> None:
    asked = Expectation(Expect.YES_NO, about=("违约金",))
    assert understanding.understand("随便吧，怎么都行", asked).act is Act.OFF_SUBJECT
