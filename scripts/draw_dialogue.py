#!/usr/bin/env python3
"""Draw the dialogue from the code: every state a conversation can be in, every way from one to another.

The policy is explored breadth first from the greeting, over a content pack, with every command and with one entry of
each kind that is answered in its own way. States that differ only in their texts are one node. The drawing stands in
``docs/dialogue.md`` between two marks.

    scripts/draw_dialogue.py            write the drawing into docs/dialogue.md
    scripts/draw_dialogue.py --check    exit 1 when the drawing there is not the one the code gives
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections import defaultdict, deque
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from voice.content.command_names import Command  # noqa: E402
from voice.content.entries import Entry, Kind, Pack  # noqa: E402
from voice.content.loader import load_pack  # noqa: E402
from voice.dialogue import policy  # noqa: E402
from voice.dialogue.state import AskConsent, Preferences, Reply, State  # noqa: E402
from voice.understand.meaning import Act, Candidate, Meaning  # noqa: E402

DOCUMENT = ROOT / "docs" / "dialogue.md"
PACK = ROOT / "content" / "unicom"
BEGIN, END = "<!-- drawn by scripts/draw_dialogue.py -->", "<!-- end of the drawing -->"
MOVES = (
    Command.YES, Command.NO, Command.NEXT, Command.PREVIOUS, Command.STEP, Command.CHOOSE_1, Command.STOP,
    Command.RESUME, Command.RESTART, Command.QUIT,
)  # fmt: skip
"""Commands that lead somewhere; the rest (repeat, help, wait, manner) stay where they are."""
SENTENCE = "这里有七八个字的话"


def said(pack: Pack) -> Iterator[tuple[str, Meaning]]:
    """Everything that may be said, as far as the policy tells it apart, with its label."""
    for command in MOVES:
        yield (
            command,
            Meaning("", Act.COMMAND, command=command, number=99 if command is Command.STEP else 0),
        )
    for label, entry in kinds(pack):
        yield f"asks: {label}", Meaning("", Act.ASK, candidates=(Candidate(entry.id, 1.0),))
    guess = Candidate(next(entry.id for label, entry in kinds(pack) if label == "answer"), 0.4)
    yield "perhaps asks", Meaning(SENTENCE, Act.MAYBE, 0.6, candidates=(guess,))
    yield "off the subject", Meaning(SENTENCE, Act.OFF_SUBJECT)


def kinds(pack: Pack) -> Iterator[tuple[str, Entry]]:
    """One entry of each kind that is answered in its own way."""
    spoken = [e for e in pack.entries.values() if e.kind not in (Kind.ELSEWHERE, Kind.SMALLTALK)]
    tests = {
        "guide": lambda e: bool(e.steps),
        "warning": lambda e: e.consent,
        "choice": lambda e: bool(e.options),
        "answer": lambda e: not (e.steps or e.consent or e.options or e.offers or e.then),
    }
    for label, test in tests.items():
        yield label, next(filter(test, spoken))


def node(state: State) -> str:
    """The state as a node: what is open, and where a guide stands."""
    question = type(state.question).__name__ if state.question else ""
    if isinstance(state.question, AskConsent):
        question += "InGuide" if state.question.step is not None else ""
    if question:
        return question
    if state.guide is None:
        return "Stopped" if state.stopped else "Free"
    warned = "Warned" if state.guide.warning_offered else ""
    return f"GuideWaits{warned}" if state.paused else f"GuideStep{warned}"


def key(state: State) -> State:
    """The state without what only changes words."""
    last = Reply(state.last.say[:1])
    return replace(state, last=last, silences=0, preferences=Preferences())


def explore(pack: Pack, limit: int = 20_000) -> dict[tuple[str, str], set[str]]:
    """All edges between nodes: (from, to) to the labels of what is said."""
    start, _ = policy.begin(pack, Preferences())
    edges: dict[tuple[str, str], set[str]] = defaultdict(set)
    queue, seen = deque([start]), {key(start)}
    words = tuple(said(pack))
    while queue:
        state = queue.popleft()
        for label, meaning in words:
            after, reply = policy.respond(pack, state, meaning)
            to = "Ended" if reply.ended else node(after)
            edges[node(state), to].add(label)
            if not reply.ended and key(after) not in seen and len(seen) < limit:
                seen.add(key(after))
                queue.append(after)
    if len(seen) >= limit:
        raise SystemExit(f"more than {limit} states: the dialogue does not stay small")
    return edges


def drawing(pack: Pack) -> str:
    """The Mermaid text; the edge back to the same node is left out where it asks again or says again."""
    lines = ["```mermaid", "stateDiagram-v2", "    [*] --> Free"]
    for (start, end), labels in sorted(explore(pack).items()):
        if start == end:
            continue
        goal = "[*]" if end == "Ended" else end
        lines.append(f"    {start} --> {goal}: {', '.join(sorted(labels))}")
    return "\n".join([*lines, "```"])


def updated(document: str, text: str) -> str:
    """``document`` with ``text`` between the marks."""
    before, _, rest = document.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n{text}\n{END}{after}"


def main() -> int:
    """Write or check."""
    parser = argparse.ArgumentParser(description="Draw the dialogue into docs/dialogue.md.")
    parser.add_argument("--check", action="store_true", help="only say whether it is up to date")
    check = parser.parse_args().check
    document = DOCUMENT.read_text(encoding="utf-8")
    wanted = updated(document, drawing(load_pack(PACK)))
    if wanted == document:
        return 0
    if check:
        print("docs/dialogue.md is not up to date: run scripts/draw_dialogue.py", file=sys.stderr)
        return 1
    handle, name = tempfile.mkstemp(dir=DOCUMENT.parent, suffix=".part")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(wanted)
    Path(name).replace(DOCUMENT)
    return 0


if __name__ == "__main__":
    sys.exit(main())
