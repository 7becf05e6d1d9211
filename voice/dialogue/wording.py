"""The assistant's own sentences: prompts of the pack with their blanks filled in."""

from __future__ import annotations

from voice.content.entries import Entry, Option, Pack

_DIGITS = "零一二三四五六七八九十"


def ordinal(number: int) -> str:
    """A number from 0 to 99 in characters, for 「第三步」."""
    tens, ones = divmod(number, 10)
    if tens == 0:
        return _DIGITS[ones]
    return ("" if tens == 1 else _DIGITS[tens]) + "十" + (_DIGITS[ones] if ones else "")


def prompt(pack: Pack, key: str, **blanks: str | int) -> tuple[str, ...]:
    """The sentences of a prompt; numbers are written in characters. KeyError when the pack lacks it."""
    filled = {k: ordinal(v) if isinstance(v, int) else v for k, v in blanks.items()}
    return tuple(sentence.format(**filled) for sentence in pack.prompts[key])


def joined(head: tuple[str, ...], body: tuple[str, ...]) -> tuple[str, ...]:
    """Two runs of sentences, the last of ``head`` and the first of ``body`` read as one sentence."""
    if not head or not body:
        return head or body
    return (*head[:-1], head[-1] + body[0], *body[1:])


def names(options: tuple[Option, ...]) -> str:
    """The labels of options, as they are read out."""
    return "、".join(option.label for option in options)


def spoken_length(say: tuple[str, ...]) -> int:
    """Characters that are spoken: letters, digits and Han characters, not punctuation."""
    return sum(character.isalnum() for sentence in say for character in sentence)


TURN_LIMIT = 60
"""Characters a listener of 78 takes in at once, about 20 seconds of speech."""


def fits(*parts: tuple[str, ...]) -> bool:
    """True when these together stay within one turn."""
    return sum(map(spoken_length, parts)) <= TURN_LIMIT


def as_option(entry: Entry) -> Option:
    """An entry on offer under its title."""
    return Option(label=entry.title, names=entry.topic_words, goto=entry.id)
