"""What is read aloud is short, and spelled so that every voice reads it right."""

from __future__ import annotations

import re
from collections.abc import Iterator

from voice.content.entries import Entry
from voice.content.loader import PackReading
from voice.content.rules.places import Spot, entry_fault, line_of, spoken, spoken_prompts
from voice.content.yaml_lines import Fault, Location

TURN = 60
"""Spoken characters a turn may have: about 20 seconds, what an old listener keeps in mind."""
CLAUSE = 22
"""Characters between two punctuation marks, so that a voice can breathe and a listener follow."""
STEP = 40
"""Spoken characters of a guide's step: what is left of a turn beside 「第三步」 and 「好了说下一步」."""
TITLE = 14
"""Characters of a title: it is read inside 「您是想问……对吗」, up to three of them in a turn."""
AVOID = "avoid"
"""Word list of the pack: ``word=better word`` for what is misread or misheard."""
LETTERS_ALLOWED = re.compile(r"App")
"""The one word of Latin letters that every voice says right."""
_FOREIGN = re.compile(r"[A-Za-z\d]")
_MARKS = re.compile(r"[，。？！、；：,.?!;:「」『』（）()…\s]+")


def lengths(reading: PackReading) -> Iterator[Fault]:
    """Turns, steps, titles and clauses are short."""
    for entry in reading.pack.entries.values():
        for at, texts, most in _measured(entry):
            length = sum(len(_MARKS.sub("", text)) for text in texts)
            if length > most:
                what = f"{at[-1]} has {length} spoken characters"
                yield entry_fault(reading, entry, at, what, f"shorten it to {most}")
        if entry.question and (length := _length(*entry.answer, entry.question)) > TURN:
            what = f"answer and question have {length} spoken characters together"
            yield entry_fault(reading, entry, ("question",), what, f"shorten them to {TURN}")
        yield from _breathless(reading, spoken(entry))
    yield from _breathless(reading, spoken_prompts(reading))


def _measured(entry: Entry) -> Iterator[tuple[Location, tuple[str, ...], int]]:
    """Location, sentences that are said together, and how many characters they may have."""
    for field in ("answer", "simple", "more", "done"):
        yield (field,), getattr(entry, field), TURN
    yield ("consent_question",), (entry.consent_question,), TURN
    yield ("title",), (entry.title,), TITLE
    for i, step in enumerate(entry.steps):
        yield ("steps", i, "say"), step.say, STEP
        yield ("steps", i, "simple"), step.simple, STEP
        yield ("steps", i, "more"), step.more, TURN


def _length(*texts: str) -> int:
    return sum(len(_MARKS.sub("", text)) for text in texts)


def _breathless(reading: PackReading, spots: Iterator[Spot]) -> Iterator[Fault]:
    for spot in spots:
        longest = max(map(len, _MARKS.split(spot.text)))
        if longest > CLAUSE:
            what = f"a clause has {longest} characters: {spot.text}"
            line = line_of(reading, spot.file, spot.at)
            yield Fault(spot.file, line, what, f"break it up below {CLAUSE + 1}")


def spelling(reading: PackReading) -> Iterator[Fault]:
    """No digit, no letter, no word that voices misread or listeners mishear."""
    avoid = dict(_pairs(reading))
    spots = [spot for entry in reading.pack.entries.values() for spot in spoken(entry)]
    for spot in (*spots, *spoken_prompts(reading)):
        line = line_of(reading, spot.file, spot.at)
        if strange := _FOREIGN.findall(LETTERS_ALLOWED.sub("", spot.text)):
            what = f"「{''.join(strange)}」 would be misread in: {spot.text}"
            yield Fault(spot.file, line, what, "write numbers and letters in characters")
        for word, better in avoid.items():
            if word in spot.text:
                what = f"「{word}」 is misread or misheard in: {spot.text}"
                yield Fault(spot.file, line, what, f"say 「{better}」")


def _pairs(reading: PackReading) -> Iterator[tuple[str, str]]:
    for text in reading.pack.lexicon.get(AVOID, ()):
        word, _, better = text.partition("=")
        if word and better:
            yield word, better


def avoided(reading: PackReading) -> Iterator[Fault]:
    """The list of words to avoid says what to say instead."""
    good = {f"{word}={better}" for word, better in _pairs(reading)}
    for i, text in enumerate(reading.pack.lexicon.get(AVOID, ())):
        if text not in good:
            line = line_of(reading, "lexicon.yaml", ("lexicon", AVOID, i))
            what = f"「{text}」 does not say what is better"
            yield Fault("lexicon.yaml", line, what, "write it as 次月=下个月")
