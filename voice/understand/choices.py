"""Which of the options on offer is meant, by name or description; numbers are commands."""

from __future__ import annotations

from voice.understand.meaning import Choice
from voice.understand.normal import Utterance, normalise
from voice.understand.templates import spell


def named(utterance: Utterance, choices: tuple[Choice, ...], share: float = 0.0) -> int | None:
    """Index of the one option that the utterance names; None when it names none, or several alike.

    The name must make up at least ``share``, 0 to 1, of the syllables. Where names of several options
    occur the longest decides: 「打电话」 beats the 「电话」 in another option's name.
    """
    spelled = " " + spell(utterance.text)
    lengths = [max((_found(name, spelled) for name in _names(c)), default=0) for c in choices]
    longest = max(lengths, default=0)
    if longest < share * len(utterance.text):
        return None
    return lengths.index(longest) if longest and lengths.count(longest) == 1 else None


def _names(choice: Choice) -> tuple[str, ...]:
    return (choice.label, *choice.names)


def _found(name: str, spelled: str) -> int:
    """Syllables of ``name`` when its sound occurs in ``spelled``, else 0."""
    sound = spell(normalise(name).text)
    return sound.count(" ") if sound and f" {sound}" in spelled else 0
