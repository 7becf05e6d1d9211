"""What recognisers write when nobody spoke: credits, thanks for watching, loops."""

from __future__ import annotations

import re
from collections.abc import Iterable

from voice.understand.normal import LATIN, Utterance
from voice.understand.templates import Templates, spell_out

_BRACKETED = re.compile(r"^[\[(（【♪<*].*[\])）】♪>*]$")
_LATIN_WORD = re.compile(r"[a-z]+")
FOREIGN = 5
"""Letters of unknown words that, where they outweigh all else, are another language and no abbreviation."""
LOOP = 5
"""Times the same syllable stands in a row before it is a loop and not a stammer."""


class NoiseFilter:
    """Recognises what is no speech of a listener."""

    def __init__(self, inventions: Iterable[str]) -> None:
        """``inventions``: templates of the credits and phrases that recognisers invent. They come in one spelling,
        while what people say may sound like one of them, so they are compared by their characters.
        """
        self._inventions = Templates(inventions, by_sound=False)

    def is_noise(self, utterance: Utterance) -> bool:
        """True for silence, loops, credits, and text in another language."""
        text = utterance.text
        if not text or _BRACKETED.match(utterance.shown.strip()):
            return True
        words = _LATIN_WORD.findall(utterance.shown.lower())
        foreign = sum(len(word) for word in words if word not in LATIN)
        if foreign >= FOREIGN and foreign > len(utterance.shown) / 2:
            return True
        if len(text) >= LOOP and len(set(text)) == 1:
            return True
        return self._inventions.occur_in(spell_out(text))
