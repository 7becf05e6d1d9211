"""Entries are whole, lead somewhere, and can be reached."""

from __future__ import annotations

from collections.abc import Iterator

from voice.content.entries import Entry, Kind
from voice.content.loader import PackReading
from voice.content.rules.places import entry_fault, line_of
from voice.content.yaml_lines import Fault, Location
from voice.understand.following import COMFORTING
from voice.understand.strangers import GOAL

FALLBACK = "fallback_entries"
"""Word list of the pack: ids of entries that are offered when nothing was understood."""


def shapes(reading: PackReading) -> Iterator[Fault]:
    """Each kind has what it needs."""
    for entry in reading.pack.entries.values():
        for at, what, mend in _misshapen(entry):
            yield entry_fault(reading, entry, at, what, mend)


def _misshapen(entry: Entry) -> Iterator[tuple[Location, str, str]]:
    """Location, what is wrong, how to mend it."""
    prefix, _, slug = entry.id.partition(".")
    if prefix != entry.kind:
        what = f"the id {entry.id} does not begin with the kind {entry.kind}"
        yield ("id",), what, f"call it {entry.kind}.{slug or 'name'}"
    if entry.kind is Kind.GUIDE and not entry.steps:
        yield (), "a guide has no steps", "add steps"
    if entry.steps and entry.kind is not Kind.GUIDE:
        yield ("steps",), f"a {entry.kind} has steps", "make it a guide or remove them"
    if entry.kind not in (Kind.GUIDE, Kind.ELSEWHERE) and not entry.answer:
        yield (), "the entry has no answer", "add answer"
    if entry.lays_aside and entry.kind is not Kind.SMALLTALK:
        yield ("lays_aside",), f"a {entry.kind} lays nothing aside", "remove it"
    if entry.urgent and entry.consent:
        what = "what needs consent cannot be urgent: it would be read without being asked about"
        yield ("urgent",), what, "remove one of them"
    if entry.consent != bool(entry.consent_question):
        what = "consent and consent_question belong together"
        yield ("consent",), what, "write consent: true and the question that asks for it"
    if bool(entry.options) != bool(entry.question):
        yield ("options",), "question and options belong together", "add the one that is missing"
    if entry.kind is Kind.GUIDE and any(s.irreversible for s in entry.steps) != bool(entry.warning):
        what = "irreversible step and warning belong together"
        yield ("warning",), what, "mark the step that cannot be undone, and name the warning"


def _named(entry: Entry) -> Iterator[tuple[Location, str]]:
    """Every id that an entry names."""
    for i, other in enumerate(entry.related):
        yield ("related", i), other
    for field in ("offers", "then", "warning"):
        if other := getattr(entry, field):
            yield (field,), other
    for i, option in enumerate(entry.options):
        yield ("options", i, "goto"), option.goto
    for i, follow_up in enumerate(entry.follow_ups):
        yield ("follow_ups", i, "goto"), follow_up.goto


def relations(reading: PackReading) -> Iterator[Fault]:
    """Every id that is named exists."""
    entries = reading.pack.entries
    for entry in entries.values():
        for at, other in _named(entry):
            if other not in entries:
                what = f"{at[0]} names {other}, and there is no such entry"
                yield entry_fault(reading, entry, at, what, "correct the id or add the entry")
            elif other == entry.id and at[0] != "follow_ups":
                yield entry_fault(reading, entry, at, f"{at[0]} names itself", "remove it")
        if entry.then and entries.get(entry.then, entry).consent:
            what = f"then leads to {entry.then}, which needs consent"
            yield entry_fault(reading, entry, ("then",), what, "use offers")
    for file, at, other in _named_elsewhere(reading):
        if other not in entries:
            what = f"{other} is named, and there is no such entry"
            yield Fault(file, line_of(reading, file, at), what, "correct the id or add the entry")


def _named_elsewhere(reading: PackReading) -> Iterator[tuple[str, Location, str]]:
    """Ids that other files than entries name."""
    for key in (FALLBACK, GOAL, COMFORTING):
        for i, other in enumerate(reading.pack.lexicon.get(key, ())):
            yield "lexicon.yaml", ("lexicon", key, i), other
    for number, section in reading.pack.sections.items():
        for i, other in enumerate(section.entries):
            yield "sections.yaml", ("sections", str(number), "entries", i), other
    for i, other in enumerate(reading.pack.extra):
        yield "sections.yaml", ("extra", i), other


def reachable(reading: PackReading) -> Iterator[Fault]:
    """Every entry can be asked for, or another one leads to it."""
    entries = reading.pack.entries.values()
    led_to = set(reading.pack.lexicon.get(FALLBACK, ()))
    for entry in entries:
        led_to |= {other for at, other in _named(entry) if at[0] != "related"}
    for entry in entries:
        if not entry.phrasings and entry.id not in led_to:
            mend = "write phrasings, or lead to it by options, then, offers or warning"
            yield entry_fault(reading, entry, ("id",), f"nothing leads to {entry.id}", mend)
