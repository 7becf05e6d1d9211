"""The dialogue policy: (state, meaning) to (new state, reply), with no clock, no device and no chance in it.

Read :func:`respond` from top to bottom. The rules, in the order in which they are tried:

1.  Noise changes nothing but the count of misses; the listener is asked again.
2.  Commands that work everywhere (``everywhere``): repeat, slower, louder, stop, help, goodbye and the like.
3.  The question that is open (consent, offer, confirmation, choice) takes the answers that belong to it.
4.  Steps of the guide under way.
5.  A new question is answered, confirmed or narrowed down, whatever was open before.
    A mere guess from a few words, or one that is less likely than not where consent is waited for, does not push an
    open question aside: it was more likely its answer, misheard.
6.  What is left is small talk or not understood; an open question is asked again in other words.

What is expected next is never said by a rule: it follows from the state (:attr:`State.expects`).
"""

from __future__ import annotations

from dataclasses import replace

from voice.content.command_names import ADJUSTMENTS, Command
from voice.content.entries import Option, Pack
from voice.dialogue import answers, everywhere, guesses, guides, misses, questions
from voice.dialogue.state import (
    PROFILES,
    AskChoice,
    AskConfirm,
    AskConsent,
    AskOffer,
    Outcome,
    Preferences,
    Reply,
    State,
)
from voice.dialogue.wording import fits, prompt
from voice.understand.following import ALL_OF_IT
from voice.understand.meaning import Act, Choice, Expect, Expectation, Meaning

IN_PROTOCOL = {
    Command.WAIT: Command.STOP,
    Command.WHAT_OFFERED: Command.HELP,
    Command.SLOW_SHORT: Command.SLOWER,
    Command.QUICK_PLAIN: Command.FASTER,
}
"""Commands that the machine protocol knows by the name of another."""
NEVER_LAST = frozenset(
    {Command.REPEAT, Command.STOP, Command.WAIT, Command.SIMPLER, Command.MORE, Command.VOICE}
    | ADJUSTMENTS
    | set(PROFILES)
    | {Command.JOURNAL_ON, Command.JOURNAL_OFF, Command.JOURNAL_CLEAR}
)
"""Commands whose reply is not what 「再说一遍」 means: that stays what was said before them."""
QUIETLY = frozenset({Command.STOP, Command.WAIT, Command.QUIT})
"""Commands that are obeyed without a word more, however they are said."""


def begin(pack: Pack, preferences: Preferences) -> Outcome:
    """The start of a conversation: the greeting."""
    reply = Reply(prompt(pack, "greeting"))
    return State(preferences=preferences, last=reply), reply


def respond(pack: Pack, state: State, meaning: Meaning) -> Outcome:
    """The reply to one utterance, and where the conversation stands afterwards."""
    meaning = guesses.settled(pack, state, meaning)
    after, reply = _decide(pack, replace(state, silences=0), meaning)
    after = replace(after, misses=0) if _understood(state, meaning) else after
    moved = after.guide != state.guide or meaning.command in (
        Command.NEXT,
        Command.PREVIOUS,
        Command.STEP,
    )
    if moved or after.question is not None:
        after = replace(after, held=None)
    if isinstance(after.question, AskConsent):
        after = replace(after, offered=after.question.entry)
    reply = _finished(pack, after, meaning, reply)
    passing = meaning.act is Act.NOISE or meaning.command in NEVER_LAST
    # A kind word between two steps is not what 「再说一遍」 asks for.
    passing = passing or (meaning.act is Act.SMALLTALK and after.guide is not None)
    return (after if passing else replace(after, last=reply, stopped=False)), reply


def no_input(pack: Pack, state: State) -> Outcome:
    """Nobody spoke for a while. An open question stays open: silence answers nothing."""
    state, reply = misses.silence(pack, state)
    return state, replace(reply, expects=state.expects, options=state.options)


def expectation(pack: Pack, state: State) -> Expectation:
    """What understanding should know about the moment in which the next words are said."""
    asked = state.question
    return Expectation(
        expects=state.expects,
        choices=_choices(state.options),
        guide=state.guide.guide if state.guide is not None else "",
        paused=state.paused,
        topic=state.topic,
        step=state.guide.step + 1 if state.guide is not None else 0,
        about=()
        if asked is None or isinstance(asked, AskChoice)
        else pack.entries[asked.entry].topic_words,
        ways=_choices(pack.ways) if state.topic or state.guide else (),
        to_hear=isinstance(asked, AskConsent | AskOffer),
        offered=state.offered,
    )


def _choices(options: tuple[Option, ...]) -> tuple[Choice, ...]:
    return tuple(Choice(option.label, option.names, option.goto) for option in options)


def _decide(pack: Pack, state: State, meaning: Meaning) -> Outcome:
    match meaning.act:
        case Act.NOISE:
            return misses.noise(pack, state)
        case Act.COMMAND:
            return _obey(pack, state, meaning)
        case Act.ASK:
            entry = pack.entries[meaning.candidates[0].entry]
            return answers.answer(pack, answers.turn_to(state), entry, agreed=meaning.agreed)
        case Act.MAYBE | Act.AMONG:
            return guesses.guess(pack, state, meaning)
        case Act.DECLINED:
            return guesses.other_ways(pack, answers.turn_to(state), meaning)
        case Act.SMALLTALK:
            return misses.small_talk(pack, state, pack.entries[meaning.candidates[0].entry])
        case Act.OFF_SUBJECT if (meant := guesses.of_topic(pack, state, meaning)) is not None:
            return guesses.confirm(pack, answers.turn_to(state), meant)
        case Act.OFF_SUBJECT:
            return misses.off_subject(pack, state, meaning)


def _obey(pack: Pack, state: State, meaning: Meaning) -> Outcome:
    """A command: what works everywhere, else the answer to the open question, else a step."""
    if meaning.command is Command.NEXT and meaning.number == ALL_OF_IT:
        return guides.finish(pack, state)
    if meaning.command in everywhere.EVERYWHERE:
        return everywhere.EVERYWHERE[meaning.command](pack, state)
    if state.question is not None:
        return questions.reply_to(pack, state, state.question, meaning)
    return _step(pack, state, meaning)


def _understood(state: State, meaning: Meaning) -> bool:
    """True when the turn ends a row of misses; a guess does not, and one that was wrong least of all."""
    if meaning.act is Act.COMMAND:
        return not (isinstance(state.question, AskConfirm) and meaning.command is Command.NO)
    return meaning.act in (Act.ASK, Act.DECLINED, Act.SMALLTALK)


def _finished(pack: Pack, state: State, meaning: Meaning, reply: Reply) -> Reply:
    """The reply with anger met and a correction acknowledged first, and the fields of the protocol."""
    say = reply.say
    if meaning.correction and meaning.act is Act.ASK:
        say = _before(pack, "corrected", say)
    if meaning.upset and not _met_already(pack, meaning):
        say = _before(pack, "angry", say)
    expects = Expect.NOTHING if reply.ended else state.expects
    return Reply(say, expects, state.options, _intent(meaning), meaning.score, reply.ended)


def _met_already(pack: Pack, meaning: Meaning) -> bool:
    """Whether anger needs no word of its own: small talk meets it, 「停」 is obeyed at once, and what is urgent comes
    first."""
    match meaning.act:
        case Act.COMMAND:
            return meaning.command in QUIETLY
        case Act.ASK:
            return pack.entries[meaning.candidates[0].entry].urgent
        case _:
            return meaning.act in (Act.SMALLTALK, Act.NOISE)


def _before(pack: Pack, key: str, say: tuple[str, ...]) -> tuple[str, ...]:
    """``say`` with the prompt ``key`` before it; where that grows too long the way back to a guide is left out."""
    first, hint = prompt(pack, key), prompt(pack, "resume_guide")
    if not fits(first, say) and say[-len(hint) :] == hint:
        say = say[: -len(hint)]
    return first + say if fits(first, say) else say


def _step(pack: Pack, state: State, meaning: Meaning) -> Outcome:
    """Commands that move in a guide, and yes or no where nothing was asked."""
    match meaning.command:
        case Command.NEXT:
            return guides.go_by(pack, state, 1)
        case Command.PREVIOUS:
            return guides.previous(pack, state, max(1, meaning.number))
        case Command.STEP:
            return guides.to_number(pack, state, meaning.number)
        case Command.YES if state.paused or state.stopped:
            return everywhere.resume(pack, state)
        case Command.YES if state.guide is not None:
            return guides.go_by(pack, state, 1)
        case Command.NO if state.guide is not None:
            return everywhere.stop(pack, state)
        case Command.NO:
            return _nothing_wanted(pack, state)
        case _:
            return state, Reply(prompt(pack, "anything_else"))


def _nothing_wanted(pack: Pack, state: State) -> Outcome:
    """「不要了」 with nothing open: as the first word it is about the plan, later about talking on."""
    wanted = misses.first_fallback(pack)
    if wanted and not state.topic and state.last.intent is None:
        return guesses.confirm(pack, state, wanted)
    return state, Reply(prompt(pack, "nothing_else"))


def _intent(meaning: Meaning) -> str | None:
    """The ``intent`` of the machine protocol."""
    match meaning.act:
        case Act.COMMAND if meaning.command is not None:
            return f"command.{IN_PROTOCOL.get(meaning.command, meaning.command)}"
        case Act.ASK:
            return meaning.candidates[0].entry
        case Act.MAYBE | Act.AMONG | Act.DECLINED:
            return "choice.ambiguous"
        case _:
            return None
