"""Moves inside a guide: one step a turn, and the penalty warning offered before what cannot be undone."""

from __future__ import annotations

from dataclasses import replace

from voice.content.entries import Entry, Pack, Step
from voice.dialogue.state import AskConsent, Brevity, GuidePosition, Reply, State
from voice.dialogue.wording import joined, prompt
from voice.understand.meaning import Expect

Outcome = tuple[State, Reply]


def start(pack: Pack, state: State, guide: Entry) -> Outcome:
    """Begin ``guide``: how many steps there are, and the first one."""
    state = replace(state, guide=GuidePosition(guide.id), topic=guide.id)
    state, first = go_to(pack, state, 0)
    intro = prompt(pack, "guide_intro", title=guide.title, count=len(guide.steps))
    return state, replace(first, say=intro + first.say)


def current(pack: Pack, state: State) -> tuple[Entry, GuidePosition] | None:
    """The guide under way and where it stands."""
    return (pack.entries[state.guide.guide], state.guide) if state.guide else None


def go_to(pack: Pack, state: State, index: int) -> Outcome:
    """Say the step at ``index``, or first offer the warning, or end the guide behind its last step."""
    here = current(pack, state)
    if here is None:
        return ask_which(pack, state)
    guide, position = here
    if index < 0:
        state, reply = say_step(pack, state, guide, 0)
        return state, replace(reply, say=prompt(pack, "no_previous") + reply.say)
    if index >= len(guide.steps):
        return finish(pack, state, guide)
    if needs_offer(guide, position, index):
        return offer_warning(pack, state, guide, index)
    return say_step(pack, state, guide, index)


def needs_offer(guide: Entry, position: GuidePosition, index: int) -> bool:
    """True when the step cannot be undone, or lies behind one, and the warning was not offered yet."""
    reached = any(step.irreversible for step in guide.steps[: index + 1])
    return bool(guide.warning) and reached and not position.warning_offered


def offer_warning(pack: Pack, state: State, guide: Entry, index: int) -> Outcome:
    """Ask whether the listener wants to hear the warning before the step at ``index``."""
    state = replace(state, question=AskConsent(guide.warning, step=index), paused=False)
    return state, Reply(prompt(pack, "consent_in_guide"), Expect.YES_NO)


def say_step(pack: Pack, state: State, guide: Entry, index: int) -> Outcome:
    """Say one step: which it is, what to do, and how to go on."""
    assert state.guide is not None
    step, last = guide.steps[index], len(guide.steps) - 1
    head = "step_first" if index == 0 else "step_last_head" if index == last else "step_head"
    tail = "step_tail_first" if index == 0 else "step_tail_last" if index == last else "step_tail"
    body = joined(prompt(pack, head, step=index + 1), step_wording(step, state))
    position = replace(state.guide, step=index)
    state = replace(state, guide=position, question=None, paused=False, topic=guide.id)
    return state, Reply(body + prompt(pack, tail), Expect.STEP)


def step_wording(step: Step, state: State) -> tuple[str, ...]:
    """The step's sentences, in the length the listener wants."""
    return step.simple if state.preferences.brevity is Brevity.BRIEF and step.simple else step.say


def finish(pack: Pack, state: State, guide: Entry) -> Outcome:
    """Close the guide."""
    state = replace(state, guide=None, question=None, paused=False)
    return state, Reply(guide.done or prompt(pack, "anything_else"), Expect.ANYTHING)


def resume(pack: Pack, state: State) -> Outcome:
    """Take the guide up where it stood: the step said last is said again."""
    assert state.guide is not None
    return go_to(pack, state, state.guide.step)


def to_number(pack: Pack, state: State, number: int) -> Outcome:
    """Go to the step with this number, counted from 1."""
    here = current(pack, state)
    if here is not None and not 1 <= number <= len(here[0].steps):
        say = prompt(pack, "no_such_step", count=len(here[0].steps))
        return replace(state, question=None), Reply(say, Expect.STEP)
    return go_to(pack, state, number - 1)


def ask_which(pack: Pack, state: State) -> Outcome:
    """No guide is under way: ask for which one."""
    return state, Reply(prompt(pack, "no_guide"), Expect.ANYTHING)
