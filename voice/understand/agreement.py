"""Consent to hear what was offered, given in whole clauses, or by demanding it."""

from __future__ import annotations

from voice.understand.commands import PARTING
from voice.understand.consent_words import Consent
from voice.understand.knowledge import Knowledge
from voice.understand.meaning import Act, Candidate, Expect, Expectation, Meaning
from voice.understand.normal import Utterance
from voice.understand.partial import ASKS_BACK

SURE_DEMAND = 0.95
"""Score of what is demanded by its name."""
NO_ANSWER = frozenset(
    {"next", "previous", "restart", "repeat", "stop", "wait", "quit", "help", "voice"}
    | {"slower", "faster", "louder", "softer"}
)
"""Commands that agree to nothing, though their words may: 「说慢点」, or 「下一步」, which may be habit."""


def wished(known: Knowledge, utterance: Utterance) -> Consent:
    """Whether whole clauses say that the listener wants to hear it. Who says goodbye, asks what was asked, or only
    gives a command does not say."""
    last = known.commands.last(utterance, choosing=False)
    parting = last is not None and last.name == PARTING
    whole = known.commands.covering(utterance, choosing=False)
    commands = whole is not None and whole.name in NO_ANSWER
    if known.wish is None or parting or commands or ASKS_BACK.search(utterance.text):
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
