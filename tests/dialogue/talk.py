"""A conversation by meanings: what the tests of the dialogue say, and what they look at."""

from __future__ import annotations

from collections.abc import Iterable

from voice.content.command_names import Command
from voice.content.entries import Pack
from voice.dialogue import policy
from voice.dialogue.state import Preferences
from voice.understand.meaning import Act, Candidate, Meaning

SENTENCE = "这里有七八个字的话"


def command(name: str, number: int = 0) -> Meaning:
    """A spoken command."""
    return Meaning(name, Act.COMMAND, 1.0, command=Command(name), number=number)


def about(act: Act, *entries: str, correction: bool = False, upset: bool = False) -> Meaning:
    """Something that asks for, or may ask for, these entries, in a sentence of some length."""
    candidates = tuple(Candidate(entry, 0.5) for entry in entries)
    return Meaning(SENTENCE, act, 0.5, candidates=candidates, correction=correction, upset=upset)


def ask(entry: str) -> Meaning:
    """A question understood for certain."""
    return about(Act.ASK, entry)


OFF = Meaning(SENTENCE, Act.OFF_SUBJECT, 0.9)
MUMBLED = Meaning("拦后呢", Act.OFF_SUBJECT)
NOISE = Meaning("", Act.NOISE)


class Talk:
    """A conversation under way."""

    def __init__(self, pack: Pack, preferences: Preferences = Preferences()) -> None:  # noqa: B008
        self.pack = pack
        self.state, self.reply = policy.begin(pack, preferences)

    def hear(self, *meanings: Meaning | str) -> str:
        """Say these one after another (a plain string is a command); what was answered at last."""
        for meaning in meanings:
            said = command(meaning) if isinstance(meaning, str) else meaning
            self.state, self.reply = policy.respond(self.pack, self.state, said)
        return self.said

    def silence(self) -> str:
        """Nobody speaks."""
        self.state, self.reply = policy.no_input(self.pack, self.state)
        return self.said

    @property
    def said(self) -> str:
        """The last reply in one piece."""
        return "".join(self.reply.say)


def text(sentences: Iterable[str]) -> str:
    """Sentences in one piece."""
    return "".join(sentences)
