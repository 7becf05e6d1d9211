"""The system's own voice."""

from __future__ import annotations

import shutil

import numpy as np
import pytest

from voice.speak.spoken import plan
from voice.speak.synthesiser import Manner
from voice.speak.system_voice import SystemVoice, load_system_voice, mandarin_voices

ESPEAK_CMN = SystemVoice("sit/cmn", "Chinese (Mandarin, latin as English)", ("cmn",))
ESPEAK_PINYIN = SystemVoice(
    "sit/cmn-latn-pinyin", "Chinese (Mandarin, latin as Pinyin)", ("cmn-latn-pinyin",)
)
CANTONESE = SystemVoice("sit/yue", "Chinese (Cantonese)", ("yue",))
HUIHUI = SystemVoice(
    r"HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\Speech\Voices\Tokens\TTS_MS_ZH-CN_HUIHUI_11.0",
    "Microsoft Huihui Desktop - Chinese (Simplified)",
    (),
)
TRACY = SystemVoice(
    r"HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\Speech\Voices\Tokens\TTS_MS_ZH-HK_TRACY_11.0",
    "Microsoft Tracy Desktop - Chinese(Traditional, HongKong SAR)",
    ("zh-HK",),
)
TINGTING = SystemVoice("com.apple.voice.compact.zh-CN.Tingting", "Tingting", ("zh_CN",))
MEIJIA = SystemVoice("com.apple.voice.compact.zh-TW.Meijia", "Meijia", ("zh_TW",))
DAVID = SystemVoice("TTS_MS_EN-US_DAVID_11.0", "Microsoft David Desktop - English", ("en-US",))


@pytest.mark.parametrize(
    ("there", "best"),
    [
        ((ESPEAK_CMN, CANTONESE, ESPEAK_PINYIN), (ESPEAK_PINYIN,)),
        ((DAVID, TRACY, HUIHUI), (HUIHUI,)),
        ((MEIJIA, TINGTING), (TINGTING, MEIJIA)),
        ((DAVID, CANTONESE, ESPEAK_CMN), ()),
        ((), ()),
    ],
)
def test_the_best_mandarin_voice(
    there: tuple[SystemVoice, ...], best: tuple[SystemVoice, ...]
) -> None:
    assert mandarin_voices(there) == best


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("espeak-ng"), reason="needs espeak-ng")
def test_it_speaks_twice_at_the_rate_asked_for() -> None:
    voice = load_system_voice()
    phrases = plan(["请拨打10010，听到提示音后说转人工。", "接通后告诉客服，您要取消月卡。"])
    characters = sum(len(phrase.text) for phrase in phrases)
    for rate in (150, 240):
        sounds = list(voice.speak(phrases, Manner(rate)))
        assert len(sounds) == len(phrases)
        assert all(np.abs(sound).max() > 0.05 for sound in sounds)
        seconds = sum(len(sound) for sound in sounds) / voice.sample_rate
        assert 60 * characters / seconds == pytest.approx(rate, rel=0.15)
