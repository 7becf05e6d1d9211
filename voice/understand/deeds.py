"""Clauses about the step that cannot be undone, and not about its warning: 「先别办」, 「办吧」, 「改天再说」. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Self

from voice.understand.normal import Utterance
from voice.understand.templates import Templates, spell

REFUSED, SPOKEN_OF, PUTS_OFF = "deeds_refused", "deeds_spoken_of", "puts_off"
"""Lists of templates: clauses that lay the step aside, others about it that answer nothing, and those that put all of
it off to another time."""


@dataclass(frozen=True)
class Deeds:
    """The templates, compiled."""

    refused: Templates
    spoken_of: Templates
    off: Templates

    @classmethod
    def of(cls, lists: Mapping[str, Sequence[str]]) -> Self:
        """Compile the lists of a pack; what it lacks is never said."""
        refused, spoken_of, off = (
            Templates(lists.get(name, ())) for name in (REFUSED, SPOKEN_OF, PUTS_OFF)
        )
        return cls(refused, spoken_of, off)

    def refused_by(self, utterance: Utterance) -> bool:
        """Whether a clause puts the step off."""
        return any(self.refused.cover(spell(clause)) for clause in utterance.clauses)

    def put_off_by(self, utterance: Utterance) -> bool:
        """Whether every clause puts it off to another time."""
        return all(self.off.cover(spell(clause)) for clause in utterance.clauses)

    def spoken_of_by(self, utterance: Utterance) -> bool:
        """Whether a clause is about the step and answers nothing."""
        return any(self.spoken_of.cover(spell(clause)) for clause in utterance.clauses)
