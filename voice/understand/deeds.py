"""Clauses about the step that cannot be undone, and not about its warning: 「先别办」, 「办吧」. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Self

from voice.understand.normal import Utterance
from voice.understand.templates import Templates, spell

REFUSED, SPOKEN_OF = "deeds_refused", "deeds_spoken_of"
"""Lists of templates: clauses that put the step off, and others about it that answer nothing."""


@dataclass(frozen=True)
class Deeds:
    """The templates, compiled."""

    refused: Templates
    spoken_of: Templates

    @classmethod
    def of(cls, lists: Mapping[str, Sequence[str]]) -> Self:
        """Compile the lists of a pack; what it lacks is never said."""
        return cls(Templates(lists.get(REFUSED, ())), Templates(lists.get(SPOKEN_OF, ())))

    def refused_by(self, utterance: Utterance) -> bool:
        """Whether a clause puts the step off."""
        return any(self.refused.cover(spell(clause)) for clause in utterance.clauses)

    def spoken_of_by(self, utterance: Utterance) -> bool:
        """Whether a clause is about the step and answers nothing."""
        return any(self.spoken_of.cover(spell(clause)) for clause in utterance.clauses)
