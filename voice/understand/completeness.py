"""How finished an utterance sounds, judged by its words. Pure."""

from __future__ import annotations

from voice.hear.endpoint import Completeness
from voice.understand.meaning import Act, Expectation
from voice.understand.normal import normalise
from voice.understand.understanding import Understanding

TRAILING = "trailing"
"""Name of the word list: fillers and connectives after which more is coming."""
SURE = 0.8
"""Probability from which a question counts as wholly asked. Below it another word may change it, and waiting costs
a second; above it an answer to the first half of a question is still the right answer."""


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
    if meaning.act is Act.COMMAND and meaning.score >= 1.0:
        return Completeness.COMPLETE
    if utterance.text.endswith(tuple(trailing)):
        return Completeness.TRAILING
    if meaning.act is Act.ASK and meaning.score >= SURE:
        return Completeness.COMPLETE
    return Completeness.OPEN
