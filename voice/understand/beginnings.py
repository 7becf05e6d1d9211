"""What questions begin with: 「有没有」, 「那个提」. Said before anything was asked, it is more likely one than a
command of the same sound. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from voice.understand.templates import spell

SHORTEST, LONGEST = 2, 5
"""Syllables of a beginning; a longer one is hardly a command."""
MORE = 3
"""Syllables that come behind it at least."""
OFTEN = 3
"""Phrasings that begin with it at least."""
FILLERS = "你您我那这"
"""Characters that may stand before a beginning, and that recognisers put there: 「你会不会」."""
_NO_WORD = re.compile(r"\W")


@dataclass(frozen=True)
class Beginnings:
    """The beginnings, as they sound."""

    sounds: frozenset[str]

    @classmethod
    def of(cls, phrasings: Iterable[str]) -> Self:
        """Those of the phrasings; takes 10 µs for each."""
        counts: Counter[str] = Counter()
        for phrasing in phrasings:
            text = _NO_WORD.sub("", phrasing)
            spelled = spell(text[:LONGEST]).split(" ")
            for length in range(SHORTEST, min(LONGEST, len(text) - MORE) + 1):
                counts[" ".join(spelled[:length])] += 1
        return cls(frozenset(sound for sound, times in counts.items() if times >= OFTEN))

    def hold(self, text: str) -> bool:
        """Whether questions begin with ``text``, which is in normal form."""
        forms = {text, text.lstrip(FILLERS)} - {""}
        return any(spell(form).rstrip() in self.sounds for form in forms)
