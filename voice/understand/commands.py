"""Spoken commands: whole phrases first, then telling fragments, all compared by sound and never by likeness."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from voice.content.entries import CommandPhrases
from voice.understand.normal import Utterance
from voice.understand.templates import Template, compile_all, compile_template, spell

ANSWERS = frozenset({"yes", "no"})
"""Left to the consent classifier."""
ORDINALS = frozenset({"choose_1", "choose_2", "choose_3"})
"""Only commands where a choice is on offer."""
GUIDE_FIRST = ("step", "previous", "restart", "next")
"""Moves in a guide, the more particular ones first: 「上一步」 is not 「一步」."""

_STEP = compile_template("第(一|二|三|四|五|六|七|八|九|十)(步|部|个步骤)")
_NUMBERS = "一二三四五六七八九十"


@dataclass(frozen=True)
class Found:
    """A command in an utterance."""

    name: str
    covered: bool
    """True when the utterance is nothing but the command."""
    share: float
    """Part of the syllables, 0 to 1, that belong to the command."""
    number: int = 0
    """The step named, for ``step``."""


class Commands:
    """The commands of a pack, compiled."""

    def __init__(self, commands: Mapping[str, CommandPhrases], small: Iterable[str]) -> None:
        self._phrases: dict[str, tuple[Template, ...]] = {}
        self._parts: dict[str, tuple[Template, ...]] = {}
        for name, command in commands.items():
            if name not in ANSWERS:
                self._phrases[name] = compile_all(command.phrases)
                self._parts[name] = compile_all(command.parts)
        self._small = compile_all(small)

    def covering(self, utterance: Utterance, *, choosing: bool) -> Found | None:
        """The command that the utterance, small words aside, wholly consists of."""
        clauses = [spell(clause) for clause in utterance.clauses]
        telling = [clause for clause in clauses if not self._is_small(clause)]
        for name, templates in self._phrases.items():
            if name in ORDINALS and not choosing:
                continue
            whole = any(template.covers("".join(clauses)) for template in templates)
            if whole or (telling and all(any(t.covers(c) for t in templates) for c in telling)):
                return Found(name, True, 1.0, step_number(utterance))
        return None

    def inside(self, utterance: Utterance, *, choosing: bool) -> Found | None:
        """The command whose fragment, or whole phrase as one clause, takes up most of the utterance."""
        spelled = spell(utterance.text)
        total = max(1, spelled.count(" "))
        found: list[Found] = []
        for name in self._phrases:
            if name in ORDINALS and not choosing:
                continue
            spans = [t.found_in(spelled) for t in self._parts[name]]
            longest = max((end - start for start, end in filter(None, spans)), default=0)
            for clause in map(spell, utterance.clauses):
                if any(template.covers(clause) for template in self._phrases[name]):
                    longest = max(longest, clause.count(" "))
            if longest:
                found.append(Found(name, False, longest / total, step_number(utterance)))
        return max(found, key=lambda one: one.share, default=None)

    def _is_small(self, clause: str) -> bool:
        return any(template.covers(clause) for template in self._small)


def step_number(utterance: Utterance) -> int:
    """The number in 「第三步」, 0 when none is named."""
    spelled = spell(utterance.text)
    span = _STEP.found_in(spelled)
    if span is None:
        return 0
    sound = spelled.split(" ")[span[0] + 1]
    return next(n for n, digit in enumerate(_NUMBERS, 1) if spell(digit).strip() == sound)
