"""What is said right behind an answer, in words that mean nothing elsewhere: 「给了」, 「那咋办」. Pure."""

from __future__ import annotations

from voice.content.command_names import ORDINALS, Command
from voice.understand import ordinals
from voice.understand.knowledge import Knowledge
from voice.understand.meaning import Act, Candidate, Expect, Expectation, Meaning
from voice.understand.normal import Utterance
from voice.understand.templates import spell

SURE = 0.9
"""Score of what was said in so many words."""
ALL_OF_IT = -1
"""Number of a call for the next step by who tells that all of the guide is done."""
WHAT_NOW, WHAT_TO_SAY, ALL_DONE = "what_now", "what_to_say", "all_done"
"""Lists of templates: 「那咋办」; what to answer to whom the listener deals with, 「他问我是谁，咋说」; and that the
deed is done, 「客服给我办完了」."""
SIGHS, COMFORTING, NO_MATTER = "sighs", "comforting", "no_matter"
"""What is sighed, 「唉」, and the small talk that answers it; and 「没事」, which asks for nothing."""


def follow_up(known: Knowledge, utterance: Utterance, expected: Expectation) -> Meaning | None:
    """What the entry spoken of last says that such words ask for."""
    entry = known.pack.entries.get(expected.topic)
    if entry is None:
        return None
    for each in entry.follow_ups:
        if _is_all(known, utterance, each.said):
            candidates = (Candidate(each.goto, SURE),)
            return Meaning(utterance.shown, Act.ASK, SURE, candidates=candidates)
    return None


def what_now(known: Knowledge, utterance: Utterance, expected: Expectation) -> Meaning | None:
    """More of what was spoken of last, for who asks for no more than that. Who was asked back about something has
    meant it, and who has heard nothing yet is told what there is."""
    asks = _is_all(known, utterance, WHAT_NOW)
    if expected.guide and expected.expects is Expect.STEP:
        # What somebody asks and what to answer often stand in clauses of their own.
        asks = asks or known.templates(WHAT_TO_SAY).cover(spell(utterance.text))
    if not asks:
        return None
    if expected.expects is Expect.CHOICE:
        return Meaning(utterance.shown, Act.OFF_SUBJECT)
    command = Command.MORE if expected.topic else Command.HELP
    if expected.expects is Expect.YES_NO:
        command = Command.WHAT_OFFERED if expected.to_hear else Command.YES
    return Meaning(utterance.shown, Act.COMMAND, SURE, command=command)


def picks_again(known: Knowledge, utterance: Utterance, expected: Expectation) -> Meaning | None:
    """「第二个」 where no choice is open: perhaps the second of the ways, which one still remembers; in a guide it is a
    step, and where a yes or no is waited for no answer."""
    if expected.guide and not expected.to_hear:
        return None
    if ordinals.beyond(utterance):
        return Meaning(utterance.shown, Act.OFF_SUBJECT)
    if expected.expects is Expect.CHOICE:
        return None
    found = known.commands.covering(utterance, choosing=True)
    if found is None or found.name not in ORDINALS:
        return None
    index = ORDINALS.index(found.name)
    if expected.expects is Expect.YES_NO or index >= len(expected.ways):
        return Meaning(utterance.shown, Act.OFF_SUBJECT)
    candidate = Candidate(expected.ways[index].goto, SURE)
    return Meaning(utterance.shown, Act.MAYBE, SURE, candidates=(candidate,))


def all_done(known: Knowledge, utterance: Utterance, expected: Expectation) -> Meaning | None:
    """The end of the guide under way, for who tells that somebody has done the deed."""
    if not expected.guide or not _is_all(known, utterance, ALL_DONE):
        return None
    return Meaning(utterance.shown, Act.COMMAND, SURE, command=Command.NEXT, number=ALL_OF_IT)


def sighed(known: Knowledge, utterance: Utterance) -> Meaning | None:
    """A kind word for who only sighs: nothing was asked that could have been missed."""
    comforting, sighs = known.words(COMFORTING), known.templates(SIGHS)
    if not comforting or not all(sighs.cover(spell(clause)) for clause in utterance.clauses):
        return None
    candidates = (Candidate(comforting[0], SURE),)
    return Meaning(utterance.shown, Act.SMALLTALK, SURE, candidates=candidates)


def no_matter(known: Knowledge, utterance: Utterance, expected: Expectation) -> Meaning | None:
    """「没事」 wants nothing more for now, and is no goodbye; where something was asked it is no answer, and in a guide
    what puts it off is looked for elsewhere."""
    if expected.expects is Expect.STEP or not known.templates(NO_MATTER).cover(
        spell(utterance.text)
    ):
        return None
    if expected.expects is not Expect.ANYTHING:
        return Meaning(utterance.shown, Act.OFF_SUBJECT)
    return Meaning(utterance.shown, Act.COMMAND, SURE, command=Command.NO)


def _is_all(known: Knowledge, utterance: Utterance, name: str) -> bool:
    """Whether the list of this name covers a clause, and the others say nothing."""
    said = known.templates(name)
    covered = [said.cover(spell(clause)) for clause in utterance.clauses]
    others = (c for c, found in zip(utterance.clauses, covered, strict=True) if not found)
    return any(covered) and all(map(known.commands.says_nothing, others))
