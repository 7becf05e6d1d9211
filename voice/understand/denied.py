"""Who says only what is not meant, 「我不是要换号」, has asked for nothing: it would be the costliest mix-up to take it
for that. Pure."""

from __future__ import annotations

from voice.content.command_names import Command
from voice.understand.knowledge import Knowledge
from voice.understand.meaning import Act, Expect, Expectation, Meaning
from voice.understand.normal import Utterance
from voice.understand.templates import spell

DENYING = "denying_topic"
"""List of templates: clauses that say what is not meant."""
SURE = 0.9
"""Score of what was said in so many words."""


def denied(known: Knowledge, utterance: Utterance, expected: Expectation) -> Meaning | None:
    """A no, for who only says what is not meant. In a guide that would stop it, so its step is said again, and to who
    was asked whether to hear something it would be a refusal: neither is meant."""
    if expected.expects is Expect.CHOICE or not _denies(known, utterance):
        return None
    if expected.guide and expected.expects is not Expect.YES_NO:
        return Meaning(utterance.shown, Act.COMMAND, SURE, command=Command.REPEAT)
    if expected.to_hear:
        return Meaning(utterance.shown, Act.OFF_SUBJECT)
    return Meaning(utterance.shown, Act.COMMAND, SURE, command=Command.NO)


def _denies(known: Knowledge, utterance: Utterance) -> bool:
    """Whether a clause denies a subject of ours, none asks, and the others say nothing."""
    denying = known.templates(DENYING)
    found = [denying.cover(spell(clause)) for clause in utterance.clauses]
    others = (c for c, denies in zip(utterance.clauses, found, strict=True) if not denies)
    if not any(found) or known.asking.made_by(utterance.text):
        return False
    if not all(map(known.commands.says_nothing, others)):
        return False
    return known.question([(utterance, 1.0)], 1.0).act in (Act.ASK, Act.MAYBE, Act.AMONG)
