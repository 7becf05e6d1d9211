"""What hearing learned of the room, the microphone and the speaker, kept on disk between runs."""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass, field
from pathlib import Path

from voice.hear.gain import Levels
from voice.kept import keep

FILE = "hearing.json"
QUIETEST, LONGEST = -120.0, 10.0
"""Bounds of what is believed: dBFS, seconds."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Habits:
    """What is known before the first word of a run."""

    levels: Levels = field(default_factory=Levels)
    inner_pause: float = 0.0
    """Running mean of the speaker's pauses inside a turn, seconds; 0 before any was heard."""


def load(folder: Path) -> Habits:
    """The habits kept in ``folder``; none where there is no file or a broken one."""
    try:
        data = json.loads((folder / FILE).read_text(encoding="utf-8"))
        return Habits(
            Levels(_level(data["room"]), _level(data["voice"])),
            _within(float(data["inner_pause"]), 0.0, LONGEST),
        )
    except FileNotFoundError:
        return Habits()
    except (OSError, ValueError, KeyError, TypeError, ArithmeticError, RecursionError) as error:
        _log.warning("%s is broken and is not used: %s", FILE, type(error).__name__)
        return Habits()


def save(folder: Path, habits: Habits) -> None:
    """Keep ``habits`` in ``folder``, whole or not at all."""
    levels = habits.levels
    values = {"room": levels.room, "voice": levels.voice, "inner_pause": habits.inner_pause}
    keep(folder, FILE, values)


def _level(value: float | None) -> float | None:
    return None if value is None else _within(float(value), QUIETEST, 0.0)


def _within(value: float, least: float, most: float) -> float:
    if not least <= value <= most:
        raise ValueError(f"{value} lies outside {least} to {most}")
    return value
