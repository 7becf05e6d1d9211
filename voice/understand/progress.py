"""What people say who follow a guide, have done a step and wait for the next: 「人工接上了，跟人家说啥」. Pure.

They seldom say 「下一步」. They report what they did or what happened, ask what comes then, or both. The words for that
are few, and none of them belongs to a question of its own, so a clause that holds nothing else calls for the next step.
The pack lists them; they are compared by sound.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import or_
from typing import Self

from voice.understand.asking import UNLISTED, Asking
from voice.understand.normal import Utterance
from voice.understand.templates import Templates, spell

LISTS = (
    "then_surely",
    "then_maybe",
    "then_asking",
    "then_beside",
    "then_ending",
    "then_again",
    "done_verbs",
    "done_results",
    "done_people",
    "done_told",
    "done_arriving",
    "done_ending",
    "done_things",
)
"""Names of the word lists that it is made of."""
WAITING = re.compile("[等稍]")
"""What makes of a wish of somebody in the guide no step: 「他让我等着」."""
LONGEST = 40
"""Characters up to which a clause asks for nothing but the next step."""
NOWHERE = Templates(())
"""Of a pack that lists no such clauses."""

Sounds = tuple[str, ...]
"""Syllables."""


def sounds_of(text: str) -> Sounds:
    """``text`` as syllables."""
    return tuple(spell(text).split())


@dataclass(frozen=True)
class Words:
    """A word list, as syllables."""

    phrases: frozenset[Sounds]
    longest: int

    @classmethod
    def of(cls, words: Sequence[str]) -> Self:
        """Compile a list."""
        phrases = frozenset(map(sounds_of, words))
        return cls(phrases, max(map(len, phrases), default=0))

    def ends(self, sounds: Sounds, start: int) -> Iterator[int]:
        """Where the words end that begin at ``start``."""
        for end in range(start + 1, min(start + self.longest, len(sounds)) + 1):
            if sounds[start:end] in self.phrases:
                yield end


@dataclass(frozen=True)
class Progress:
    """The words, compiled."""

    surely: Words
    """Ask for what comes: 后头."""
    maybe: Words
    """Do so in a clause that asks something: 再."""
    asking: Words
    beside: Words
    """May stand anywhere in such a clause."""
    ending: Words
    """May stand at its end."""
    again: Words
    """Clauses that ask for what comes behind a report: 「再讲」."""
    report: Templates
    """Clauses that may report that something is done, or has happened."""
    told: Templates
    """Those that tell what somebody else wants: 「他让我等着」."""
    plain_report: Templates
    """Those that hardly say anything else, so that they count alone: 「字签完了」."""
    bare_report: Templates
    """Those that hold nothing else: 「打起了」. No other subject can be meant."""
    bare_people: Templates
    """The same of what somebody else did: 「有真人了」."""
    small: Templates
    """Words that say nothing."""
    failing: tuple[str, ...]
    """Characters of clauses that tell of no success: 没, 不, 错."""
    troubles: tuple[str, ...] = ()
    """The same of clauses that tell what somebody wants: 「他让我交钱」."""
    elsewhere: Templates = NOWHERE
    """Clauses that ask for another way instead: 「还有没有旁的办法」."""
    questions: Asking = UNLISTED
    """What asks for anything at all."""

    @classmethod
    def of(cls, lists: Mapping[str, Sequence[str]]) -> Self | None:
        """Compile the lists of a pack; None where one is missing."""
        if not all(lists.get(name) for name in LISTS):
            return None
        verbs, results, people, told, arriving, done, things = (
            f"({'|'.join(lists[name])})" for name in LISTS[6:]
        )
        surely, maybe, asking, beside, ending, again = (Words.of(lists[name]) for name in LISTS[:6])
        return cls(
            surely,
            maybe,
            asking,
            beside,
            ending,
            again,
            report=Templates(
                (f"~~{verbs}[{results}]~{done}", f"~~{people}~{done}", f"~{arriving}~~{done}")
            ),
            told=Templates((f"~~{told}~~",)),
            plain_report=Templates(
                (f"~~{verbs}[{results}]{done}", f"~{people}{done}", f"{arriving}{done}")
            ),
            bare_report=Templates(
                (
                    f"{things}*{verbs}[{results}][{results}]{done}",
                    f"{things}*{verbs}{results}",
                )
            ),
            bare_people=Templates((f"{things}*{people}{done}",)),
            small=Templates(lists.get("small_words", ())),
            failing=tuple(lists.get("failing", ())),
            troubles=tuple(lists.get("troubles", ())),
            elsewhere=Templates(lists.get("then_never", ())),
            questions=Asking.of(lists),
        )

    def calls_for_next(self, utterance: Utterance) -> bool:
        """Whether the last clause asks for what comes, and those before it report or say little."""
        *before, last = utterance.clauses
        succeeded = bool(before) and self.reports(before[-1])
        if len(last) > LONGEST or (not succeeded and any(map(self._fails, before))):
            return False
        if self.elsewhere.cover(spell(last)):
            return False
        sounds = sounds_of(last)
        if self._asks_what_comes(sounds):
            return True
        telling = self._telling(before)
        reported = bool(telling) and self.reports(telling[-1])
        return reported and (sounds in self.again.phrases or self._holds(sounds, 0, asked=False))

    def only_asks(self, clause: str) -> bool:
        """Whether the clause asks, and names nothing: 「怎么办」."""
        return self._holds(sounds_of(clause), 0, asked=False)

    def _asks_what_comes(self, sounds: Sounds) -> bool:
        """「后头又咋个弄」: a word for what comes, and nothing but words that go with it."""
        starts, reached = [0], {0}
        while starts:
            start = starts.pop()
            if any(self._holds(sounds, end, asked=True) for end in self.surely.ends(sounds, start)):
                return True
            if any(self._holds(sounds, end, asked=False) for end in self.maybe.ends(sounds, start)):
                return True
            new = set(self.beside.ends(sounds, start)) - reached
            reached |= new
            starts += new
        return False

    def _holds(self, sounds: Sounds, start: int, *, asked: bool) -> bool:
        """Whether all that comes from ``start`` on goes with a question for what comes, and a word of asking is there,
        unless that was ``asked`` before. Every place is looked at once, in each of the four states.
        """
        todo, seen = [(start, asked, False)], {(start, asked, False)}
        while todo:
            at, asks, ends = todo.pop()
            if at == len(sounds) and asks:
                return True
            new = {(end, asks, True) for end in self.ending.ends(sounds, at)}
            if not ends:
                new |= {(end, asks, False) for end in self.beside.ends(sounds, at)}
                new |= {(end, True, False) for end in self.asking.ends(sounds, at)}
            todo += new - seen
            seen |= new
        return False

    def reports(self, clause: str) -> bool:
        """Whether a clause may report a success, or what somebody else wants."""
        return self._told(clause) or self.reports_success(clause)

    def reports_success(self, clause: str) -> bool:
        """Whether a clause may report a success."""
        return not self._fails(clause) and self.report.cover(spell(clause))

    def tells(self, utterance: Utterance) -> bool:
        """Whether a clause reports a success, and neither it nor one behind it asks or tells of a failure."""
        telling = self._telling(utterance.clauses)
        reporting = [index for index, clause in enumerate(telling) if self.reports(clause)]
        return bool(reporting) and not self._asks_or_fails(telling[reporting[-1] :])

    def may_tell(self, utterance: Utterance) -> bool:
        """Whether nothing in it asks or tells of a failure."""
        return not self._asks_or_fails(utterance.clauses)

    def _asks_or_fails(self, clauses: Sequence[str]) -> bool:
        asks = any(map(self.questions.word_in, clauses))
        return asks or any(map(self._fails, clauses))

    def only_reports(self, utterance: Utterance) -> bool:
        """Whether all that is said is that something is done."""
        *before, last = utterance.clauses
        plain = not self._fails(last) and self.plain_report.cover(spell(last))
        return plain and all(map(self.reports, self._telling(before)))

    def barely_reports(self, utterance: Utterance) -> bool:
        """Whether nothing is said but that something of the guide is done, and what somebody wants now: 「打了，它叫我
        按」."""
        telling = self._telling(utterance.clauses)
        bare = [self.did(each) or self.bare_people.cover(spell(each)) for each in telling]
        wanted = [self._told(each) and not WAITING.search(each) for each in telling]
        return any(bare) and all(map(or_, bare, wanted))

    def did(self, clause: str) -> bool:
        """Whether the clause says nothing but that the listener did something of the guide."""
        return not self._fails(clause) and self.bare_report.cover(spell(clause))

    def _telling(self, clauses: Sequence[str]) -> list[str]:
        return [clause for clause in clauses if not self.small.cover(spell(clause))]

    def _told(self, clause: str) -> bool:
        """Whether the clause tells what somebody else wants, and nothing bad."""
        return self.told.cover(spell(clause)) and not self._troubled(clause)

    def _troubled(self, clause: str) -> bool:
        return any(re.search(words, clause) for words in self.troubles)

    def _fails(self, clause: str) -> bool:
        if self._told(clause):
            return False
        return self._troubled(clause) or any(re.search(word, clause) for word in self.failing)
