"""Whole clauses that say whether somebody wants to hear something: 「省得吃亏，你给我念念」, 「我晓得了，跳过去」.

Like all consent it is read by exact templates and never by likeness: a clause agrees or refuses only where all of it
fits one. A refusal counts wherever it stands, for nothing is lost by it; an agreement must end the utterance, and
nothing before it may refuse. Pure.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Self

from voice.understand.asking import UNLISTED, Asking
from voice.understand.consent_words import Consent
from voice.understand.normal import Utterance
from voice.understand.templates import Templates, spell

AGREEING, REFUSING, NEITHER = "wishes", "wishes_not", "wishes_neither"
"""Lists of templates: other clauses that agree, that refuse, and that look like one of the two and are none."""
WORDS = (
    "wish_address", "wish_how", "wish_telling", "wish_behind",
    "wish_self", "wish_wanting", "wish_hearing", "wish_ending",
    "wish_denying", "wish_denied", "wish_later", "wish_soon", "wish_heard", "wish_knowing",
)  # fmt: skip
"""Lists of words, of which the common clauses are made."""


@dataclass(frozen=True)
class Wish:
    """The templates, compiled."""

    agreeing: Templates
    refusing: Templates
    neither: Templates
    waiting: Templates
    """Clauses that put off for a moment what they want to hear: 「等会再听」."""
    wanting: Templates
    """Clauses that want to hear it in so many words, and not merely agree: 「还是要听」."""
    asking: Asking = UNLISTED
    """A question refuses nothing."""

    @classmethod
    def of(cls, lists: Mapping[str, Sequence[str]]) -> Self | None:
        """Compile the lists of a pack; None where one is missing."""
        if not all(lists.get(name) for name in WORDS):
            return None
        one = {name.removeprefix("wish_"): f"({'|'.join(lists[name])})" for name in WORDS}
        agreeing = (
            "{address}*{how}*{telling}{behind}*".format(**one),
            "{self}*{wanting}*{hearing}{ending}*".format(**one),
            "{self}*{wanting}{wanting}*{knowing}{ending}*".format(**one),
        )
        refusing = (
            "~~{denying}[再|跟我|给我|同我|你|您|恁|侬|那么|这么|太|多]{denied}~~".format(**one),
            "~{later}~(再|才|先){heard}~~".format(**one),
        )
        return cls(
            Templates((*agreeing, *lists.get(AGREEING, ()))),
            Templates((*refusing, *lists.get(REFUSING, ()))),
            Templates(lists.get(NEITHER, ())),
            Templates(("~{soon}~(再|才|先){hearing}~".format(**one),)),
            Templates(("{self}*{wanting}{wanting}*{hearing}{ending}*".format(**one),)),
            Asking.of(lists),
        )

    def of_clauses(self, utterance: Utterance) -> Consent:
        """Yes, no, wait, or unclear."""
        told = [self._of(clause) for clause in utterance.clauses]
        # Who asks for something else beside it is answered that.
        others = (clause for clause, said in zip(utterance.clauses, told, strict=True) if not said)
        if any(map(self.asking.made_by, others)):
            return Consent.UNCLEAR
        if Consent.WAIT in told:
            waits = told[-1] is Consent.WAIT and set(told) <= {Consent.WAIT, None}
            return Consent.WAIT if waits else Consent.UNCLEAR
        if Consent.NO not in told:
            return Consent.YES if told and told[-1] is Consent.YES else Consent.UNCLEAR
        last = len(told) - 1 - told[::-1].index(Consent.NO)
        return Consent.UNCLEAR if Consent.YES in told[last:] else Consent.NO

    def wants(self, utterance: Utterance) -> bool:
        """Whether its last clause wants to hear it in so many words, and none refuses or puts off."""
        told = {self._of(clause) for clause in utterance.clauses}
        return told <= {Consent.YES, None} and self.wanting.cover(spell(utterance.clauses[-1]))

    def agrees(self, clause: str) -> bool:
        """Whether the clause as a whole agrees: 「别不听」."""
        return self._of(clause) is Consent.YES

    def waits(self, clause: str) -> bool:
        """Whether the clause as a whole puts off for a moment: 「等会儿再听」."""
        return self._of(clause) is Consent.WAIT

    def refuses(self, clause: str) -> bool:
        """Whether the clause as a whole refuses or puts off."""
        return self._of(clause) is Consent.NO

    def _of(self, clause: str) -> Consent | None:
        spelled = spell(clause)
        if self.neither.cover(spelled):
            return None
        if self.waiting.cover(spelled):
            return Consent.WAIT
        if self.agreeing.cover(spelled):
            return Consent.YES
        refuses = self.refusing.cover(spelled) and not self.asking.word_in(clause)
        return Consent.NO if refuses else None
