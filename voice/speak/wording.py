"""A sentence cut into what is said and what is punctuation.

A telephone number or code is said in several groups, everything else in one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from voice.speak.figures import NUMBER_RULES, WORD_RULES, phone


@dataclass(frozen=True)
class Token:
    """A stretch of a sentence and how it is said."""

    groups: tuple[str, ...]
    """Chinese characters; one group, or the groups of a telephone number; empty for what is not said."""
    start: int
    end: int
    """Where the stretch is in the sentence as it was given."""
    number: bool = False
    """True for a telephone number or code, which stands apart from the words around it."""
    mark: str = ""
    """The punctuation mark, when the stretch is one."""


_NUMBERS = tuple((re.compile(pattern), say) for pattern, say in NUMBER_RULES)
_WORDS = tuple((re.compile(pattern), say) for pattern, say in WORD_RULES)
_LONG_NUMBER = re.compile(r"([0-9]{1,24})")
_PLAIN = re.compile(r"[一-鿿]")


def tokens(sentence: str) -> Iterator[Token]:
    """Cut a sentence into tokens; together they cover all of it."""
    text, origin = _plain_forms(sentence)
    place = 0
    while place < len(text):
        token, length = _next(text, place)
        start, end = origin[place], origin[place + length]
        place += length
        yield Token(token.groups, start, end, token.number, token.mark)


def _next(text: str, place: int) -> tuple[Token, int]:
    for pattern, group_up in _NUMBERS:
        if match := pattern.match(text, place):
            return Token(group_up(match), 0, 0, number=True), match.end() - place
    for pattern, say in _WORDS:
        if (match := pattern.match(text, place)) and match.end() > place:
            return Token((say(match),), 0, 0), match.end() - place
    if match := _LONG_NUMBER.match(text, place):
        return Token(phone(match), 0, 0, number=True), match.end() - place
    character = text[place]
    if _PLAIN.match(character):
        return Token((character,), 0, 0), 1
    return Token((), 0, 0, mark=character), 1


def _plain_forms(sentence: str) -> tuple[str, list[int]]:
    """Fold full-width, circled and accented forms; the list says from where each character came."""
    text: list[str] = []
    origin: list[int] = []
    for index, character in enumerate(sentence):
        for folded in _fold(character):
            text.append(folded)
            origin.append(index)
    return "".join(text), [*origin, len(sentence)]


def _fold(character: str) -> str:
    figure = unicodedata.decimal(character, None)
    if figure is not None:
        return str(figure)
    if character == "〇":
        return "零"
    if character == "…":
        return character
    folded = unicodedata.normalize("NFKC", character)
    return folded if _PLAIN.match(folded) else unicodedata.normalize("NFKD", character)
