"""Who demands, in so many words, to hear what was offered before has agreed to hear it. Pure.

「刚才那个提醒，我现在要听」 needs no 「要不要听」 any more. Nothing here is a likeness: a name of what was offered,
a word that demands to hear, and no word that denies or asks beside it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Self

from voice.understand.asking import Asking
from voice.understand.normal import Utterance
from voice.understand.templates import Templates, spell

NAMES, DEMANDS, NOT = "offered_names", "demands_to_hear", "demands_not"
"""Word lists: what people call what was offered, what they say who want to hear it, and what takes that back."""


@dataclass(frozen=True)
class Demand:
    """The words, compiled."""

    names: Templates
    demands: Templates
    without: re.Pattern[str]
    """What a clause of the demand does not hold, as it is written: words that deny."""
    asking: Asking
    """No clause of it asks."""
    named: re.Pattern[str]
    """The names as they are written; 「提醒我啥」 asks for nothing else."""

    @classmethod
    def of(cls, lists: Mapping[str, Sequence[str]]) -> Self | None:
        """Compile the lists of a pack; None where one is missing."""
        if not all(lists.get(name) for name in (NAMES, DEMANDS, NOT)):
            return None
        longest_first = sorted(lists[NAMES], key=len, reverse=True)
        return cls(
            Templates(lists[NAMES]),
            Templates(lists[DEMANDS]),
            _any_of(lists[NOT]),
            Asking.of(lists),
            _any_of(longest_first),
        )

    def made_by(self, utterance: Utterance) -> bool:
        """Whether it is named and demanded, and what says so neither denies nor asks."""
        naming = [each for each in utterance.clauses if self.names.occur_in(spell(each))]
        wanting = [each for each in utterance.clauses if self.demands.occur_in(spell(each))]
        if not naming or not wanting:
            return False
        # 「刚才没听的那条，念吧」 denies nothing, but 「违约金怎么算，你说说」 asks.
        asks = any(self.asking.word_in(self.named.sub("", each)) for each in (*naming, *wanting))
        return not asks and not any(
            self.without.search(self.named.sub("", clause)) for clause in wanting
        )


def _any_of(words: Sequence[str]) -> re.Pattern[str]:
    """Finds one of the words as it is written."""
    return re.compile("|".join(map(re.escape, words)))
