"""The validator: what a pack may not do, each fault with file, line, and how to mend it.

The rules guard the listener (short turns, no digits that a voice would stumble over, nothing that leads nowhere) and
the matcher (no phrasing that belongs to two entries at once).
"""

from __future__ import annotations

from pathlib import Path

from voice.content.loader import read_pack
from voice.content.rules import phrasings, speech, structure, words
from voice.content.rules.places import Rule
from voice.content.yaml_lines import Fault

RULES: tuple[Rule, ...] = (
    structure.shapes,
    structure.relations,
    structure.reachable,
    speech.lengths,
    speech.spelling,
    speech.avoided,
    words.prompts,
    words.templates,
    words.lists,
    words.follow_ups,
    words.asides,
    phrasings.repeated,
    phrasings.sound_alike,
    phrasings.commands_apart,
)
"""What every pack keeps."""
FULL: tuple[Rule, ...] = (phrasings.enough,)
"""What a finished pack keeps as well."""


def check_pack(folder: Path, *, full: bool = True) -> tuple[Fault, ...]:
    """Everything wrong with the pack in ``folder``, in the order of files and lines.

    With ``full`` the number of phrasings is checked too; a pack that is being begun may go without. Raises
    ContentError when there is no such folder.
    """
    reading = read_pack(folder)
    rules = (*RULES, *FULL) if full else RULES
    found = [fault for rule in rules for fault in rule(reading)]
    return tuple(sorted((*reading.faults, *found), key=lambda fault: (fault.file, fault.line)))
