"""Whether words that were said into the assistant's speaking take over, or let it go on. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from voice.content.command_names import ADJUSTMENTS, ANSWERS, Command
from voice.content.entries import Pack
from voice.loop.interruption import Verdict
from voice.understand.meaning import Act, Meaning, Reading
from voice.understand.syllables import sounds

AT_ONCE = frozenset({Command.STOP, Command.WAIT})
"""Commands that need not wait for the end of the turn."""
ALWAYS = AT_ONCE | ADJUSTMENTS | {Command.REPEAT, Command.VOICE, Command.QUIT}
"""Commands about the speaking itself: they work also while a warning is read, and skip nothing of it."""
ENOUGH = 5
"""Characters from which a question that is not sure is more than a murmur."""
FAINT = 0.55
"""Clarity below which only a sure question counts, and a command about the speaking: what was left of an echo was read
at 0.2 to 0.55.
"""
OWN_LIKENESS = 75.0
"""Likeness, 0 to 100, of the syllables to the assistant's own from which they are its echo."""
OWN_LEAST = 2
"""Syllables from which there is a likeness: 停 sounds like the end of 营业厅, which is said all the time."""
OWN_SPARE = 2
"""Syllables that an echo may have more than what was said."""


@dataclass(frozen=True)
class Moment:
    """What the assistant was saying when it was interrupted."""

    saying: str = ""
    """The words that could be heard just then, and those that were about to be."""
    asked: bool = True
    """Whether an answer is waited for and its last words, which hold the question, had begun."""
    murmurs: frozenset[str] = frozenset()
    """嗯, 哦 and the like, which listeners say without wanting anything."""
    guarded: bool = False
    """Whether it reads a warning that was never heard to its end."""


def verdict(
    meaning: Meaning, readings: Sequence[Reading], moment: Moment, *, final: bool
) -> Verdict:
    """Judge what the readings, the likeliest first, of what was heard so far mean, or with ``final`` of the user's
    whole turn.
    """
    otherwise = Verdict.LET_PASS if final else Verdict.WAIT
    # A likely answer stands before what was heard freely: an echo shows there.
    heard = (meaning.heard, *(reading.text for reading in readings[:2]))
    if meaning.heard in moment.murmurs or any(is_own(text, moment.saying) for text in heard):
        return otherwise
    if meaning.act is Act.COMMAND and meaning.command in AT_ONCE:
        return Verdict.TAKE
    clear = all(reading.clarity >= FAINT for reading in readings)
    return Verdict.TAKE if final and _is_for_us(meaning, moment, clear=clear) else otherwise


def is_own(heard: str, saying: str) -> bool:
    """Whether what was heard is, by its sound, part of what the assistant was saying."""
    words, own = sounds(heard), sounds(saying)
    if not OWN_LEAST <= len(words) <= len(own) + OWN_SPARE:
        return False
    return fuzz.partial_ratio(words, own) >= OWN_LIKENESS


def warns(pack: Pack, say: Sequence[str]) -> bool:
    """Whether a reply reads an entry that nobody hears without having agreed to it."""
    said = set(say)
    return any(
        form and said.issuperset(form)
        for entry in pack.entries.values()
        if entry.consent
        for form in (entry.answer, entry.simple)
    )


def _is_for_us(meaning: Meaning, moment: Moment, *, clear: bool) -> bool:
    if meaning.act is Act.COMMAND and meaning.command in ALWAYS:
        return clear or meaning.command is not Command.QUIT
    if moment.guarded:
        return False
    match meaning.act:
        case Act.COMMAND:
            # Yes and no answer a question, once it was heard; before, or where nothing was asked, 「好」 is a nod.
            return clear and (moment.asked or meaning.command not in ANSWERS)
        case Act.ASK | Act.DECLINED:
            return True
        case Act.MAYBE | Act.AMONG:
            return clear and len(meaning.heard) >= ENOUGH
        case _:
            return False
