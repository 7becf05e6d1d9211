"""Moves inside a guide: one step a turn, and the penalty warning offered before what cannot be undone."""

from __future__ import annotations

from dataclasses import replace

from voice.content.entries import Entry, Pack, Step
from voice.dialogue.state import AskConsent, Brevity, GuidePosition, Outcome, Reply, State
from voice.dialogue.wording import fits, joined, prompt


def start(pack: Pack, state: State, guide: Entry) -> Outcome:
    """Begin ``guide``: how many steps there are, and the first one."""
    state, first = _move(pack, replace(state, topic=guide.id), GuidePosition(guide.id), 0)
    intro = prompt(pack, "guide_intro", title=guide.title, count=len(guide.steps))
    return state, Reply(intro + first.say)


def go_to(pack: Pack, state: State, index: int) -> Outcome:
    """Say the step at ``index``, or first offer the warning, or end the guide behind its last step."""
    position = state.guide
    if position is None:
        return state, Reply(prompt(pack, "no_guide"))
    if index >= len(pack.entries[position.guide].steps):
        return finish(pack, state)
    after, reply = _move(pack, state, position, max(index, 0))
    if index < 0 and after.question is None:
        return after, Reply(prompt(pack, "no_previous") + reply.say)
    return after, reply


def go_by(pack: Pack, state: State, steps: int) -> Outcome:
    """Go this many steps on from the one said last, backwards when negative."""
    return go_to(pack, state, (state.guide.step if state.guide else 0) + steps)


def previous(pack: Pack, state: State, steps: int = 1) -> Outcome:
    """The step before, or as many ``steps`` back; right behind the warning the one before is the step said last."""
    before_warning = not state.paused and step_said(pack, state) is None
    return go_by(pack, state, (1 if before_warning else 0) - steps)


def to_number(pack: Pack, state: State, number: int) -> Outcome:
    """Go to the step with this number, counted from 1; 0 asks which one it is now and how many there are, -1 for
    the last one."""
    position = state.guide
    count = len(pack.entries[position.guide].steps) if position else 0
    number = count if number < 0 else number
    if position is None or 1 <= number <= count:
        return go_to(pack, state, number - 1)
    if number == 0:
        return _where(pack, state, position.step, count)
    return replace(state, question=None), Reply(prompt(pack, "no_such_step", count=count))


def _where(pack: Pack, state: State, step: int, count: int) -> Outcome:
    """Which step it is, of how many, and that step again where it still fits into the turn."""
    say = prompt(pack, "where_in_guide", count=count, step=max(step, 0) + 1)
    state, again = resume(pack, state)
    return state, Reply(say + again.say if fits(say, again.say) else say)


def resume(pack: Pack, state: State) -> Outcome:
    """Take the guide up where it stood: the step said last is said again."""
    return go_to(pack, state, max(state.guide.step, 0) if state.guide else 0)


def resume_after(pack: Pack, state: State, first: tuple[str, ...]) -> Outcome:
    """The same behind ``first``."""
    state, reply = resume(pack, state)
    return state, Reply(first + reply.say)


def go_on_unwarned(pack: Pack, state: State, step: int) -> Outcome:
    """The listener was offered the warning and goes on without it: the step it stood before."""
    state, reply = go_to(pack, answered_offer(state, step), step)
    return state, Reply(prompt(pack, "consent_refused_in_guide") + reply.say)


def answered_offer(state: State, step: int) -> State:
    """The offer of the warning before ``step`` has its answer; 「下一步」 leads to that step."""
    if state.guide is None:
        return state
    return replace(state, guide=replace(state.guide, step=step - 1, warning_offered=True))


def step_said(pack: Pack, state: State) -> Step | None:
    """The step said last, when the guide is what was spoken of last."""
    position = state.guide
    if position is None or position.step < 0 or state.topic != position.guide:
        return None
    return pack.entries[position.guide].steps[position.step]


def step_wording(step: Step, brevity: Brevity) -> tuple[str, ...]:
    """The step's sentences, in the length the listener wants."""
    return step.simple if brevity is Brevity.BRIEF and step.simple else step.say


def _move(pack: Pack, state: State, position: GuidePosition, index: int) -> Outcome:
    """Say the step at ``index``, or offer the warning that stands before it."""
    guide = pack.entries[position.guide]
    if _needs_offer(guide, position, index):
        question = AskConsent(guide.warning, step=index)
        state = replace(state, guide=position, question=question, paused=False, topic=guide.id)
        return state, Reply(prompt(pack, "consent_in_guide"))
    position = replace(position, step=index)
    state = replace(state, guide=position, question=None, paused=False, topic=guide.id)
    return state, Reply(_spoken_step(pack, state.preferences.brevity, guide, index))


def _needs_offer(guide: Entry, position: GuidePosition, index: int) -> bool:
    """True when the step cannot be undone, or lies behind one, and the warning was not offered yet."""
    reached = any(step.irreversible for step in guide.steps[: index + 1])
    return bool(guide.warning) and reached and not position.warning_offered


def _spoken_step(pack: Pack, brevity: Brevity, guide: Entry, index: int) -> tuple[str, ...]:
    """One step: which it is, what to do, and how to go on."""
    last = len(guide.steps) - 1
    head = "step_first" if index == 0 else "step_last_head" if index == last else "step_head"
    tail = "step_tail_last" if index == last else "step_tail_first" if index == 0 else "step_tail"
    say = step_wording(guide.steps[index], brevity)
    return joined(prompt(pack, head, step=index + 1), say) + prompt(pack, tail)


def finish(pack: Pack, state: State) -> Outcome:
    """Close the guide under way with its closing words."""
    done = pack.entries[state.guide.guide].done if state.guide is not None else ()
    state = replace(state, guide=None, question=None, held=None, paused=False)
    return state, Reply(done or prompt(pack, "anything_else"))
