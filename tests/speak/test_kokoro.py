"""Kokoro speaks Mandarin that another engine understands."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pyloudnorm
import pytest
from pypinyin import lazy_pinyin
from rapidfuzz.distance import Levenshtein

from tests.conftest import model_folder
from voice.errors import ModelError
from voice.hear.recogniser import Samples
from voice.hear.whisper import Whisper
from voice.speak.joining import flowing
from voice.speak.kokoro import Kokoro, load_kokoro
from voice.speak.kokoro_pace import DEFAULT_VOICE
from voice.speak.spoken import plan
from voice.speak.synthesiser import Manner, Phrase

pytestmark = pytest.mark.slow

SENTENCES = (
    "打开手机上的软件，点我的，再点业务办理。",
    "您要带上本人的身份证，到附近的营业厅。",
    "取消以后，没有用完的流量一般不会退。",
    "听完以后，您可以说下一步，也可以说再说一遍。",
)


EDGE = 4_800
"""Samples at 16 kHz, 0.3 s."""


def _hear(whisper: Whisper, sound: Samples) -> str:
    # A moment of silence around it, as there is where it is played: cut off at once, the last words get lost.
    session = whisper.session()
    session.feed(np.pad(sound, EDGE))
    return "".join(
        re.findall("[一-鿿]", session.finish().text.replace("1", "幺").replace("0", "零"))
    )


@pytest.mark.parametrize("voice", [DEFAULT_VOICE, "zf_xiaoxiao"])
def test_it_is_heard_as_it_was_said(
    spoken: Callable[..., Samples], whisper: Whisper, voice: str
) -> None:
    wrong = total = 0
    for sentence in SENTENCES:
        heard = _hear(whisper, spoken(sentence, voice))
        said = lazy_pinyin("".join(phrase.text for phrase in plan([sentence])))
        wrong += Levenshtein.distance(said, lazy_pinyin(heard))
        total += len(said)
    assert wrong / total <= 0.1


def test_the_hotline_is_heard_digit_by_digit(
    spoken: Callable[..., Samples], whisper: Whisper
) -> None:
    heard = _hear(whisper, spoken("请拨打10010，转人工。", DEFAULT_VOICE, 180))
    assert "yao ling ling yao ling" in " ".join(lazy_pinyin(heard)), heard


@pytest.mark.parametrize("rate", [150, 180, 240, 320])
def test_the_rate_is_kept(kokoro: Kokoro, rate: int) -> None:
    phrases = plan(
        [
            "要是还在合约期里，可能要付违约金，付多少要问客服。",
            "打10010问清楚。",
            "办完了会来短信，请看一看。",
        ]
    )
    seconds = sum(len(sound) for sound in kokoro.speak(phrases, Manner(rate))) / kokoro.sample_rate
    characters = sum(len(phrase.text) for phrase in phrases)
    # Three sentences may be 20 % off, for phrases differ in length; the rate is that of all answers.
    assert 60 * characters / seconds == pytest.approx(rate, rel=0.2)


def test_sound_comes_phrase_by_phrase_and_ends_in_its_pause(kokoro: Kokoro) -> None:
    phrases = (Phrase("您好", 0.7), Phrase("请说下一步", 0.3))
    sounds = list(kokoro.speak(phrases, Manner(voice="no such voice")))
    assert len(sounds) == 2
    for sound, phrase in zip(sounds, phrases, strict=True):
        rest = round(phrase.pause * kokoro.sample_rate)
        assert sound.dtype == np.float32
        assert not sound[-rest:].any()
        assert sound[: -rest - 1000].any()
        assert np.abs(sound).max() <= 0.9


def test_what_is_spoken_in_one_breath_is_cut_between_its_phrases(kokoro: Kokoro) -> None:
    alone = Phrase("请说再说一遍", 0.0)
    run = (Phrase("没有用完的流量", 0.3), Phrase("一般不会退", 0.7, joins=True))
    first, second = kokoro.speak(run, Manner())
    (other,) = kokoro.speak((alone,), Manner())
    per_character = len(other) / len(alone.text)
    for sound, phrase in ((first, run[0]), (second, run[1])):
        rest = round(phrase.pause * kokoro.sample_rate)
        spoken = len(sound) - rest
        assert not sound[spoken:].any()
        assert spoken / len(phrase.text) == pytest.approx(per_character, rel=0.5)
        # Cut in silence: nothing is loud at the edges.
        edge = int(0.01 * kokoro.sample_rate)
        assert np.abs(sound[:edge]).max() < 0.1
        assert np.abs(sound[spoken - edge : spoken]).max() < 0.1


def test_a_phrase_in_pieces_is_one_sound_unless_somebody_waits(kokoro: Kokoro) -> None:
    pieces = plan(["没有用完的流量一般不会退。"])
    assert len(flowing(pieces)) == 1
    whole, empty = kokoro.speak(pieces, Manner())
    head, rest = kokoro.speak(pieces, Manner(soon=True))
    assert len(empty) == 0
    assert 0 < len(head) < len(rest)
    assert len(head) + len(rest) == pytest.approx(len(whole), rel=0.05)


def test_a_phrase_beyond_the_model_is_said_in_parts(kokoro: Kokoro) -> None:
    text = "没有用完的流量一般不会退" * 9
    (sound,) = kokoro.speak((Phrase(text, 0.0),), Manner())
    assert len(text) / 9 < len(sound) / kokoro.sample_rate < len(text) / 2


def test_marks_alone_are_silence(kokoro: Kokoro) -> None:
    (sound,) = kokoro.speak((Phrase("", 0.3),), Manner())
    assert not sound.any()


def test_loudness_is_one(kokoro: Kokoro) -> None:
    meter = pyloudnorm.Meter(kokoro.sample_rate)
    for voice in kokoro.voices:
        (sound,) = kokoro.speak((Phrase("没有用完的流量一般不会退", 0.0),), Manner(voice=voice))
        assert meter.integrated_loudness(sound) == pytest.approx(-18, abs=1)


@pytest.mark.parametrize("damage", ["no model", "no voices", "short voice", "text model"])
def test_what_is_missing_or_altered_is_told(tmp_path: Path, damage: str) -> None:
    folder = tmp_path / "kokoro"
    (folder / "voices").mkdir(parents=True)
    source = model_folder("kokoro")
    model = folder / "kokoro-v1.0.int8.onnx"
    if damage == "text model":
        model.write_text("this is no model")
    elif damage != "no model":
        model.symlink_to(source / model.name)
    if damage == "short voice":
        (folder / "voices" / "zf_xiaoxiao.bin").write_bytes(b"\0" * 100)
    elif damage != "no voices":
        shutil.copy(source / "voices" / "zf_xiaoxiao.bin", folder / "voices")
    with pytest.raises(ModelError):
        load_kokoro(folder)
