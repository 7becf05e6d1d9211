"""What recognisers write when nobody spoke is thrown away; what people say is kept."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice.content.entries import Pack
from voice.understand.noise import LOOP, NoiseFilter
from voice.understand.normal import normalise


@pytest.fixture(scope="module")
def noise(unicom: Pack) -> NoiseFilter:
    """What recognisers are known to invent."""
    return NoiseFilter(unicom.lexicon["noise"])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "。",
        "...",
        "[音乐]",
        "(掌声)",
        "【音乐】",
        "♪♪",
        "*笑*",
        "Thank you for watching",
        "Okay Okay Okay",
        "字幕由Amara.org社群提供",
        "字幕志愿者 杨茜茜",
        "请不吝点赞 订阅 转发 打赏支持明镜与点点栏目",
        "谢谢观看",
        "感谢您的观看",
        "優優獨播劇場——YoYo Television Series Exclusive",
        "嗯嗯嗯嗯嗯",
        "好好好好好好",
        "啊啊啊啊啊啊啊啊",
        "词曲 李宗盛",
        "中文字幕",
        "谢谢大家收看",
    ],
)
def test_inventions_are_noise(noise: NoiseFilter, text: str) -> None:
    assert noise.is_noise(normalise(text))


@pytest.mark.parametrize(
    "text",
    [
        "喂",
        "要",
        "停",
        "对对对",
        "好好好",
        "不不不不",
        "谢谢",
        "谢谢你啊",
        "怎么退月卡",
        "App",
        "OK",
        "WiFi还能用吗",
        "10010",
        "一零零一零",
        "短信没收到",
        "手机上看不见字",
        "字太小了看不清",
        "电视上说能退",
        "我没看见字",
    ],
)
def test_what_people_say_is_kept(noise: NoiseFilter, text: str) -> None:
    assert not noise.is_noise(normalise(text))


@given(st.sampled_from("嗯好啊哦对的"), st.integers(LOOP, 200))
def test_a_loop_is_noise(character: str, times: int) -> None:
    assert NoiseFilter(()).is_noise(normalise(character * times))


def test_nothing_that_people_ask_is_noise(unicom: Pack, noise: NoiseFilter) -> None:
    nonsense = {"elsewhere.gibberish", "elsewhere.recogniser_noise"}
    said = [
        p for entry in unicom.entries.values() if entry.id not in nonsense for p in entry.phrasings
    ]
    said += [p for command in unicom.commands.values() for p in command.examples]
    taken = [text for text in said if noise.is_noise(normalise(text))]
    assert not taken
