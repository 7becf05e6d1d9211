"""Errors a person may meet.

One base class; each subclass is one kind of trouble. An error carries an English sentence for logs
and developers and a ``code``: the key under which the content pack keeps the Mandarin sentence that
the user hears or reads (``trouble.<code>`` in ``prompts.yaml``), with ``details`` to fill into it.
"""

from __future__ import annotations

EXIT_DONE = 0
EXIT_MISSING = 3
EXIT_STOPPED = 130


class VoiceError(Exception):
    """What happened and what to do about it, in one English sentence."""

    code = "unknown"
    exit_code = EXIT_MISSING

    def __init__(self, message: str, *, code: str | None = None, **details: str) -> None:
        super().__init__(message)
        if code is not None:
            self.code = code
        self.details = details
        """Values for the placeholders of the Mandarin sentence."""


class ContentError(VoiceError):
    """A content file is missing or does not follow the schema; the message names file and line."""

    code = "content_broken"


class ModelError(VoiceError):
    """A model is missing, altered, or cannot be fetched."""

    code = "model_missing"


class AudioInputError(VoiceError):
    """A recording cannot be read, or no microphone can be opened."""

    code = "audio_unreadable"


class AudioOutputError(VoiceError):
    """No loudspeaker can be opened, or a sound file cannot be written."""

    code = "no_loudspeaker"


class EngineError(VoiceError):
    """A recogniser or synthesiser failed or took too long."""

    code = "engine_failed"
