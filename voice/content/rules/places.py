"""Where in the files of a pack the things stand that rules speak about."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from voice.content.entries import Entry
from voice.content.loader import PackReading
from voice.content.yaml_lines import Fault, Location

Rule: TypeAlias = Callable[[PackReading], Iterator[Fault]]
_BLANK = re.compile(r"\{\w*\}")


@dataclass(frozen=True)
class Spot:
    """One sentence of the pack that is read aloud, and where it stands."""

    file: str
    at: Location
    text: str


def line_of(reading: PackReading, file: str, at: Location) -> int:
    """The line of the value at this location; 0 when the file was not read."""
    document = reading.documents.get(file)
    return document.line(at) if document else 0


def entry_fault(reading: PackReading, entry: Entry, at: Location, what: str, mend: str) -> Fault:
    """A fault of an entry, at the line of one of its values."""
    return Fault(entry.file, line_of(reading, entry.file, at), what, mend)


def spoken(entry: Entry) -> Iterator[Spot]:
    """Every sentence of an entry that is read aloud."""
    for field in ("answer", "simple", "more", "done"):
        for i, text in enumerate(getattr(entry, field)):
            yield Spot(entry.file, (field, i), text)
    for field in ("title", "question", "consent_question"):
        if text := getattr(entry, field):
            yield Spot(entry.file, (field,), text)
    for i, option in enumerate(entry.options):
        yield Spot(entry.file, ("options", i, "label"), option.label)
    for i, step in enumerate(entry.steps):
        for part in ("say", "simple", "more"):
            for j, text in enumerate(getattr(step, part)):
                yield Spot(entry.file, ("steps", i, part, j), text)


def spoken_prompts(reading: PackReading) -> Iterator[Spot]:
    """Every sentence of the assistant itself, without what is filled in."""
    for key, texts in reading.pack.prompts.items():
        for i, text in enumerate(texts):
            yield Spot("prompts.yaml", ("prompts", key, i), _BLANK.sub("", text))
