"""What the readings of one utterance say together, where some of them are answers or commands. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from voice.content.command_names import ANSWERS, Command
from voice.understand.meaning import Act, Meaning
from voice.understand.normal import Utterance

LIKELY = 0.25
"""Share of the weight from which readings may be taken for a command; share of the best reading's from which one counts
at all, and of a refusal's from which readings that agree speak against it.
"""
OPPOSITES = (ANSWERS, frozenset({Command.NEXT, Command.PREVIOUS}))
"""Commands of which the wrong one does harm."""
Certain = Callable[[Utterance], Meaning | None]
"""The answer or command that all of a reading consists of."""


def most_certain(heard: Sequence[tuple[Utterance, float]], certain: Certain) -> Meaning | None:
    """The answer or command of the best reading that is one; nothing that is known where another that is as good says
    the opposite. ``heard``: at least one reading, best first, with their weights.

    Readings that say the same count together: 「不行」, 「不」 and 「不听」 are one refusal. A refusal that is the best
    reading needs no more weight, however many guesses stand beside it: it does no harm.
    """
    total, best = sum(weight for _, weight in heard), max(weight for _, weight in heard)
    found = [
        (meaning, weight)
        for utterance, weight in heard
        if weight >= LIKELY * best and (meaning := certain(utterance)) is not None
    ]
    together: dict[Command | None, float] = {}
    for meaning, weight in found:
        together[meaning.command] = together.get(meaning.command, 0.0) + weight
    if any(opposites <= together.keys() for opposites in OPPOSITES) and not _refused(together):
        return Meaning(heard[0][0].shown, Act.OFF_SUBJECT)
    for meaning, _ in found:
        if together[meaning.command] >= LIKELY * total:
            return meaning
    first = certain(heard[0][0]) if found else None
    return first if first is not None and first.command is Command.NO else None


def _refused(together: Mapping[Command | None, float]) -> bool:
    """Whether readings that refuse outweigh by far the ones that agree. The other way round nothing may refuse: an
    agreement lets something be read that not everybody wants to hear.
    """
    return together.get(Command.YES, 0.0) < LIKELY * together.get(Command.NO, 0.0)
