"""Consent to hear what was offered, given in whole clauses, or by demanding it."""

from __future__ import annotations

from voice.understand.commands import PARTING
from voice.understand.consent_words import Consent
from voice.understand.knowledge import Knowledge
from voice.understand.meaning import Act, Candidate, Expect, Expectation, Meaning
from voice.understand.normal import Utterance
from voice.understand.partial import ASKS_BACK, NEXT

SURE_DEMAND = 0.95
"""Score of what is demanded by its name."""


def wished(known: Knowledge, utterance: Utterance) -> Consent:
    """Whether whole clauses say that the listener wants to hear it. Who says goodbye, or asks what was asked, does not
    say, nor does a mere 「下一步」, which may be habit."""
    last = known.commands.last(utterance, choosing=False)
    parting = last is not None and last.name == PARTING
    whole = known.commands.covering(utterance, choosing=False)
    habit = whole is not None and whole.name == NEXT
    if known.wish is None or parting or habit or ASKS_BACK.search(utterance.text):
        return Consent.UNCLEAR
    return known.wish.of_clauses(utterance)


def demanded(known: Knowledge, utterance: Utterance, expected: Expectation) -> Meaning | None:
    """What was offered before and is demanded now, which is consent to hear it; a yes or no has its own reader."""
    if known.demand is None or not expected.offered or expected.expects is Expect.YES_NO:
        return None
    if not known.demand.made_by(utterance):
        return None
    candidates = (Candidate(expected.offered, SURE_DEMAND),)
    return Meaning(utterance.shown, Act.ASK, SURE_DEMAND, candidates=candidates, agreed=True)
