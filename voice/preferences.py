"""What the listener set by voice, kept on disk between runs."""

from __future__ import annotations

import json
import logging
from dataclasses import asdict
from pathlib import Path

from voice.dialogue.state import RATES, VOLUMES, Brevity, Preferences
from voice.kept import keep

_LOGGER = logging.getLogger(__name__)
FILE = "preferences.json"
MOST_VOICES = 1000


def load(folder: Path) -> Preferences:
    """The preferences kept in ``folder``; the defaults where there are none or they are broken."""
    path = folder / FILE
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        preferences = Preferences(
            rate=int(data["rate"]),
            volume=int(data["volume"]),
            brevity=Brevity(data["brevity"]),
            voice=int(data["voice"]) % MOST_VOICES,
        )
    except FileNotFoundError:
        return Preferences()
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        _LOGGER.warning("%s is broken and is not used: %s", path, type(error).__name__)
        return Preferences()
    if preferences.rate not in RATES or preferences.volume not in VOLUMES:
        _LOGGER.warning("%s holds a rate or volume that does not exist and is not used", path)
        return Preferences()
    return preferences


def save(folder: Path, preferences: Preferences) -> None:
    """Keep ``preferences`` in ``folder``, whole or not at all; a full disk is only logged."""
    keep(folder, FILE, asdict(preferences))
