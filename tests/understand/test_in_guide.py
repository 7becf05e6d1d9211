"""Questions about a step of the guide under way."""

from __future__ import annotations

from dataclasses import replace

import pytest

from voice.content.command_names import Command
from voice.content.entries import Pack
from voice.understand.in_guide import named_way, narrowed
from voice.understand.meaning import Act, Candidate, Choice, Expect, Expectation, Meaning
from voice.understand.normal import normalise
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
    assert meaning.command in (None, Command.RESTART)


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


@pytest.mark.parametrize(
    ("guide", "step", "text"),
    [
        ("guide.app", 1, "注册成功，总算进来了"),
        ("guide.app", 2, "套餐管理我点进去了，密密麻麻的"),
        ("guide.app", 3, "那几个字找着了，我摁下去了"),
        ("guide.hotline", 1, "打了"),
        ("guide.hotline", 2, "转过去了，是个姑娘"),
        ("guide.hotline", 2, "不急不急，人工来了，咋说"),
        ("guide.store", 1, "取了号，叫到我了"),
        ("guide.store", 2, "我同她讲了，她在查"),
        ("guide.store", 1, "身份证带在身上呢，下一步"),
    ],
)
def test_who_tells_that_it_is_done_is_led_on(
    understanding: Understanding, guide: str, step: int, text: str
) -> None:
    within = Expectation(Expect.STEP, guide=guide, step=step)
    assert understanding.understand(text, within).command == "next"


def test_who_asks_or_turns_to_another_way_before_the_command_is_not_led_on(
    understanding: Understanding,
) -> None:
    ways = (
        Choice("用手机办", ("手机",), "guide.app"),
        Choice("打电话", ("电话",), "guide.hotline"),
    )
    within = Expectation(Expect.STEP, guide="guide.hotline", step=1, ways=ways)
    turned = understanding.understand("换成手机办，下一步", within)
    assert turned.candidates[0].entry == "guide.app"
    asked = understanding.understand("要交违约金，下一步", within)
    assert asked.candidates[0].entry == "precaution.penalty"


def test_who_has_done_a_later_step_hears_the_one_behind_it(understanding: Understanding) -> None:
    within = Expectation(Expect.STEP, guide="guide.app", step=1)
    meaning = understanding.understand("登录好了，套餐管理也点进去了", within)
    assert (meaning.command, meaning.number) in (("step", 3), ("next", 0))


def test_who_is_ahead_of_the_guide_is_not_sent_beyond_its_end(understanding: Understanding) -> None:
    within = Expectation(Expect.STEP, guide="guide.store", step=1)
    meaning = understanding.understand("单子上的字我签好了，确认单也拿了", within)
    assert (meaning.command, meaning.number) in (("step", 3), ("next", 0))


@pytest.mark.parametrize(
    "text", ["外孙的作业写完了", "药吃过了", "门口快递放好了", "我咋没看见那几个字", "它不让我进"]
)
def test_other_talk_and_failures_lead_nowhere(understanding: Understanding, text: str) -> None:
    within = Expectation(Expect.STEP, guide="guide.app", step=2)
    assert understanding.understand(text, within).command != "next"


def test_where_a_guide_waits_just_now_is_where_it_stood(understanding: Understanding) -> None:
    waiting = Expectation(Expect.STEP, guide="guide.app", step=2, paused=True)
    assert understanding.understand("回到刚才那一步", waiting).command == "resume"


def test_goodbye_must_be_said(understanding: Understanding) -> None:
    within = Expectation(Expect.STEP, guide="guide.store", step=2)
    assert understanding.understand("中，再下去", within).command == "next"


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("亲戚送走了，咱们继续", "resume"),
        ("水开了我关掉了，往下说吧", "resume"),
        ("转到真人了，往下", "next"),
        ("下一步", "next"),
        ("碗洗完了，下一步", "next"),
    ],
)
def test_who_is_back_hears_the_step_where_it_stood(
    understanding: Understanding, text: str, command: str
) -> None:
    waiting = Expectation(Expect.STEP, guide="guide.hotline", step=2, paused=True)
    assert understanding.understand(text, waiting).command == command


def test_of_several_questions_the_one_about_this_guide_is_meant(
    understanding: Understanding,
) -> None:
    times = (Candidate("faq.time_hotline", 0.5), Candidate("faq.time_store", 0.3))
    asked = Meaning("要等多久", Act.AMONG, 0.8, candidates=times)
    within = Expectation(Expect.STEP, guide="guide.store", step=1)
    meant = narrowed(understanding, asked, within)
    assert (meant.act, meant.candidates) == (Act.ASK, times[1:])
    assert narrowed(understanding, asked, Expectation()) == asked
    elsewhere = Expectation(Expect.STEP, guide="guide.app", step=1)
    assert narrowed(understanding, asked, elsewhere) == asked


@pytest.mark.parametrize("text", ["我已经到营业厅了，怎么退月卡", "人在营业厅坐着呢，怎么退月卡"])
def test_where_no_guide_is_under_way_who_says_where_they_are_begins_one(
    understanding: Understanding, text: str
) -> None:
    meaning = understanding.understand(text)
    assert (meaning.act, meaning.candidates[0].entry) == (Act.ASK, "guide.store")


def test_a_way_is_turned_to_before_a_mere_how(understanding: Understanding, unicom: Pack) -> None:
    listed = unicom.entries["channels"].options
    ways = tuple(Choice(option.label, option.names, option.goto) for option in listed)
    within = Expectation(Expect.STEP, guide="guide.hotline", step=1, ways=ways)
    meaning = understanding.understand("打不进去，那我还是上营业厅去退，咋办", within)
    assert meaning.candidates[0].entry == "guide.store"
    again = understanding.understand("行，就弄手机那个吧", replace(within, guide="guide.app"))
    assert again.command == "repeat"
    anew = understanding.understand("打电话怎么取消月卡", replace(within, paused=True))
    assert anew.candidates[0].entry == "guide.hotline"


def test_of_what_may_be_meant_the_one_near_to_what_was_told(understanding: Understanding) -> None:
    guesses = (Candidate("handoff.top_up", 0.4), Candidate("handoff.penalty_amount", 0.3))
    asked = Meaning("那到底交好多", Act.AMONG, 0.7, candidates=guesses)
    told = Expectation(topic="precaution.penalty")
    found = narrowed(understanding, asked, told)
    assert found.act is Act.ASK
    assert found.candidates == guesses[1:]
    assert narrowed(understanding, asked, Expectation()) == asked


def test_what_is_asked_behind_a_manner_is_answered(understanding: Understanding) -> None:
    meaning = understanding.understand("讲慢点，打电话退套餐打哪个号")
    assert meaning.act is Act.ASK


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("营业厅退套餐需要哪几步", "guide.store"),
        ("算了，去一趟营业厅取消吧", "guide.store"),
        ("打客服退卡的流程", "guide.hotline"),
    ],
)
def test_a_clause_of_a_way_alone_asks_for_its_guide(
    understanding: Understanding, text: str, entry: str
) -> None:
    guesses = (Candidate("channels", 0.4), Candidate(entry, 0.3))
    asked = Meaning(text, Act.AMONG, 0.7, candidates=guesses)
    assert named_way(understanding, normalise(text), asked).candidates == guesses[1:]
    other = replace(asked, candidates=guesses[:1])
    assert named_way(understanding, normalise(text), other) == other
    elsewhere = "去银行退卡是啥手续"
    assert named_way(understanding, normalise(elsewhere), asked) == asked
