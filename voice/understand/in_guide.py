"""What is said in a guide: on to the next step, back, or over to another guide."""

from __future__ import annotations

from functools import lru_cache

from voice.content.entries import Step
from voice.understand import choices
from voice.understand.clauses import part
from voice.understand.commands import MOVES, ORDINALS
from voice.understand.concepts import Spotter
from voice.understand.knowledge import Knowledge
from voice.understand.meaning import Act, Candidate, Expect, Expectation, Meaning
from voice.understand.normal import Utterance
from voice.understand.partial import (
    GOES_WITH_NO,
    NEXT,
    RESUME,
    as_command,
    as_expected,
    command_inside,
)
from voice.understand.progress import Progress
from voice.understand.templates import spell, units
from voice.understand.word_lists import GOING_ON

TAKING_UP = "接"
"""In what is said to take a guide up again where it stood: 接着说, 接到讲."""
MORE, STEP = "more", "step"
SURE_WAY = 0.9
"""Score of a guide that is named in so many words."""


def way(known: Knowledge, utterance: Utterance, expected: Expectation) -> Meaning | None:
    """Another guide, turned to in so many words: 「换成手机上办」, 「说错了，我要第二个」."""
    before, behind = known.words("picking_before"), known.words("picking_behind")
    index = choices.picked(utterance, expected.ways, before, behind)
    if index is None and expected.guide and known.corrections.occur_in(spell(utterance.text)):
        found = known.commands.covering(part(utterance, -1), choosing=True)
        if found is not None and found.name in ORDINALS:
            index = int(found.name.removeprefix("choose_")) - 1
    if index is None or index >= len(expected.ways):
        return None
    goto = expected.ways[index].goto
    if goto == expected.guide:
        return None
    return Meaning(utterance.shown, Act.ASK, SURE_WAY, candidates=(Candidate(goto, SURE_WAY),))


def step_of_guide(
    known: Knowledge, utterance: Utterance, asked: Meaning, expected: Expectation
) -> Meaning | None:
    """A command that is most of what was said, or the last clause where the words ask for no more than the guide under
    way: 「套餐管理找着了，再往后」.
    """
    last = known.commands.last(utterance, choosing=False)
    if asked.candidates[0].entry == expected.guide:
        if last is not None:
            return as_expected(as_command(utterance, last, 0.9), expected)
        progress = _progress(known, expected)
        if progress is not None and progress.calls_for_next(part(utterance, -1)):
            return Meaning(utterance.shown, Act.COMMAND, 0.9, command=NEXT)
        if (about := about_step(known, utterance, asked, expected)) is not None:
            return about
    back = back_to_guide(known, utterance, asked, expected)
    return back or command_inside(known, utterance, asked, expected)


def about_step(
    known: Knowledge, utterance: Utterance, asked: Meaning, expected: Expectation
) -> Meaning | None:
    """The step that is named by who asks for the guide under way, 「套餐管理在哪儿」, or for nothing else that is
    known; more help where it was said last."""
    if not expected.guide:
        return None
    of_guide = bool(asked.candidates) and asked.candidates[0].entry == expected.guide
    if not of_guide and asked.act is not Act.OFF_SUBJECT:
        return None
    spotter = _spotter(known.pack.entries[expected.guide].steps)
    found = [name for clause in utterance.clauses for name in spotter.spot(units(clause))]
    if not found:
        return None
    number = int(found[-1])
    command = MORE if number == expected.step else STEP
    return Meaning(utterance.shown, Act.COMMAND, 0.9, command=command, number=number)


@lru_cache(maxsize=8)
def _spotter(steps: tuple[Step, ...]) -> Spotter:
    """Finds the numbers of the steps, from 1, by what people name."""
    return Spotter({str(number): step.names for number, step in enumerate(steps, 1)})


def back_to_guide(
    known: Knowledge, utterance: Utterance, asked: Meaning, expected: Expectation
) -> Meaning | None:
    """On with the guide under way, by its name: 「继续教我打电话的步骤」. Without such a word it begins anew."""
    if not asked.candidates or asked.candidates[0].entry != expected.guide:
        return None
    goes_on = any(word in utterance.text for word in known.words(GOING_ON))
    if not goes_on or expected.expects is not Expect.STEP:
        return None
    return as_expected(Meaning(utterance.shown, Act.COMMAND, 0.9, command=RESUME), expected)


def next_step(known: Knowledge, utterance: Utterance, expected: Expectation) -> Meaning | None:
    """The next step, called for in other words than a command's: 「人工接上了，跟人家说啥」."""
    progress = _progress(known, expected)
    if progress is None:
        return None
    last = known.commands.last(utterance, choosing=False)
    if last is not None and last.name in GOES_WITH_NO:
        reported = progress.calls_for_next(part(utterance, 0, -1)) or all(
            map(progress.reports, utterance.clauses[:-1])
        )
        return as_expected(as_command(utterance, last, 0.9), expected) if reported else None
    elsewhere = last is not None and last.name in MOVES
    if elsewhere or not progress.calls_for_next(utterance):
        return None
    command = RESUME if expected.paused and TAKING_UP in utterance.clauses[-1] else NEXT
    return Meaning(utterance.shown, Act.COMMAND, 0.9, command=command)


def done(known: Knowledge, utterance: Utterance, expected: Expectation) -> Meaning | None:
    """The next step, where all that is said is that this one is done: 「手机号告诉人家了」."""
    progress = _progress(known, expected)
    if progress is None or not progress.only_reports(utterance):
        return None
    return Meaning(utterance.shown, Act.COMMAND, 0.8, command=NEXT)


def _progress(known: Knowledge, expected: Expectation) -> Progress | None:
    """The words of progress, where a guide waits for its next step."""
    return known.progress if expected.expects is Expect.STEP and expected.guide else None
