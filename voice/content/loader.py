"""Reads a content folder into a :class:`~voice.content.entries.Pack`."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from voice.content.entries import Entry, Pack
from voice.content.schema import (
    CommandsFile,
    ConceptsFile,
    EntryFile,
    LexiconFile,
    PackFile,
    PromptsFile,
    SectionsFile,
)
from voice.content.yaml_lines import MAX_BYTES, Document, Fault, read_document
from voice.errors import ContentError

LEXICON = "lexicon.yaml"
_MODELS: dict[str, type[BaseModel]] = {
    "pack.yaml": PackFile,
    "prompts.yaml": PromptsFile,
    "commands.yaml": CommandsFile,
    LEXICON: LexiconFile,
    "concepts.yaml": ConceptsFile,
    "sections.yaml": SectionsFile,
}
"""The files that are no entries."""
OPTIONAL = ("sections.yaml",)
"""Those of them that may be missing."""
_MENDS = {
    "missing": "add it",
    "extra_forbidden": "remove it, or correct its name",
    "string_type": "put the text into quotes",
    "string_too_long": "shorten it",
    "too_short": "add what is missing",
    "too_long": "leave some out",
    "tuple_type": "write a list, one line with a dash for each",
    "dict_type": "write keys with a colon, and the values below them",
    "model_type": "write keys with a colon, and the values below them",
    "string_pattern_mismatch": "write it as kind.name, in small letters a to z",
}
"""What mends a fault, by pydantic's name of it."""

FileModel = TypeVar("FileModel", bound=BaseModel)


@dataclass(frozen=True)
class PackReading:
    """A content folder as read: the pack as far as it can be used, and everything wrong with it."""

    pack: Pack
    faults: tuple[Fault, ...]
    documents: dict[str, Document] = field(default_factory=dict)
    """By file name, for whoever wants to name a line."""


def load_pack(folder: Path) -> Pack:
    """The pack in ``folder``; raises ContentError that names the first fault."""
    reading = read_pack(folder)
    if reading.faults:
        first, others = reading.faults[0], len(reading.faults) - 1
        more = f" (and {others} more; `content check` lists them)" if others else ""
        raise ContentError(f"{first}{more}", file=first.file, line=str(first.line))
    return reading.pack


def read_pack(folder: Path) -> PackReading:
    """Read every YAML file below ``folder``; raises ContentError when there is no such folder."""
    if not folder.is_dir():
        raise ContentError(f"there is no content folder at {folder}", file=str(folder), line="0")
    reader = _Reader(folder)
    for path in sorted(path for path in folder.rglob("*.yaml") if path.is_file()):
        reader.read(path)
    for name in (name for name in _MODELS if name not in OPTIONAL):
        if name not in reader.documents and not any(f.file == name for f in reader.faults):
            reader.faults.append(Fault(name, 0, "this file of the pack is missing", "add it"))
    return PackReading(reader.pack(), tuple(reader.faults), reader.documents)


def word_list(folder: Path, name: str) -> tuple[str, ...]:
    """One list of a pack's lexicon, without reading the rest of the pack; () where it cannot be read."""
    reader = _Reader(folder)
    reader.read(folder / LEXICON)
    return reader.pack().lexicon.get(name, ())


class _Reader:
    """Gathers what the files hold; a faulty file is left out and noted."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.entries: dict[str, Entry] = {}
        self.special: dict[str, BaseModel] = {}
        self.faults: list[Fault] = []
        self.documents: dict[str, Document] = {}
        self._digest = hashlib.sha256()

    def read(self, path: Path) -> None:
        """Read one file."""
        file = os.fsencode(path.relative_to(self.folder)).decode("utf-8", "replace")
        try:
            with path.open("rb") as stream:
                raw = stream.read(MAX_BYTES + 1)
        except OSError as error:
            what = f"the file cannot be read: {error.strerror}"
            self.faults.append(Fault(file, 0, what, "check its rights"))
            return
        self._digest.update(file.encode() + b"\0" + hashlib.sha256(raw).digest())
        document = read_document(raw, file)
        if isinstance(document, Fault):
            self.faults.append(document)
            return
        self.documents[file] = document
        if file not in _MODELS:
            self.read_entry(document)
        elif (parsed := self.parse(document, _MODELS[file])) is not None:
            self.special[file] = parsed

    def read_entry(self, document: Document) -> None:
        """Take the entry of a file, unless its id is taken."""
        parsed = self.parse(document, EntryFile)
        if parsed is None:
            return
        if parsed.id in self.entries:
            other = self.entries[parsed.id].file
            line = document.line(("id",))
            what = f"the id {parsed.id} is used in {other} already"
            self.faults.append(Fault(document.file, line, what, "give one of them another id"))
            return
        self.entries[parsed.id] = parsed.entry(document.file)

    def parse(self, document: Document, model: type[FileModel]) -> FileModel | None:
        """The file as the schema has it; None when it does not fit, which is noted."""
        try:
            return model.model_validate(document.data)
        except ValidationError as errors:
            for error in errors.errors(include_url=False):
                where = (
                    ".".join(str(part) for part in error["loc"] if part != "[key]") or "the file"
                )
                what = f"{where}: {error['msg'].lower()}"
                mend = _MENDS.get(error["type"], "see content/README.md for what stands here")
                line = document.line(tuple(error["loc"]))
                self.faults.append(Fault(document.file, line, what, mend))
            return None

    def pack(self) -> Pack:
        """What was gathered; a file that is missing or faulty counts as empty."""
        sections = self._special("sections.yaml", SectionsFile(sections={}))
        commands = self._special("commands.yaml", CommandsFile(commands={})).commands
        return Pack(
            name=self._special("pack.yaml", PackFile(name=self.folder.name or "pack")).name,
            folder=str(self.folder),
            entries=self.entries,
            commands={name: file.command(name) for name, file in commands.items()},
            prompts=self._special("prompts.yaml", PromptsFile(prompts={})).prompts,
            digest=self._digest.hexdigest(),
            lexicon=self._special(LEXICON, LexiconFile(lexicon={})).lexicon,
            concepts=self._special("concepts.yaml", ConceptsFile(concepts={})).concepts,
            sections={number: file.section() for number, file in sections.sections.items()},
            extra=sections.extra,
        )

    def _special(self, file: str, empty: FileModel) -> FileModel:
        found = self.special.get(file)
        return found if isinstance(found, type(empty)) else empty
