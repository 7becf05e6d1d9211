"""Whether, in a guide, the next step is called for in other words than a command's: by asking what comes, or by telling
that this one is done."""

from __future__ import annotations

from voice.content.command_names import Command
from voice.understand.choices import picked
from voice.understand.clauses import part
from voice.understand.commanded import as_command, as_expected
from voice.understand.commands import MOVES
from voice.understand.examples import COMMAND, class_of
from voice.understand.knowledge import Knowledge
from voice.understand.meaning import Act, Expect, Expectation, Meaning
from voice.understand.normal import Utterance
from voice.understand.partial import (
    HOLDING,
    SURE_END,
)
from voice.understand.partial_answer import GOES_WITH_NO
from voice.understand.progress import Progress

TAKING_UP = "接"
"""In what is said to take a guide up again where it stood: 接着说, 接到讲."""
REPORTED = 0.15
"""Probability of a call for the next step from which the words of a report are one…"""
LIKELY_REPORTED = 0.3
"""…and from which other words are. A step too far is quickly taken back; who is not understood gives up."""
SOMETHING_ELSE = 0.6
"""Probability of a goodbye, of a call to wait, or of other subjects above which a bare report is none."""


def next_step(known: Knowledge, utterance: Utterance, expected: Expectation) -> Meaning | None:
    """The next step, called for in other words than a command's: 「人工接上了，跟人家说啥」. Behind a report 「接着讲」
    means it too, also where a question came between."""
    progress = progress_of(known, expected)
    if progress is None:
        return None
    last = known.commands.last(utterance, choosing=False)
    if last is not None and last.name in GOES_WITH_NO:
        before = part(utterance, 0, -1)
        if progress.tells(before) and _likely(known, before, REPORTED):
            return Meaning(utterance.shown, Act.COMMAND, 0.9, command=Command.NEXT)
        reported = (
            progress.calls_for_next(before)
            or all(map(progress.reports, before.clauses))
            or (
                last.name is Command.NEXT
                and progress.may_tell(before)
                and not _wants(known, before, expected)
            )
        )
        return as_expected(as_command(utterance, last, 0.9), expected) if reported else None
    elsewhere = last is not None and last.name in MOVES
    if elsewhere or not progress.calls_for_next(utterance):
        return None
    command = (
        Command.RESUME if expected.paused and TAKING_UP in utterance.clauses[-1] else Command.NEXT
    )
    return Meaning(utterance.shown, Act.COMMAND, 0.9, command=command)


def _wants(known: Knowledge, utterance: Utterance, expected: Expectation) -> bool:
    """Whether words without a word of asking ask all the same, or turn to another way; 「证件在包里」 only tells."""
    before, behind = known.words("picking_before"), known.words("picking_behind")
    if picked(utterance, expected.ways, before, behind) is not None:
        return True
    asked = known.question([(utterance, 1.0)], 1.0)
    return asked.act is Act.ASK and asked.score >= SURE_END


def done(known: Knowledge, utterance: Utterance, expected: Expectation) -> Meaning | None:
    """The next step, where all that is said is that this one is done, or what it leads to has happened: 「排到我了」.

    What people say beside the guide sounds the same, 「饭做好了」: so the classifier has its say.
    """
    progress = progress_of(known, expected)
    if progress is None:
        return None
    if progress.barely_reports(utterance):
        return barely_done(known, utterance, expected)
    told = progress.only_reports(utterance) or progress.tells(utterance)
    if not told and not progress.may_tell(utterance):
        return None
    if not _likely(known, utterance, REPORTED if told else LIKELY_REPORTED):
        return None
    return Meaning(utterance.shown, Act.COMMAND, 0.8, command=Command.NEXT)


def barely_done(known: Knowledge, utterance: Utterance, expected: Expectation) -> Meaning | None:
    """The next step, where nothing is said but that this one is done: 「搞完」, whatever question it is like."""
    progress = progress_of(known, expected)
    if progress is None or not progress.barely_reports(utterance):
        return None
    if _is_something_else(known, utterance):
        return None
    return Meaning(utterance.shown, Act.COMMAND, 0.8, command=Command.NEXT)


def done_behind(
    known: Knowledge, utterance: Utterance, meaning: Meaning, expected: Expectation
) -> Meaning | None:
    """The next step, where who asked for time tells in the same breath that this one is done: 「我看看……登好了」."""
    progress = progress_of(known, expected)
    if progress is None or meaning.command not in HOLDING or len(utterance.clauses) < 2:
        return None
    last = part(utterance, -1)
    if not progress.did(last.text) or _is_something_else(known, last):
        return None
    return Meaning(utterance.shown, Act.COMMAND, 0.8, command=Command.NEXT)


def _is_something_else(known: Knowledge, utterance: Utterance) -> bool:
    """Whether what sounds like a report is a goodbye, 「挂了」, or told of something else, 「饭煮好了」."""
    chances = known.chances(utterance)
    leaving = max(chances.of(class_of(name)) for name in (Command.QUIT, *HOLDING))
    return max(leaving, chances.strange) > SOMETHING_ELSE


def _likely(known: Knowledge, utterance: Utterance, least: float) -> bool:
    """Whether a call for the next step has this probability, and no other command or subject a greater one."""
    chances = known.chances(utterance)
    likely = chances.of(class_of(Command.NEXT))
    return likely >= max(least, chances.strange, chances.best(COMMAND))


def progress_of(known: Knowledge, expected: Expectation) -> Progress | None:
    """The words of progress, where a guide waits for its next step."""
    return known.progress if expected.expects is Expect.STEP and expected.guide else None
