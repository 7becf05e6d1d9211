"""What the listener set by voice, kept on disk between runs.

What the greeting tells about it, it tells once: nothing but :func:`told`, where a greeting is heard, uses that up.
"""

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
"""What could not be read, and was told about."""
UNTOLD = "preferences.untold.json"
"""What could not be read and gave way to a new file before anybody was told."""
MOST_VOICES = 1000

_BROKEN = (OSError, ValueError, KeyError, TypeError, ArithmeticError, RecursionError)
"""What reading a file of any content may raise."""


@dataclass(frozen=True)
class Kept:
    """What was found on disk."""

    preferences: Preferences = field(default_factory=Preferences)
    broken: bool = False
    """True when there was a file that could not be used, which is to be told."""
    fresh: bool = False
    """True when there was none: whoever starts anew may be told how to choose a way of speaking."""


def load(folder: Path) -> Kept:
    """The preferences kept in ``folder``; the defaults where there are none or they are broken. Changes nothing."""
    path = folder / FILE
    untold = (folder / UNTOLD).exists()
    try:
        return Kept(_read(path), broken=untold)
    except FileNotFoundError:
        return Kept(broken=untold, fresh=not untold)
    except _BROKEN as error:
        _LOGGER.warning("%s is broken and is not used: %s", path, type(error).__name__)
        return Kept(broken=True)


def save(folder: Path, preferences: Preferences) -> None:
    """Keep ``preferences`` in ``folder``, whole or not at all; a full disk is only logged."""
    _put_aside(folder, UNTOLD)
    keep(folder, FILE, asdict(preferences))


def save_surely(folder: Path, preferences: Preferences) -> None:
    """The same where somebody is told that it was done; raises VoiceError when it cannot be."""
    _put_aside(folder, UNTOLD)
    try:
        write_whole(folder / FILE, json.dumps(asdict(preferences)).encode())
    except OSError as error:
        message = f"The settings cannot be written to {folder}: {error}. Free some room there"
        raise VoiceError(message, code="settings_stuck") from error


def told(folder: Path) -> None:
    """The listener has heard the greeting, with what :func:`load` found: the next one says nothing of it."""
    found = load(folder)
    if found.fresh:
        # The next time there is a file.
        save(folder, found.preferences)
    if found.broken:
        _put_aside(folder, SPOILT)
        _move(folder / UNTOLD, folder / SPOILT)


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


def _put_aside(folder: Path, name: str) -> None:
    """Let a file that cannot be used have another name."""
    try:
        _read(folder / FILE)
    except FileNotFoundError:
        return
    except _BROKEN:
        _move(folder / FILE, folder / name)


def _move(path: Path, target: Path) -> None:
    try:
        path.replace(target)
    except FileNotFoundError:
        return
    except OSError as error:
        _LOGGER.warning("%s stays: %s", path, error)
