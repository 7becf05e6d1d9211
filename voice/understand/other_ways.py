"""What is left to who declines a way of doing it. Pure."""

from __future__ import annotations

from voice.understand.knowledge import Knowledge
from voice.understand.meaning import Act, Candidate, Meaning
from voice.understand.normal import Utterance
from voice.understand.templates import spell

SURE = 0.9
"""Score of what was said in so many words."""


def left(known: Knowledge, utterance: Utterance) -> Meaning | None:
    """The ways that are left when every clause declines one or says nothing, 「我不想打电话，有别的办法吗」. Who asks
    for something else in the same breath is answered that."""
    if known.declining is None:
        return None
    found = {clause: known.declining.by(clause) for clause in utterance.clauses}
    declined = set(found.values()) - {None}
    if not declined or any(not _says_nothing(known, c) for c, at in found.items() if at is None):
        return None
    ways = [way.goto for index, way in enumerate(known.ways) if index not in declined]
    if not ways:
        return None
    act = Act.ASK if len(ways) == 1 else Act.DECLINED
    return Meaning(utterance.shown, act, SURE, candidates=tuple(Candidate(w, SURE) for w in ways))


def _says_nothing(known: Knowledge, clause: str) -> bool:
    """Whether the clause holds small words, or asks for another way: 「还有没有别的办法」."""
    if known.commands.says_nothing(clause):
        return True
    if known.declining is not None and known.declining.reasons.cover(spell(clause)):
        return True
    progress = known.progress
    return progress is not None and (
        progress.elsewhere.cover(spell(clause)) or progress.only_asks(clause)
    )
