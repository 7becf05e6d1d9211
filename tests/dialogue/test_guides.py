"""Moves in a guide, and the offer of the warning that nothing leads past."""

from __future__ import annotations

import pytest

from tests.dialogue.talk import Talk, ask, command
from voice.content.entries import Pack
from voice.dialogue.wording import TURN_LIMIT, spoken_length
from voice.understand.meaning import Expect, Meaning

BREW = ask("guide.brew")
ICE = ask("guide.ice")
OFFER, WARNING, GRAVE = "泡前有句提醒", "开水烫人", "倒开水"


@pytest.fixture
def talk(teashop: Pack) -> Talk:
    return Talk(teashop)


def test_a_guide_says_how_many_steps_and_the_first(talk: Talk) -> None:
    assert talk.hear(BREW) == "泡绿茶，共四步。头一步，拿出杯子。好了说『下一步』。"
    assert talk.reply.expects is Expect.STEP


def test_forward_and_back(talk: Talk) -> None:
    assert "三克" in talk.hear(BREW, "next")
    assert "杯子" in talk.hear("previous")
    assert talk.hear("previous").startswith("前头没有了。")


def test_yes_goes_on_where_nothing_was_asked(talk: Talk) -> None:
    assert "三克" in talk.hear(BREW, "yes")


def test_a_step_by_its_number(talk: Talk) -> None:
    assert "三克" in talk.hear(BREW, command("step", 2))
    assert talk.hear(command("step", 9)) == "只有四步。"
    assert talk.hear(command("step", 0)).startswith("共四步，这是第二步。"), "which step is it now?"
    assert "三克" in talk.said


def test_the_last_step_by_its_name_needs_no_count(talk: Talk) -> None:
    assert talk.hear(BREW, command("step", -1)) == talk.hear(command("step", 4))


def test_where_it_is_does_not_make_the_turn_too_long(unicom: Pack) -> None:
    talk = Talk(unicom)
    talk.hear(ask("guide.app"))
    assert spoken_length((talk.hear(command("step", 0)),)) <= TURN_LIMIT
    assert talk.said.startswith("一共四步，现在是第一步。")


@pytest.mark.parametrize(
    "way",
    [
        (BREW, "next", "next"),
        (BREW, command("step", 3)),
        (BREW, command("step", 4)),
        (BREW, "next", "next", "stop", "next"),
        (BREW, "next", ask("faq.price"), "next"),
        (BREW, "next", "next", "no", "restart", "next", "next"),
        (BREW, "next", "next", "yes", BREW, "next", "next"),
        (BREW, "next", "next", "no", ICE, BREW, "next", "next"),
        (BREW, "next", "next", ask("faq.price"), "resume", "next"),
        (ICE,),
        (ICE, "previous"),
    ],
)
def test_every_way_to_what_cannot_be_undone_leads_through_the_offer(
    talk: Talk, way: tuple[Meaning | str, ...]
) -> None:
    said = talk.hear(*way)
    assert OFFER in said
    assert WARNING not in said
    assert GRAVE not in said
    assert talk.reply.expects is Expect.YES_NO


def test_a_yes_brings_the_whole_warning_and_then_the_step_it_stood_before(talk: Talk) -> None:
    assert (
        talk.hear(BREW, "next", "next", "yes") == "开水烫人，壶嘴要朝外。提醒完了，说『下一步』。"
    )
    assert GRAVE in talk.hear("next")


def test_after_a_jump_the_step_jumped_to_follows_the_warning(talk: Talk) -> None:
    talk.hear(BREW, command("step", 3), "yes")
    assert GRAVE in talk.hear("next")


def test_a_no_goes_on_without_the_warning_which_can_be_asked_for_later(talk: Talk) -> None:
    said = talk.hear(BREW, "next", "next", "no")
    assert GRAVE in said
    assert WARNING not in said
    assert WARNING in talk.hear(ask("precaution.scald"), "yes")


def test_the_offer_comes_once_in_a_run(talk: Talk) -> None:
    assert GRAVE in talk.hear(BREW, "next", "next", "no", "previous", "next")


def test_next_is_no_answer_to_the_offer_unless_said_again(talk: Talk) -> None:
    assert talk.hear(BREW, "next", "next", "next") == "没听懂。提醒，听还是不听？"
    said = talk.hear("next")
    assert GRAVE in said
    assert WARNING not in said


def test_back_from_the_offer_is_the_step_said_last(talk: Talk) -> None:
    assert "三克" in talk.hear(BREW, "next", "next", "previous")
    assert "三克" in talk.hear(BREW, "next", "next", "yes", "previous")


def test_a_stop_in_the_offer_asks_again_afterwards(talk: Talk) -> None:
    assert talk.hear(BREW, "next", "next", "stop") == "停在第二步。"
    assert talk.hear("resume") == "提醒，听还是不听？"
    assert WARNING in talk.hear("yes")


def test_a_yes_after_a_stop_is_no_consent(talk: Talk) -> None:
    assert WARNING not in talk.hear(BREW, "next", "next", "stop", "yes")


def test_a_warning_that_was_cut_off_is_said_again(talk: Talk) -> None:
    assert WARNING in talk.hear(BREW, "next", "next", "yes", "stop", "resume")
    assert GRAVE in talk.hear("next")


def test_a_question_in_the_middle_is_answered_and_the_guide_taken_up(talk: Talk) -> None:
    assert talk.hear(BREW, "next", ask("faq.price")) == "价钱写在罐子上。泡茶，说『接着说』。"
    assert "三克" in talk.hear("resume")
    assert "三克" in talk.hear(ask("faq.price"), "yes")


def test_behind_the_last_step_the_guide_ends(talk: Talk) -> None:
    assert talk.hear(BREW, command("step", 4), "no", "next") == "可以喝了。"
    assert talk.reply.expects is Expect.ANYTHING
    assert talk.hear("next") == "没在泡茶。"
