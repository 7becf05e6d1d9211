"""Which voice speaks: a choice from what is there, and the loading of it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from voice.errors import EngineError, VoiceError
from voice.speak.synthesiser import Synthesiser

ENGINES = ("kokoro", "system")
"""Names of the engines, best first."""
AUTO = "auto"
"""The best engine that works."""

_log = logging.getLogger(__name__)


def choose(available: Sequence[str], wanted: str = AUTO) -> tuple[str, ...]:
    """The engines to try, in order, out of those that are ``available``.

    ``wanted`` is an engine's name, which is then the only one, or :data:`AUTO`. Raises
    :class:`EngineError` for a name that does not exist or is not available.
    """
    if wanted == AUTO:
        return tuple(name for name in ENGINES if name in available)
    if wanted not in ENGINES:
        raise EngineError(
            f"There is no voice engine {wanted!r}. Choose one of {', '.join((AUTO, *ENGINES))}.",
            code="no_voice",
            engine=wanted,
        )
    if wanted not in available:
        raise EngineError(
            f"The voice engine {wanted!r} is not installed. Run `python3 scripts/run.py models fetch kokoro`.",
            code="no_voice",
            engine=wanted,
        )
    return (wanted,)


def available_engines(models: Path) -> tuple[str, ...]:
    """The engines whose files are there; whether the system's voice is usable shows on loading."""
    from voice.speak.kokoro import installed_voices
    from voice.speak.kokoro_graph import MODEL_FILE

    folder = models / "kokoro"
    kokoro = (folder / MODEL_FILE).is_file() and installed_voices(folder)
    return ENGINES if kokoro else ("system",)


def load_synthesiser(models: Path, wanted: str = AUTO, *, threads: int = 2) -> Synthesiser:
    """Load the best voice that works; ``models`` is the folder that holds ``kokoro/``.

    ``wanted`` is as in :func:`choose`. Raises :class:`VoiceError` (a
    :class:`EngineError` or :class:`ModelError`) of the last engine tried when none works.
    """
    loaders: Mapping[str, Callable[[], Synthesiser]] = {
        "kokoro": lambda: _load_kokoro(models, threads),
        "system": _load_system,
    }
    trouble: VoiceError | None = None
    for name in choose(available_engines(models), wanted):
        try:
            return loaders[name]()
        except VoiceError as error:
            _log.warning("voice %s: %s", name, error)
            trouble = error
    raise trouble or EngineError(
        "There is no voice. Run `python3 scripts/run.py models fetch kokoro`.",
        code="no_voice",
        engine="",
    )


def _load_kokoro(models: Path, threads: int) -> Synthesiser:
    from voice.speak.kokoro import load_kokoro

    return load_kokoro(models / "kokoro", threads=threads)


def _load_system() -> Synthesiser:
    from voice.speak.system_voice import load_system_voice

    return load_system_voice()
