"""From judgement to what the dialogue should do: answer, ask back, or say it is not known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from voice.content.command_names import Command
from voice.content.entries import Entry, Kind
from voice.understand.classifier import Judged
from voice.understand.examples import COMMAND
from voice.understand.meaning import Act, Candidate, Meaning

CONSIDERED = 6
"""Candidates that are looked at, best first."""


@dataclass(frozen=True)
class Offering:
    """From when on entries are offered that are not sure enough to be answered; probabilities, 0 to 1."""

    each: float
    """Of an entry that is offered beside others."""
    together: float
    """What the offered entries must reach together."""
    confirm: float
    """Of a lone candidate, which is confirmed."""
    refuse: float
    """Share of strange subjects from which nothing is offered."""


@dataclass(frozen=True)
class Thresholds:
    """How sure is sure enough; all are probabilities, 0 to 1."""

    answer: float = 0.67
    """Trust from which an entry is answered at once. A wrong answer costs a listener who cannot see
    more than a question back, so it lies above one half. Of 940 questions 0.70 answers 894 at once and 0.67 903, no
    more of them wrongly; of 710 on other subjects neither answers one."""
    answer_unclear: float = 0.70
    """The same for what was not heard clearly: from across a room 0.65 answers 67 of 147 at once, four of them
    wrongly, 0.72 58 and one."""
    hand_over: float = 0.93
    """The same for an entry that only says whom to ask. Each of them covers a wide subject with few phrasings, and at
    equal trust it is wrong three times as often as an entry that answers."""
    chat: float = 0.65
    """The same for small talk: one kind sentence too many is soon forgotten."""
    obey: float = 0.42
    """Trust from which a command is obeyed: it is quickly said again and does no harm. Yes and no are
    never commands of this kind."""
    guessed: float = 0.2
    """Clarity below which nothing is answered at once, however it reads: what was written is a guess. Of 800 questions
    heard near and far none below 0.28 was answered rightly at once; the one wrong answer, and the one that one of 51
    strangers across a room got, lay at 0.05 and 0.06."""
    clear: float = 0.7
    """Clarity from which words count as heard clearly. Of fifty people who spoke of something else near the
    microphone four in five were, of 249 questions from across a room one in five."""
    offers: Offering = Offering(0.12, 0.40, 0.30, 0.5)
    """What was heard clearly and not understood is probably something else."""
    unclear_offers: Offering = Offering(0.02, 0.12, 0.08, 0.5)
    """Who is heard badly is offered the likeliest rather than sent away. Of 200 questions from across six rooms this
    reaches 170, and twice as much of each (0.03, 0.20, 0.10) 162; of 51 strangers there 27 instead of 15 are asked
    back. Nearby nothing changes."""


def decide(
    heard: str,
    judged: Judged,
    classes: Sequence[str],
    entries: Mapping[str, Entry],
    limits: Thresholds,
    clarity: float = 1.0,
) -> Meaning:
    """What is meant, by the probability of each class and the trust in the best one.

    ``clarity``: how clearly it was heard, 0 to 1.
    """
    strangers, ours = _ranked(judged, classes, entries)
    if not ours:
        return Meaning(heard, Act.OFF_SUBJECT, strangers)
    first = ours[0]
    clear = clarity >= limits.clear
    sure = judged.trust >= _enough(first.entry, entries, limits, clear=clear)
    if judged.trust >= limits.obey and first.entry.startswith(COMMAND):
        command = Command(first.entry.removeprefix(COMMAND))
        return Meaning(heard, Act.COMMAND, judged.trust, command=command)
    asked = tuple(c for c in ours if _is_askable(c.entry, entries))
    if sure and first.probability > strangers:
        act = Act.ASK if first in asked else Act.SMALLTALK
        others = tuple(c for c in asked if c != first)[:2]
        return Meaning(heard, act, judged.trust, candidates=(first, *others))
    least = limits.offers if clear else limits.unclear_offers
    if strangers < least.refuse and asked:
        offered = tuple(c for c in asked if c.probability >= least.each)[:3]
        together = sum(c.probability for c in offered)
        if len(offered) > 1 and together >= least.together:
            return Meaning(heard, Act.AMONG, together, candidates=offered)
        if offered and offered[0].probability >= least.confirm:
            return Meaning(heard, Act.MAYBE, offered[0].probability, candidates=offered[:1])
    return Meaning(heard, Act.OFF_SUBJECT, strangers, candidates=asked[:2])


def _ranked(
    judged: Judged, classes: Sequence[str], entries: Mapping[str, Entry]
) -> tuple[float, list[Candidate]]:
    """The probability of all strange subjects together, and our candidates, best first."""
    strangers = 0.0
    ours: list[Candidate] = []
    order = np.argsort(-judged.probabilities).tolist()
    probabilities = judged.probabilities.tolist()
    for index in order:
        entry = entries.get(classes[index])
        if entry is not None and entry.kind is Kind.ELSEWHERE:
            strangers += probabilities[index]
        elif len(ours) < CONSIDERED:
            ours.append(Candidate(classes[index], probabilities[index]))
    return strangers, ours


def _enough(name: str, entries: Mapping[str, Entry], limits: Thresholds, *, clear: bool) -> float:
    """The trust from which a class is answered at once."""
    match entries[name].kind if name in entries else None:
        case Kind.HANDOFF:
            return limits.hand_over
        case Kind.SMALLTALK:
            return limits.chat
        case _:
            return limits.answer if clear else limits.answer_unclear


def _is_askable(name: str, entries: Mapping[str, Entry]) -> bool:
    return name in entries and entries[name].kind is not Kind.SMALLTALK
