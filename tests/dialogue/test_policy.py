"""The rules of the whole conversation."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.dialogue.talk import NOISE, OFF, Talk, about, ask, command
from voice.content.entries import Pack
from voice.dialogue import policy
from voice.understand.meaning import Act, Candidate, Expect, Meaning


@pytest.fixture
def talk(teashop: Pack) -> Talk:
    return Talk(teashop)


def test_it_begins_with_the_greeting(talk: Talk) -> None:
    assert talk.said == "这里是茶店。"
    assert talk.hear("repeat") == "这里是茶店。"


def test_repeat_is_word_for_word_and_changes_nothing(talk: Talk) -> None:
    said, before = talk.hear(ask("faq.teas")), talk.state
    assert talk.hear("repeat", "repeat") == said
    assert talk.state == before


def test_help_keeps_the_open_question(talk: Talk) -> None:
    talk.hear(ask("faq.teas"), "help")
    assert talk.reply.expects is Expect.CHOICE
    assert len(talk.reply.options) == 3


def test_help_in_a_guide_tells_what_can_be_said_there(talk: Talk) -> None:
    assert talk.hear(ask("guide.brew"), "help") == "说下一步就好。"


@pytest.mark.parametrize(
    "before", [(), (ask("faq.teas"),), (ask("guide.brew"), "stop"), (OFF, OFF)]
)
def test_goodbye_ends_it_anywhere(talk: Talk, before: tuple[str, ...]) -> None:
    assert talk.hear(*before, "quit") == "慢走。"
    assert talk.reply.ended
    assert talk.reply.expects is Expect.NOTHING


def test_after_goodbye_a_question_is_answered(talk: Talk) -> None:
    assert talk.hear(ask("guide.brew"), "quit", ask("faq.price")) == "价钱写在罐子上。"


def test_an_answer_that_was_cut_off_is_said_again(talk: Talk) -> None:
    assert talk.hear(ask("faq.price"), "stop") == "停下了。"
    assert talk.hear("resume") == "价钱写在罐子上。"


def test_going_on_in_a_guide_that_does_not_wait_is_the_next_step(talk: Talk) -> None:
    assert "三克" in talk.hear(ask("guide.brew"), "resume")


def test_who_asked_for_time_hears_the_last_again(talk: Talk) -> None:
    assert talk.hear(ask("guide.brew"), "wait") == "等着您。"
    assert "杯子" in talk.hear("yes")
    assert "三克" in talk.hear("wait", "next")


def test_who_asked_for_time_at_a_question_is_asked_again(talk: Talk) -> None:
    assert talk.hear(ask("precaution.scald"), "wait") == "等着您。提醒，听还是不听？"


def test_two_stops_are_one(talk: Talk) -> None:
    assert talk.hear(ask("faq.price"), "stop", "stop", "resume") == "价钱写在罐子上。"


def test_a_choice_put_aside_is_taken_up(talk: Talk) -> None:
    assert talk.hear(ask("faq.teas"), "stop", "resume") == "哪一个，绿茶、红茶、花茶？"


def test_a_question_put_aside_is_forgotten_once_the_talk_moved_on(talk: Talk) -> None:
    talk.hear(ask("precaution.scald"), "stop", ask("guide.brew"))
    assert "三克" in talk.hear("resume")


def test_it_is_forgotten_too_when_a_step_was_said_again(talk: Talk) -> None:
    talk.hear(ask("guide.brew"), ask("faq.hours"), "stop", "previous")
    assert "三克" in talk.hear("resume")


def test_restart_without_a_guide_begins_anew(talk: Talk) -> None:
    assert talk.hear(ask("faq.teas"), "restart") == "重新来。"
    assert talk.state.question is None


def test_a_correction_is_acknowledged(talk: Talk) -> None:
    meaning = about(Act.ASK, "faq.price", correction=True)
    assert talk.hear(about(Act.MAYBE, "faq.hours"), meaning) == "明白了。价钱写在罐子上。"


def test_anger_is_met_first(talk: Talk) -> None:
    assert talk.hear(about(Act.ASK, "faq.price", upset=True)).startswith("别生气。")
    assert talk.hear(about(Act.OFF_SUBJECT, upset=True)).startswith("别生气。")
    assert not talk.hear(about(Act.SMALLTALK, "smalltalk.thanks", upset=True)).startswith("别生气")


def test_anger_is_met_before_a_command_too_but_not_before_silence(talk: Talk) -> None:
    def angrily(name: str) -> Meaning:
        return replace(command(name), upset=True)

    assert talk.hear(ask("faq.price"), angrily("slower")) == "别生气。慢些说。价钱写在罐子上。"
    assert talk.hear(angrily("repeat")) == "别生气。价钱写在罐子上。"
    assert talk.hear("repeat") == "价钱写在罐子上。"
    assert talk.hear(ask("precaution.scald"), angrily("no")) == "别生气。不提醒了。"
    for name in ("wait", "stop", "quit"):
        assert "别生气" not in talk.hear(angrily(name))


@pytest.mark.parametrize(
    ("name", "known_as"), [("wait", "stop"), ("slow_short", "slower"), ("quick_plain", "faster")]
)
def test_the_protocol_knows_some_commands_by_another_name(
    talk: Talk, name: str, known_as: str
) -> None:
    talk.hear(name)
    assert talk.reply.intent == f"command.{known_as}"


def test_dont_want_it_as_the_first_word_is_about_the_subject(talk: Talk) -> None:
    assert talk.hear("no") == "是问有什么茶吗？"


def test_dont_want_it_after_an_answer_is_about_talking_on(talk: Talk) -> None:
    assert talk.hear(ask("faq.price"), "no") == "好的，有事再问。"
    assert talk.hear(ask("precaution.scald"), "no", "no") == "好的，有事再问。"


def test_dont_want_it_in_a_guide_stops_it(talk: Talk) -> None:
    assert talk.hear(ask("guide.brew"), "no") == "停在第一步。"


def test_one_answer_leads_on_to_another(talk: Talk) -> None:
    assert talk.hear(ask("faq.order")) == "我没有手，泡不了茶。绿茶红茶花茶。要哪一种？"


def test_a_lone_candidate_among_many_is_confirmed(talk: Talk) -> None:
    assert talk.hear(about(Act.AMONG, "faq.price")) == "是问茶多少钱吗？"


def candidates(**probabilities: float) -> Meaning:
    found = [Candidate(f"faq.{name}", value) for name, value in probabilities.items()]
    return replace(about(Act.AMONG), candidates=tuple(found))


def test_a_candidate_far_ahead_is_confirmed_and_one_a_little_ahead_is_offered(talk: Talk) -> None:
    assert talk.hear(candidates(price=0.6, boiling=0.2)) == "是问茶多少钱吗？"
    talk.hear(candidates(price=0.4, boiling=0.3))
    assert talk.reply.expects is Expect.CHOICE


def test_a_candidate_far_ahead_that_is_unlikely_all_the_same_is_offered(talk: Talk) -> None:
    talk.hear(candidates(price=0.2, boiling=0.05))
    assert talk.reply.expects is Expect.CHOICE


def test_what_belongs_to_the_topic_is_the_likelier(teashop: Pack) -> None:
    near = replace(teashop.entries["guide.ice"], related=("faq.boiling",))
    talk = Talk(replace(teashop, entries={**teashop.entries, near.id: near}))
    guess = candidates(price=0.35, boiling=0.3)
    talk.hear(guess)
    assert talk.reply.options[0].goto == "faq.price"
    talk.hear("no", ask("guide.ice"), "no", guess)
    assert talk.reply.options[0].goto == "faq.boiling"


def test_three_candidates_are_three_options(talk: Talk) -> None:
    talk.hear(about(Act.AMONG, "faq.price", "faq.hours", "guide.ice"))
    assert talk.hear("choose_3").startswith("做冰茶")


def test_a_general_question_beside_its_answers_asks_which(talk: Talk) -> None:
    said = talk.hear(about(Act.AMONG, "guide.brew", "faq.teas", "faq.price"))
    assert said.endswith("要哪一种？")
    assert len(talk.reply.options) == 3


def test_an_answer_that_offers_the_other_one_is_given(teashop: Pack) -> None:
    entries = dict(teashop.entries)
    entries["faq.boiling"] = replace(entries["faq.boiling"], offers="faq.hours")
    talk = Talk(replace(teashop, entries=entries))
    talk.hear(about(Act.AMONG, "faq.hours", "faq.boiling"))
    assert talk.said.startswith(entries["faq.boiling"].answer[0])
    assert talk.reply.expects is Expect.YES_NO


@pytest.mark.parametrize(
    ("meaning", "intent"),
    [
        (ask("faq.price"), "faq.price"),
        (about(Act.MAYBE, "faq.price"), "choice.ambiguous"),
        (about(Act.AMONG, "faq.price", "faq.hours"), "choice.ambiguous"),
        (OFF, None),
        (NOISE, None),
    ],
)
def test_the_intent_is_that_of_the_protocol(
    talk: Talk, meaning: Meaning, intent: str | None
) -> None:
    talk.hear(meaning)
    assert talk.reply.intent == intent


def test_understanding_is_told_what_is_expected(talk: Talk) -> None:
    talk.hear(ask("faq.teas"))
    expected = policy.expectation(talk.pack, talk.state)
    assert expected.expects is Expect.CHOICE
    assert [choice.goto for choice in expected.choices] == ["guide.brew", "faq.price", "faq.hours"]
    talk.hear("choose_1", ask("faq.price"))
    expected = policy.expectation(talk.pack, talk.state)
    assert (bool(expected.guide), expected.paused, expected.topic) == (True, True, "faq.price")
