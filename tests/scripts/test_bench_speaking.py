"""The judgement of what was heard back."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest
from benches.speaking.chart import chart
from benches.speaking.judge import Said, Score, number_begins, numbers_of

from voice.speak.spoken import plan


def _said(text: str, spoken: str, heard: str) -> Said:
    return Said(text, spoken, heard, 2.0, -18.0, 0.4, 0.01)


@pytest.mark.parametrize(
    ("heard", "right"),
    [
        ("请拨打10010", True),
        ("请拨打,要零零,要零", True),
        ("请拨打1010", False),
        ("请拨打七零零七零", False),
    ],
)
def test_a_number_is_right_when_each_digit_is(heard: str, right: bool) -> None:
    assert _said("请拨打10010。", "请拨打幺零零幺零", heard).numbers == (right,)


def test_a_number_heard_in_figures_is_right_too() -> None:
    said = replace(
        _said("请拨打10010。", "请拨打幺零零幺零", "请拨打焦零零焦零"),
        for_numbers=("请拨打", "10010。"),
    )
    assert said.numbers == (True,)
    assert replace(said, for_numbers=("请拨打10011。",)).numbers == (False,)


def test_homophones_are_wrong_characters_and_right_syllables() -> None:
    said = _said("要付违约金。", "要付违约金", "要付為月金!")
    assert (said.characters_wrong, said.syllables_wrong) == (2, 0)
    assert _said("留着。", "留着", "留著").syllables_wrong == 0
    other = _said("请取消。", "请取消", "请去")
    assert (other.characters_wrong, other.syllables_wrong) == (2, 1)


def test_figures_are_right_in_either_reading() -> None:
    age = _said("满65岁。", "满六十五岁", "满65岁")
    assert (age.characters_wrong, age.syllables_wrong) == (0, 0)
    number = _said("请打10010。", "请打幺零零幺零", "请打1001,0")
    assert number.syllables_wrong == 0
    assert _said("满65岁。", "满六十五岁", "满95岁").syllables_wrong == 1


def test_figures_and_worst() -> None:
    good = _said("请说。", "请说", "请说")
    bad = _said("请拨打10010。", "请拨打幺零零幺零", "")
    score = Score([good, bad])
    figures = score.figures()
    assert figures["syllable error %"] == pytest.approx(80)
    assert (figures["numbers"], figures["numbers right"]) == (1, 0)
    assert figures["characters a minute"] == pytest.approx(150)
    assert score.worst(1) == [bad]
    assert Score().figures()["sentences"] == 0


@pytest.mark.parametrize(
    ("sentence", "spoken"),
    [
        ("一般带身份证去，也可以先打10010问。", "幺零零"),
        ("幺二三幺五，您打一下。", "幺二三"),
        ("请说。", None),
    ],
)
def test_a_number_is_found_among_the_phrases(sentence: str, spoken: str | None) -> None:
    phrases = plan([sentence])
    begins = number_begins(sentence, phrases)
    assert (None if begins is None else phrases[begins].text) == spoken


def test_numbers_are_found_as_they_are_said() -> None:
    assert numbers_of("请拨打10010，也可以打12315。") == ("幺零零幺零", "幺二三幺五")
    assert numbers_of("请说。") == ()


def test_the_chart_is_a_picture() -> None:
    svg = chart({"kokoro <a>": Score([_said("请说。", "请说", "")]).figures()}, "A & B")
    assert len(ET.fromstring(svg).findall(".//{http://www.w3.org/2000/svg}rect")) == 5  # noqa: S314 -- our own text
