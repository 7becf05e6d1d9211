"""Commands that work everywhere: repeat, stop, go on, from the beginning, help, goodbye."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from voice.content.command_names import ADJUSTMENTS, Command
from voice.content.entries import Pack
from voice.dialogue import answers, guides, manner, questions
from voice.dialogue.state import PROFILES, AskConsent, Outcome, Question, Reply, State
from voice.dialogue.wording import prompt


def repeat(pack: Pack, state: State) -> Outcome:
    """What was said last, word for word; nothing changes."""
    return state, Reply(state.last.say or prompt(pack, "nothing_to_repeat"))


def stop(pack: Pack, state: State) -> Outcome:
    """Be quiet; what was open can be taken up again."""
    state = replace(_cut_off(state), held=state.question or state.held, question=None)
    if state.guide is not None and state.guide.step >= 0:
        return state, Reply(prompt(pack, "guide_stopped", step=state.guide.step + 1))
    return state, Reply(prompt(pack, "stopped"))


def resume(pack: Pack, state: State) -> Outcome:
    """Take up what 「停」 cut off or another question put aside; in a guide that did not wait, go on."""
    if state.question is not None and state.guide is not None:
        return _back_to_guide(pack, state, state.question)
    question, cut_off, waited = state.question or state.held, state.stopped, state.paused
    state = replace(state, held=None, stopped=False, paused=False)
    if question is not None:
        return questions.ask_again(pack, state, question)
    if cut_off and state.last.say:
        return state, Reply(state.last.say)
    if state.guide is not None:
        return guides.resume(pack, state) if waited else guides.go_by(pack, state, 1)
    if (entry := pack.entries.get(state.topic)) is not None:
        return answers.answer(pack, state, entry)
    return state, Reply(prompt(pack, "anything_else"))


def _back_to_guide(pack: Pack, state: State, question: Question) -> Outcome:
    """「接着讲步骤」 where something was asked in between: the question is left aside; the offer of the warning before
    the next step is not."""
    if isinstance(question, AskConsent) and question.step is not None:
        return questions.move_on(pack, state, question)
    return guides.resume(pack, replace(state, question=None, held=None, stopped=False))


def restart(pack: Pack, state: State) -> Outcome:
    """The guide from its first step, or the conversation from its beginning."""
    begun = pack.entries.get(state.guide.guide if state.guide is not None else state.topic)
    if begun is not None and begun.steps:
        # Also behind the last step: it is the guide that was heard.
        return guides.start(pack, replace(state, question=None), begun)
    return State(preferences=state.preferences), Reply(prompt(pack, "start_over"))


def help_(pack: Pack, state: State) -> Outcome:
    """What the assistant can do, in a guide what can be said there; where something was asked, what answers it."""
    if state.question is not None:
        return state, Reply(questions.in_other_words(pack, state.question))
    return state, Reply(prompt(pack, "help" if state.guide is None else "help_in_guide"))


def leave(pack: Pack, state: State) -> Outcome:
    """Goodbye: the conversation is forgotten, what the listener set is kept."""
    return State(preferences=state.preferences), Reply(prompt(pack, "goodbye"), ended=True)


def wait(pack: Pack, state: State) -> Outcome:
    """The listener asks for time: a question stays open, 「接着说」 says the last thing again."""
    say = prompt(pack, "waiting")
    if state.question is not None:
        say += questions.in_other_words(pack, state.question)
    return _cut_off(state), Reply(say)


def _cut_off(state: State) -> State:
    """What was said last may not have been heard; not so the step behind an answer in between."""
    cut_off = state.stopped or not state.paused
    return replace(state, stopped=cut_off, paused=state.guide is not None)


def journal(pack: Pack, state: State, *, wanted: bool) -> Outcome:
    """Write down from now on what is not understood, or no longer; an open question stays open."""
    state = replace(state, preferences=replace(state.preferences, journal=wanted))
    return state, Reply(prompt(pack, "journal_on" if wanted else "journal_off"))


def journal_cleared(pack: Pack, state: State) -> Outcome:
    """Say that what was written down is wiped; whoever keeps it does that."""
    return state, Reply(prompt(pack, "journal_cleared"))


def _adjust(command: Command) -> Callable[[Pack, State], Outcome]:
    return lambda pack, state: manner.adjust(pack, state, command)


def _speak(command: Command) -> Callable[[Pack, State], Outcome]:
    return lambda pack, state: manner.profile(pack, state, command)


EVERYWHERE: dict[Command, Callable[[Pack, State], Outcome]] = {
    Command.REPEAT: repeat,
    Command.STOP: stop,
    Command.RESUME: resume,
    Command.RESTART: restart,
    Command.HELP: help_,
    Command.WHAT_OFFERED: questions.about,
    Command.QUIT: leave,
    Command.WAIT: wait,
    Command.SIMPLER: manner.shorter,
    Command.MORE: manner.longer,
    Command.VOICE: manner.other_voice,
    Command.JOURNAL_ON: partial(journal, wanted=True),
    Command.JOURNAL_OFF: partial(journal, wanted=False),
    Command.JOURNAL_CLEAR: journal_cleared,
    **{name: _adjust(name) for name in ADJUSTMENTS},
    **{name: _speak(name) for name in PROFILES},
}
