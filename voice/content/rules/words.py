"""The assistant's own sentences, and the templates of commands and word lists."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator

from voice.content.loader import PackReading
from voice.content.prompt_keys import BLANKS, FRONT_END, FRONT_END_BLANKS, ONE_SENTENCE, SPARE
from voice.content.rules.places import entry_fault, line_of
from voice.content.word_lists import LISTS, ListKind
from voice.content.yaml_lines import Fault, Location
from voice.errors import ContentError
from voice.understand.strangers import ASIDES, BLANK
from voice.understand.templates import compile_template

_BRACKETS = re.compile(r"[()\[\]|~*]")
"""What a template is made of beside words."""


def prompts(reading: PackReading) -> Iterator[Fault]:
    """The assistant's own sentences are all there, with blanks that exist."""
    found = reading.pack.prompts
    for key in BLANKS:
        if "prompts.yaml" in reading.documents and not found.get(key):
            line = line_of(reading, "prompts.yaml", ("prompts", key))
            yield Fault("prompts.yaml", line, f"the prompt {key} is missing", "add it")
    for key, texts in found.items():
        if key not in BLANKS and key not in SPARE and FRONT_END not in key:
            line = line_of(reading, "prompts.yaml", ("prompts", key))
            yield Fault("prompts.yaml", line, f"nothing says the prompt {key}", "correct its name")
        if key in ONE_SENTENCE and len(texts) != 1:
            line = line_of(reading, "prompts.yaml", ("prompts", key))
            yield Fault("prompts.yaml", line, f"{key} has {len(texts)} sentences", "write one")
        for i, text in enumerate(texts):
            yield from _blanks(reading, key, i, text)


def _blanks(reading: PackReading, key: str, i: int, text: str) -> Iterator[Fault]:
    line = line_of(reading, "prompts.yaml", ("prompts", key, i))
    try:
        names = {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
    except ValueError as error:
        yield Fault("prompts.yaml", line, f"the braces do not match: {error}", "close them")
        return
    allowed = BLANKS.get(key) or FRONT_END_BLANKS.get(key, frozenset())
    for name in sorted(names - allowed):
        what = f"nothing is filled into {{{name}}} in {key}"
        mend = f"use {', '.join(sorted(allowed))}" if allowed else "remove it"
        yield Fault("prompts.yaml", line, what, mend)


def asides(reading: PackReading) -> Iterator[Fault]:
    """Clauses that mention another subject say where."""
    for i, text in enumerate(reading.pack.lexicon.get(ASIDES, ())):
        if text.count(BLANK) != 1:
            line = line_of(reading, "lexicon.yaml", ("lexicon", ASIDES, i))
            what = f"「{text}」 does not say where another subject is mentioned"
            yield Fault("lexicon.yaml", line, what, f"write {BLANK} there, once")


def templates(reading: PackReading) -> Iterator[Fault]:
    """Templates compile, and none stands for two commands."""
    owner: dict[tuple[str, str], str] = {}
    for name, field, i, source in _command_templates(reading):
        at: Location = ("commands", name, field, i)
        yield from _compiled(reading, "commands.yaml", at, source)
        other = owner.setdefault((field, source), name)
        if other != name:
            line = line_of(reading, "commands.yaml", at)
            what = f"「{source}」 is {other} and {name}"
            yield Fault("commands.yaml", line, what, "keep one of them")


def lists(reading: PackReading) -> Iterator[Fault]:
    """Every word list is one that something reads, and written as it is read."""
    kinds = {**LISTS, **dict.fromkeys(_follow_ups(reading), ListKind.TEMPLATES)}
    for key, texts in reading.pack.lexicon.items():
        if key not in kinds:
            line = line_of(reading, "lexicon.yaml", ("lexicon", key))
            yield Fault("lexicon.yaml", line, f"nothing reads the list {key}", "correct its name")
            continue
        for i, text in enumerate(texts):
            yield from _written(reading, kinds[key], ("lexicon", key, i), text)


def _follow_ups(reading: PackReading) -> set[str]:
    """The lists that entries name: what is said right behind them."""
    entries = reading.pack.entries.values()
    return {follow_up.said for entry in entries for follow_up in entry.follow_ups}


def follow_ups(reading: PackReading) -> Iterator[Fault]:
    """What is said right behind an entry stands in a list."""
    for entry in reading.pack.entries.values():
        for i, follow_up in enumerate(entry.follow_ups):
            if not reading.pack.lexicon.get(follow_up.said):
                what = f"there is no list {follow_up.said} in the lexicon"
                mend = "write it there, or correct its name"
                yield entry_fault(reading, entry, ("follow_ups", i, "said"), what, mend)


def _written(reading: PackReading, kind: ListKind, at: Location, text: str) -> Iterator[Fault]:
    match kind:
        case ListKind.TEMPLATES:
            yield from _compiled(reading, "lexicon.yaml", at, text)
        case ListKind.WORDS if found := _BRACKETS.search(text):
            line = line_of(reading, "lexicon.yaml", at)
            what = f"「{found[0]}」 in 「{text}」 is no word, and {at[1]} has no templates"
            yield Fault("lexicon.yaml", line, what, "write every word out")
        case ListKind.PATTERNS:
            try:
                re.compile(text)
            except re.error as error:
                line = line_of(reading, "lexicon.yaml", at)
                what = f"「{text}」 is no regular expression: {error}"
                yield Fault("lexicon.yaml", line, what, "correct it")


def _command_templates(reading: PackReading) -> Iterator[tuple[str, str, int, str]]:
    """Command, field, position and text of every template."""
    for name, command in reading.pack.commands.items():
        for field in ("phrases", "parts"):
            for i, source in enumerate(getattr(command, field)):
                yield name, field, i, source


def _compiled(reading: PackReading, file: str, at: Location, source: str) -> Iterator[Fault]:
    try:
        compile_template(source)
    except ContentError as error:
        yield Fault(file, line_of(reading, file, at), str(error), "close the brackets")
