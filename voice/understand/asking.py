"""Whether words ask for something, by what they hold and how they end. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Self

from voice.understand.templates import Templates, spell_out
from voice.understand.word_lists import ASKING, ASKING_BACK, ASKING_ENDS

_A_NOT_A = re.compile(r"(.)[不没]\1")
"""「要不要花钱」, 「去没去过」."""
NO_TEMPLATES = Templates(())


@dataclass(frozen=True)
class Asking:
    """The words, as they are written."""

    words: tuple[str, ...] = ()
    """What a question holds: 怎, 哪, 多少."""
    ends: tuple[str, ...] = ()
    """Ends of a statement that make it a question: 「收钱不」, 「要带证件没」."""
    back: Templates = NO_TEMPLATES
    """What somebody says who asks what was asked: 「你刚才问我什么」."""

    @classmethod
    def of(cls, lists: Mapping[str, Sequence[str]]) -> Self:
        """The lists of a pack."""
        back = Templates(lists.get(ASKING_BACK, ()), by_sound=False)
        return cls(tuple(lists.get(ASKING, ())), tuple(lists.get(ASKING_ENDS, ())), back)

    def word_in(self, text: str) -> bool:
        """Whether a word that asks is in ``text``. 「念给我听好不好」 holds none, and wants rather than asks."""
        return any(word in text for word in self.words)

    def held_by(self, text: str) -> bool:
        """The same, or something and its denial, of which one is asked for."""
        return self.word_in(text) or _A_NOT_A.search(text) is not None

    def made_by(self, clause: str) -> bool:
        """Whether the clause asks: by what it holds, or by how it ends."""
        return clause.endswith(self.ends) or self.held_by(clause)

    def back_in(self, text: str) -> bool:
        """Whether somebody asks in ``text`` what was asked. Who does has not agreed, whatever stands beside it."""
        return self.back.occur_in(spell_out(text))


UNLISTED = Asking()
"""Of a pack that lists no words of asking."""
