"""The normal form of heard or typed text: simplified characters, no spaces, split into clauses."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import lru_cache
from statistics import median

import opencc

MAX_CHARACTERS = 600
"""Longer text is cut: ten minutes of story hold no question that its last minute does not repeat."""

_SPACE = re.compile(r"\s+")
_CLAUSE_END = re.compile(r"[^\w一-鿿]+")
_NOT_WORD = re.compile(r"[^0-9a-z一-鿿㐀-䶿]")
"""Rare characters count: Cantonese writes some of its common words with them, 㩒 (to press)."""
_BETWEEN_HAN = re.compile(r"(?<=[一-鿿])\s+(?=[一-鿿])")
PAUSED = 2.5
"""Characters between two spaces, in the middling case, from which the spaces are pauses, as recognisers without
punctuation write them; with fewer they part words."""
_DIGITS = str.maketrans("0123456789", "零一二三四五六七八九")
_TENS = re.compile(
    r"(?<![0-9.零〇一二三四五六七八九])[1-9][0-9](?=小时|钟头|岁|块|元|天|分钟|秒|个|年|月|号|多)"
)
_SPOKEN_DIGITS = str.maketrans({"幺": "一", "妖": "一", "洞": "零", "〇": "零", "两": "二"})
_NUMBER_RUN = re.compile(r"[零一二三四五六七八九幺妖洞〇两]{3,}")
_STAMMER = re.compile(
    r"((?![0-9零一二三四五六七八九幺])[^,，、\s]{1,6}?)[,，、\s]*(?:\1[,，、\s]*){2,}"
)
DENIED, INSTEAD = (
    ("不是", "我不是", "又不是", "我又不是", "没说要", "我没说", "我又没说", "没被", "我没被"),
    (
        *(
            "是",
            "我是",
            "我要",
            "我问",
            "我说",
            "就是",
            "只是",
            "就想",
            "就把",
            "只想",
            "只退",
            "就退",
        ),
        *("就问", "只问", "我就问", "我只问", "我就想", "我只想"),
    ),
)
"""How a clause begins that is taken back, and how the one that replaces it does."""
ASKED = ("吗", "么", "嘛", "是不是")
"""How a clause ends or begins that asks and takes nothing back."""
LATIN = {
    "app": "诶批批",
    "a": "诶",
    "p": "批",
    "sim": "西姆",
    "g": "鸡",
    "wifi": "外费",
    "ok": "欧克",
}
_LATIN_RUN = re.compile(r"[a-z]+")


@dataclass(frozen=True)
class Utterance:
    """Text as understanding reads it."""

    text: str
    """All clauses joined; Han characters only (letters and digits are spelled in Han)."""
    clauses: tuple[str, ...]
    """Runs between punctuation marks, none of them empty."""
    shown: str
    """What the listener is told was heard: simplified, letters and digits as they came."""


@lru_cache(maxsize=1)
def _to_simplified() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


def simplified(text: str) -> str:
    """Traditional characters become simplified ones."""
    return str(_to_simplified().convert(text)) if text else ""


def shown(text: str) -> str:
    """Simplified text, punctuation kept; spaces between Chinese characters are left out, or are commas where whole
    phrases stand between them."""
    text = text.encode("utf-8", "ignore").decode()  # JSON can hold half a surrogate pair
    text = unicodedata.normalize("NFKC", text)[:MAX_CHARACTERS]
    text = simplified(_SPACE.sub(" ", text).strip())
    pauses = text and median(map(len, text.split())) >= PAUSED
    return _BETWEEN_HAN.sub("," if pauses else "", text)


def normalise(text: str) -> Utterance:
    """The normal form of ``text``."""
    plain = shown(text)
    spelled = _spell(plain.lower())
    pieces = (_NOT_WORD.sub("", piece) for piece in _CLAUSE_END.split(spelled))
    clauses = tuple(piece for piece in pieces if piece)
    return Utterance("".join(clauses), clauses, plain)


def _spell(text: str) -> str:
    """Letters and digits as the Han characters that sound like them; spoken digits in one spelling."""
    text = _LATIN_RUN.sub(
        lambda run: LATIN.get(run[0], "".join(LATIN.get(c, "") for c in run[0])), text
    )
    text = _TENS.sub(_in_tens, text).translate(_DIGITS)
    return _NUMBER_RUN.sub(lambda run: run[0].translate(_SPOKEN_DIGITS), text)


def _in_tens(figures: re.Match[str]) -> str:
    """24 as 二十四, which is what people say before what is counted."""
    tens, ones = figures[0][0], figures[0][1]
    return f"{tens.replace('1', '')}十{ones.replace('0', '')}"


def without_stammer(text: str) -> str:
    """Three or more repetitions of the same few characters become one; numbers stay as they are."""
    return _STAMMER.sub(r"\1", text)


def without_denied(utterance: Utterance) -> Utterance:
    """The utterance without a clause that a later one puts right: 「不是打电话，是用手机，怎么退」."""
    clauses = utterance.clauses
    denied = {
        i
        for i, clause in enumerate(clauses)
        if clause.startswith(DENIED)
        and not clause.endswith(ASKED)
        and any(
            other.startswith(INSTEAD) and not other.startswith(ASKED) for other in clauses[i + 1 :]
        )
    }
    kept = tuple(clause for i, clause in enumerate(clauses) if i not in denied)
    return replace(utterance, text="".join(kept), clauses=kept) if denied else utterance


def fluent(utterance: Utterance) -> Utterance:
    """The utterance as it was meant to be said: 「我，我，我想退」 as 「我想退」."""
    text = without_stammer(utterance.shown)
    if text == utterance.shown:
        return utterance
    return replace(normalise(text), shown=utterance.shown)
