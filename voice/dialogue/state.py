"""Where a conversation stands, as frozen data."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from voice.content.command_names import Command
from voice.content.entries import Option
from voice.understand.meaning import Expect


class Brevity(StrEnum):
    """How much is said in one turn."""

    NORMAL = "normal"
    BRIEF = "brief"
    """Entries that have a ``simple`` form are answered with it."""


RATES = (110, 130, 150, 180, 210, 240, 280, 320)
"""Characters a minute; neighbours differ by about 15 %, a step that is clearly heard."""
VOLUMES = (-18, -12, -6, 0, 6, 12)
"""Decibels; steps of 6 dB double or halve the sound pressure."""


@dataclass(frozen=True)
class Preferences:
    """What the listener set by voice; kept between runs."""

    rate: int = 180
    """Characters a minute, one of :data:`RATES`."""
    volume: int = 0
    """Decibels, one of :data:`VOLUMES`."""
    brevity: Brevity = Brevity.NORMAL
    voice: int = 0
    """Which of the engine's voices, counted from 0 and taken modulo their number."""
    journal: bool = False
    """Whether what is not understood is written down; never without having been asked for."""


PROFILES: Final = {
    Command.SLOW_SHORT: (150, Brevity.BRIEF),
    Command.QUICK_PLAIN: (240, Brevity.BRIEF),
}
"""Rate and brevity of the ways of speaking that can be chosen as a whole: slow for those who need time, quick for
those whose ears are used to a screen reader. Both say little."""


@dataclass(frozen=True)
class AskConsent:
    """Asked: do you want to hear this entry (the penalty warning)?"""

    entry: str
    step: int | None = None
    """Index of the guide step that follows a refusal; None outside a guide."""
    tries: int = 0
    """How often an unclear answer was met by asking again."""
    pressed: bool = False
    """True when that was 「下一步」: said again, it means going on without it."""


@dataclass(frozen=True)
class AskOffer:
    """Asked: do you want to hear this entry next?"""

    entry: str
    tries: int = 0


@dataclass(frozen=True)
class AskConfirm:
    """Asked: is this entry what you mean?"""

    entry: str
    tries: int = 0
    behind: AskConsent | None = None
    """The offer of the warning that was open when something else was heard, and still is."""


@dataclass(frozen=True)
class AskChoice:
    """Asked: which of these?"""

    options: tuple[Option, ...]
    tries: int = 0


Question = AskConsent | AskOffer | AskConfirm | AskChoice


@dataclass(frozen=True)
class GuidePosition:
    """The guide under way."""

    guide: str
    step: int = -1
    """Index of the step said last, -1 before the first; 「下一步」 goes to the one behind it."""
    warning_offered: bool = False
    """True once the listener has answered the offer of the warning in this run of the guide."""


@dataclass(frozen=True)
class Reply:
    """What the assistant answers in one turn (the fields of the machine protocol).

    The modules below the policy fill in what is said; the policy adds the rest from the state and the meaning.
    """

    say: tuple[str, ...] = ()
    expects: Expect = Expect.ANYTHING
    options: tuple[Option, ...] = ()
    intent: str | None = None
    score: float = 0.0
    ended: bool = False
    """True when the conversation is over: the loop says this and closes."""


@dataclass(frozen=True)
class State:
    """Everything the dialogue remembers."""

    question: Question | None = None
    """What was asked and is not yet answered."""
    guide: GuidePosition | None = None
    topic: str = ""
    """Id of the entry spoken of last."""
    last: Reply = field(default_factory=Reply)
    """What was said last, for 「再说一遍」."""
    held: Question | None = None
    """The question that 「停」 put aside; 「接着说」 asks it again."""
    stopped: bool = False
    """True while 「停」 cut off :attr:`last`; 「接着说」 says it again."""
    paused: bool = False
    """True while a guide waits, behind 「停」 or behind the answer to another question."""
    offered: str = ""
    """Id of the entry that was last offered to who agrees to hear it."""
    misses: int = 0
    """Turns in a row that were not understood."""
    silences: int = 0
    """Times in a row that nobody spoke."""
    preferences: Preferences = Preferences()

    @property
    def expects(self) -> Expect:
        """What the next utterance should be."""
        match self.question:
            case AskChoice():
                return Expect.CHOICE
            case None:
                return Expect.STEP if self.guide else Expect.ANYTHING
            case _:
                return Expect.YES_NO

    @property
    def options(self) -> tuple[Option, ...]:
        """The options on offer."""
        return self.question.options if isinstance(self.question, AskChoice) else ()


Outcome = tuple[State, Reply]
"""What one turn leads to."""
