"""What can be said is found before it is asked for."""

from __future__ import annotations

from voice.content.command_names import Command
from voice.content.entries import Kind, Pack
from voice.dialogue import policy
from voice.dialogue.state import Preferences
from voice.speak.ahead import asked, replies, soon
from voice.speak.spoken import plan
from voice.understand.meaning import Act, Meaning


def test_the_greeting_is_first_and_nothing_comes_twice(unicom: Pack) -> None:
    found = replies(unicom)
    assert found[0] == policy.begin(unicom, Preferences())[1].say
    assert len(set(found)) == len(found)
    assert all(found)


def test_what_people_ask_for_most_comes_before_what_follows_from_it(unicom: Pack) -> None:
    found = replies(unicom)
    start, _ = policy.begin(unicom, Preferences())

    def place(name: str, *commands: str) -> int:
        state, reply = policy.respond(unicom, start, asked(unicom.entries[name]))
        for command in commands:
            meaning = Meaning("", Act.COMMAND, command=Command(command))
            state, reply = policy.respond(unicom, state, meaning)
        return found.index(reply.say)

    guides = [entry.id for entry in unicom.entries.values() if entry.kind is Kind.GUIDE]
    background = [entry.id for entry in unicom.entries.values() if entry.kind is Kind.BACKGROUND]
    assert max(map(place, ["channels", *guides])) < min(map(place, background))
    assert max(map(place, background)) < min(place(guide, "next") for guide in guides)


def test_every_answer_and_every_step_is_there(unicom: Pack) -> None:
    said = "\n".join(sentence for reply in replies(unicom) for sentence in reply)
    for entry in unicom.entries.values():
        if entry.kind is not Kind.ELSEWHERE and not entry.steps:
            assert all(sentence in said for sentence in entry.answer), entry.id
        for step in entry.steps:
            assert all(sentence in said for sentence in step.say), entry.id


def test_what_may_come_next_begins_with_the_next_step(unicom: Pack) -> None:
    guide = next(entry for entry in unicom.entries.values() if entry.steps)
    start, _ = policy.begin(unicom, Preferences())
    state, _ = policy.respond(unicom, start, asked(guide))
    wanted = policy.respond(unicom, state, Meaning("", Act.COMMAND, command=Command.NEXT))[1].say
    assert soon(unicom, state)[0] == plan(wanted)


def test_what_may_come_next_has_the_answer_to_each_option(unicom: Pack) -> None:
    start, _ = policy.begin(unicom, Preferences())
    state, _ = policy.respond(unicom, start, asked(unicom.entries["channels"]))
    options = [option for option in state.options if option.goto]
    assert options
    for option in options:
        entry = asked(unicom.entries[option.goto])
        assert plan(policy.respond(unicom, state, entry)[1].say) in soon(unicom, state)


def test_a_conversation_says_what_was_found(unicom: Pack) -> None:
    found = set(replies(unicom))
    guide = next(entry for entry in unicom.entries.values() if entry.steps)
    state, _ = policy.begin(unicom, Preferences())
    commands = ("next", "next", "previous", "restart", "next", "stop", "resume", "repeat", "quit")
    for meaning in (
        asked(guide),
        *(Meaning("", Act.COMMAND, command=Command(name)) for name in commands),
    ):
        state, reply = policy.respond(unicom, state, meaning)
        assert reply.say in found, meaning.command
