"""From Mandarin syllables to the symbols that the Kokoro model was trained on.

The transcription is the standard phonology of Mandarin (Lin, The Sounds of Chinese, 2007; Duanmu,
The Phonology of Standard Chinese, 2007) in the model's own alphabet: affricates are single letters,
tones are arrows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from voice.speak.readings import Syllable

_INITIALS: Mapping[str, str] = {
    "b": "p", "p": "pʰ", "m": "m", "f": "f", "d": "t", "t": "tʰ", "n": "n", "l": "l",
    "g": "k", "k": "kʰ", "h": "x", "j": "ʨ", "q": "ʨʰ", "x": "ɕ",
    "zh": "ꭧ", "ch": "ꭧʰ", "sh": "ʂ", "r": "ɻ", "z": "ʦ", "c": "ʦʰ", "s": "s",
}  # fmt: skip

_FINALS: Mapping[str, str] = {
    "a": "a0", "ai": "ai0", "an": "a0n", "ang": "a0ŋ", "ao": "au0",
    "e": "ɤ0", "ei": "ei0", "en": "ə0n", "eng": "ə0ŋ", "er": "ɚ0", "o": "wo0",
    "i": "i0", "ia": "ja0", "ian": "jɛ0n", "iang": "ja0ŋ", "iao": "jau0", "ie": "je0",
    "in": "i0n", "ing": "i0ŋ", "iong": "jʊ0ŋ", "iou": "jou0", "io": "jɔ0",
    "ong": "ʊ0ŋ", "ou": "ou0",
    "u": "u0", "ua": "wa0", "uai": "wai0", "uan": "wa0n", "uang": "wa0ŋ", "uei": "wei0",
    "uen": "wə0n", "ueng": "wə0ŋ", "uo": "wo0",
    "v": "y0", "van": "ɥɛ0n", "ve": "ɥe0", "vn": "y0n",
    "apical": "ɨ0",
}  # fmt: skip
"""Finals with 0 where the tone goes: after the nucleus."""

_WHOLE: Mapping[str, str] = {
    "o": "ɔ0", "ê": "ɛ0", "m": "m0", "n": "n0", "ng": "ŋ0", "hm": "hm0", "hng": "hŋ0",
}  # fmt: skip
"""Interjections that are a syllable without an initial."""

_TONES: Mapping[int, str] = {1: "→", 2: "↗", 3: "↓", 4: "↘", 5: ""}

_ZERO_INITIAL: Mapping[str, str] = {
    "yi": "i", "ya": "ia", "yan": "ian", "yang": "iang", "yao": "iao", "ye": "ie", "yin": "in",
    "ying": "ing", "yong": "iong", "you": "iou", "yo": "io", "yai": "ai",
    "yu": "v", "yuan": "van", "yue": "ve", "yun": "vn",
    "wu": "u", "wa": "ua", "wai": "uai", "wan": "uan", "wang": "uang", "wei": "uei", "wen": "uen",
    "weng": "ueng", "wo": "uo", "wong": "ong",
}  # fmt: skip

_SHORT_FINALS: Mapping[str, str] = {"ui": "uei", "iu": "iou", "un": "uen", "ue": "ve"}

SYMBOLS: Mapping[str, int] = {
    ",": 3, ".": 4, "?": 6, " ": 16, "ʦ": 20, "ʨ": 21, "ꭧ": 23, "a": 43, "e": 47, "f": 48,
    "h": 50, "i": 51, "j": 52, "k": 53, "l": 54, "m": 55, "n": 56, "o": 57, "p": 58, "s": 61,
    "t": 62, "u": 63, "w": 65, "x": 66, "y": 67, "ɔ": 76, "ɕ": 77, "ə": 83, "ɚ": 85, "ɛ": 86,
    "ɥ": 99, "ɨ": 101, "ŋ": 112, "ɤ": 140, "ɻ": 126, "ʂ": 130, "ʊ": 135, "ʰ": 162,
    "↓": 169, "→": 171, "↗": 172, "↘": 173,
}  # fmt: skip
"""What Mandarin needs of the vocabulary of Kokoro-82M v1.0 (``vocab`` in its config.json)."""


def transcribe(base: str, tone: int) -> str:
    """The symbols of one syllable; an unknown final gives those of its letters that are known."""
    if base in _WHOLE:
        return _WHOLE[base].replace("0", _TONES[tone])
    initial, final = split(base)
    shape = _FINALS.get(final, "".join(letter for letter in final if letter in SYMBOLS) + "0")
    return _INITIALS.get(initial, "") + shape.replace("0", _TONES[tone])


def split(base: str) -> tuple[str, str]:
    """Cut toneless pinyin into initial and full final: ``"jiu"`` into ``("j", "iou")``."""
    if base in _ZERO_INITIAL:
        return "", _ZERO_INITIAL[base]
    width = 2 if base[:2] in ("zh", "ch", "sh") else 1
    initial, final = base[:width], base[width:]
    if initial not in _INITIALS or not final:
        return "", base
    if initial in ("zh", "ch", "sh", "r", "z", "c", "s") and final == "i":
        return initial, "apical"
    if initial in ("j", "q", "x") and final.startswith("u"):
        return initial, "v" + final[1:]
    return initial, _SHORT_FINALS.get(final, final)


def phonemes(syllables: Iterable[Syllable], ending: str = ".") -> str:
    """The symbols of a phrase, words parted by spaces; the mark at the end shapes its melody."""
    parts: list[str] = []
    for syllable in syllables:
        if syllable.begins_word and parts:
            parts.append(" ")
        parts.append(transcribe(syllable.base, syllable.tone))
    # A glide that begins a phrase comes out with friction; the vowel does not. 幺 keeps both, or it
    # is still heard as 焦; before other syllables that is heard as one syllable more, 也要 for 要.
    if parts and parts[0].startswith("j"):
        parts[0] = "i" + (parts[0] if parts[0] == transcribe("yao", 1) else parts[0][1:])
    return "".join(parts) + ending


def token_ids(symbols: str) -> list[int]:
    """The model's numbers for a string of symbols; unknown symbols are left out."""
    return [SYMBOLS[symbol] for symbol in symbols if symbol in SYMBOLS]
