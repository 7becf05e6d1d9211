"""An error as a sentence for the listener: Mandarin from the content pack, English where even that is missing."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from voice.content.entries import Pack
from voice.content.loader import read_pack
from voice.errors import VoiceError


class _Blanks(dict[str, str]):
    """Placeholders nobody filled stay empty rather than raise."""

    def __missing__(self, key: str) -> str:
        return ""


def sentence(error: VoiceError, prompts: Mapping[str, tuple[str, ...]]) -> str:
    """What the listener is told of ``error``; its English message when the pack has no words for it."""
    lines = prompts.get(f"trouble.{error.code}") or prompts.get("trouble.unknown")
    if not lines:
        return str(error)
    try:
        return "".join(line.format_map(_Blanks(error.details)) for line in lines)
    except (ValueError, LookupError, AttributeError):
        # Nobody may have checked the pack, and a trouble must not end in another one.
        return str(error)


def prompts_of(folder: Path) -> Mapping[str, tuple[str, ...]]:
    """The prompts of a pack as far as they can be read, faults elsewhere in the pack aside."""
    try:
        pack: Pack = read_pack(folder).pack
    except VoiceError:
        return {}
    return pack.prompts
