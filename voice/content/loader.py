"""Reads a content folder into a :class:`~voice.content.entries.Pack`."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from voice.content.entries import CommandPhrases, Entry, Pack, Section
from voice.content.schema import (
    CommandsFile,
    ConceptsFile,
    EntryFile,
    LexiconFile,
    PackFile,
    PromptsFile,
    SectionsFile,
)
from voice.content.yaml_lines import Document, Fault, read_document
from voice.errors import ContentError

SPECIAL = ("pack.yaml", "prompts.yaml", "commands.yaml", "lexicon.yaml", "concepts.yaml")
"""The files that every pack has beside its entries."""
OPTIONAL = ("sections.yaml",)
"""The files that are no entries and may be missing."""

FileModel = TypeVar("FileModel", bound=BaseModel)


@dataclass(frozen=True)
class Reading:
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


def read_pack(folder: Path) -> Reading:
    """Read every YAML file below ``folder``; raises ContentError when there is no such folder."""
    if not folder.is_dir():
        raise ContentError(f"there is no content folder at {folder}", file=str(folder), line="0")
    reader = _Reader(folder)
    paths = sorted(path for path in folder.rglob("*.yaml") if path.is_file())
    for path in paths:
        reader.read(path)
    for name in SPECIAL:
        if name not in reader.documents and not any(f.file == name for f in reader.faults):
            reader.faults.append(Fault(name, 0, "this file of the pack is missing", "add it"))
    pack = Pack(
        name=reader.name,
        folder=str(folder),
        entries=reader.entries,
        commands=reader.commands,
        prompts=reader.prompts,
        lexicon=reader.lexicon,
        concepts=reader.concepts,
        sections=reader.sections,
        extra=reader.extra,
        digest=digest(folder, paths),
    )
    return Reading(pack, tuple(reader.faults), reader.documents)


def digest(folder: Path, paths: list[Path]) -> str:
    """SHA-256 over names and bytes of the files, in order."""
    total = hashlib.sha256()
    for path in paths:
        total.update(path.relative_to(folder).as_posix().encode() + b"\0")
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


class _Reader:
    """Gathers what the files hold; a faulty file is left out and noted."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.name = folder.name
        self.entries: dict[str, Entry] = {}
        self.commands: dict[str, CommandPhrases] = {}
        self.prompts: dict[str, tuple[str, ...]] = {}
        self.lexicon: dict[str, tuple[str, ...]] = {}
        self.concepts: dict[str, tuple[str, ...]] = {}
        self.sections: dict[int, Section] = {}
        self.extra: tuple[str, ...] = ()
        self.faults: list[Fault] = []
        self.documents: dict[str, Document] = {}

    def read(self, path: Path) -> None:
        file = path.relative_to(self.folder).as_posix()
        document = read_document(path, file)
        if isinstance(document, Fault):
            self.faults.append(document)
            return
        self.documents[file] = document
        match file:
            case "pack.yaml":
                if (about := self.parse(document, PackFile)) is not None:
                    self.name = about.name
            case "prompts.yaml":
                if (prompts := self.parse(document, PromptsFile)) is not None:
                    self.prompts = dict(prompts.prompts)
            case "commands.yaml":
                if (commands := self.parse(document, CommandsFile)) is not None:
                    self.commands = {k: v.command(k) for k, v in commands.commands.items()}
            case "lexicon.yaml":
                if (lexicon := self.parse(document, LexiconFile)) is not None:
                    self.lexicon = dict(lexicon.lexicon)
            case "concepts.yaml":
                if (concepts := self.parse(document, ConceptsFile)) is not None:
                    self.concepts = dict(concepts.concepts)
            case "sections.yaml":
                if (sections := self.parse(document, SectionsFile)) is not None:
                    self.sections = {k: v.section() for k, v in sections.sections.items()}
                    self.extra = sections.extra
            case _:
                self.read_entry(document)

    def read_entry(self, document: Document) -> None:
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
        try:
            return model.model_validate(document.data)
        except ValidationError as errors:
            for error in errors.errors(include_url=False):
                line = document.line(tuple(error["loc"]))
                where = ".".join(str(part) for part in error["loc"]) or "the file"
                what = f"{where}: {error['msg'].lower()}"
                mend = "see content/README.md for what stands here"
                self.faults.append(Fault(document.file, line, what, mend))
            return None
