"""The validator: what a pack may not do, each fault with file, line, and how to mend it.

The rules guard the listener (short turns, no digits that a voice would stumble over, nothing that leads nowhere) and
the matcher (no phrasing that belongs to two entries at once).
"""

from __future__ import annotations

import re
import string
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from voice.content.entries import Entry, Kind
from voice.content.loader import Reading, read_pack
from voice.content.prompt_keys import BLANKS
from voice.content.yaml_lines import Fault, Location
from voice.errors import ContentError
from voice.understand.normal import normalise
from voice.understand.templates import compile_template, spell

TURN = 60
"""Spoken characters a turn may have: about 20 seconds, what an old listener keeps in mind."""
CLAUSE = 22
"""Characters between two punctuation marks, so that a voice can breathe and a listener follow."""
STEP = 40
"""Spoken characters of a guide's step: what is left of a turn beside 「第三步」 and 「好了说下一步」."""
TITLE = 14
"""Characters of a title: it is read inside 「您是想问……对吗」, up to three of them in a turn."""
MINIMUM = {Kind.CHANNELS: 60, Kind.GUIDE: 60, Kind.HANDOFF: 15}
"""Phrasings that an entry of this kind needs before it is found by people who word it otherwise."""
MINIMUM_OTHERS = 30
LETTERS_ALLOWED = re.compile(r"App")
_FOREIGN = re.compile(r"[A-Za-z0-9]")
_MARKS = re.compile(r"[，。？！、；：,.?!;:「」『』（）()…\s]+")
_AVOID = "avoid"
"""Word list of the pack: ``word=better word`` lines for what is misread or misheard."""


@dataclass(frozen=True)
class _Spot:
    """One spoken sentence of the pack and where it stands."""

    file: str
    at: Location
    text: str


def check_pack(folder: Path, *, full: bool = True) -> tuple[Fault, ...]:
    """Everything wrong with the pack in ``folder``, in the order of files; raises ContentError when
    there is no such folder.

    With ``full`` the number of phrasings is checked too; a pack that is being begun may go without.
    """
    reading = read_pack(folder)
    rules: list[Callable[[Reading], Iterator[Fault]]] = [
        _shapes,
        _relations,
        _lengths,
        _spelling,
        _prompts,
        _templates,
        _sound_alike,
    ]
    if full:
        rules.append(_numbers)
    found = [fault for rule in rules for fault in rule(reading)]
    return tuple(sorted((*reading.faults, *found), key=lambda fault: (fault.file, fault.line)))


def _line(reading: Reading, file: str, at: Location) -> int:
    document = reading.documents.get(file)
    return document.line(at) if document else 0


def _fault(reading: Reading, entry: Entry, at: Location, what: str, mend: str) -> Fault:
    return Fault(entry.file, _line(reading, entry.file, at), what, mend)


def _shapes(reading: Reading) -> Iterator[Fault]:
    """Each kind has what it needs."""
    for entry in reading.pack.entries.values():
        prefix, _, slug = entry.id.partition(".")
        if prefix != entry.kind:
            what = f"the id {entry.id} does not begin with the kind {entry.kind}"
            yield _fault(reading, entry, ("id",), what, f"call it {entry.kind}.{slug or 'name'}")
        if entry.kind is Kind.GUIDE and not entry.steps:
            yield _fault(reading, entry, (), "a guide has no steps", "add steps")
        if entry.kind not in (Kind.GUIDE, Kind.ELSEWHERE) and not entry.answer:
            yield _fault(reading, entry, (), "the entry has no answer", "add answer")
        if entry.consent and not entry.consent_question:
            mend = "add consent_question"
            yield _fault(reading, entry, ("consent",), "nothing asks for the consent", mend)
        if entry.kind is Kind.GUIDE and any(s.irreversible for s in entry.steps) != bool(
            entry.warning
        ):
            mend = "mark the step that cannot be undone, and name the warning"
            what = "irreversible step and warning belong together"
            yield _fault(reading, entry, ("warning",), what, mend)


def _relations(reading: Reading) -> Iterator[Fault]:
    """Every id that is named exists."""
    entries = reading.pack.entries
    for entry in entries.values():
        named: list[tuple[Location, str]] = [
            (("related", i), other) for i, other in enumerate(entry.related)
        ]
        named += [((field,), getattr(entry, field)) for field in ("offers", "then", "warning")]
        named += [(("options", i, "goto"), o.goto) for i, o in enumerate(entry.options)]
        for at, other in named:
            if other and other not in entries:
                what = f"{at[0]} names {other}, and there is no such entry"
                yield _fault(reading, entry, at, what, "correct the id or add the entry")
        if entry.then and entries.get(entry.then, entry).consent:
            what = f"then leads to {entry.then}, which needs consent"
            yield _fault(reading, entry, ("then",), what, "use offers")


def _lengths(reading: Reading) -> Iterator[Fault]:
    """Turns and clauses are short."""
    for entry in reading.pack.entries.values():
        for field, texts in (("answer", entry.answer), ("simple", entry.simple), ("more", entry.more)):
            yield from _too_long(reading, entry, (field,), texts, TURN)
        for i, step in enumerate(entry.steps):
            yield from _too_long(reading, entry, ("steps", i, "say"), step.say, STEP)
            yield from _too_long(reading, entry, ("steps", i, "more"), step.more, TURN)
        if len(entry.title) > TITLE:
            what = f"the title has {len(entry.title)} characters"
            yield _fault(reading, entry, ("title",), what, f"shorten it to {TITLE}")
        for spot in _spoken(entry):
            longest = max(map(len, _MARKS.split(spot.text)))
            if longest > CLAUSE:
                what = f"a clause has {longest} characters: {spot.text}"
                yield _fault(reading, entry, spot.at, what, f"break it up below {CLAUSE}")


def _too_long(
    reading: Reading, entry: Entry, at: Location, texts: tuple[str, ...], most: int
) -> Iterator[Fault]:
    length = sum(len(_MARKS.sub("", text)) for text in texts)
    if length > most:
        what = f"{at[-1]} has {length} spoken characters"
        yield _fault(reading, entry, at, what, f"shorten it to {most}")


def _spoken(entry: Entry) -> Iterator[_Spot]:
    """Every sentence of an entry that is read aloud."""
    for field in ("answer", "simple", "more", "done"):
        for i, text in enumerate(getattr(entry, field)):
            yield _Spot(entry.file, (field, i), text)
    for field in ("title", "question", "consent_question"):
        if text := getattr(entry, field):
            yield _Spot(entry.file, (field,), text)
    for i, option in enumerate(entry.options):
        yield _Spot(entry.file, ("options", i, "label"), option.label)
    for i, step in enumerate(entry.steps):
        for part in ("say", "simple", "more"):
            for j, text in enumerate(getattr(step, part)):
                yield _Spot(entry.file, ("steps", i, part, j), text)


def _spelling(reading: Reading) -> Iterator[Fault]:
    """No digit, no letter, no word that voices misread or listeners mishear."""
    avoid = dict(
        line.partition("=")[::2] for line in reading.pack.lexicon.get(_AVOID, ()) if "=" in line
    )
    spots = [spot for entry in reading.pack.entries.values() for spot in _spoken(entry)]
    for key, texts in reading.pack.prompts.items():
        spots += [
            _Spot("prompts.yaml", ("prompts", key, i), re.sub(r"\{\w+\}", "", text))
            for i, text in enumerate(texts)
        ]
    for spot in spots:
        line = _line(reading, spot.file, spot.at)
        strange = _FOREIGN.findall(LETTERS_ALLOWED.sub("", spot.text))
        if strange:
            what = f"「{''.join(strange)}」 would be misread in: {spot.text}"
            yield Fault(spot.file, line, what, "write numbers and letters in characters")
        for word, better in avoid.items():
            if word in spot.text:
                yield Fault(spot.file, line, f"「{word}」 is misread or misheard", f"say 「{better}」")


def _prompts(reading: Reading) -> Iterator[Fault]:
    """The assistant's own sentences are all there, with blanks that exist."""
    prompts = reading.pack.prompts
    for key in BLANKS:
        if key not in prompts:
            yield Fault("prompts.yaml", 0, f"the prompt {key} is missing", "add it")
    for key, texts in prompts.items():
        allowed = BLANKS.get(key)
        if allowed is None:
            continue
        for i, text in enumerate(texts):
            line = _line(reading, "prompts.yaml", ("prompts", key, i))
            try:
                names = {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
            except ValueError as error:
                yield Fault("prompts.yaml", line, f"the braces do not match: {error}", "close them")
                continue
            for name in sorted(names - allowed):
                what = f"nothing is filled into {{{name}}} in {key}"
                mend = f"use {sorted(allowed)}" if allowed else "remove it"
                yield Fault("prompts.yaml", line, what, mend)


def _templates(reading: Reading) -> Iterator[Fault]:
    """Templates of commands and noise compile, and no phrase stands for two commands."""
    owner: dict[str, str] = {}
    for name, command in reading.pack.commands.items():
        for field, sources in (("phrases", command.phrases), ("parts", command.parts)):
            for i, source in enumerate(sources):
                line = _line(reading, "commands.yaml", ("commands", name, field, i))
                try:
                    compile_template(source)
                except ContentError as error:
                    yield Fault("commands.yaml", line, str(error), "close the brackets")
                other = owner.setdefault(f"{field} {source}", name)
                if other != name:
                    what = f"「{source}」 is {other} and {name}"
                    yield Fault("commands.yaml", line, what, "keep one of them")


def _sound_alike(reading: Reading) -> Iterator[Fault]:
    """No phrasing stands, or sounds, the same in two entries."""
    owner: dict[str, Entry] = {}
    for entry in reading.pack.entries.values():
        for i, phrasing in enumerate(entry.phrasings):
            sound = spell(normalise(phrasing).text)
            at: Location = ("phrasings", i)
            if not sound:
                if entry.kind is not Kind.ELSEWHERE:
                    what = f"「{phrasing}」 has no sound"
                    yield _fault(reading, entry, at, what, "write it in characters")
                continue
            other = owner.setdefault(sound, entry)
            if other.id != entry.id:
                what = f"「{phrasing}」 sounds like a phrasing of {other.id} ({other.file})"
                yield _fault(reading, entry, at, what, "keep it in the entry it fits better")


def _numbers(reading: Reading) -> Iterator[Fault]:
    """Every entry has enough phrasings to be found."""
    for entry in reading.pack.entries.values():
        if entry.kind in (Kind.ELSEWHERE, Kind.SMALLTALK):
            continue
        least = MINIMUM.get(entry.kind, 2 * MINIMUM_OTHERS if entry.consent else MINIMUM_OTHERS)
        if len(entry.phrasings) < least:
            what = f"{entry.id} has {len(entry.phrasings)} phrasings"
            yield _fault(reading, entry, ("phrasings",), what, f"write at least {least}")
