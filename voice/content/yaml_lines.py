"""YAML read together with the line on which each value stands.

Only what a content file needs is read: lists, keys, text, whole numbers, yes and no. Aliases, tags and deep nesting,
by which a small file can grow without end or make objects, are refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

import yaml

MAX_BYTES = 1_000_000
"""Size of the largest content file that is read: a hand-written file stays far below it."""
MAX_DEPTH = 12
"""Levels of nesting that a content file may have."""

Location = tuple[int | str, ...]
"""Keys and list positions from the top of the document to a value."""
Value: TypeAlias = "str | int | bool | list[Value] | dict[str, Value] | None"
"""What a content file may hold."""
_WORDS: dict[str, bool | None] = {
    "true": True, "yes": True, "on": True, "false": False, "no": False, "off": False,
    "": None, "~": None, "null": None,
}  # fmt: skip
"""Plain words that are not text. Keys are text always: ``no:`` is the name of a command."""
_NUMBER = re.compile(r"-?[0-9]{1,9}")


@dataclass(frozen=True)
class Fault:
    """One thing wrong in a content file, and how to mend it."""

    file: str
    line: int
    """Counted from 1; 0 when the whole file is meant."""
    what: str
    mend: str

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}" if self.line else self.file
        return f"{where}: {self.what} — {self.mend}"


@dataclass(frozen=True)
class Document:
    """A parsed YAML file."""

    file: str
    data: Value
    lines: dict[Location, int]

    def line(self, location: Location) -> int:
        """The line of the value at this location, or of the nearest value around it."""
        while location and location not in self.lines:
            location = location[:-1]
        return self.lines.get(location, 0)


class _UnusableError(Exception):
    """The document is well-formed YAML that a content file may not use."""

    def __init__(self, line: int, what: str, mend: str) -> None:
        super().__init__(what)
        self.line, self.what, self.mend = line, what, mend


def read_document(raw: bytes, file: str) -> Document | Fault:
    """Parse the bytes of one file; ``file`` is its name in messages. Never raises."""
    if len(raw) > MAX_BYTES:
        return Fault(file, 0, f"the file has more than {MAX_BYTES} bytes", "split it")
    try:
        builder = _Builder(yaml.parse(raw.decode("utf-8-sig"), Loader=yaml.CSafeLoader))
        return Document(file, builder.document(), builder.lines)
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        return Fault(file, line, "the file is not UTF-8", "save it as UTF-8")
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        mend = "check the indentation, colons and quotes around this line"
        return Fault(file, line, f"this is not YAML: {error.problem}", mend)
    except yaml.YAMLError as error:
        return Fault(file, 0, f"this is not YAML: {error}", "remove characters that cannot be read")
    except _UnusableError as error:
        return Fault(file, error.line, error.what, error.mend)


@dataclass
class _Builder:
    """Values from the parser's events, refused as soon as one of them may not be used."""

    events: Iterator[yaml.Event]
    lines: dict[Location, int] = field(default_factory=dict)

    def document(self) -> Value:
        """The only document of the stream; None when there is none."""
        data: Value = None
        found = False
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                if found:
                    what = "a second document begins here"
                    raise _UnusableError(_line(event), what, "remove the line of dashes")
                data, found = self._value(next(self.events), ()), True
        return data

    def _value(self, event: yaml.Event, at: Location) -> Value:
        line = _line(event)
        if isinstance(event, yaml.AliasEvent):
            raise _UnusableError(line, "this repeats a value by *name", "write the value out")
        if not isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent):
            raise _UnusableError(line, "a value is missing here", "write it")
        if event.tag is not None and event.tag != "!":
            raise _UnusableError(line, f"the tag {event.tag} cannot be used", "remove it")
        if len(at) > MAX_DEPTH:
            raise _UnusableError(line, "the values are nested too deep", "write them out plainly")
        self.lines[at] = line
        if isinstance(event, yaml.MappingStartEvent):
            return dict(self._pairs(at))
        if isinstance(event, yaml.SequenceStartEvent):
            return list(self._items(at))
        return _scalar(event) if isinstance(event, yaml.ScalarEvent) else None

    def _items(self, at: Location) -> Iterator[Value]:
        count = 0
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            yield self._value(event, (*at, count))
            count += 1

    def _pairs(self, at: Location) -> Iterator[tuple[str, Value]]:
        seen: set[str] = set()
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            line = _line(event)
            if not isinstance(event, yaml.ScalarEvent):
                raise _UnusableError(line, "a key must be a plain word", "put text into quotes")
            key = str(event.value)
            if key in seen:
                raise _UnusableError(line, f"the key {key!r} stands here twice", "keep one of them")
            seen.add(key)
            value = self._value(next(self.events), (*at, key))
            self.lines[(*at, key)] = line
            yield key, value


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 0


def _scalar(event: yaml.ScalarEvent) -> Value:
    """Dates, fractions and the like stay the text they are."""
    text = str(event.value)
    if event.style:
        return text
    if text.lower() in _WORDS:
        return _WORDS[text.lower()]
    return int(text) if _NUMBER.fullmatch(text) else text
