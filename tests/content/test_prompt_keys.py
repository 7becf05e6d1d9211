"""The list of prompts agrees with what the program says."""

from __future__ import annotations

import ast
from pathlib import Path

import voice.dialogue
from voice.content.command_names import ADJUSTMENTS
from voice.content.prompt_keys import BLANKS
from voice.dialogue.state import PROFILES

DIALOGUE = Path(voice.dialogue.__path__[0])


def test_every_prompt_that_the_dialogue_says_is_listed_with_its_blanks() -> None:
    said = list(_said())
    assert len(said) > 30
    for key, blanks in said:
        assert key in BLANKS, key
        assert blanks <= BLANKS[key], key


def _said() -> list[tuple[str, set[str]]]:
    """Key and blanks of every ``prompt(pack, "key", blank=…)`` in the dialogue."""
    found: list[tuple[str, set[str]]] = []
    for path in DIALOGUE.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or getattr(node.func, "id", "") != "prompt":
                continue
            key = node.args[1] if len(node.args) > 1 else None
            if isinstance(key, ast.Constant):
                found.append((str(key.value), {word.arg for word in node.keywords if word.arg}))
    return found


def test_every_listed_prompt_is_said_somewhere() -> None:
    source = "".join(
        path.read_text(encoding="utf-8")
        for path in DIALOGUE.parent.rglob("*.py")
        if "content" not in path.parts
    )
    # What answers a command about the manner of speaking has the name of the command.
    by_command = {*ADJUSTMENTS, *PROFILES}
    assert [key for key in BLANKS if f'"{key}"' not in source and key not in by_command] == []
