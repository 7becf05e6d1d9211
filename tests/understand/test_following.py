"""What is said right behind an answer."""

from __future__ import annotations

import pytest

from voice.content.command_names import Command
from voice.understand.following import ALL_OF_IT
from voice.understand.meaning import Act, Choice, Expect, Expectation
from voice.understand.understanding import Understanding

STEP = Expectation(Expect.STEP, guide="guide.hotline", topic="guide.hotline", step=2)


@pytest.mark.parametrize("text", ["给了", "我都报给他了", "验证码念给他了", "哎呀，已经说了"])
def test_a_follow_up_counts_behind_its_entry_alone(understanding: Understanding, text: str) -> None:
    behind = understanding.understand(text, Expectation(topic="precaution.secrets"))
    assert (behind.act, behind.candidates[0].entry) == (Act.ASK, "precaution.cheated")


@pytest.mark.parametrize("text", ["给了", "交完了", "点了"])
def test_elsewhere_the_same_words_are_no_follow_up(understanding: Understanding, text: str) -> None:
    assert understanding.understand(text, STEP).act is not Act.ASK


@pytest.mark.parametrize("text", ["那咋办", "哎呀这可咋办啊", "怎么办呢", "唉，那我该咋办"])
def test_a_cry_for_help_asks_for_more(understanding: Understanding, text: str) -> None:
    behind = Expectation(topic="handoff.lost_sim")
    assert understanding.understand(text, behind).command is Command.MORE
    assert understanding.understand(text).command is Command.HELP


def test_what_comes_next_is_no_cry_for_help(understanding: Understanding) -> None:
    assert understanding.understand("接下来咋办", STEP).command is Command.NEXT
    assert understanding.understand("拨通了，现在咋办", STEP).command is Command.NEXT


@pytest.mark.parametrize(
    "text", ["客服给我办完了", "人家已经帮我取消了", "我都退掉了", "今天办完了", "月卡已经退成了"]
)
def test_what_is_done_ends_the_guide(understanding: Understanding, text: str) -> None:
    meaning = understanding.understand(text, STEP)
    assert (meaning.command, meaning.number) == (Command.NEXT, ALL_OF_IT)


@pytest.mark.parametrize("text", ["办完了", "弄好了", "客服接通了", "人家问我要退哪个"])
def test_a_step_that_is_done_does_not(understanding: Understanding, text: str) -> None:
    assert understanding.understand(text, STEP).number != ALL_OF_IT


def test_the_second_of_what_is_remembered_is_asked_back_about(
    understanding: Understanding,
) -> None:
    ways = tuple(Choice(goto, (), goto) for goto in ("guide.app", "guide.hotline"))
    meaning = understanding.understand("第二个", Expectation(topic="channels", ways=ways))
    assert (meaning.act, meaning.candidates[0].entry) == (Act.MAYBE, "guide.hotline")
    assert understanding.understand("第三个", Expectation(ways=ways)).act is Act.OFF_SUBJECT


@pytest.mark.parametrize("text", ["唉", "哎呀", "唉哟，我的天"])
def test_a_sigh_gets_a_kind_word(understanding: Understanding, text: str) -> None:
    for expected in (Expectation(), STEP):
        assert understanding.understand(text, expected).act is Act.SMALLTALK


def test_a_sigh_before_a_question_is_none(understanding: Understanding) -> None:
    assert understanding.understand("唉，月卡怎么退").act is Act.ASK


@pytest.mark.parametrize("text", ["没事", "没事没事", "不要紧的"])
def test_who_wants_nothing_more_for_now_does_not_leave(
    understanding: Understanding, text: str
) -> None:
    assert understanding.understand(text).command is Command.NO
    offered = Expectation(Expect.YES_NO, to_hear=True, offered="precaution.penalty")
    assert understanding.understand(text, offered).command is None


def test_nothing_is_wrong_any_more_is_a_goodbye(understanding: Understanding) -> None:
    assert understanding.understand("没事了").command is Command.QUIT
