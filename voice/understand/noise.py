"""What recognisers write when nobody spoke: credits, thanks for watching, loops."""

from __future__ import annotations

import re
from collections.abc import Iterable

from voice.understand.normal import Utterance
from voice.understand.templates import compile_all, spell

_BRACKETED = re.compile(r"^[\[(（【♪<*].*[\])）】♪>*]$")
_LATIN = re.compile(r"[A-Za-z]")
LOOP = 5
"""Times the same syllable stands in a row before it is a loop and not a stammer."""


class NoiseFilter:
    """Recognises what is no speech of a listener."""

    def __init__(self, inventions: Iterable[str]) -> None:
        """``inventions``: templates of the credits and phrases that recognisers invent."""
        self._inventions = compile_all(inventions)

    def is_noise(self, utterance: Utterance) -> bool:
        """True for silence, loops, credits, and text in another language."""
        text = utterance.text
        if not text or _BRACKETED.match(utterance.shown.strip()):
            return True
        if len(_LATIN.findall(utterance.shown)) > len(utterance.shown) / 2 and len(text) > 4:
            return True
        if len(text) >= LOOP and len(set(text)) == 1:
            return True
        spelled = spell(text)
        return any(template.found_in(spelled) for template in self._inventions)
