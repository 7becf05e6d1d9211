"""What the linear model sees of an utterance: pieces of its spelling and sound, and the concepts in it.

Three spellings of the same words are cut into n-grams: the characters, their toneless syllables, and their confusion
classes (see ``confusion``). Spelling tells homophones apart where the text was typed, sound survives a recogniser's
homophones, and classes survive an accent. Concepts and pairs of concepts carry meaning over to unknown wording.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from voice.understand.concepts import Spotter
from voice.understand.confusion import class_of_sound
from voice.understand.templates import units

CHARACTER_GRAMS = (1, 2, 3)
SOUND_GRAMS = (1, 2, 3)
CLASS_GRAMS = (2,)
"""Lengths of the n-grams of each spelling. Single classes are too few to tell anything; longer runs make
the model three times as large and one or two per cent less often right on phrasings it has not seen."""

FOREIGN = "foreign:some"
NOT_FOREIGN = "foreign:none"
"""Whether a word of another subject is there, be it one that no example holds."""
EMPHASIS = 4
"""How often that counts: one mention of a gym outweighs the many words that a question about its card
shares with ours."""

Features = Mapping[str, float]
"""Feature name to how often it occurs."""


class FeatureMaker:
    """Features of clauses, for one pack."""

    def __init__(self, spotters: Mapping[str, Spotter], foreign: Spotter | None = None) -> None:
        """``spotters``: prefix of the feature names to the word lists it stands for; ``foreign``:
        words of subjects that the pack does not speak of."""
        self.spotters = spotters
        self.foreign = foreign

    def of_text(self, clauses: Sequence[str]) -> Counter[str]:
        """Features of clauses of normal-form text."""
        return self.of_sounds([units(clause) for clause in clauses], clauses)

    def of_sounds(
        self, sounds: Sequence[Sequence[str]], clauses: Sequence[str] = ()
    ) -> Counter[str]:
        """Features of clauses given as toneless syllables, and as characters where they are known."""
        found: Counter[str] = Counter()
        for clause in clauses:
            found.update(_cut("c", list(clause), CHARACTER_GRAMS, ""))
        spotted: dict[str, list[str]] = {prefix: [] for prefix in self.spotters}
        for clause_sounds in sounds:
            found.update(_cut("s", ["^", *clause_sounds, "$"], SOUND_GRAMS, " "))
            found.update(_cut("k", [class_of_sound(s) for s in clause_sounds], CLASS_GRAMS, " "))
            for prefix, spotter in self.spotters.items():
                spotted[prefix] += spotter.spot(clause_sounds)
        for prefix, names in spotted.items():
            found.update(_singles_and_pairs(prefix, names))
        if self.foreign is not None:
            strange = any(self.foreign.spot(clause_sounds) for clause_sounds in sounds)
            found[FOREIGN if strange else NOT_FOREIGN] = EMPHASIS
        return found


def _cut(kind: str, pieces: Sequence[str], lengths: Sequence[int], glue: str) -> Iterator[str]:
    for length in lengths:
        for start in range(len(pieces) - length + 1):
            yield f"{kind}{length}:{glue.join(pieces[start : start + length])}"


def _singles_and_pairs(prefix: str, names: Sequence[str]) -> Iterator[str]:
    ordered = sorted(set(names))
    for index, first in enumerate(ordered):
        yield f"{prefix}:{first}"
        for second in ordered[index + 1 :]:
            yield f"{prefix}:{first}+{second}"
