"""How finished an utterance sounds, judged by its words. Pure."""

from __future__ import annotations

from voice.hear.endpoint import Completeness
from voice.understand.meaning import Act, Expect, Expectation, Meaning
from voice.understand.normal import normalise
from voice.understand.understanding import Understanding

TRAILING = "trailing"
"""Name of the word list: fillers and connectives after which more is coming."""
SURE = 0.8
"""Probability from which a question counts as understood, be it answered or confirmed first: below it another word
may change it."""
ENDED = 1.0
"""Log odds from which words end where a sentence ends. Of phrasings kept out of the fit, two in three reach it whole,
one in nine cut off at a clause or anywhere."""

CERTAIN = 0.95
"""Probability from which no further word is likely to change a question…"""
NEARLY_ENDED = 0.0
"""…so that this is enough: 「手机上怎么取消月卡」 has no sure end, and a sure answer. Of 124
questions kept out, 60 in 100 are whole by one or the other rule, and 7 in 100 of their first halves."""
MEANT = 0.85
"""Score from which a command is one by its sound, whatever was written (「再输一遍」), and an option by its name."""


def completeness(text: str, expected: Expectation, understanding: Understanding) -> Completeness:
    """Judge a reading of what was said so far; ``expected`` is what the dialogue waits for."""
    utterance = normalise(text)
    trailing = understanding.pack.lexicon.get(TRAILING, ())
    if not utterance.text:
        return Completeness.OPEN
    if utterance.text in trailing:
        # 「嗯」 alone may be a yes or the beginning of one: the usual patience decides.
        return Completeness.OPEN if expected.expects == "yes_no" else Completeness.TRAILING
    meaning = understanding.understand(text, expected)
    if _is_answer(meaning, expected, 1.0):
        return Completeness.COMPLETE
    if utterance.text.endswith(tuple(trailing)):
        return Completeness.TRAILING
    if _is_answer(meaning, expected, MEANT):
        return Completeness.COMPLETE
    if meaning.act is Act.SMALLTALK:
        return Completeness.OPEN
    ending = ENDED if understanding.endings is None else understanding.endings.score(text)
    if meaning.act in (Act.ASK, Act.MAYBE) and any(
        meaning.score >= sure and ending >= ended
        for sure, ended in ((SURE, ENDED), (CERTAIN, NEARLY_ENDED))
    ):
        return Completeness.COMPLETE
    return Completeness.OPEN if ending >= ENDED else Completeness.UNFINISHED


def _is_answer(meaning: Meaning, expected: Expectation, least: float) -> bool:
    """Whether it is, by a score of ``least``, a command, and 「是」 and 「不」 where something was asked: elsewhere a
    sentence begins.
    """
    if meaning.act is not Act.COMMAND or meaning.score < least:
        return False
    return expected.expects != Expect.ANYTHING or meaning.command not in CONSENT


CONSENT = frozenset({"yes", "no"})
"""The commands that answer a question."""
