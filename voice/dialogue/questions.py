"""What follows when the assistant has asked something: the answer is taken, or the question asked again."""

from __future__ import annotations

from dataclasses import replace

from voice.content.entries import Pack
from voice.dialogue import answers, guides
from voice.dialogue.state import (
    AskChoice,
    AskConfirm,
    AskConsent,
    AskOffer,
    Question,
    Reply,
    State,
)
from voice.dialogue.wording import names, prompt
from voice.understand.meaning import Expect, Meaning

Outcome = tuple[State, Reply]

MOST_TRIES = 2
"""Times an unclear answer is met by asking again before the question is let go."""


def reply_to(pack: Pack, state: State, meaning: Meaning) -> Outcome:
    """The open question meets a yes, a no, a choice, or a command that does not answer it."""
    question, command = state.question, meaning.command
    if isinstance(question, AskChoice):
        return _chosen(pack, state, question, command)
    if command == "yes":
        return _agreed(pack, state)
    if command == "no":
        return _refused(pack, state)
    if command == "previous" and state.guide is not None:
        return guides.go_to(pack, replace(state, question=None), state.guide.step)
    if command == "step":
        return guides.to_number(pack, replace(state, question=None), meaning.number)
    if command == "next" and isinstance(question, AskConsent) and question.step is not None:
        return _next_instead_of_answer(pack, state, question)
    return unclear(pack, state)


def _agreed(pack: Pack, state: State) -> Outcome:
    question, state = state.question, replace(state, question=None)
    if isinstance(question, AskConsent):
        return _warn(pack, state, question)
    assert isinstance(question, AskOffer | AskConfirm)
    return answers.answer(pack, state, pack.entries[question.entry])


def _warn(pack: Pack, state: State, question: AskConsent) -> Outcome:
    """The listener agreed: the whole warning, and in a guide how to go on to the step behind it."""
    entry = pack.entries[question.entry]
    if question.step is None or state.guide is None:
        return answers.answer(pack, state, entry, agreed=True)
    state = replace(state, guide=replace(state.guide, warning_offered=True), topic=entry.id)
    say = answers.wording(entry, state.preferences.brevity)
    say += prompt(pack, "after_warning_in_guide")
    return replace(state, paused=False), Reply(say, Expect.STEP)


def _refused(pack: Pack, state: State) -> Outcome:
    question, state = state.question, replace(state, question=None)
    if isinstance(question, AskConfirm):
        return state, Reply(prompt(pack, "confirm_refused"))
    if isinstance(question, AskOffer):
        return answers.with_way_back(pack, state, prompt(pack, "offer_refused"))
    assert isinstance(question, AskConsent)
    if question.step is None or state.guide is None:
        return answers.with_way_back(pack, state, prompt(pack, "consent_refused"))
    return _go_on_unwarned(pack, state, question.step)


def _go_on_unwarned(pack: Pack, state: State, step: int) -> Outcome:
    assert state.guide is not None
    state = replace(state, guide=replace(state.guide, warning_offered=True))
    state, reply = guides.go_to(pack, state, step)
    return state, replace(reply, say=prompt(pack, "consent_refused_in_guide") + reply.say)


def _next_instead_of_answer(pack: Pack, state: State, question: AskConsent) -> Outcome:
    """「下一步」 may be habit: it is asked once more, and then taken for going on without the warning."""
    if question.tries == 0 or question.step is None:
        return unclear(pack, state)
    return _go_on_unwarned(pack, replace(state, question=None), question.step)


def _chosen(pack: Pack, state: State, question: AskChoice, command: str) -> Outcome:
    if command == "no":
        say = prompt(pack, "choose_refused")
        return answers.with_way_back(pack, replace(state, question=None), say)
    if not command.startswith("choose_"):
        return unclear(pack, state)
    index = int(command.removeprefix("choose_")) - 1
    if index >= len(question.options):
        count, labels = len(question.options), names(question.options)
        say = prompt(pack, "no_such_choice", count=count, names=labels)
        return state, Reply(say, Expect.CHOICE, question.options)
    entry = pack.entries[question.options[index].goto]
    return answers.answer(pack, replace(state, question=None), entry)


def unclear(pack: Pack, state: State) -> Outcome:
    """The words do not answer the open question: ask again in other words, and at last let it go."""
    question = state.question
    assert question is not None
    if question.tries >= MOST_TRIES:
        return _let_go(pack, state, question)
    return ask_again(pack, replace(state, question=replace(question, tries=question.tries + 1)))


def ask_again(pack: Pack, state: State) -> Outcome:
    """Ask the open question in other words; the words change with the number of tries."""
    question = state.question
    match question:
        case AskConsent():
            key = "consent_again" if question.tries <= 1 else "consent_once_more"
            return state, Reply(prompt(pack, key), Expect.YES_NO)
        case AskOffer():
            title = pack.entries[question.entry].title
            return state, Reply(prompt(pack, "offer_again", title=title), Expect.YES_NO)
        case AskConfirm():
            title = pack.entries[question.entry].title
            return state, Reply(prompt(pack, "confirm_again", title=title), Expect.YES_NO)
        case AskChoice():
            say = prompt(pack, "choose_again", names=names(question.options))
            return state, Reply(say, Expect.CHOICE, question.options)
        case _:
            return state, Reply(prompt(pack, "anything_else"))


def _let_go(pack: Pack, state: State, question: Question) -> Outcome:
    """Three unclear answers: put the question away without taking them for consent."""
    state = replace(state, question=None)
    if isinstance(question, AskConsent):
        return answers.with_way_back(pack, state, prompt(pack, "consent_given_up"))
    return answers.with_way_back(pack, state, prompt(pack, "miss_third"))
