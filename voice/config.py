"""What can be set for the whole assistant, with its default, and where things lie.

Options are grouped by the part of the package that reads them; every group is frozen. What tunes a single engine
stands beside it: ``WhisperOptions``, ``SpeechOptions``, ``PatienceOptions`` in ``voice.hear``.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

APP = "unicom-voice-guide"
"""Name of the folder in which a user's data lie."""
PACK = "unicom"
"""The content pack that is used."""
PACKAGE = Path(__file__).resolve().parent
CHECKOUT = PACKAGE.parent


@dataclass(frozen=True)
class HearingOptions:
    """How speech becomes words."""

    engine: str = "auto"
    """``auto`` (the best that is installed), ``sense-voice``, ``vosk`` or ``whisper``."""


@dataclass(frozen=True)
class SpeakingOptions:
    """How the assistant sounds."""

    engine: str = "auto"
    """``auto``, ``kokoro`` or ``system``."""
    voice: str = ""
    """Name of a voice of the engine; empty for its default."""
    rate: int = 180
    """Characters a minute, 100 to 400."""


@dataclass(frozen=True)
class DialogueOptions:
    """How long the assistant waits."""

    silences: tuple[float, ...] = (10.0, 15.0, 15.0)
    """Seconds without a word after which the assistant offers help, each counted from the end of what was said last.
    Older people think before they answer; after the last of them it rests until somebody speaks."""


@dataclass(frozen=True)
class Folders:
    """Where things lie. Nothing is created before it is needed."""

    content: Path
    """The content pack."""
    models: Path
    """Where models are looked for and fetched to."""
    manifest: Path
    """The list of models."""
    data: Path
    """What is kept for this user; may be written."""
    notes: tuple[str, ...] = ()
    """Why a folder is not the usual one: English sentences for ``doctor`` and the log."""


@dataclass(frozen=True)
class Options:
    """All groups."""

    hearing: HearingOptions = field(default_factory=HearingOptions)
    speaking: SpeakingOptions = field(default_factory=SpeakingOptions)
    dialogue: DialogueOptions = field(default_factory=DialogueOptions)


def find_folders(
    environment: Mapping[str, str] | None = None, checkout: Path = CHECKOUT
) -> Folders:
    """Find the folders of this copy for this user.

    ``VOICE_CONTENT``, ``VOICE_MODELS`` and ``VOICE_DATA`` decide where they are set. Else content and models are
    those of the checkout, or those that the installed package carries and, for models, the data folder; data are
    under ``XDG_DATA_HOME``. Where that cannot be written, a temporary folder is taken and ``notes`` says so.

    Args:
        environment: environment variables; the process's own by default.
        checkout: the folder that is looked at for a checkout.
    """
    env = os.environ if environment is None else environment
    notes: list[str] = []
    data = Path(env["VOICE_DATA"]) if env.get("VOICE_DATA") else _data_home(env) / APP
    if not can_write(data):
        spare = Path(tempfile.gettempdir()) / f"{APP}-{os.getuid()}"
        notes.append(
            f"{data} cannot be written; {spare} is used and is lost with the next restart."
        )
        data = spare
    manifest = checkout / "models" / "manifest.yaml"
    if manifest.is_file():
        content = checkout / "content" / PACK
        models = checkout / "models"
    else:
        manifest = PACKAGE / "_data" / "models" / "manifest.yaml"
        content = PACKAGE / "_data" / "content" / PACK
        models = data / "models"
    if not can_write(models) and not _holds_models(models):
        notes.append(f"{models} cannot be written; models are fetched to {data / 'models'}.")
        models = data / "models"
    return Folders(
        content=Path(env["VOICE_CONTENT"]) if env.get("VOICE_CONTENT") else content,
        models=Path(env["VOICE_MODELS"]) if env.get("VOICE_MODELS") else models,
        manifest=manifest,
        data=data,
        notes=tuple(notes),
    )


def can_write(folder: Path) -> bool:
    """Whether files can be made in a folder, or the folder itself be made."""
    try:
        existing = next(p for p in (folder, *folder.parents) if p.exists())
    except (OSError, StopIteration):
        return False
    return existing.is_dir() and os.access(existing, os.W_OK | os.X_OK)


def _data_home(env: Mapping[str, str]) -> Path:
    given = env.get("XDG_DATA_HOME", "")
    if given.startswith("/"):
        return Path(given)
    home = env.get("HOME") or os.path.expanduser("~")  # noqa: PTH111 -- Path.home raises where there is none
    return Path(home) / ".local" / "share"


def _holds_models(folder: Path) -> bool:
    try:
        return any(p.is_dir() and not p.name.startswith(".") for p in folder.iterdir())
    except OSError:
        return False
