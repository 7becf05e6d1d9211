"""The tokens of Whisper that readings of Mandarin are made of: one in nine of those it was published with.

For each token that it writes, the decoder compares itself with every token it knows. With those of other languages
gone a quick look takes 0.6 of its time and reads the same (figures in docs/hearing.md).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from tokenizers import Tokenizer

_BYTE = re.compile(r"[\x00-\x2f\x3a-\x7f]")
"""Those of one byte, figures aside, so that anything can be spelled; the bytes of other scripts are no whole text."""
_CHINESE = re.compile("[一-鿿，。！？、：；「」《》…—·（）“”‘’]+")
_LATIN = re.compile(r"[\s,.!?:;'\"()-]+| ?([A-Za-z]{1,2}|[A-Z]{3,4}|[Aa]pp)")
"""Punctuation, and what Chinese texts have of Latin letters: single ones, abbreviations, App. Longer words are written
in pieces."""
_FIGURES = re.compile(" ?[0-9]+")
_SPECIAL = re.compile(r"<\|.*\|>")
_TIME = re.compile(r"<\|[0-9.]+\|>")


class Vocabulary:
    """Some tokens of a published tokenizer, numbered anew in the order that they had.

    ``figures``: whether numbers may be written in figures; without, they come in the characters that people say.
    """

    def __init__(self, tokenizer: Tokenizer, *, figures: bool = False) -> None:
        self._tokenizer = tokenizer
        self._published: dict[str, int] = tokenizer.get_vocab()
        self.kept = sorted(
            number
            for token, number in self._published.items()
            if _is_needed(token, figures=figures)
        )
        """The published numbers of the tokens, by their new ones."""
        self._new = {number: place for place, number in enumerate(self.kept)}

    def numbered(self, token: str) -> int | None:
        """The number of a special token; None if there is none."""
        return self._new.get(self._published.get(token, -1))

    def renumbered(self, published: Iterable[int]) -> list[int]:
        """Published numbers as the new ones; those of tokens that are gone are left out."""
        return [self._new[number] for number in published if number in self._new]

    def encode(self, text: str) -> list[int]:
        """The tokens of a text. A token that is gone is spelled by its bytes, and left out where these are gone too."""
        encoded = self._tokenizer.encode(text, add_special_tokens=False)
        return [
            number for token in encoded.tokens for number in self.renumbered(self._spelled(token))
        ]

    def decode(self, tokens: Iterable[int]) -> str:
        """The text that tokens stand for, special ones left aside."""
        text: str = self._tokenizer.decode([self.kept[token] for token in tokens])
        return text

    def _spelled(self, token: str) -> list[int]:
        number = self._published[token]
        if number in self._new:
            return [number]
        return [self._published[byte] for byte in token if byte in self._published]


def load_tokenizer(folder: Path) -> Tokenizer:
    """The tokenizer in a model's folder. Raises :class:`OSError`, :class:`ValueError`.

    From bytes, not from a path: the library reads tokenizers from a hub when the file is gone.
    """
    return Tokenizer.from_buffer((folder / "tokenizer.json").read_bytes())


def _is_needed(token: str, *, figures: bool) -> bool:
    """Whether a token, its bytes written as one letter each, belongs to Mandarin; parts of characters do."""
    if _SPECIAL.fullmatch(token):
        return not _TIME.fullmatch(token)
    if any(letter not in _BYTES for letter in token):
        return False
    try:
        text = bytes(map(_BYTES.__getitem__, token)).decode()
    except UnicodeDecodeError:
        return True
    wanted = (_BYTE, _CHINESE, _LATIN, *([_FIGURES] if figures else []))
    return any(pattern.fullmatch(text) for pattern in wanted)


def _bytes() -> dict[str, int]:
    """The byte that each letter of a token stands for. Bytes that are no printable letter of Latin-1 stand, in their
    order, behind all others (Radford et al., "Language Models are Unsupervised Multitask Learners", 2019, and its
    published encoder)."""
    shown = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    hidden = (byte for byte in range(0x100) if byte not in shown)
    return {chr(byte): byte for byte in shown} | {
        chr(0x100 + place): byte for place, byte in enumerate(hidden)
    }


_BYTES = _bytes()
