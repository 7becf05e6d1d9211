"""Troubles as sentences: each is told once, and again only when it goes on."""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping

from voice.errors import VoiceError
from voice.events import Emit
from voice.trouble import sentence

AGAIN = 30.0
"""Seconds before the same trouble is told again."""
_log = logging.getLogger(__name__)


class Troubles:
    """Writes troubles for the listener; whether one is also said is the caller's to decide."""

    def __init__(self, prompts: Mapping[str, tuple[str, ...]], emit: Emit) -> None:
        self._prompts = prompts
        self._emit = emit
        self._told: dict[str, float] = {}

    def write(self, error: VoiceError) -> str:
        """Report an error; gives its sentence, ``""`` for one that was told not long ago."""
        now = time.monotonic()
        if now < self._told.get(error.code, float("-inf")) + AGAIN:
            return ""
        self._told[error.code] = now
        _log.warning("%s", error)
        advice = sentence(error, self._prompts)
        self._emit("trouble", what=error.code, advice=advice)
        return advice

    def forget(self, *codes: str) -> None:
        """These are over: should they come again, they are told again."""
        for code in codes:
            self._told.pop(code, None)
