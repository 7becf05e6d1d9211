"""Phrasings: enough of them, and none that belongs to two entries or to a command."""

from __future__ import annotations

import re
from collections.abc import Iterator

from voice.content.command_names import ANSWERS, ORDINALS
from voice.content.entries import Entry, Kind
from voice.content.loader import PackReading
from voice.content.rules.places import entry_fault, line_of
from voice.content.yaml_lines import Fault, Location
from voice.errors import ContentError
from voice.understand.confusion import codes
from voice.understand.normal import normalise
from voice.understand.templates import Template, compile_template, spell

MINIMUM = {Kind.CHANNELS: 60, Kind.GUIDE: 60, Kind.HANDOFF: 15}
"""Phrasings that an entry of this kind needs before it is found by people who word it otherwise."""
MINIMUM_OTHERS = 30
MINIMUM_CONSENT = 60
"""Phrasings of an entry that needs consent: a warning that is not found warns nobody."""
WHILE_ASKED = ANSWERS | set(ORDINALS)
"""Commands that only count while a question is open, so they take no phrasing away."""
COMMANDLIKE = 8
"""Syllables of the longest phrasing that is held against commands: they are short."""
_HAN = re.compile(r"[一-鿿]")
_BESIDE = (Kind.ELSEWHERE, Kind.SMALLTALK)


def repeated(reading: PackReading) -> Iterator[Fault]:
    """No phrasing stands twice in an entry, and each has a sound."""
    for entry in reading.pack.entries.values():
        seen: set[str] = set()
        for i, phrasing in enumerate(entry.phrasings):
            at: Location = ("phrasings", i)
            text = normalise(phrasing).text if _HAN.search(phrasing) else phrasing.lower()
            if text in seen:
                what = f"「{phrasing}」 stands here twice"
                yield entry_fault(reading, entry, at, what, "keep one of them")
            seen.add(text)
            if not _sound(phrasing) and entry.kind is not Kind.ELSEWHERE:
                what = f"「{phrasing}」 has no sound"
                yield entry_fault(reading, entry, at, what, "write it in characters")


def _sound(phrasing: str, *, merged: bool = False) -> str:
    text = normalise(phrasing).text
    return " ".join((codes(c) or (c,))[0] for c in text) if merged else spell(text)


def _heard(entry: Entry) -> Iterator[tuple[int, str]]:
    """Position and text of the phrasings that sound like speech; noise has pages of Latin letters."""
    for i, phrasing in enumerate(entry.phrasings):
        if _sound(phrasing) and (entry.kind is not Kind.ELSEWHERE or _HAN.search(phrasing)):
            yield i, phrasing


def sound_alike(reading: PackReading) -> Iterator[Fault]:
    """No phrasing sounds the same in two entries, to plain ears and to ears that merge sounds."""
    owners: dict[str, tuple[Entry, str]] = {}
    for entry in reading.pack.entries.values():
        for i, phrasing in _heard(entry):
            other, first = owners.setdefault(_sound(phrasing, merged=True), (entry, phrasing))
            if other.id != entry.id:
                accent = "" if _sound(first) == _sound(phrasing) else " where sounds are merged"
                what = (
                    f"「{phrasing}」 sounds like 「{first}」 of {other.id} ({other.file}){accent}"
                )
                mend = "keep it in the entry it fits better"
                yield entry_fault(reading, entry, ("phrasings", i), what, mend)


def commands_apart(reading: PackReading) -> Iterator[Fault]:
    """No phrasing is a command, and no example of a command is a phrasing."""
    owners: dict[str, Entry] = {}
    patterns = list(_patterns(reading))
    for entry in reading.pack.entries.values():
        for i, phrasing in _heard(entry):
            sound = _sound(phrasing)
            owners.setdefault(sound, entry)
            if entry.kind in _BESIDE or sound.count(" ") > COMMANDLIKE:
                continue
            for name, template in patterns:
                if template.covers(sound):
                    what = f"「{phrasing}」 is the command {name}: {template.source}"
                    mend = "remove it here, or make the command narrower"
                    yield entry_fault(reading, entry, ("phrasings", i), what, mend)
    for name, command in reading.pack.commands.items():
        for i, example in enumerate(command.examples):
            if (owner := owners.get(_sound(example))) is not None and owner.kind not in _BESIDE:
                line = line_of(reading, "commands.yaml", ("commands", name, "examples", i))
                what = f"「{example}」 is a phrasing of {owner.id} ({owner.file}) too"
                yield Fault("commands.yaml", line, what, "keep one of them")


def _patterns(reading: PackReading) -> Iterator[tuple[str, Template]]:
    """The templates of commands that are obeyed at any time; those that do not compile are left out."""
    for name, command in reading.pack.commands.items():
        for source in command.phrases if name not in WHILE_ASKED else ():
            try:
                yield name, compile_template(source)
            except ContentError:
                continue


def enough(reading: PackReading) -> Iterator[Fault]:
    """Every entry has enough phrasings to be found."""
    for entry in reading.pack.entries.values():
        if entry.kind in _BESIDE:
            continue
        least = MINIMUM.get(entry.kind, MINIMUM_CONSENT if entry.consent else MINIMUM_OTHERS)
        if len(entry.phrasings) < least:
            what = f"{entry.id} has {len(entry.phrasings)} phrasings"
            yield entry_fault(reading, entry, ("phrasings",), what, f"write at least {least}")
