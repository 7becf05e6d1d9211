"""Spoken commands: whole phrases first, then telling fragments, all compared by sound and never by likeness."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from voice.content.command_names import ANSWERS, ORDINALS, Command
from voice.content.entries import CommandPhrases
from voice.understand.meaning import Expect, Expectation
from voice.understand.normal import Utterance
from voice.understand.templates import Templates, spell

_NUMBERS = [spell(digit).strip() for digit in "一二三四五六七八九十"]
MOVES = frozenset({Command.RESTART, Command.PREVIOUS, Command.STEP})
"""Commands that lead elsewhere in a guide; 「弄好了」 before something else is no call for the next step."""
LAMENTS = frozenset({Command.REPEAT, Command.SLOWER, Command.LOUDER})
"""Commands that complaints are taken for: 「没跟上」, 「没记住」."""
REASONS = LAMENTS | {Command.SOFTER, Command.FASTER, Command.WAIT, Command.STOP}
"""Commands that are also taken from a mere reason for them: 「我拿笔记着呢」, 「孩子睡了」…"""
PLAIN = frozenset("慢缓快大响高声小轻再重遍停等别莫步头")
"""…unless one of these characters is in it."""
LAST_STEP = -1
"""The number of 「最后一步」: how many steps there are, only the guide knows."""
_DENIAL = re.compile(
    rf"^(?:{'|'.join(map(spell, '你您咱就先可'))})*"
    rf"(?:{'|'.join(map(spell, ('不要', '不用', '不必', '别', '莫', '甭')))})"
)
"""What a clause begins with that says what is not to be done."""
_LAST_STEP = re.compile(
    rf"(?<!\S){spell('最后')}(?:{'|'.join(map(spell, '一那的个'))})*{spell('步')}"
)
_STEPS = f"(?:{'|'.join(spell(word).strip() for word in '步样项条桩件')})"
_COUNTS = {
    spell(word).strip(): count
    for word, count in zip("一两二三四五", (1, 2, 2, 3, 4, 5), strict=True)
}
_STEPS_BACK = re.compile(rf"(?<!\S)(?<!{spell('第')})({'|'.join(_COUNTS)}) {spell('步')}")
_STEP = re.compile(rf"(?<!\S)di ({'|'.join(_NUMBERS)}) (?:ge )?{_STEPS} ")


Ways = tuple[str, ...]
"""Spellings of a clause, any of which may be a command."""


@dataclass(frozen=True)
class Found:
    """A command in an utterance."""

    name: Command
    covered: bool
    """True when the utterance is nothing but the command."""
    share: float
    """Part of the syllables, 0 to 1, that belong to the command."""
    number: int = 0
    """The step named, for ``step``."""


class Commands:
    """The commands of a pack, compiled."""

    def __init__(
        self,
        commands: Mapping[Command, CommandPhrases],
        small: Iterable[str],
        openings: Iterable[str] = (),
        closings: Iterable[str] = (),
    ) -> None:
        """``small`` are words that say nothing; ``openings`` and ``closings`` those that may stand before and behind
        any command: 「姑娘」, 「行不行」."""
        self._dress = _dress(openings, closings)
        self._phrases: dict[Command, Templates] = {}
        self._parts: dict[Command, Templates] = {}
        for name, command in commands.items():
            if name not in ANSWERS:
                self._phrases[name] = Templates(command.phrases)
                self._parts[name] = Templates(command.parts)
        self._small = Templates(small)

    def covering(self, utterance: Utterance, *, choosing: bool) -> Found | None:
        """The command that the utterance, small words aside, wholly consists of."""
        clauses = [spell(clause) for clause in utterance.clauses]
        telling = [clause for clause in clauses if not self._small.cover(clause)]
        whole, each = _ways("".join(clauses)), [_ways(clause) for clause in telling]
        # 「签好了」 is a command as it stands, and must not be taken for 「浅」 and a kind word.
        name = self._first(whole, each, choosing)
        if name is None:
            bare_whole, bare_each = self._bare(whole), [self._bare(ways) for ways in each]
            if (bare_whole, bare_each) != (whole, each):
                name = self._first(bare_whole, bare_each, choosing)
        return None if name is None else Found(name, True, 1.0, step_number(utterance))

    def _first(self, whole: Ways, each: Sequence[Ways], choosing: bool) -> Command | None:
        """The first command that covers the whole, or all clauses, in one of the ways in which they may be read."""
        for name, templates in self._phrases.items():
            if name in ORDINALS and not choosing:
                continue
            if _covers(templates, whole) or (
                each and all(_covers(templates, ways) for ways in each)
            ):
                return name
        return None

    def _bare(self, ways: Ways) -> Ways:
        """The ways, and one without the words that may stand around any command."""
        bare = _undressed(self._dress, ways[0])
        return ways if bare == ways[0] else (*ways, bare)

    def says_nothing(self, clause: str) -> bool:
        """Whether the clause holds small words only."""
        return self._small.cover(spell(clause))

    def last(self, utterance: Utterance, *, choosing: bool, in_guide: bool = False) -> Found | None:
        """The command that the last clause consists of: 「我耳朵不好，再说一遍」 gives the reason first.

        The reason may come last, and sound like another command: 「从头再说，我忘光了」, 「大点声，我助听器没戴」.
        """
        if len(utterance.clauses) < 2:
            return None
        *before, last = (
            self._clause(utterance, index, choosing) for index in range(len(utterance.clauses))
        )
        if last is not None and is_reason(last, utterance):
            said = zip(before, utterance.clauses, strict=False)
            plain = [one for one, clause in said if one and not PLAIN.isdisjoint(clause)]
            last = plain[-1] if plain else last
        if not in_guide or (last is not None and last.name not in LAMENTS):
            return last
        return next((one for one in reversed(before) if one and one.name in MOVES), last)

    def _clause(self, utterance: Utterance, index: int, choosing: bool) -> Found | None:
        """The command that one clause consists of."""
        clause = utterance.clauses[index]
        found = self.covering(Utterance(clause, (clause,), clause), choosing=choosing)
        if found is None:
            return None
        return replace(found, covered=False, share=len(clause) / len(utterance.text))

    @staticmethod
    def _parted(parts: Templates, clauses: Sequence[str]) -> int:
        """Syllables of the longest fragment in all clauses but those that deny it."""
        if not parts.occur_in("".join(clauses)):
            return 0
        return parts.longest_in("".join(each for each in clauses if not _denied(parts, each)))

    def inside(self, utterance: Utterance, *, choosing: bool) -> Found | None:
        """The command whose fragment, or whole phrase as one clause, takes up most of the utterance; goodbye in the
        last clause counts before all others."""
        clauses = [spell(clause) for clause in utterance.clauses]
        total = max(1, "".join(clauses).count(" "))
        found: list[Found] = []
        ways = {clause: self._bare(_ways(clause)) for clause in clauses}
        for name in self._phrases:
            if name in ORDINALS and not choosing:
                continue
            longest = self._parted(self._parts[name], clauses)
            for clause in clauses:
                if _covers(self._phrases[name], ways[clause]):
                    longest = max(longest, clause.count(" "))
            if longest:
                found.append(Found(name, False, longest / total, step_number(utterance)))
        # Who says goodbye last says it in earnest, whatever stood before.
        leaves = Command.QUIT in self._parts and self._parts[Command.QUIT].occur_in(clauses[-1])
        leaving = [one for one in found if leaves and one.name is Command.QUIT]
        return max(leaving or found, key=lambda one: one.share, default=None)


def is_reason(last: Found, utterance: Utterance) -> bool:
    """Whether the last clause only gives a reason for a command, and names none: 「我拿笔记着呢」."""
    return last.name in REASONS and PLAIN.isdisjoint(utterance.clauses[-1])


def _denied(parts: Templates, clause: str) -> bool:
    """Whether a clause denies what one of ``parts`` fits: 「不要从头讲」, not 「不要再说了」, which begins a part."""
    behind = _DENIAL.sub("", clause, count=1)
    if behind == clause:
        return False
    longest = parts.longest_in(behind)
    return longest > 0 and longest >= parts.longest_in(clause)


def _dress(openings: Iterable[str], closings: Iterable[str]) -> re.Pattern[str]:
    """Finds the command, as its first group, between words that may stand around any."""
    before = "|".join(map(spell, sorted(openings, key=len, reverse=True)))
    behind = "|".join(map(spell, sorted(closings, key=len, reverse=True)))
    return re.compile(rf"(?:{before}){{0,3}}(\S.*?)(?:{behind}){{0,2}}")


def _ways(spelled: str) -> Ways:
    """The ways in which a clause may be read: as it is, and said once instead of twice."""
    once = spelled[: len(spelled) // 2]
    return (spelled, once) if once + once == spelled else (spelled,)


def _covers(templates: Templates, ways: Ways) -> bool:
    return any(map(templates.cover, ways))


@lru_cache(maxsize=256)
def _undressed(dress: re.Pattern[str], spelled: str) -> str:
    """The command alone; every one of the pack's commands is held against it."""
    found = dress.fullmatch(spelled)
    return found[1] if found is not None else spelled


def step_number(utterance: Utterance) -> int:
    """The number in 「第三步」, the last of several, 0 when none is named, :data:`LAST_STEP` for 「最后一步」."""
    spelled = spell(utterance.text)
    if _LAST_STEP.search(spelled):
        return LAST_STEP
    sounds = [match[1] for match in _STEP.finditer(spelled)]
    return _NUMBERS.index(sounds[-1]) + 1 if sounds else 0


def steps_back(utterance: Utterance) -> int:
    """How many steps 「往回退两步」 goes back; 0 when it does not say."""
    match = _STEPS_BACK.search(spell(utterance.text))
    return _COUNTS[match[1]] if match else 0


def in_context(name: Command, number: int, expected: Expectation) -> Command:
    """The command that is meant at this place: 「第三步」 behind the second step is the next one, and
    「接着说」 in a guide that nothing interrupted goes on with it."""
    if name is Command.STEP and number and expected.step:
        if number == 1:
            return Command.RESTART
        steps = {
            expected.step: Command.REPEAT,
            expected.step + 1: Command.NEXT,
            expected.step - 1: Command.PREVIOUS,
        }
        return steps.get(number, name)
    if name is Command.RESUME and expected.expects is Expect.STEP and not expected.paused:
        return Command.NEXT
    return name
