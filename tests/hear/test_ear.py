"""What the recogniser hears where the dialogue waits for an answer."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from tests.conftest import Speaker
from voice.config import find_folders
from voice.hear.ear import MOST_NAMES, Ear, heard_by, phrases_for
from voice.hear.recogniser import SAMPLE_RATE
from voice.hear.whisper import Whisper
from voice.understand.meaning import Choice, Expect, Expectation

ANSWERS = ("是", "不是", "要", "要听", "不要", "好的", "没有", "拒绝", "停", "再说一遍")
WAITING = Expectation(Expect.YES_NO, words=ANSWERS)


def test_the_names_on_offer_are_listened_for_once() -> None:
    shop = Choice("去营业厅", ("营业厅", "柜台", "门店", "店里", "窗口"))
    expected = Expectation(Expect.CHOICE, (shop, Choice("营业厅")), words=("第一个",))
    assert phrases_for(expected) == ("第一个", "去营业厅", *shop.names[:MOST_NAMES])
    assert phrases_for(Expectation()) == ()


@pytest.mark.slow
def test_who_needs_it_while_it_loads_waits_for_it() -> None:
    ear = Ear(find_folders())
    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(lambda _: ear.recogniser, range(2))
    assert first is second
    ear.close()


@pytest.mark.slow
@pytest.mark.parametrize("voice", ["zf_xiaobei", "zm_yunyang"])
@pytest.mark.parametrize("said", ["不要", "好的", "没有"])
def test_an_answer_is_heard(whisper: Whisper, spoken: Speaker, said: str, voice: str) -> None:
    sound = np.pad(spoken(said, voice=voice, rate=180), SAMPLE_RATE // 2)
    assert heard_by(whisper, sound, WAITING)[0].text.rstrip("。！") == said


@pytest.mark.slow
@pytest.mark.parametrize("said", ["月卡多少钱", "下雨了", "我要去买菜", "对面的超市", "你是谁呀"])
def test_other_words_are_no_answer(whisper: Whisper, spoken: Speaker, said: str) -> None:
    readings = heard_by(whisper, spoken(said), WAITING)
    assert not {reading.text for reading in readings} & set(ANSWERS)


@pytest.mark.slow
def test_noise_is_no_answer(whisper: Whisper) -> None:
    chance = np.random.default_rng(3)
    for seconds in (0.4, 1.0, 3.0):
        for level in (0.003, 0.05, 0.3):
            noise = level * chance.standard_normal(round(seconds * SAMPLE_RATE))
            assert heard_by(whisper, noise.astype(np.float32), WAITING) == ()
