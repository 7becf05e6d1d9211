"""A command or a question that is only a part of what was said.

People give reasons, tell stories and think aloud: 「我耳朵不好，再说一遍」, 「等一下，退这个要罚钱吗」. Each reader
here looks for one such part and returns None where there is none.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from voice.content.command_names import ADJUSTMENTS, Command
from voice.understand.clauses import ENOUGH, ends, part
from voice.understand.commanded import as_command, as_expected
from voice.understand.commands import LAMENTS, MOVES, Found
from voice.understand.knowledge import Knowledge
from voice.understand.meaning import Act, Expect, Expectation, Meaning
from voice.understand.normal import Utterance
from voice.understand.templates import spell

HOLDING = frozenset({Command.WAIT, Command.STOP})
"""Commands behind which a question may follow in the same breath."""
MANNERS = ADJUSTMENTS | {Command.SIMPLER}
"""Commands that say how to answer what is asked behind them: 「别绕弯子，打哪个电话」."""
DONE = "了"
"""What a clause ends in that tells, in a guide, that something is done: 「转到人工了，接下来呢」 asks for no human."""
SURE_END = 0.93
"""Trust from which the end of a story is a question of its own; of several ends one is easily taken for one."""
LIKELY_END = 0.6
"""Trust from which it is asked back."""
LIKELY = 0.5
"""Score from which a guess is more than the command that occurs in a few of its words."""
LEAST_SHARE = 0.25
"""Part of the syllables that must belong to a command: in a longer story it is only mentioned."""
SURE_SHARE = 0.5
"""The same where the other words ask for something…"""
LIKELY_SHARE = 0.4
"""…and where they may."""
ASKING_ONE = frozenset({Act.ASK, Act.MAYBE})
QUESTIONS = ASKING_ONE | {Act.AMONG}
"""What words that ask for something mean, surely or not."""
STEERING = MOVES | {Command.NEXT, Command.REPEAT, Command.RESUME}
"""Commands that only a guide under way can be told."""
STEPS = frozenset({Command.NEXT, Command.PREVIOUS, Command.REPEAT})
"""Commands that are waited for in a guide."""
SURE_COMMAND = 0.7
"""Trust of a command in place of an answer…"""
SURE_PARTING = 0.9
"""…and of a goodbye: who did not say it cannot easily call the assistant back."""


def clause_of_command(
    known: Knowledge,
    utterance: Utterance,
    asked: Meaning,
    clarity: float,
    expected: Expectation,
) -> Meaning | None:
    """A command in the last clause, behind a reason that asks for nothing; where the clauses before it ask
    for something, that: 「退卡打哪个号，我拿笔记一下」. 「有些什么招」 behind a likely question belongs to it."""
    choosing, in_guide = expected.expects is Expect.CHOICE, bool(expected.guide)
    found = known.commands.last(utterance, choosing=choosing, in_guide=in_guide)
    if found is None or (found.name is Command.HELP and asked.act is not Act.OFF_SUBJECT):
        return None
    if _leads_nowhere(found, asked, expected):
        return None
    plain = known.commands.covering(part(utterance, -1), choosing=choosing) is not None
    if asked.act is Act.COMMAND and not plain and asked.command not in (found.name, *LAMENTS):
        return None
    before = part(utterance, 0, -1)
    if not (in_guide and before.text.endswith(DONE)):
        question = known.question([(before, 1.0)], clarity)
        steers = found.name in STEERING and leads_to(known, question, expected.guide)
        ours = question.candidates[:1] and question.candidates[0].entry == expected.guide
        if question.act is Act.ASK and not (steers or ours):
            return question
        # 「想把卡退脱，哪能办，一步一步讲」: slowness alone is no answer where something may be asked.
        asks = likely_asks(question) and (
            known.asking.made_by(before.text) or _asks_for_guide(known, question)
        )
        if found.name in MANNERS and not in_guide and asks:
            return question
    if found.name is Command.REPEAT and _names_previous(known, utterance, choosing=choosing):
        found = replace(found, name=Command.PREVIOUS)
    return as_expected(as_command(utterance, found, 0.9), expected)


def _asks_for_guide(known: Knowledge, asked: Meaning) -> bool:
    """Whether a guide is what is likeliest: 「去柜台退月卡，你一步一步讲」."""
    return bool(known.pack.entries[asked.candidates[0].entry].steps)


def manner_first(known: Knowledge, utterance: Utterance) -> Meaning | None:
    """How to speak, with a reason behind it that asks for nothing: 「你慢着点说，我这岁数反应不过来」."""
    if len(utterance.clauses) < 2 or known.asking.made_by(utterance.text):
        return None
    found = known.commands.covering(part(utterance, 0, 1), choosing=False)
    if found is None or found.name not in MANNERS:
        return None
    return as_command(utterance, found, 0.9)


def leads_to(known: Knowledge, asked: Meaning, guide: str) -> bool:
    """Whether what is asked for is the general question that the guide under way is one answer to: 「我就是要取消月卡，
    你接着讲步骤」."""
    if not guide or not asked.candidates:
        return False
    return guide in {
        option.goto for option in known.pack.entries[asked.candidates[0].entry].options
    }


def _names_previous(known: Knowledge, utterance: Utterance, *, choosing: bool) -> bool:
    """Whether what is to be said again is the step before: 「上一步是带啥，再讲一回」."""
    before = known.commands.covering(part(utterance, -2, -1), choosing=choosing)
    return before is not None and before.name is Command.PREVIOUS


def put_right(known: Knowledge, utterance: Utterance, expected: Expectation) -> Meaning | None:
    """The command that stands for one that is taken back: 「上一步，哦不对，我是要下一步」."""
    if expected.expects is Expect.YES_NO:
        return None
    takes_back = [known.taking_back.cover(spell(clause)) for clause in utterance.clauses]
    end = len(takes_back)
    while end and takes_back[end - 1]:
        end -= 1
    for index in range(end - 1, 0, -1):
        if not takes_back[index]:
            continue
        choosing = expected.expects is Expect.CHOICE
        if known.commands.inside(part(utterance, 0, index), choosing=choosing) is None:
            return None
        found = known.commands.inside(part(utterance, index + 1, end), choosing=choosing)
        if found is None or found.share < LEAST_SHARE:
            return None
        return as_expected(as_command(utterance, found, 0.9), expected)
    return None


def behind_command(known: Knowledge, utterance: Utterance, clarity: float) -> Meaning | None:
    """What is asked behind first clauses that only ask for time, 「哎，等一下，退这个要罚钱吗」, say how to
    answer, or come back to the subject."""
    first, holds = 0, False
    while first < len(utterance.clauses):
        found = known.commands.covering(part(utterance, first, first + 1), choosing=False)
        returns = known.returning.cover(spell(utterance.clauses[first]))
        if returns or (found is not None and found.name in HOLDING | MANNERS):
            holds = True
        elif not known.commands.says_nothing(utterance.clauses[first]):
            break
        first += 1
    rest = part(utterance, first)
    if not holds or len(rest.text) < ENOUGH:
        return None
    asked = known.question([(rest, 1.0)], clarity)
    return asked if asked.act in QUESTIONS else None


def end_of_story(known: Knowledge, utterance: Utterance, clarity: float) -> Meaning | None:
    """What a story asks for at its end: surely, or at least likely enough to be asked back."""
    likely: list[Meaning] = []
    for end in ends(utterance):
        asked = known.question([(end, 1.0)], clarity)
        if asked.act is Act.ASK and asked.score >= SURE_END:
            return asked
        if asked.act in (Act.ASK, Act.MAYBE) and asked.score >= LIKELY_END:
            likely.append(replace(asked, act=Act.MAYBE))
    return max(likely, key=lambda meaning: meaning.score, default=None)


def likely_asks(asked: Meaning) -> bool:
    """Whether the words are more likely a question than anything that occurs in them."""
    return asked.act in (Act.MAYBE, Act.AMONG) and asked.score >= LIKELY


def command_inside(
    known: Knowledge, utterance: Utterance, asked: Meaning, expected: Expectation
) -> Meaning | None:
    """A command beside other words. Where those ask for something it must be most of what was said, unless they only
    may ask and it is a step that is waited for."""
    found = known.commands.inside(utterance, choosing=expected.expects is Expect.CHOICE)
    if found is None or _leads_nowhere(found, asked, expected):
        return None
    if found.name in HOLDING and known.asking.made_by(utterance.text):
        # 「身份证找不着了，咋整」 asks for no time.
        return None
    if found.name in MANNERS and asked.act is Act.ASK and not expected.guide:
        return None
    stepping = expected.expects is Expect.STEP and found.name in STEPS
    least = LIKELY_SHARE if likely_asks(asked) and not stepping else LEAST_SHARE
    if found.share < (SURE_SHARE if asked.act is Act.ASK else least):
        return None
    score = float(np.clip(0.5 + found.share, 0, 0.95))
    return as_expected(as_command(utterance, found, score), expected)


def _leads_nowhere(found: Found, asked: Meaning, expected: Expectation) -> bool:
    """Whether it would move in a guide where none was begun, and the words ask: 「打电话怎么退，从头给我讲讲」."""
    return found.name in MOVES and not expected.guide and asked.act in QUESTIONS


def obeyed(asked: Meaning, expected: Expectation) -> bool:
    """Whether a command that has no words of one is obeyed: it must be surer where it would leave a question open, and
    surer still where it would end the conversation; outside a guide nothing that is told leads on."""
    if asked.command is Command.QUIT:
        return asked.score >= SURE_PARTING
    if asked.command is Command.NEXT and not expected.guide:
        return False
    return expected.expects is not Expect.YES_NO or asked.score >= SURE_COMMAND
