"""The machine protocol: JSON lines between the assistant and whoever drives it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from voice.dialogue.state import Reply

MAX_LINE = 20_000
"""Characters of one line that are read; a question is far shorter."""


@dataclass(frozen=True)
class TextMessage:
    """What the user typed or a recogniser heard."""

    text: str


@dataclass(frozen=True)
class WavMessage:
    """Hear this recording."""

    path: str


@dataclass(frozen=True)
class ResetMessage:
    """Forget the conversation."""


@dataclass(frozen=True)
class BadMessage:
    """A line that is none of these."""


Message = TextMessage | WavMessage | ResetMessage | BadMessage


def parse(line: str) -> Message:
    """Read one line; whatever is wrong with it makes a BadMessage."""
    if len(line) > MAX_LINE:
        return BadMessage()
    try:
        data = json.loads(line)
    except (ValueError, RecursionError):
        # No JSON, or a number of more digits than Python reads.
        return BadMessage()
    match data:
        case {"text": str(text)}:
            return TextMessage(text)
        case {"wav": str(path)}:
            return WavMessage(path)
        case {"reset": True}:
            return ResetMessage()
        case _:
            return BadMessage()


@dataclass(frozen=True)
class Timing:
    """Milliseconds spent on each stage of a turn."""

    hear: float = 0.0
    understand: float = 0.0
    decide: float = 0.0


def reply_fields(reply: Reply, heard: str = "", timing: Timing = Timing()) -> dict[str, Any]:
    """A reply as the object that goes out."""
    return {
        "heard": heard,
        "intent": reply.intent,
        "score": round(reply.score, 4),
        "say": list(reply.say),
        "expects": reply.expects.value,
        "options": [{"id": option.goto, "label": option.label} for option in reply.options],
        "ms": {
            "hear": round(timing.hear, 3),
            "understand": round(timing.understand, 3),
            "decide": round(timing.decide, 3),
        },
    }


def dump(fields: dict[str, Any]) -> str:
    """One line of output, without the line break."""
    return json.dumps(fields, ensure_ascii=False)
