"""Not understood, small talk, silence."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.dialogue.talk import MUMBLED, NOISE, OFF, Talk, about, ask
from voice.content.entries import Pack
from voice.understand.meaning import Act, Candidate, Expect, Meaning


@pytest.fixture
def talk(teashop: Pack) -> Talk:
    return Talk(teashop)


def test_an_example_then_two_entries_then_a_human(talk: Talk) -> None:
    assert talk.hear(OFF) == "这个不懂。比如问，有什么茶。"
    assert talk.hear(OFF) == "还是不懂。有什么茶，还是几点开门？"
    assert talk.reply.expects is Expect.CHOICE
    assert talk.hear(OFF) == "请问店主。"


def test_words_that_may_well_be_of_our_subject_are_not_called_another(talk: Talk) -> None:
    assert talk.hear(replace(OFF, score=0.1)) == "没听懂，换个说法。"


def test_what_came_closest_is_offered_before_what_the_pack_names(talk: Talk) -> None:
    talk.hear(OFF, about(Act.OFF_SUBJECT, "faq.price"))
    assert [option.label for option in talk.reply.options] == ["茶多少钱", "有什么茶"]


def test_without_anything_to_offer_the_human_is_named(talk: Talk) -> None:
    talk.pack = replace(talk.pack, lexicon={})
    assert talk.hear(OFF, OFF) == "请问店主。"


def test_an_understood_turn_clears_the_count(talk: Talk) -> None:
    assert talk.hear(OFF, ask("faq.price"), OFF) == "这个不懂。比如问，有什么茶。"


def test_a_guess_does_not_clear_the_count(talk: Talk) -> None:
    talk.hear(OFF, about(Act.MAYBE, "faq.price"), "no")
    assert talk.state.misses == 2


def test_noise_is_asked_again_and_is_not_what_repeat_means(talk: Talk) -> None:
    talk.hear(ask("faq.price"))
    assert [talk.hear(NOISE) for _ in range(3)] == ["没听见。", "还没听见。", "请写下来。"]
    assert talk.hear("repeat") == "价钱写在罐子上。"


def test_noise_at_a_question_asks_it_again(talk: Talk) -> None:
    assert talk.hear(ask("precaution.scald"), NOISE) == "没听见。提醒，听还是不听？"
    assert talk.reply.expects is Expect.YES_NO


def test_a_guess_that_chance_would_make_is_not_offered(talk: Talk) -> None:
    unlikely = Meaning(
        "这里有七八个字的话", Act.OFF_SUBJECT, candidates=(Candidate("faq.price", 0.02),)
    )
    talk.hear(OFF, unlikely)
    assert [option.label for option in talk.reply.options] == ["有什么茶", "几点开门"]


def test_a_few_words_in_a_guide_are_met_with_its_own_words(talk: Talk) -> None:
    talk.hear(ask("guide.brew"))
    assert [talk.hear(MUMBLED) for _ in range(3)] == ["不懂。说『下一步』。"] * 2 + [
        "请问店主。泡茶，说『接着说』。"
    ]


def test_a_guess_from_a_few_words_leaves_the_question_open(talk: Talk) -> None:
    guess = Meaning("不线听", Act.MAYBE, candidates=(Candidate("faq.price", 0.4),))
    assert talk.hear(ask("precaution.scald"), guess) == "没听懂。提醒，听还是不听？"
    assert talk.hear(about(Act.MAYBE, "faq.price")) == "是问茶多少钱吗？"


def test_thanks_get_a_warm_word(talk: Talk) -> None:
    assert talk.hear(about(Act.SMALLTALK, "smalltalk.thanks")) == "不谢不谢。再来喝茶。"


def test_thanks_in_a_guide_get_the_way_back_too(talk: Talk) -> None:
    thanks = about(Act.SMALLTALK, "smalltalk.thanks")
    assert talk.hear(ask("guide.brew"), thanks).endswith("泡茶，说『接着说』。")


def test_thanks_do_not_answer_an_open_question(talk: Talk) -> None:
    thanks = about(Act.SMALLTALK, "smalltalk.thanks")
    assert talk.hear(ask("precaution.scald"), thanks) == "不谢不谢。提醒，听还是不听？"
    assert talk.reply.expects is Expect.YES_NO


def test_silence_in_a_guide_tells_the_word_that_goes_on(talk: Talk) -> None:
    talk.hear(ask("guide.brew"))
    assert [talk.silence() for _ in range(3)][1] == "泡好了说下一步。"


def test_a_word_ends_the_silence(talk: Talk) -> None:
    talk.silence()
    talk.silence()
    talk.hear(ask("faq.price"))
    assert talk.silence() == "慢慢想。"
