"""YAML read together with the line on which each value stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

MAX_BYTES = 1_000_000
"""Size of the largest content file that is read: a hand-written file stays far below it."""
MAX_DEPTH = 12
"""Levels of nesting that a content file may have."""

Location = tuple[int | str, ...]
"""Keys and list positions from the top of the document to a value."""


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
    data: Any
    lines: dict[Location, int]

    def line(self, location: Location) -> int:
        """The line of the value at this location, or of the nearest value around it."""
        while location and location not in self.lines:
            location = location[:-1]
        return self.lines.get(location, 0)


class _Unusable(Exception):
    """The document is well-formed YAML that a content file may not use."""

    def __init__(self, line: int, what: str) -> None:
        super().__init__(what)
        self.line, self.what = line, what


def read_document(path: Path, file: str) -> Document | Fault:
    """Parse one file; ``file`` is its name in messages. Never raises for what the file holds."""
    try:
        raw = path.read_bytes()
        if len(raw) > MAX_BYTES:
            return Fault(file, 0, f"the file has more than {MAX_BYTES} bytes", "split it")
        node = yaml.compose(raw.decode("utf-8"), Loader=yaml.CSafeLoader)
        lines: dict[Location, int] = {}
        data = _build(node, (), lines) if node is not None else None
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        return Fault(file, line, "the file is not UTF-8", "save it as UTF-8")
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        return Fault(
            file,
            mark.line + 1 if mark else 0,
            f"this is not YAML: {error.problem}",
            "check the indentation, colons and quotes around this line",
        )
    except yaml.YAMLError as error:
        return Fault(file, 0, f"this is not YAML: {error}", "remove characters that cannot be read")
    except _Unusable as error:
        return Fault(file, error.line, error.what, "write the values out plainly")
    except OSError as error:
        return Fault(file, 0, f"the file cannot be read: {error.strerror}", "check its rights")
    return Document(file, data, lines)


def _build(node: yaml.Node, at: Location, lines: dict[Location, int]) -> Any:
    line = node.start_mark.line + 1
    if len(at) > MAX_DEPTH:
        raise _Unusable(line, "the values are nested too deep")
    lines[at] = line
    if isinstance(node, yaml.MappingNode):
        return dict(_pairs(node, at, lines))
    if isinstance(node, yaml.SequenceNode):
        return [_build(child, (*at, i), lines) for i, child in enumerate(node.value)]
    return _scalar(node)


def _pairs(
    node: yaml.MappingNode, at: Location, lines: dict[Location, int]
) -> Iterator[tuple[str, Any]]:
    seen: set[str] = set()
    for key_node, value_node in node.value:
        line = key_node.start_mark.line + 1
        if not isinstance(key_node, yaml.ScalarNode):
            raise _Unusable(line, "a key must be a plain word")
        key = str(key_node.value)
        if key in seen:
            raise _Unusable(line, f"the key {key!r} stands here twice")
        seen.add(key)
        value = _build(value_node, (*at, key), lines)
        lines[(*at, key)] = line
        yield key, value


def _scalar(node: yaml.Node) -> Any:
    """Only text, whole numbers, yes/no and nothing: dates and the like stay the text they are."""
    text = str(node.value)
    match node.tag.rsplit(":", 1)[-1]:
        case "bool":
            return text.lower() in ("true", "yes", "on")
        case "int":
            return int(text) if text.lstrip("-").isdigit() else text
        case "null":
            return None
        case _:
            return text
