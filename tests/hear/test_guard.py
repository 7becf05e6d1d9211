"""What a recogniser invents is thrown away; what people say is kept."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice.hear.guard import is_echo, is_invented, without_loops, words_alone


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("不要不要", "不要"),
        ("为什么，为什么？", "为什么"),
        ("怎么退月卡怎么退月卡怎么退月卡", "怎么退月卡"),
        ("我想问怎么用手机退呀怎么用手机退呀", "我想问怎么用手机退呀"),
        ("打电话打电话打电话打电话取消", "打电话取消"),
        ("嗯嗯嗯嗯嗯嗯嗯嗯嗯嗯怎么退", "嗯嗯怎么退"),
        ("再说一遍再说一遍再", "再说一遍"),
        ("下一步下一步下一", "下一步"),
    ],
)
def test_loops_are_said_once(written: str, said: str) -> None:
    assert without_loops(written) == said


@pytest.mark.parametrize(
    "text",
    ["对对对", "好好", "一零零一零", "零零零零", "谢谢", "要不要退", "能不能不退", "下一步",
     "月卡怎么取消，取消要不要钱", "慢慢说", "是不是真的不收违约金", "奶奶"],
)  # fmt: skip
def test_what_people_say_stays(text: str) -> None:
    assert without_loops(text) == text
    assert not is_invented(text, len(text) / 5)


@pytest.mark.parametrize(
    "text",
    [
        "字幕由Amara.org社区提供",
        "请不吝点赞订阅转发打赏支持明镜与点点栏目",
        "谢谢大家观看",
        "感谢观看",
        "优优独播剧场——YoYo Television Series Exclusive",
        "作词李宗盛作曲李宗盛",
        "r r r r",
        "。",
    ],
)
def test_credits_and_noise_are_invented(text: str) -> None:
    assert is_invented(text, 10.0)


def test_more_than_a_mouth_can_say_is_invented() -> None:
    assert is_invented("我想把那个联通的月卡给退掉怎么弄", 0.5)
    assert not is_invented("我想把那个联通的月卡给退掉怎么弄", 2.5)
    assert not is_invented("不要", 0.15)


@given(st.text(max_size=80))
def test_any_text_is_taken_and_never_grows(text: str) -> None:
    once = without_loops(text)
    assert len(once) <= len(text)


SUBJECT = "我想问月卡、套餐怎么取消，违约金、营业厅。"


@pytest.mark.parametrize(
    "text", ["我想问月卡套餐怎么取消", "是套餐怎么取消,违约金", "月卡、套餐、流量。"]
)
def test_a_run_of_the_subject_is_an_echo(text: str) -> None:
    assert is_echo(text, SUBJECT)


@pytest.mark.parametrize("text", ["套餐怎么取消", "我想问一下违约金", "打电话、上门、违约金", ""])
def test_words_of_the_subject_are_none(text: str) -> None:
    assert not is_echo(text, SUBJECT)


@given(st.text(max_size=60))
def test_nothing_echoes_no_subject(text: str) -> None:
    assert not is_echo(text, "")


def test_words_alone_have_no_punctuation() -> None:
    assert words_alone("那就是，对吗？ 好 的。") == "那就是对吗好的"
