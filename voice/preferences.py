"""What the listener set by voice, kept on disk between runs."""

from __future__ import annotations

import json
import logging
from dataclasses import asdict, dataclass, field
from pathlib import Path

from voice.dialogue.state import RATES, VOLUMES, Brevity, Preferences
from voice.errors import VoiceError
from voice.kept import keep, write_whole

_LOGGER = logging.getLogger(__name__)
FILE = "preferences.json"
SPOILT = "preferences.broken.json"
MOST_VOICES = 1000


@dataclass(frozen=True)
class Kept:
    """What was found on disk."""

    preferences: Preferences = field(default_factory=Preferences)
    broken: bool = False
    """True when there was a file that could not be used: it was put aside, so this is told once."""
    fresh: bool = False
    """True when there was none: whoever starts anew may be told how to choose a way of speaking."""


def load(folder: Path) -> Kept:
    """The preferences kept in ``folder``; the defaults where there are none or they are broken."""
    path = folder / FILE
    try:
        preferences = _read(path)
    except FileNotFoundError:
        return Kept(fresh=True)
    except (OSError, ValueError, KeyError, TypeError, ArithmeticError, RecursionError) as error:
        _LOGGER.warning("%s is broken and is not used: %s", path, type(error).__name__)
        _put_aside(path)
        return Kept(broken=True)
    return Kept(preferences)


def save(folder: Path, preferences: Preferences) -> None:
    """Keep ``preferences`` in ``folder``, whole or not at all; a full disk is only logged."""
    keep(folder, FILE, asdict(preferences))


def save_surely(folder: Path, preferences: Preferences) -> None:
    """The same where somebody is told that it was done; raises VoiceError when it cannot be."""
    try:
        write_whole(folder / FILE, json.dumps(asdict(preferences)).encode())
    except OSError as error:
        message = f"The settings cannot be written to {folder}: {error}. Free some room there"
        raise VoiceError(message, code="settings_stuck") from error


def _read(path: Path) -> Preferences:
    data = json.loads(path.read_text(encoding="utf-8"))
    preferences = Preferences(
        rate=int(data["rate"]),
        volume=int(data["volume"]),
        brevity=Brevity(data["brevity"]),
        voice=int(data["voice"]) % MOST_VOICES,
        # Nothing but a plain yes may turn it on.
        journal=data.get("journal", False) is True,
    )
    if preferences.rate not in RATES or preferences.volume not in VOLUMES:
        raise ValueError("a rate or volume that does not exist")
    return preferences


def _put_aside(path: Path) -> None:
    try:
        path.replace(path.with_name(SPOILT))
    except OSError as error:
        _LOGGER.warning("%s stays: %s", path, error)
