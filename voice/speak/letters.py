"""Latin words and letters as they are said in Mandarin, written in Chinese characters."""

from __future__ import annotations

from collections.abc import Mapping

_WORDS: Mapping[str, str] = {
    "am": "上午",
    "app": "软件",
    "cm": "厘米",
    "gb": "个基",
    "kg": "公斤",
    "km": "公里",
    "mb": "兆",
    "min": "分钟",
    "mm": "毫米",
    "ok": "好的",
    "pm": "下午",
    "sms": "短信",
    "wi-fi": "无线网",
    "wifi": "无线网",
}
"""Words that have a Chinese name, in lower case: who has never seen 「App」 knows 「软件」."""

_LETTERS: Mapping[str, str] = {
    "a": "诶",
    "b": "必",
    "c": "西",
    "d": "弟",
    "e": "衣",
    "f": "艾付",
    "g": "基",
    "h": "艾吃",
    "i": "爱",
    "j": "杰",
    "k": "开",
    "l": "艾勒",
    "m": "艾木",
    "n": "恩",
    "o": "欧",
    "p": "批",
    "q": "丘",
    "r": "阿",
    "s": "艾斯",
    "t": "提",
    "u": "优",
    "v": "维",
    "w": "达不溜",
    "x": "艾克斯",
    "y": "歪",
    "z": "贼",
}


def word(text: str) -> str:
    """Say a run of Latin letters: by its Chinese name when it has one, else letter by letter."""
    known = _WORDS.get(text.lower())
    return known if known is not None else "".join(_LETTERS.get(c, "") for c in text.lower())
