"""The words of yes and no, and what they mean beside one another. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import chain

from voice.content.command_names import Command
from voice.understand.asking import UNLISTED, Asking
from voice.understand.templates import opposites_apart
from voice.understand.word_lists import (
    GOING_ON,
    INVITING,
    NO_ANSWER,
    SMALL,
    THINKING,
    TRAILING,
)

STEP, COUNTING = "步", frozenset("这那哪一二两三四几每上下")
"""步 sounds like 不, and behind these characters refuses nothing: 「这步成了」 is not 「不成了」. Elsewhere it may well
be a 不 that was misheard."""

LISTED = (SMALL, THINKING, NO_ANSWER)
"""Lists of phrases beside those of yes and no."""

Phrase = tuple[str, ...]
"""Syllables."""


class Consent(StrEnum):
    """What an answer to a yes-or-no question says."""

    YES = "yes"
    NO = "no"
    WAIT = "wait"
    """Still thinking: 「这个嘛，让我想想」."""
    UNCLEAR = "unclear"

    @property
    def command(self) -> Command:
        """The command that gives this answer; ValueError for :attr:`UNCLEAR`, which gives none."""
        return Command(self.value)


@dataclass(frozen=True)
class ConsentWords:
    """The phrases, as tuples of syllables (see ``templates.opposites_apart``)."""

    phrases: dict[tuple[str, ...], Consent | None]
    """None marks small words that change nothing, :attr:`Consent.UNCLEAR` what sounds like an answer and asks."""
    longest: int
    written: frozenset[str] = frozenset()
    """The phrases as they are written."""
    polite: frozenset[Phrase] = frozenset()
    """Words that mean yes alone and nothing beside other words: 好, 行, 嗯."""
    inviting: frozenset[Phrase] = frozenset()
    """Words that let the speaker go on, and with what, the words beside them say: 你说, 往下说."""
    going_on: frozenset[Phrase] = frozenset()
    """Those of them that behind a refusal ask for what comes next."""
    hesitating: frozenset[Phrase] = frozenset()
    """Words that mean yes alone, and that more is coming behind other fillers: 就是."""
    trailing: frozenset[Phrase] = frozenset()
    """Fillers after which more is coming: 那个."""
    asking: Asking = UNLISTED
    offered: tuple[str, ...] = ()
    """Names of what was offered, as they are written."""

    @classmethod
    def of(
        cls, yes: Iterable[str], no: Iterable[str], lists: Mapping[str, Sequence[str]]
    ) -> ConsentWords:
        """Compile what agrees and refuses, and the pack's ``lists`` of other words; where two lists sound alike the
        refusal counts."""

        def named(name: str) -> frozenset[Phrase]:
            return frozenset(map(phrase_of, lists.get(name, ())))

        yes, no = tuple(yes), tuple(no)
        agreeing = frozenset(map(phrase_of, yes))
        phrases: dict[Phrase, Consent | None] = dict.fromkeys(named(SMALL))
        phrases |= dict.fromkeys(agreeing, Consent.YES)
        phrases |= dict.fromkeys(named(THINKING), Consent.WAIT)
        phrases |= dict.fromkeys(map(phrase_of, no), Consent.NO)
        phrases |= dict.fromkeys(named(NO_ANSWER), Consent.UNCLEAR)
        going_on = named(GOING_ON) & agreeing
        listed = (*yes, *no, *chain.from_iterable(lists.get(each, ()) for each in LISTED))
        return cls(
            phrases,
            max(map(len, phrases), default=0),
            written=frozenset(listed),
            polite=named(SMALL) & agreeing,
            inviting=(named(INVITING) & agreeing) | going_on,
            going_on=going_on,
            hesitating=frozenset(filter(_is_long, named(TRAILING))) & agreeing,
            trailing=named(TRAILING) - agreeing,
            asking=Asking.of(lists),
        )

    def about(self, offered: Iterable[str], beside: Iterable[str] = ()) -> ConsentWords:
        """The same where something is ``offered``: its names, and the words ``beside`` them, change nothing:
        「我要听违约金的提醒」.
        """
        offered = tuple(offered)
        names: dict[Phrase, Consent | None] = {
            phrase_of(name): None for name in (*offered, *beside)
        }
        phrases = {**names, **self.phrases}
        longest = max(map(len, phrases), default=0)
        written = self.written.union(offered, beside)
        return replace(self, phrases=phrases, longest=longest, written=written, offered=offered)


def phrase_of(text: str) -> Phrase:
    """The syllables of ``text`` as they are compared (see ``templates.opposites_apart``)."""
    return tuple(
        after if after == STEP and before in COUNTING else (opposites_apart(after) or (after,))[0]
        for before, after in zip(f" {text}", text, strict=False)
    )


def _is_long(phrase: Phrase) -> bool:
    """Whether it has more than one syllable; 「嗯」 is a yes as good as any."""
    return len(phrase) > 1
