"""Whether one of a few likely answers was said."""

from __future__ import annotations

import math
from collections.abc import Mapping

import pytest

from voice.hear.closed import Likeness, Score, likeness, with_answer
from voice.hear.recogniser import Hearing, Hypothesis

ANSWERS = ("是", "不是", "知道", "听", "停")


def heard(*texts: str) -> Hearing:
    return Hearing(tuple(Hypothesis(text, -0.5 - n) for n, text in enumerate(texts)), 0.1)


def fitting(**fits: float) -> Score:
    """Every text that is not named fits very badly."""
    return lambda texts: tuple(fits.get(text, -20.0) for text in texts)


def unasked(texts: tuple[str, ...]) -> tuple[float, ...]:
    raise AssertionError(texts)


def test_an_answer_that_fits_better_than_the_free_words_comes_first() -> None:
    found = with_answer(heard("实际", "市区"), ANSWERS, fitting(是=-3.0, 实际=-3.5))
    assert [each.text for each in found.hypotheses] == ["是", "实际", "市区"]
    assert found.hypotheses[0].score == found.hypotheses[1].score
    assert found.no_speech == 0.1


def test_an_answer_heard_freely_needs_no_second_look_and_is_not_there_twice() -> None:
    found = with_answer(heard("不是。", "不是", "步市"), ANSWERS, unasked)
    assert [each.text for each in found.hypotheses] == ["不是", "不是。", "步市"]
    assert with_answer(heard("知道知道知道"), ANSWERS, unasked).text == "知道"


def test_opposites_of_one_sound_are_told_apart_by_how_they_fit() -> None:
    assert with_answer(heard("挺"), ANSWERS, fitting(停=-2.0, 听=-5.0, 挺=-2.5)).text == "停"


def test_answers_that_fit_nearly_alike_are_all_given_best_first() -> None:
    found = with_answer(
        heard("沾一步"), ("下一步", "上一步", "停"), fitting(下一步=-7.0, 上一步=-8.3, 沾一步=-6.9)
    )
    assert [each.text for each in found.hypotheses] == ["下一步", "上一步", "沾一步"]
    assert found.hypotheses[1].score == pytest.approx(found.hypotheses[0].score - 1.3)


def test_a_part_of_the_answer_says_nothing_against_it() -> None:
    found = with_answer(
        heard("补心"), ("不行", "行", "不用"), fitting(不行=-6.0, 行=-6.5, 不用=-7.0, 补心=-6.1)
    )
    assert [each.text for each in found.hypotheses] == ["不行", "不用", "补心"]


@pytest.mark.parametrize(
    ("free", "fit", "lone", "text"),
    [
        (Hearing(()), -7.0, True, "不听"),
        (Hearing((Hypothesis("拨掉", -1.3),)), -7.0, True, "不听"),
        (Hearing((Hypothesis("play", -0.9),)), -7.0, True, "不听"),
        (Hearing((Hypothesis("拨掉", -1.3),)), -7.0, False, "拨掉"),
        (Hearing((Hypothesis("拨掉", -1.3),)), -7.6, True, "拨掉"),
        (Hearing((Hypothesis("拨掉", -0.8),)), -7.0, True, "拨掉"),
        (Hearing((Hypothesis("拨掉了", -1.3),)), -7.0, True, "拨掉了"),
    ],
)
def test_a_guess_at_a_lone_word_gives_way_to_an_answer_where_one_was_asked_for(
    free: Hearing, fit: float, lone: bool, text: str
) -> None:
    score = fitting(不听=fit, 好=fit - 0.5, 拨掉=-5.0)
    assert with_answer(free, ("不听", "好"), score, lone=lone).text == text


@pytest.mark.parametrize(
    ("text", "answer", "found"),
    [
        ("吃到", "知道", Likeness.NEAR),
        ("补对", "不对", Likeness.NEAR),
        ("棒珠", "帮助", Likeness.NEAR),
        ("第九", "没有", Likeness.OTHER),
        ("停车", "停", Likeness.OTHER),
        ("不是天子里", "不是", Likeness.TOO_LONG),
        ("yo", "要", Likeness.UNREADABLE),
        ("", "要", Likeness.UNREADABLE),
    ],
)
def test_likeness(text: str, answer: str, found: Likeness) -> None:
    assert likeness(answer, text) is found


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("试试", {"是": -4.0, "试试": -3.9}),
        ("到头", {"知道": Likeness.NEAR.value.worst - 0.1}),
        ("吃到", {"知道": -7.0, "吃到": -2.0}),
        ("yo", {"听": Likeness.UNREADABLE.value.worst - 0.1}),
        ("是谁呀", {"是": -0.1, "是谁呀": -9.0}),
        ("是谁把月卡给我开了", {"是": -0.1}),
        ("", {"是": -5.0, "停": -6.0}),
        ("", dict.fromkeys(ANSWERS, -math.inf)),
    ],
)
def test_other_words_are_no_answer(text: str, fits: Mapping[str, float]) -> None:
    free = heard(text)
    assert with_answer(free, ANSWERS, fitting(**fits)) is free


def test_where_nothing_was_heard_freely_a_good_fit_is_an_answer() -> None:
    assert with_answer(Hearing((), 0.2), ANSWERS, fitting(听=-5.0)).text == "听"


def test_where_nothing_is_waited_for_nothing_changes() -> None:
    free = heard("是")
    assert with_answer(free, (), unasked) is free
