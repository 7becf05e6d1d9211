"""A command that was found, as what it means here."""

from __future__ import annotations

import re
from dataclasses import replace

from voice.content.command_names import Command
from voice.understand.commands import Found, in_context, step_number, steps_back
from voice.understand.meaning import Act, Expectation, Meaning
from voice.understand.normal import Utterance

STEP = "步"
_ASKS_WHERE = re.compile(r"哪\w*\W*$")
"""In the last clause of what asks where the guide stands."""
_JUST_NOW = re.compile("刚|方才|头先|先头|原来|先前")
"""Where a guide waits, 「回到刚才那步」 goes back to where it stands, and 「上一步」 to the step before."""


def as_expected(meaning: Meaning, expected: Expectation) -> Meaning:
    """The command that ``meaning`` is here. Behind an interruption 「这一步再讲一遍」 goes back to the guide."""
    if meaning.command is None:
        return meaning
    command = in_context(meaning.command, meaning.number, expected)
    if command is not meaning.command:
        meaning = replace(meaning, number=0)
    if command is Command.REPEAT and expected.paused and STEP in meaning.heard:
        command = Command.RESUME
    if (
        meaning.command is Command.RESUME
        and command is Command.NEXT
        and _ASKS_WHERE.search(meaning.heard)
    ):
        # 「刚才说到哪了」 asks for the same step again.
        command = Command.REPEAT
    if command is Command.PREVIOUS and expected.paused and _JUST_NOW.search(meaning.heard):
        command = Command.RESUME
    return replace(meaning, command=command)


def as_command(utterance: Utterance, found: Found, score: float) -> Meaning:
    """A command that was found, as a meaning."""
    number = number_of(found.name, utterance)
    return Meaning(utterance.shown, Act.COMMAND, score, command=found.name, number=number)


def number_of(command: Command | None, utterance: Utterance) -> int:
    """The number that goes with the command: of the step that is called, or of the steps to go back."""
    return steps_back(utterance) if command is Command.PREVIOUS else step_number(utterance)
