"""What is said in a guide: on to the next step, back, or over to another guide."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from voice.content.command_names import ORDINALS, Command
from voice.content.entries import Step
from voice.understand import choices
from voice.understand.clauses import part
from voice.understand.commanded import as_command, as_expected
from voice.understand.commands import MOVES
from voice.understand.concepts import Spotter
from voice.understand.examples import class_of
from voice.understand.knowledge import Knowledge
from voice.understand.leading_on import progress_of
from voice.understand.meaning import Act, Candidate, Expect, Expectation, Meaning
from voice.understand.normal import Utterance
from voice.understand.partial import (
    STEERING,
    command_inside,
    leads_to,
)
from voice.understand.templates import spell, units
from voice.understand.word_lists import GOING_ON, NEXT_NAMES

SURE_NEXT = 0.8
"""Trust from which a call for the next step counts beside words that ask or tell of a failure."""
IN_GUIDES = frozenset(
    class_of(name) for name in (*MOVES, Command.NEXT, Command.RESUME, Command.MORE)
)
"""What only a guide under way can be told by words that are not a command's own."""
GOODBYE = frozenset({class_of(Command.QUIT)})
NEAR = 0.25
"""Probability from which the one of several questions that is near to what was spoken of is the one that is meant."""
LIKELY = 0.5
"""Probability below which a question that may be meant is less likely than one about the step."""
SURE_WAY = 0.9
"""Score of a guide that is named in so many words."""


def impossible(utterance: Utterance, expected: Expectation, known: Knowledge) -> frozenset[str]:
    """The classes that are not meant where no guide is under way: 「我到营业厅了，接下来呢」 begins one; and a goodbye
    where a call was cut off."""
    if not expected.guide:
        return IN_GUIDES
    return GOODBYE if cut_off(known, utterance, expected) else frozenset()


def cut_off(known: Knowledge, utterance: Utterance, expected: Expectation) -> bool:
    """Whether a call is told to be cut off, which elsewhere says goodbye: 「挂断了」."""
    return bool(expected.guide) and utterance.text in known.words("cut_off")


def way(known: Knowledge, utterance: Utterance, expected: Expectation) -> Meaning | None:
    """Another guide, turned to in so many words: 「换成手机上办」, 「说错了，我要第二个」."""
    before, behind = known.words("picking_before"), known.words("picking_behind")
    index = choices.picked(utterance, expected.ways, before, behind)
    if index is None and expected.guide and known.corrections.occur_in(spell(utterance.text)):
        found = known.commands.covering(part(utterance, -1), choosing=True)
        if found is not None and found.name in ORDINALS:
            index = ORDINALS.index(found.name)
    if index is None or index >= len(expected.ways):
        return None
    goto = expected.ways[index].goto
    if goto == expected.guide:
        return None
    return Meaning(utterance.shown, Act.ASK, SURE_WAY, candidates=(Candidate(goto, SURE_WAY),))


def same_way(known: Knowledge, utterance: Utterance, expected: Expectation) -> Meaning | None:
    """The guide under way where it stands, for who picks it again: 「要得，就搞手机那个」. Who asks how it goes
    begins it anew."""
    before, behind = known.words("picking_before"), known.words("picking_behind")
    index = choices.picked(part(utterance, -1), expected.ways, before, behind)
    if not expected.guide or index is None or expected.ways[index].goto != expected.guide:
        return None
    command = Command.RESUME if expected.paused else Command.REPEAT
    return Meaning(utterance.shown, Act.COMMAND, SURE_WAY, command=command)


def way_behind(known: Knowledge, utterance: Utterance, expected: Expectation) -> Meaning | None:
    """Another guide, turned to before a last clause that asks for no more: 「还是去营业厅退吧，怎么办」."""
    if len(utterance.clauses) < 2 or known.commands.last(utterance, choosing=False) is not None:
        return None
    if not known.progress or not known.progress.only_asks(utterance.clauses[-1]):
        return None
    return way(known, part(utterance, -2, -1), expected)


def step_of_guide(
    known: Knowledge, utterance: Utterance, asked: Meaning, expected: Expectation
) -> Meaning | None:
    """A command that is most of what was said, or the last clause where the words ask for no more than the guide under
    way: 「套餐管理找着了，再往后」.
    """
    last = known.commands.last(utterance, choosing=False)
    if last is not None and last.name in STEERING and leads_to(known, asked, expected.guide):
        return as_expected(as_command(utterance, last, 0.9), expected)
    if asked.candidates[0].entry == expected.guide:
        if last is not None:
            return as_expected(as_command(utterance, last, 0.9), expected)
        progress = progress_of(known, expected)
        if progress is not None and progress.calls_for_next(part(utterance, -1)):
            return Meaning(utterance.shown, Act.COMMAND, 0.9, command=Command.NEXT)
        if (about := about_step(known, utterance, asked, expected)) is not None:
            return about
        if not known.asking.made_by(utterance.text):
            return same_way(known, utterance, expected)
    back = back_to_guide(known, utterance, asked, expected)
    return back or command_inside(known, utterance, asked, expected)


def about_step(
    known: Knowledge, utterance: Utterance, asked: Meaning, expected: Expectation
) -> Meaning | None:
    """The step that is named by who asks for the guide under way, 「套餐管理在哪儿」, or for nothing else that is
    known; more help where it was said last. Who tells that it is done is led to the one behind it."""
    if not expected.guide:
        return None
    of_guide = bool(asked.candidates) and asked.candidates[0].entry == expected.guide
    unknown = asked.act is Act.OFF_SUBJECT or (
        asked.act in (Act.MAYBE, Act.AMONG) and asked.score < LIKELY
    )
    if not of_guide and not unknown and asked.command is not Command.MORE:
        return None
    number = _named(known, utterance, expected)
    if not number:
        return None
    progress = progress_of(known, expected)
    if progress is not None and progress.tells(utterance):
        last = len(known.pack.entries[expected.guide].steps)
        return _behind(utterance, number, last, expected)
    command = Command.MORE if number == expected.step and not expected.paused else Command.STEP
    return Meaning(utterance.shown, Act.COMMAND, 0.9, command=command, number=number)


def _behind(utterance: Utterance, number: int, last: int, expected: Expectation) -> Meaning:
    """The step behind the one that is done: the next one, or, for who went ahead or stayed behind, another; for who
    is ahead at the ``last`` one, that."""
    if number <= expected.step:
        command = Command.NEXT if number == expected.step else Command.REPEAT
        return Meaning(utterance.shown, Act.COMMAND, 0.9, command=command)
    return Meaning(
        utterance.shown, Act.COMMAND, 0.9, command=Command.STEP, number=min(number + 1, last)
    )


def _named(known: Knowledge, utterance: Utterance, expected: Expectation) -> int:
    """The number, from 1, of the step of which something is named last; 0 where nothing is."""
    spotter = _spotter(known.pack.entries[expected.guide].steps)
    found = [name for clause in utterance.clauses for name in spotter.spot(units(clause))]
    return int(found[-1]) if found else 0


@lru_cache(maxsize=8)
def _spotter(steps: tuple[Step, ...]) -> Spotter:
    """Finds the numbers of the steps, from 1, by what people name."""
    return Spotter({str(number): step.names for number, step in enumerate(steps, 1)})


def back_to_guide(
    known: Knowledge, utterance: Utterance, asked: Meaning, expected: Expectation
) -> Meaning | None:
    """On with the guide under way, by its name: 「继续教我打电话的步骤」. Without such a word it begins anew."""
    names = [way for way in expected.ways if way.goto == expected.guide]
    of_guide = any(each.entry == expected.guide for each in asked.candidates[:1])
    if not of_guide and (not names or choices.named(utterance, tuple(names)) is None):
        return None
    goes_on = any(word in utterance.text for word in known.words(GOING_ON))
    if not goes_on or expected.expects is not Expect.STEP:
        return None
    return as_expected(Meaning(utterance.shown, Act.COMMAND, 0.9, command=Command.RESUME), expected)


def taken_up(
    known: Knowledge, utterance: Utterance, meaning: Meaning, expected: Expectation
) -> Meaning:
    """Where a guide waits, 「电话接完了，咱们继续」 goes on where it stood: it sounds more like somebody who is back
    than like one who has done the step, and does not call for the next one by name."""
    if meaning.command is not Command.NEXT or meaning.number or not expected.paused:
        return meaning
    if any(word in utterance.text for word in known.words(NEXT_NAMES)):
        return meaning
    chances = known.chances(utterance)
    if chances.of(class_of(Command.RESUME)) <= chances.of(class_of(Command.NEXT)):
        return meaning
    return replace(meaning, command=Command.RESUME)


def narrowed(known: Knowledge, asked: Meaning, expected: Expectation) -> Meaning:
    """Of several questions that may be meant the one about the way whose guide is under way, 「要等多久」, or about
    what was spoken of last, 「那具体要交多少」."""
    told = known.pack.entries.get(expected.guide or expected.topic)
    if told is None or asked.act is not Act.AMONG:
        return asked
    near = [each for each in asked.candidates if each.entry in told.related]
    if len(near) != 1 or near[0] not in asked.candidates[:2] or near[0].probability < NEAR:
        return asked
    return replace(asked, act=Act.ASK, candidates=tuple(near))


def named_way(known: Knowledge, utterance: Utterance, asked: Meaning) -> Meaning:
    """Of several questions that may be meant the guide of which a clause holds nothing but the way, and words of asking
    for it: 「营业厅取消要哪些步骤」."""
    if asked.act not in (Act.AMONG, Act.MAYBE):
        return asked
    before, behind = known.words("picking_before"), known.words("picking_behind")
    index = choices.picked(part(utterance, -1), known.ways, before, behind)
    if index is None:
        return asked
    found = tuple(each for each in asked.candidates if each.entry == known.ways[index].goto)
    return replace(asked, act=Act.ASK, candidates=found) if found else asked


def only_seems_next(
    known: Knowledge, utterance: Utterance, asked: Meaning, expected: Expectation
) -> bool:
    """Whether words that sound like a call for the next step ask, or tell that this one failed: 「我咋没瞅着」."""
    progress = progress_of(known, expected)
    if progress is None or asked.act is not Act.COMMAND or asked.command is not Command.NEXT:
        return False
    if progress.may_tell(utterance) or any(map(progress.reports_success, utterance.clauses)):
        return False
    return asked.score < SURE_NEXT or _named(known, utterance, expected) > 0
