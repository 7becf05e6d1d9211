"""Display text becomes phrases and pauses."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from voice.speak import spoken
from voice.speak.spoken import plan

_SPEAKABLE = re.compile(r"[一-鿿]+")


def _said(sentence: str) -> list[str]:
    """What is said from rest to rest."""
    said = [""]
    for phrase in plan([sentence]):
        said[-1] += phrase.text
        if phrase.pause:
            said.append("")
    return said[:-1]


@given(st.lists(st.text(), max_size=4))
@example(["²³①Ⅷ㎏٣"])
@example(["a" * 300, "9" * 300, "-" * 300])
@example(["幺" * 60, "一" * 60])
def test_nothing_but_chinese_characters_reaches_an_engine(sentences: list[str]) -> None:
    for phrase in plan(sentences):
        assert _SPEAKABLE.fullmatch(phrase.text)
        assert 0 <= phrase.pause <= spoken.STEP_PAUSE
        assert len(phrase.text) <= 2 * spoken.LONGEST_PHRASE


_MIXED = st.text(
    st.sampled_from("0123456789.:/-~%元月日年号第两个请拨打转，。；「」、App5GSIM ¥+#*幺零一"),
    max_size=40,
)


@given(st.lists(_MIXED, max_size=3))
def test_captions_joined_are_the_sentences(sentences: list[str]) -> None:
    phrases = plan(sentences)
    if phrases:
        assert "".join(phrase.display for phrase in phrases) == "".join(sentences)


@given(_MIXED)
def test_only_chinese_characters_of_mixed_text(sentence: str) -> None:
    assert all(_SPEAKABLE.fullmatch(text) for text in _said(sentence))


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("拨10015", ["请拨打", "幺零零", "幺五"]),
        ("拨幺零零幺零。", ["请拨打", "幺零零", "幺零"]),
        ("打一零零一零", ["请打", "幺零零", "幺零"]),
        ("打96110", ["请打", "九六幺", "幺零"]),
        ("五个数，幺，零，零，幺，零。全天", ["五个数", "幺零零", "幺零", "全天"]),
        ("是幺，零，零，一共三个", ["是", "幺零零", "一共三个"]),
        ("报警110", ["报警", "幺幺零"]),
        ("有110万人", ["有一百一十万人"]),
        ("号码13812345678", ["号码", "幺三八", "幺二三四", "五六七八"]),
        ("电话010-12345678", ["电话", "零幺零", "幺二三四", "五六七八"]),
        ("400-810-1234", ["四零零", "八幺零", "幺二三四"]),
        ("验证码4021", ["验证码", "四零二幺"]),
        ("2021年1月1日", ["二零二一年一月一号"]),
        ("2023-05-01", ["二零二三年五月一号"]),
        ("2019-2021年", ["二零一九到二零二一年"]),
        ("二零二一年", ["二零二一年"]),
        ("85%的人", ["百分之八十五的人"]),
        ("78%-85%", ["百分之七十八到百分之八十五"]),
        ("3.5%", ["百分之三点五"]),
        ("5分钟", ["五分钟"]),
        ("2个月", ["两个月"]),
        ("2月2日", ["二月二号"]),
        ("2元", ["两块钱"]),
        ("5.5元", ["五块五"]),
        ("¥20", ["二十块钱"]),
        ("8元/月", ["每月八块钱"]),
        ("3万元", ["三万块钱"]),
        ("3-5天", ["三到五天"]),
        ("2~3个月", ["两到三个月"]),
        ("30日内", ["三十天内"]),
        ("24小时", ["二十四小时"]),
        ("7×24小时", ["每天二十四小时"]),
        ("8:30", ["八点三十分"]),
        ("129元和300个", ["一百二十九块钱和三百个"]),
        ("1,234元", ["一千二百三十四块钱"]),
        ("1/3", ["三分之一"]),
        ("第2步", ["第二步"]),
        ("手机App", ["手机软件"]),
        ("APP客户端", ["软件"]),
        ("5G套餐", ["五基套餐"]),
        ("10GB流量", ["十个基流量"]),
        ("SIM卡", ["手机卡"]),
        ("按#号键", ["按井号键"]),
        ("１００１０", ["幺零零", "幺零"]),
        ("联通/移动", ["联通或移动"]),
    ],
)
def test_what_is_said(sentence: str, said: list[str]) -> None:
    assert _said(sentence) == said


def test_pauses() -> None:
    phrases = plan(["请拨打10010，转人工。", "第二步，说「取消月卡」。"])
    assert [(phrase.text, phrase.pause) for phrase in phrases] == [
        ("请拨打", spoken.NUMBER_PAUSE),
        ("幺零零", spoken.GROUP_PAUSE),
        ("幺零", spoken.NUMBER_PAUSE),
        ("转人工", spoken.STEP_PAUSE),
        ("第二步", spoken.COMMA_PAUSE),
        ("说", spoken.NUMBER_PAUSE),
        ("取消月卡", spoken.SENTENCE_PAUSE),
    ]


@pytest.mark.parametrize("sentences", [[], [""], ["……"], ["😀 "], ["\x00"]])
def test_nothing_to_say(sentences: list[str]) -> None:
    assert plan(sentences) == ()
