"""How recognised text is written: simplified characters, no spaces between Chinese ones."""

from __future__ import annotations

import re

from voice.understand import normal

_SPACES = re.compile(r"\s+")
_BETWEEN_LETTERS = re.compile(r"(?<=[A-Za-z])\s+(?=[A-Za-z])")
_BROKEN = "�"


def simplified(text: str) -> str:
    """Write recognised text in simplified characters without spaces, and without half characters.

    A space between two Latin words stays; punctuation stays as it is.
    """
    kept = _BETWEEN_LETTERS.sub("\0", text.replace(_BROKEN, "").strip())
    return normal.simplified(_SPACES.sub("", kept).replace("\0", " "))
