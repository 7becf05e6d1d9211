"""The dialogue policy: (state, meaning) to (new state, reply), with no clock, no device and no chance in it.

Read :func:`respond` from top to bottom. The rules, in the order in which they are tried:

1.  Noise changes nothing but the count of misses; the listener is asked again.
2.  Commands that work everywhere: repeat, slower, louder, stop, help, goodbye and the like.
3.  The question that is open (consent, offer, confirmation, choice) takes the answers that belong to it.
4.  Steps of the guide under way.
5.  A new question is answered, confirmed or narrowed down, whatever was open before.
6.  What is left is small talk or not understood; an open question is asked again in other words.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from voice.content.entries import Pack
from voice.dialogue import answers, guides, manner, misses, questions
from voice.dialogue.state import AskChoice, AskConfirm, Preferences, Reply, State
from voice.dialogue.wording import as_option, prompt
from voice.understand.meaning import Act, Choice, Expect, Expectation, Meaning

Outcome = tuple[State, Reply]

MANNER = frozenset({"slower", "faster", "louder", "softer", "simpler", "more", "voice"})
"""Commands that say the last thing again in another manner: 「再说一遍」 still means the thing itself."""


def begin(pack: Pack, preferences: Preferences) -> Outcome:
    """The start of a conversation: the greeting."""
    state = State(preferences=preferences)
    reply = Reply(prompt(pack, "greeting"), Expect.ANYTHING)
    return replace(state, last=reply), reply


def respond(pack: Pack, state: State, meaning: Meaning) -> Outcome:
    """The reply to one utterance, and where the conversation stands afterwards."""
    after, reply = _decide(pack, replace(state, silences=0), meaning)
    if meaning.act not in (Act.OFF_SUBJECT, Act.NOISE):
        after = replace(after, misses=0)
    reply = replace(reply, intent=_intent(meaning, reply), score=meaning.score)
    keeps_last = meaning.act is Act.COMMAND and meaning.command in MANNER | {"repeat"}
    return (after if keeps_last else replace(after, last=reply)), reply


def no_input(pack: Pack, state: State) -> Outcome:
    """Nobody spoke for a while: gently, then with an example, then quiet standby. Never consent."""
    keys = ("silence_first", "silence_second", "silence_standby")
    if state.silences >= len(keys):
        return state, Reply((), state.last.expects, state.last.options)
    say = prompt(pack, keys[state.silences])
    state = replace(state, silences=state.silences + 1)
    return state, Reply(say, state.last.expects, state.last.options)


def expectation(pack: Pack, state: State) -> Expectation:
    """What understanding should know about the moment in which the next words are said."""
    choices: tuple[Choice, ...] = ()
    if isinstance(state.question, AskChoice):
        choices = tuple(Choice(o.label, o.names, o.goto) for o in state.question.options)
    return Expectation(
        expects=state.last.expects,
        choices=choices,
        in_guide=state.guide is not None,
        paused=state.paused,
        topic=state.topic,
    )


def _decide(pack: Pack, state: State, meaning: Meaning) -> Outcome:
    if meaning.act is Act.NOISE:
        return misses.noise(pack, state)
    if meaning.act is Act.COMMAND:
        if (everywhere := _EVERYWHERE.get(meaning.command)) is not None:
            return everywhere(pack, state)
        if state.question is not None:
            return questions.reply_to(pack, state, meaning)
        return _step(pack, state, meaning)
    if meaning.act is Act.ASK:
        return answers.answer(pack, _turn_to(state), pack.entries[meaning.candidates[0].entry])
    if meaning.act is Act.MAYBE:
        return _confirm(pack, _turn_to(state), meaning.candidates[0].entry)
    if meaning.act is Act.AMONG:
        return _offer_candidates(pack, _turn_to(state), meaning)
    if meaning.act is Act.SMALLTALK:
        return misses.small_talk(pack, state, pack.entries[meaning.candidates[0].entry])
    return misses.off_subject(pack, state, meaning)


def _turn_to(state: State) -> State:
    """A new question leaves the one that was open behind; a guide under way waits."""
    return replace(state, question=None, held=None, paused=state.guide is not None)


def _step(pack: Pack, state: State, meaning: Meaning) -> Outcome:
    """Commands that move in a guide, and yes or no where nothing was asked."""
    step = state.guide.step if state.guide else -1
    match meaning.command:
        case "next":
            return guides.go_to(pack, state, step + 1)
        case "previous":
            return guides.go_to(pack, state, step - 1 if state.guide else step)
        case "step":
            return guides.to_number(pack, state, meaning.number)
        case "yes" if state.guide is not None and not state.paused:
            return guides.go_to(pack, state, step + 1)
        case "yes" if state.paused:
            return resume(pack, state)
        case "no" if state.guide is not None:
            return stop(pack, state)
        case "no":
            return state, Reply(prompt(pack, "nothing_else"))
        case _:
            return state, Reply(prompt(pack, "anything_else"))


def repeat(pack: Pack, state: State) -> Outcome:
    """What was said last, word for word; nothing changes."""
    last = state.last
    if not last.say:
        return state, Reply(prompt(pack, "nothing_to_repeat"))
    return state, Reply(last.say, last.expects, last.options)


def stop(pack: Pack, state: State) -> Outcome:
    """Be quiet; what was open can be taken up again."""
    state = replace(state, held=state.question or state.held, question=None, paused=True)
    if state.guide is not None:
        return state, Reply(prompt(pack, "guide_stopped", step=state.guide.step + 1))
    return state, Reply(prompt(pack, "stopped"))


def resume(pack: Pack, state: State) -> Outcome:
    """Take up what 「停」 or another question put aside."""
    question = state.question or state.held
    state = replace(state, held=None, paused=False)
    if question is not None:
        return questions.ask_again(pack, replace(state, question=question))
    if state.guide is not None:
        return guides.resume(pack, state)
    if (entry := pack.entries.get(state.topic)) is not None:
        return answers.answer(pack, state, entry)
    return state, Reply(prompt(pack, "anything_else"))


def restart(pack: Pack, state: State) -> Outcome:
    """The guide from its first step, or the conversation from its beginning."""
    if state.guide is not None:
        return guides.start(pack, replace(state, question=None), pack.entries[state.guide.guide])
    state = State(preferences=state.preferences)
    return state, Reply(prompt(pack, "start_over"))


def help_(pack: Pack, state: State) -> Outcome:
    """What the assistant can do; the question that was open stays open."""
    return state, Reply(prompt(pack, "help"), state.last.expects, state.last.options)


def leave(pack: Pack, state: State) -> Outcome:
    """Goodbye: the conversation is forgotten, what the listener set is kept."""
    state = State(preferences=state.preferences)
    return state, Reply(prompt(pack, "goodbye"), Expect.NOTHING, ended=True)


def wait(pack: Pack, state: State) -> Outcome:
    """The listener asks for time; nothing changes."""
    return state, Reply(prompt(pack, "waiting"), state.last.expects, state.last.options)


def _adjust(command: str) -> Callable[[Pack, State], Outcome]:
    return lambda pack, state: manner.adjust(pack, state, command)


_EVERYWHERE: dict[str, Callable[[Pack, State], Outcome]] = {
    "repeat": repeat,
    "stop": stop,
    "resume": resume,
    "restart": restart,
    "help": help_,
    "quit": leave,
    "wait": wait,
    "simpler": manner.shorter,
    "more": manner.longer,
    "voice": manner.other_voice,
    **{name: _adjust(name) for name in ("slower", "faster", "louder", "softer")},
}


def _confirm(pack: Pack, state: State, entry_id: str) -> Outcome:
    """Probably this entry: ask."""
    say = prompt(pack, "confirm", title=pack.entries[entry_id].title)
    return replace(state, question=AskConfirm(entry_id)), Reply(say, Expect.YES_NO)


def _offer_candidates(pack: Pack, state: State, meaning: Meaning) -> Outcome:
    """One of two or three entries: ask which."""
    options = tuple(as_option(pack.entries[c.entry]) for c in meaning.candidates[:3])
    if len(options) < 2:
        return _confirm(pack, state, meaning.candidates[0].entry)
    return answers.ask_choice(state, misses.among(pack, options), options)


def _intent(meaning: Meaning, reply: Reply) -> str | None:
    """The ``intent`` of the machine protocol."""
    match meaning.act:
        case Act.COMMAND:
            return f"command.{meaning.command}"
        case Act.ASK:
            return meaning.candidates[0].entry
        case Act.MAYBE | Act.AMONG:
            return "choice.ambiguous"
        case _:
            return None
