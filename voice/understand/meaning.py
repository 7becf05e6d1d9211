"""What an utterance means, and how finished it sounds: the contract of understanding with dialogue and hearing."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, StrEnum

from voice.content.command_names import Command


class Expect(StrEnum):
    """What the dialogue waits for (the ``expects`` of the machine protocol)."""

    ANYTHING = "anything"
    YES_NO = "yes_no"
    CHOICE = "choice"
    STEP = "step"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Reading:
    """One reading of what was said, with its weight among the others."""

    text: str
    weight: float = 1.0
    clarity: float = 1.0
    """How clearly it was heard, 0 to 1; typed text is clear."""


@dataclass(frozen=True)
class Choice:
    """One option on offer, as understanding needs it."""

    label: str
    names: tuple[str, ...] = ()
    goto: str = ""
    """Id of the entry behind the option, ``""`` for a plain answer."""


@dataclass(frozen=True)
class Expectation:
    """What is expected of the next utterance."""

    expects: Expect = Expect.ANYTHING
    choices: tuple[Choice, ...] = ()
    """The options on offer when a choice is expected, in the order spoken."""
    guide: str = ""
    """Id of the guide that is under way or paused, "" outside."""
    paused: bool = False
    topic: str = ""
    """Id of the entry spoken of last."""
    words: tuple[str, ...] = ()
    """The likeliest answers in plain words: what a recogniser listens for beside anything else."""
    step: int = 0
    """Number, from 1, of the guide's step that was said last; 0 outside a guide."""
    about: tuple[str, ...] = ()
    """Other names of what the listener was asked about, where yes or no is expected."""
    to_hear: bool = False
    """True where yes or no answers whether the listener wants to hear something."""
    offered: str = ""
    """Id of the entry that was last offered to who agrees to hear it, "" while none was."""
    ways: tuple[Choice, ...] = ()
    """The guides that may be turned to in a conversation about them, in the order in which they are offered."""


class Act(StrEnum):
    """What the speaker does with the utterance."""

    COMMAND = "command"
    """A spoken command, yes and no included; ``command`` names it."""
    ASK = "ask"
    """Asks for one entry, surely enough to answer: ``candidates[0]``."""
    MAYBE = "maybe"
    """Probably asks for ``candidates[0]``: confirm first."""
    AMONG = "among"
    """Asks for one of two or three ``candidates``: offer them."""
    DECLINED = "declined"
    """Declines a way of doing it: ``candidates`` are the guides that are left."""
    SMALLTALK = "smalltalk"
    """Thanks, greets, complains: ``candidates[0]`` is a small-talk entry."""
    OFF_SUBJECT = "off_subject"
    """Understood to be about something else, or not understood at all."""
    NOISE = "noise"
    """Nothing was said: silence, noise, or what recognisers invent in it."""


@dataclass(frozen=True)
class Candidate:
    """An entry that the utterance may ask for."""

    entry: str
    """Its id."""
    probability: float
    """0 to 1."""


@dataclass(frozen=True)
class Meaning:
    """The meaning of one utterance in its context."""

    heard: str
    """Normalised text: simplified characters, no spaces."""
    act: Act
    score: float = 0.0
    """How sure, 0 to 1."""
    command: Command | None = None
    """The one that is given; None for every other act."""
    number: int = 0
    """For 「第三步」: the step asked for, from 1; 0 when none was named, -1 for the last."""
    candidates: tuple[Candidate, ...] = ()
    agreed: bool = False
    """True for who demands to hear what is read only to who agrees to."""
    correction: bool = False
    """True for 「不是,我是说……」: what was understood before was wrong."""
    upset: bool = False
    """True when the speaker is angry: that is met first, then what was asked."""


class Completeness(Enum):
    """How finished what was said so far sounds."""

    COMMAND = "command"
    """Exactly a command, or an answer to what was asked: there is nothing to add."""
    COMPLETE = "complete"
    """A whole known question that no longer one begins with."""
    COURTESY = "courtesy"
    """Thanks, which may be all there is, or what a question begins with."""
    OPEN = "open"
    """Anything else, also when nothing could be read yet."""
    UNFINISHED = "unfinished"
    """Words that stop where no sentence ends (我想把那个套餐, 手机是分期买的)."""
    TRAILING = "trailing"
    """Ends in a filler or a connective (嗯, 那个, 就是, 然后, 因为): more is coming."""
