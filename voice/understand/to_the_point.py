"""An utterance without what was taken back in it, and without the kind words at its beginning. Pure."""

from __future__ import annotations

from voice.understand.clauses import ENOUGH, part
from voice.understand.knowledge import Knowledge
from voice.understand.normal import Utterance, without_denied
from voice.understand.templates import spell


def to_the_point(known: Knowledge, utterance: Utterance) -> Utterance:
    """The utterance without what was taken back, and without the kind words at its beginning."""
    utterance = _corrected(known, utterance)
    first = 0
    while first < len(utterance.clauses) and known.commands.says_nothing(utterance.clauses[first]):
        first += 1
    rest = part(utterance, first)
    return rest if len(rest.text) >= ENOUGH else utterance


def _corrected(known: Knowledge, utterance: Utterance) -> Utterance:
    """What follows a correction, where enough does: 「我要注销，不是，我是说退套餐」."""
    for index in range(len(utterance.clauses) - 1, 0, -1):
        rest = part(utterance, index)
        before = spell(utterance.clauses[index - 1])
        corrects = known.corrections.occur_in(
            spell(part(utterance, index - 1).text)
        ) or known.taking_back.cover(before)
        if corrects and len(rest.text) >= ENOUGH:
            return without_denied(rest)
    return without_denied(utterance)
