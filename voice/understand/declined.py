"""Which way of doing it a clause declines: 「我不想打电话」, 「除了去营业厅还有啥办法」. Pure.

Elsewhere the name of a way alone picks it. Nothing here is a likeness: a clause that declines consists of a name and of
words that do nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Self

from voice.content.entries import Option
from voice.understand.normal import normalise
from voice.understand.templates import Templates, spell

BEFORE, DECLINING, VERBS = "declined_before", "declining", "declined_verbs"
"""Word lists: what may stand before 不想, words that decline, and what would be done: 去, 打."""
BECAUSE = "declined_because"
"""And why: 耳朵背, 太远. May be missing."""
EXCEPT, BEHIND = "declined_except", "declined_behind"
"""除了, which declines as well, and what may stand behind the name: 行不行, 还有啥办法."""
LISTS = (BEFORE, DECLINING, VERBS, EXCEPT, BEHIND)


NO_REASONS = Templates(())
"""Of a pack that lists none."""


@dataclass(frozen=True)
class Declining:
    """The words, compiled."""

    ways: tuple[Templates, ...]
    """Clauses that decline each way, in the order in which the ways are offered."""
    reasons: Templates = NO_REASONS
    """Clauses that only say why."""

    @classmethod
    def of(cls, lists: Mapping[str, Sequence[str]], ways: Iterable[Option]) -> Self | None:
        """Compile the lists of a pack; None where one is missing."""
        if not all(lists.get(name) for name in LISTS):
            return None
        before, declining, verbs, excepting, behind = (_one(lists[name]) for name in LISTS)
        reasons = lists.get(BECAUSE, ())
        because = f"{before}*{_one(reasons)}{behind}*" if reasons else ""
        return cls(
            tuple(
                Templates(
                    (
                        f"{before}*{declining}{verbs}*{way}{behind}*",
                        f"{before}*{way}{before}*{declining}{verbs}*{behind}*",
                        f"{before}*{excepting}{verbs}*{way}{behind}*",
                        *((f"{before}*{verbs}*{way}{because}",) if because else ()),
                    )
                )
                for way in (_one(_names(each)) for each in ways)
            ),
            Templates((because,) if because else ()),
        )

    def by(self, clause: str) -> int | None:
        """Index of the way that the clause declines; None when it does anything else."""
        spelled = spell(clause)
        found = (index for index, way in enumerate(self.ways) if way.cover(spelled))
        return next(found, None)


def _names(way: Option) -> tuple[str, ...]:
    plain = (normalise(name).text for name in (way.label, *way.names))
    return tuple(dict.fromkeys(name for name in plain if name))


def _one(words: Iterable[str]) -> str:
    return f"({'|'.join(words)})"
