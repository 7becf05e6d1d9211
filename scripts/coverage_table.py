"""Show that nothing in the article was left out: ``.venv/bin/python scripts/coverage_table.py [--check]``.

Writes docs/coverage.md (section, what tells it, a question that reaches it) from the pack's ``sections.yaml``. With
``--check`` nothing is written; every claim of the table is tried on the real assistant, and the table must be fresh.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from voice.assistant import Assistant, load_understanding  # noqa: E402 -- the script runs from anywhere
from voice.config import find_folders  # noqa: E402
from voice.content.entries import Kind, Pack, Section  # noqa: E402
from voice.content.loader import load_pack  # noqa: E402
from voice.dialogue.state import Reply  # noqa: E402
from voice.understand.meaning import Expect  # noqa: E402

DOCUMENT = ROOT / "docs" / "coverage.md"
SECTIONS = 34
"""Sections of the article, counted by its headings."""
BESIDE = frozenset({Kind.HANDOFF, Kind.SMALLTALK, Kind.ELSEWHERE})
"""Kinds that stand beside the article: whom to ask, small talk, and what is none of our business."""
HEAD = """# What the article says, and where it is told

Written by `scripts/coverage_table.py` from `content/unicom/sections.yaml`; do not edit. A test asks every question.

| § | about | told by | for example |
|--:|---|---|---|
"""
YES = "是的"


def table(pack: Pack) -> str:
    """The document, as Markdown."""
    rows = "".join(
        f"| {number} | {section.title} | {', '.join(f'`{name}`' for name in section.entries)} "
        f"| {section.question} |\n"
        for number, section in sorted(pack.sections.items())
    )
    extra = ", ".join(f"`{name}`" for name in pack.extra)
    beside = sum(len(pack.by_kind(kind)) for kind in sorted(BESIDE))
    return (
        f"{HEAD}{rows}\nNot in the article, yet asked: {extra}. Another {beside} entries hand over to a human, make "
        "small talk, or keep out what belongs elsewhere.\n"
    )


def gaps(pack: Pack) -> Iterator[str]:
    """What the table leaves out or claims without ground; one English sentence each."""
    for number in range(1, SECTIONS + 1):
        section = pack.sections.get(number)
        if section is None:
            yield f"section {number} is missing in sections.yaml"
            continue
        known = [pack.entries[name] for name in section.entries if name in pack.entries]
        if not any(number in entry.source.sections for entry in known):
            yield f"no entry of section {number} names it as its source"
        if any(section.question in entry.phrasings for entry in pack.entries.values()):
            yield f"the question of section {number} is a phrasing: it proves nothing"
    told = {name for section in pack.sections.values() for name in section.entries} | {*pack.extra}
    for entry in pack.entries.values():
        if entry.kind not in BESIDE and entry.id not in told:
            yield f"{entry.id} belongs to no section: put it into one, or into extra"


def misses(pack: Pack, assistant: Assistant) -> Iterator[str]:
    """Questions that do not reach their section; one English sentence each."""
    for number, section in sorted(pack.sections.items()):
        reached = list(_reached(assistant, section))
        if not set(reached) & set(section.entries):
            yield f"section {number}: 「{section.question}」 reaches {', '.join(reached) or 'nothing'}"


def _reached(assistant: Assistant, section: Section) -> Iterator[str]:
    """The entries answered, at once or after one yes or one choice."""
    assistant.reset()
    reply = assistant.respond_to_text(section.question).reply
    yield reply.intent or "no answer"
    for answer in _answers(reply):
        assistant.reset()
        assistant.respond_to_text(section.question)
        assistant.respond_to_text(answer)
        yield assistant.state.topic or "no answer"


def _answers(reply: Reply) -> tuple[str, ...]:
    match reply.expects:
        case Expect.YES_NO:
            return (YES,)
        case Expect.CHOICE:
            return ("第一个", "第二个", "第三个")[: len(reply.options)]
        case _:
            return ()


def check(pack: Pack, assistant: Assistant, document: Path = DOCUMENT) -> list[str]:
    """Everything that is wrong; empty when the table can be believed."""
    found = [*gaps(pack), *misses(pack, assistant)]
    if not document.is_file() or document.read_text(encoding="utf-8") != table(pack):
        found.append(f"{document.name} is not fresh: run scripts/coverage_table.py")
    return found


def write(pack: Pack, document: Path = DOCUMENT) -> None:
    """Write the document, whole or not at all."""
    part = document.with_suffix(".part")
    part.write_text(table(pack), encoding="utf-8")
    part.replace(document)


def main(arguments: list[str] | None = None) -> int:
    """Write the table, or check it; 1 when something is wrong."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--check", action="store_true", help="write nothing, try every question")
    folders = find_folders()
    if not parser.parse_args(arguments).check:
        write(load_pack(folders.content))
        return 0
    pack, understanding = load_understanding(folders.content, folders.data)
    found = check(pack, Assistant(pack, understanding))
    for line in found:
        print(line)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
