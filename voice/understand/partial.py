"""An answer, a command or a question that is only a part of what was said.

People give reasons, tell stories and think aloud: 「我耳朵不好，再说一遍」, 「等一下，退这个要罚钱吗」. Each reader
here looks for one such part and returns None where there is none.
"""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np

from voice.content.entries import Kind
from voice.understand import choices, consent, ordinals
from voice.understand.clauses import ENOUGH, ends, part
from voice.understand.commands import LAMENTS, MOVES, PARTING, Found, in_context, is_reason
from voice.understand.consent_words import Consent
from voice.understand.knowledge import Knowledge
from voice.understand.meaning import Act, Expect, Expectation, Meaning
from voice.understand.normal import Utterance
from voice.understand.templates import spell
from voice.understand.word_lists import ASKING

HOLDING = frozenset({"wait", "stop"})
"""Commands behind which a question may follow in the same breath."""
MANNERS = frozenset({"simpler", "slower", "faster", "louder", "softer"})
"""Commands that say how to answer what is asked behind them: 「别绕弯子，打哪个电话」."""
GOES_WITH_YES = frozenset({"next", "resume", "slower", "louder", "wait"})
"""Commands that do not take back a yes in the clause before: 「要听，你慢点说」…"""
GOES_WITH_NO = frozenset({"next", "resume"})
"""…nor a no: 「不听，接着说步骤」. They lead on in a guide."""
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
NEXT, PREVIOUS, REPEAT, RESUME, STOP = "next", "previous", "repeat", "resume", "stop"
STEP = "步"
STEPS = frozenset({"next", "previous", "repeat"})
"""Commands that are waited for in a guide."""
_JUST_NOW = re.compile("刚|方才|头先|先头|原来|先前")
"""Where a guide waits, 「回到刚才那步」 goes back to where it stands, and 「上一步」 to the step before."""
DENYING_END = ("不", "没", "没有")
"""Ends of a statement that make it a question: 「收钱不」, 「要带证件没」."""
ASKS_BACK = re.compile("来着|问.{0,6}(?:什么|啥|哪|几)|[说讲](?:的|了|是|的是)?(?:什么|啥)")
"""Who asks what was asked has not agreed, whatever stands beside it: 「来了来了，你刚才问我什么」."""
SURE_COMMAND = 0.7
"""Trust of a command in place of an answer…"""
SURE_PARTING = 0.9
"""…and of a goodbye: who did not say it cannot easily call the assistant back."""


def option(
    known: Knowledge, utterance: Utterance, asked: Meaning, expected: Expectation
) -> Meaning | None:
    """The option named, or what is surely asked beside its name: 「打电话要多久」 picks no way, and 「营业厅在哪」,
    which elsewhere may be others', means ours where it is on offer."""
    if expected.expects is not Expect.CHOICE:
        return None
    goals = [choice.goto for choice in expected.choices]
    asks = asked.act is Act.ASK
    if asks and asked.candidates[0].entry in goals:
        index: int | None = goals.index(asked.candidates[0].entry)
    elif asked.act in ASKING_ONE and asked.score >= SURE_END and _asks(known, utterance):
        named = choices.named(utterance, expected.choices) is not None
        return replace(asked, act=Act.ASK) if named else None
    else:
        index = ordinals.place(utterance, len(expected.choices), likely_question=asks)
        if index is None:
            share = SURE_SHARE if asks else 0.0
            index = choices.named(utterance, expected.choices, share)
    if index is None:
        return None
    return Meaning(utterance.shown, Act.COMMAND, 0.9, command=f"choose_{index + 1}")


def answer_beside(known: Knowledge, utterance: Utterance, expected: Expectation) -> Meaning | None:
    """A yes or no with other words beside it, where one is expected; a mere 「好」 before another command is none. Who
    refuses and asks for something else is answered that: 「算了，还是我自己去营业厅办」."""
    if expected.expects is not Expect.YES_NO:
        return None
    agreed = consent.beside(utterance, known.consent_to(expected))
    if agreed is Consent.UNCLEAR:
        return None
    if agreed is Consent.YES and ASKS_BACK.search(utterance.text):
        return None
    last = known.commands.last(utterance, choosing=False)
    if last is not None and is_reason(last, utterance):
        last = None
    goes_with = GOES_WITH_YES if agreed is Consent.YES else GOES_WITH_NO
    refuses = agreed is Consent.NO and last is not None and last.name == STOP
    if refuses and consent.classify(part(utterance, -1), known.consent) is Consent.NO:
        return Meaning(utterance.shown, Act.COMMAND, 0.8, command=agreed.value)
    if last is not None and (
        last.name not in goes_with or known.commands.says_nothing(utterance.clauses[0])
    ):
        return None
    if last is None and agreed is Consent.NO:
        asked = known.question([(part(utterance, 1), 1.0)], 1.0)
        if asked.act is Act.ASK and asked.score >= SURE_COMMAND and not tells(known, asked):
            return asked
    return Meaning(utterance.shown, Act.COMMAND, 0.8, command=agreed.value)


def tells(known: Knowledge, asked: Meaning) -> bool:
    """Whether words that sound like a question for the hotline hold no word of asking: 「我没签过合约」."""
    kind = known.pack.entries[asked.candidates[0].entry].kind
    asks = any(word in asked.heard for word in known.words(ASKING))
    return kind is Kind.HANDOFF and not asks


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
    if found is None or (found.name == "help" and asked.act is not Act.OFF_SUBJECT):
        return None
    if _leads_nowhere(found, asked, expected):
        return None
    plain = known.commands.covering(part(utterance, -1), choosing=choosing) is not None
    if asked.act is Act.COMMAND and not plain and asked.command not in (found.name, *LAMENTS):
        return None
    before = part(utterance, 0, -1)
    if not (in_guide and before.text.endswith(DONE)):
        question = known.question([(before, 1.0)], clarity)
        if question.act is Act.ASK and question.candidates[0].entry != expected.guide:
            return question
    return as_expected(as_command(utterance, found, 0.9), expected)


def _asks(known: Knowledge, utterance: Utterance) -> bool:
    """Whether there is a word of asking, or it ends as questions do: 「收钱不」."""
    text = utterance.text
    return text.endswith(DENYING_END) or any(word in text for word in known.words(ASKING))


def since_taken_back(known: Knowledge, utterance: Utterance) -> Utterance:
    """What stands behind words that take back those before them: 「不听，哎不对，还是听」; all of it where none do."""
    for index in range(len(utterance.clauses) - 2, 0, -1):
        if known.taking_back.cover(spell(utterance.clauses[index])):
            return part(utterance, index + 1)
    return utterance


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
    """What is asked behind first clauses that only ask for time, 「哎，等一下，退这个要罚钱吗」, or say how to
    answer."""
    first, holds = 0, False
    while first < len(utterance.clauses):
        found = known.commands.covering(part(utterance, first, first + 1), choosing=False)
        if found is not None and found.name in HOLDING | MANNERS:
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
    stepping = expected.expects is Expect.STEP and found.name in STEPS
    least = LIKELY_SHARE if likely_asks(asked) and not stepping else LEAST_SHARE
    if found.share < (SURE_SHARE if asked.act is Act.ASK else least):
        return None
    score = float(np.clip(0.5 + found.share, 0, 0.95))
    return as_expected(as_command(utterance, found, score), expected)


def _leads_nowhere(found: Found, asked: Meaning, expected: Expectation) -> bool:
    """Whether it would move in a guide where none was begun, and the words ask: 「打电话怎么退，从头给我讲讲」."""
    return found.name in MOVES and not expected.guide and asked.act in QUESTIONS


def long_answer(known: Knowledge, utterance: Utterance, expected: Expectation) -> Meaning | None:
    """A longer yes or no where none was asked for and nothing else was understood."""
    agreed = consent.classify(utterance, known.consent)
    if expected.expects is Expect.YES_NO or agreed in (Consent.UNCLEAR, Consent.WAIT):
        return None
    return Meaning(utterance.shown, Act.COMMAND, 0.8, command=agreed.value)


def obeyed(asked: Meaning, expected: Expectation) -> bool:
    """Whether a command that has no words of one is obeyed: it must be surer where it would leave a question open, and
    surer still where it would end the conversation; outside a guide nothing that is told leads on."""
    if asked.command == PARTING:
        return asked.score >= SURE_PARTING
    if asked.command == NEXT and not expected.guide:
        return False
    return expected.expects is not Expect.YES_NO or asked.score >= SURE_COMMAND


def as_expected(meaning: Meaning, expected: Expectation) -> Meaning:
    """The command that ``meaning`` is here. Behind an interruption 「这一步再讲一遍」 goes back to the guide."""
    command = in_context(meaning.command, meaning.number, expected)
    if command == REPEAT and expected.paused and STEP in meaning.heard:
        command = RESUME
    if command == PREVIOUS and expected.paused and _JUST_NOW.search(meaning.heard):
        command = RESUME
    return replace(meaning, command=command)


def as_command(utterance: Utterance, found: Found, score: float) -> Meaning:
    """A command that was found, as a meaning."""
    return Meaning(utterance.shown, Act.COMMAND, score, command=found.name, number=found.number)
