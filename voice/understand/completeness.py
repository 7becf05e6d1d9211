"""How finished an utterance sounds, judged by its words. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from math import log, log1p

from voice.content.command_names import ANSWERS, Command
from voice.understand.asking import Asking
from voice.understand.choices import picked
from voice.understand.clauses import part
from voice.understand.commands import PLAIN, REASONS
from voice.understand.meaning import Act, Completeness, Expect, Expectation, Meaning, Reading
from voice.understand.normal import Utterance, normalise
from voice.understand.understanding import Understanding
from voice.understand.word_lists import COURTESIES, TRAILING

ENDED = 1.0
"""Log odds from which words end where a sentence ends. Of phrasings kept out of the fit, two in three reach it whole,
one in nine cut off at a clause or anywhere."""
SURE = 0.8
"""Probability from which a question counts as understood where nothing is known of endings."""
MEANT = 0.85
"""Score from which a command is one by its sound, whatever was written (「再输一遍」), and an option by its name."""

# Log odds that a question is whole, fitted by logistic regression to 1,600 phrasings that nothing was learned from and
# their beginnings up to a clause or to anywhere. Of 950 other questions 94 in 100 are whole by it, and of their
# beginnings 18, of which in turn five in six ask the same as the whole.
BIAS = -2.5
"""0.14 above the fit: trust, from which sureness comes, has since grown that much more careful."""
SURENESS = 0.16
"""Of each unit of the log odds of the meaning, within ±:data:`SUREST`."""
SUREST = 6.0
ENDING = 0.39
"""Of each unit of the log odds of the ending, from :data:`LEAST_ENDING` to :data:`MOST_ENDING`."""
LEAST_ENDING, MOST_ENDING = -6.0, 10.0
LENGTH = 0.92
"""Of the logarithm of one more than the syllables."""
ASKS = 1.24
"""Where a word of asking is there."""
WHOLE = 1.2
"""Log odds from which the question is taken for whole."""


def completeness(
    readings: Sequence[Reading], expected: Expectation, understanding: Understanding
) -> Completeness:
    """Judge what was said so far, by its best reading; ``expected`` is what the dialogue waits for.

    Where an answer is waited for, all readings together may be one: 「不行」, 「不」 and guesses are a refusal.
    """
    text = readings[0].text
    utterance = normalise(text)
    trailing = understanding.words(TRAILING)
    if not utterance.text:
        return Completeness.OPEN
    if utterance.text in trailing:
        # 「嗯」 alone may be a yes or the beginning of one: the usual patience decides.
        return Completeness.OPEN if expected.expects == "yes_no" else Completeness.TRAILING
    meaning = understanding.understand(text, expected)
    if _begins_a_question(meaning, utterance, expected, understanding):
        return Completeness.OPEN
    if _is_answer(meaning, expected, 1.0) or (
        len(readings) > 1
        and expected.expects in (Expect.YES_NO, Expect.STEP)
        and _is_answer(understanding.understand_readings(readings, expected), expected, 1.0)
    ):
        return Completeness.COMMAND
    endings = understanding.endings
    ending = endings.score(text) if endings is not None else None
    if utterance.text.endswith(tuple(trailing)) and (ending is None or ending < ENDED):
        return Completeness.TRAILING
    if _is_answer(meaning, expected, MEANT) or _picks(utterance, expected, understanding):
        return Completeness.COMMAND
    if meaning.act is Act.SMALLTALK:
        courteous = utterance.text in understanding.words(COURTESIES)
        return Completeness.COURTESY if courteous else Completeness.OPEN
    if meaning.act in (Act.ASK, Act.MAYBE, Act.AMONG, Act.DECLINED) and (
        meaning.score >= SURE
        if ending is None
        else _whole(meaning, utterance, ending, understanding.asking) >= WHOLE
    ):
        return Completeness.COMPLETE
    return Completeness.OPEN if ending is None or ending >= ENDED else Completeness.UNFINISHED


def _whole(meaning: Meaning, utterance: Utterance, ending: float, asking: Asking) -> float:
    """Log odds that the question is whole."""
    chance = min(max(meaning.score, 1e-3), 1 - 1e-3)
    sure = min(max(log(chance / (1 - chance)), -SUREST), SUREST)
    ending = min(max(ending, LEAST_ENDING), MOST_ENDING)
    asks = asking.held_by(utterance.text)
    length = log1p(len(utterance.text))
    return BIAS + SURENESS * sure + ENDING * ending + LENGTH * length + ASKS * asks


def _begins_a_question(
    meaning: Meaning, utterance: Utterance, expected: Expectation, understanding: Understanding
) -> bool:
    """Whether a command where none is waited for sounds like what questions begin with: 「有没有」."""
    if expected.expects is not Expect.ANYTHING:
        return False
    # Looked at first, so that warming up builds the beginnings, and no turn waits for it.
    return understanding.beginnings.hold(utterance.text) and meaning.act is Act.COMMAND


def _only_a_reason(meaning: Meaning) -> bool:
    """Whether the command is taken from a mere reason for it; 「没听清」 asks for the same again, and is whole."""
    reason = meaning.command in REASONS and meaning.command is not Command.REPEAT
    return reason and PLAIN.isdisjoint(meaning.heard)


def _picks(utterance: Utterance, expected: Expectation, understanding: Understanding) -> bool:
    """Whether it ends with the name of one of the options on offer: 「那就打电话吧」."""
    if expected.expects is not Expect.CHOICE:
        return False
    before, behind = map(understanding.words, ("picking_before", "picking_behind"))
    return picked(part(utterance, -1), expected.choices, before, behind) is not None


def _is_answer(meaning: Meaning, expected: Expectation, least: float) -> bool:
    """Whether it is, by a score of ``least``, a command, and 「是」 and 「不」 where something was asked: elsewhere a
    sentence begins. So it does with what only gives a reason for a command: 「我耳朵背……」.
    """
    if meaning.act is not Act.COMMAND or meaning.score < least or _only_a_reason(meaning):
        return False
    return expected.expects != Expect.ANYTHING or meaning.command not in ANSWERS
