"""Answers to what the assistant asked, and unclear ones."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.dialogue.talk import NOISE, OFF, Talk, about, ask
from voice.content.command_names import Command
from voice.content.entries import Pack
from voice.understand.meaning import Act, Expect, Meaning

SCALD = ask("precaution.scald")
WARNING = "开水烫人"


@pytest.fixture
def talk(teashop: Pack) -> Talk:
    return Talk(teashop)


def test_the_warning_is_asked_about_before_it_is_read(talk: Talk) -> None:
    assert talk.hear(SCALD) == "烫手的提醒，要听吗？"
    assert talk.hear("yes") == "开水烫人，壶嘴要朝外。"
    assert talk.hear("repeat") == "开水烫人，壶嘴要朝外。"


def test_refused_it_stays_unread_in_every_form(talk: Talk) -> None:
    assert talk.hear(SCALD, "no") == "不提醒了。"
    for form in ("simpler", "more", "resume", "repeat", "slower"):
        assert WARNING not in talk.hear(form)
        assert "冲凉水" not in talk.said


def test_unclear_is_asked_again_in_other_words_and_then_let_go(talk: Talk) -> None:
    first, second, third = talk.hear(SCALD), talk.hear(OFF), talk.hear(OFF)
    assert len({first, second, third}) == 3
    assert talk.reply.expects is Expect.YES_NO
    assert talk.hear(OFF) == "那先不提醒。"
    assert talk.state.expects is Expect.ANYTHING


@pytest.mark.parametrize("answer", ["help", "wait", "slower", "repeat", NOISE])
def test_the_question_stays_open_behind_what_is_no_answer(talk: Talk, answer: str) -> None:
    talk.hear(SCALD, answer)
    assert talk.reply.expects is Expect.YES_NO
    assert WARNING in talk.hear("yes")


def test_an_unlikely_guess_does_not_take_the_place_of_the_question(talk: Talk) -> None:
    talk.hear(SCALD)
    guess = replace(about(Act.MAYBE, "faq.price"), score=0.3)
    assert talk.hear(guess) == "没听懂。提醒，听还是不听？"
    assert WARNING in talk.hear("yes")
    talk.hear(SCALD)
    assert talk.hear(replace(guess, score=0.7)) == "是问茶多少钱吗？"


def likely(entry: str) -> Meaning:
    return replace(about(Act.MAYBE, entry), score=0.7)


def said(command: str, text: str) -> Meaning:
    return Meaning(text, Act.COMMAND, 1.0, command=Command(command))


@pytest.mark.parametrize("answer", ["我要听", "那个提醒念给我听"])
def test_the_warning_is_agreed_to_behind_a_guess(unicom: Pack, answer: str) -> None:
    talk = Talk(unicom)
    talk.hear(ask("precaution.penalty"), likely("faq.store_docs"))
    assert "合约期" in talk.hear(said("yes", answer))


def test_a_yes_to_a_guess_is_no_consent_to_the_warning(unicom: Pack) -> None:
    talk = Talk(unicom)
    for answer in ("对", "对的，我要听", "嗯，是"):
        talk.hear(ask("precaution.penalty"), likely("faq.store_docs"))
        assert "身份证" in talk.hear(said("yes", answer))
        assert "合约期" not in talk.said


def test_behind_a_wrong_guess_the_warning_is_still_on_offer(unicom: Pack) -> None:
    talk = Talk(unicom)
    talk.hear(ask("precaution.penalty"), likely("faq.store_docs"), likely("faq.store_sign"))
    assert "听" in talk.hear(said("no", "不对"))
    assert "合约期" not in talk.said
    assert "合约期" in talk.hear("yes")


def test_the_warning_is_refused_behind_a_guess(unicom: Pack) -> None:
    talk = Talk(unicom)
    talk.hear(ask("precaution.penalty"), likely("faq.store_docs"))
    assert "合约期" not in talk.hear(said("no", "提醒就不听了"))
    assert talk.reply.expects is Expect.ANYTHING


def test_fillers_do_not_take_the_place_of_the_question(talk: Talk) -> None:
    talk.hear(SCALD)
    hesitating = replace(likely("faq.price"), heard="呃……那个……")
    assert talk.hear(hesitating) == "没听懂。提醒，听还是不听？"


def test_silence_is_no_consent_and_says_what_can_be_answered(talk: Talk) -> None:
    talk.hear(SCALD)
    assert [talk.silence() for _ in range(4)] == [
        "慢慢想。",
        "提醒，听还是不听？",
        "想好了叫我。",
        "",
    ]
    assert talk.reply.expects is Expect.YES_NO


def test_an_offer_is_taken_or_declined(talk: Talk) -> None:
    assert talk.hear(ask("faq.hours"), "yes") == "价钱写在罐子上。"
    assert talk.hear(ask("faq.hours"), "no") == "不说它了。"
    assert talk.hear(ask("faq.hours"), OFF) == "没听懂。茶多少钱，听不听？"


def test_an_offered_warning_needs_consent_too(talk: Talk) -> None:
    assert talk.hear(ask("faq.boiling")) == "冒大泡就是开了。有句提醒，听吗？"
    assert WARNING in talk.hear("yes")


def test_a_guess_is_confirmed_first(talk: Talk) -> None:
    assert talk.hear(about(Act.MAYBE, "faq.price")) == "是问茶多少钱吗？"
    assert talk.hear("yes") == "价钱写在罐子上。"


def test_three_wrong_guesses_in_a_row_name_a_human(talk: Talk) -> None:
    guess = about(Act.MAYBE, "faq.price")
    said = [talk.hear(guess, "no") for _ in range(3)]
    assert said == ["我听错了。", "我听错了。", "请问店主。"]


def test_options_by_number(talk: Talk) -> None:
    assert talk.hear(ask("faq.teas")).endswith("要哪一种？")
    assert [option.label for option in talk.reply.options] == ["绿茶", "红茶", "花茶"]
    assert talk.hear("choose_2") == "价钱写在罐子上。"


def test_an_option_that_is_not_there(talk: Talk) -> None:
    talk.hear(about(Act.AMONG, "faq.price", "faq.boiling"))
    assert talk.hear("choose_3") == "只有二个，茶多少钱、水开没开。"
    assert talk.reply.expects is Expect.CHOICE


def test_no_to_a_choice_leaves_it(talk: Talk) -> None:
    assert talk.hear(ask("faq.teas"), "no") == "不选了。"
    assert talk.reply.options == ()


def test_one_unclear_answer_to_a_choice_is_allowed(talk: Talk) -> None:
    assert talk.hear(ask("faq.teas"), OFF) == "没听懂。哪一个，绿茶、红茶、花茶？"
    assert "八点" in talk.hear("choose_3")


def test_a_new_question_leaves_the_open_one_behind(talk: Talk) -> None:
    assert talk.hear(SCALD, ask("faq.price")) == "价钱写在罐子上。"
    assert talk.reply.expects is Expect.ANYTHING
