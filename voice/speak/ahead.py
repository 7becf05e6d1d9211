"""What will be said is known before: every reply that a content pack can lead to."""

from __future__ import annotations

from collections.abc import Iterator

from voice.content.command_names import Command
from voice.content.entries import Entry, Kind, Pack
from voice.dialogue import policy
from voice.dialogue.state import Preferences, State
from voice.speak.spoken import plan
from voice.speak.synthesiser import Phrase
from voice.understand.meaning import Act, Candidate, Meaning

MOVES = (
    Command.NEXT, Command.YES, Command.NO, Command.SIMPLER, Command.MORE, Command.REPEAT, Command.PREVIOUS,
    Command.RESTART, Command.STOP, Command.RESUME, Command.HELP, Command.QUIT,
)  # fmt: skip
"""Commands that are tried after each entry. Those that change pace or voice are not: their answers are spoken in
another manner."""
_ASKED_FOR = tuple(Kind)
"""Kinds of entries, those that people ask for most first."""
_LONGEST_GUIDE = 20
"""Steps after which a guide is not followed further."""


def replies(pack: Pack, preferences: Preferences | None = None) -> tuple[tuple[str, ...], ...]:
    """The sentences of each reply, each reply once, likeliest first: the greeting, the first answer of every entry,
    what people ask for most before the rest, then what follows, entry by entry.

    An entry is asked for at the beginning of a conversation, every command is tried on what comes,
    and guides are followed to their end. What depends on more than that, such as an answer in the
    midst of a guide, is left to the moment.
    """
    state, reply = policy.begin(pack, preferences or Preferences())
    said: dict[tuple[str, ...], None] = {reply.say: None}
    entries = sorted(pack.entries.values(), key=lambda entry: _ASKED_FOR.index(entry.kind))
    meanings = [*map(asked, entries), Meaning("", Act.OFF_SUBJECT), Meaning("", Act.NOISE)]
    for meaning in meanings:
        said[policy.respond(pack, state, meaning)[1].say] = None
    for meaning in meanings:
        said.update(dict.fromkeys(_follow(pack, state, meaning)))
    said.pop((), None)
    return tuple(said)


def plans(pack: Pack, preferences: Preferences | None = None) -> tuple[tuple[Phrase, ...], ...]:
    """The plan of each reply, in the same order; see :func:`replies`."""
    return tuple(plan(sentences) for sentences in replies(pack, preferences))


def soon(pack: Pack, state: State) -> tuple[tuple[Phrase, ...], ...]:
    """The plan of each reply that may come next where a conversation stands, the likeliest first."""
    chosen = (
        asked(pack.entries[option.goto]) for option in state.options if option.goto in pack.entries
    )
    meanings = (*map(_command, MOVES), *chosen)
    said = [policy.respond(pack, state, meaning)[1].say for meaning in meanings]
    said.append(policy.no_input(pack, state)[1].say)
    return tuple(plan(sentences) for sentences in dict.fromkeys(said) if sentences)


def asked(entry: Entry) -> Meaning:
    """What is meant when the entry is asked for in so many words."""
    act = Act.SMALLTALK if entry.kind is Kind.SMALLTALK else Act.ASK
    return Meaning(entry.title, act, candidates=(Candidate(entry.id, 1.0),))


def _follow(pack: Pack, start: State, meaning: Meaning) -> Iterator[tuple[str, ...]]:
    state, reply = policy.respond(pack, start, meaning)
    yield reply.say
    for _ in range(_LONGEST_GUIDE):
        for command in MOVES:
            yield policy.respond(pack, state, _command(command))[1].say
        if state.guide is None and state.question is None:
            return
        after, reply = policy.respond(pack, state, _command(Command.NEXT))
        if after == state:
            return
        state = after


def _command(name: Command) -> Meaning:
    return Meaning("", Act.COMMAND, command=name)
