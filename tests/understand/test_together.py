"""Several readings of one utterance: what they say together."""

from __future__ import annotations

import pytest

from voice.understand.meaning import Act, Expect, Expectation, Reading
from voice.understand.understanding import Understanding

OFFER = Expectation(Expect.YES_NO, to_hear=True, offered="precaution.penalty")
STEP = Expectation(Expect.STEP, guide="guide.app")


@pytest.mark.parametrize(("weight", "command"), [(0.2, None), (0.1, "next")])
def test_a_reading_nearly_as_likely_that_says_the_opposite_speaks_against_a_command(
    understanding: Understanding, weight: float, command: str | None
) -> None:
    readings = [Reading("下一步", 0.5), Reading("张一步", 0.5 - weight), Reading("上一步", weight)]
    assert understanding.understand_readings(readings, STEP).command == command


def test_readings_that_say_the_same_count_together(understanding: Understanding) -> None:
    free = [Reading("拨掉", 0.2), Reading("扑掉", 0.18), Reading("扑天", 0.15)]
    alone = [Reading("不行", 0.47), *free]
    spread = [Reading("不行", 0.2), Reading("不", 0.18), Reading("不听", 0.09), *free]
    for readings in (alone, spread):
        assert understanding.understand_readings(readings, OFFER).command == "no"


def test_a_refusal_that_is_the_best_reading_needs_no_more_weight(
    understanding: Understanding,
) -> None:
    guesses = ("拨掉", "扑掉", "扑天", "婆婷", "泡汤", "拨筋")
    for best, command in (("不行", "no"), ("可以", None)):
        readings = [Reading(best, 0.16), *(Reading(each, 0.14) for each in guesses)]
        assert understanding.understand_readings(readings, OFFER).command == command


@pytest.mark.parametrize(
    ("refusing", "agreeing", "command"),
    [(("不", "不要"), "可以", "no"), (("不", ""), "可以", None), (("可以", "好"), "不要", None)],
)
def test_a_far_weaker_agreement_does_not_speak_against_a_refusal_but_a_refusal_against_it(
    understanding: Understanding, refusing: tuple[str, str], agreeing: str, command: str | None
) -> None:
    first, second = refusing
    readings = [Reading(first, 0.25), Reading(second, 0.25), Reading(agreeing, 0.1)]
    meaning = understanding.understand_readings(readings, OFFER)
    assert (meaning.act is Act.COMMAND, meaning.command) == (bool(command), command)
