"""Sentences with what they ask for: what the classifier learns from, and what it is calibrated on."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from voice.content.command_names import Command
from voice.content.entries import Pack

HELD_BACK = 10
"""One example in this many, chosen by its hash, is kept out of the fit and used to calibrate."""
COMMAND = "command."
"""How the class of a command begins."""


@dataclass(frozen=True)
class Example:
    """A sentence and what it asks for."""

    text: str
    entry: str
    """Id of an entry, or the class of a command."""

    @property
    def held_back(self) -> bool:
        """True for the tenth that no model learns from."""
        digest = hashlib.sha256(self.text.encode()).digest()
        return int.from_bytes(digest[:4], "big") % HELD_BACK == 0


def class_of(command: Command) -> str:
    """The class that stands for a command among the ids of entries."""
    return COMMAND + command


def examples(pack: Pack) -> Iterator[Example]:
    """Every phrasing of a pack, and every example of a command."""
    for entry in pack.entries.values():
        for phrasing in entry.phrasings:
            yield Example(phrasing, entry.id)
    for command in pack.commands.values():
        for sentence in command.examples:
            yield Example(sentence, class_of(command.name))
