"""Commands about how the assistant speaks: slower, louder, shorter, in another voice."""

from __future__ import annotations

from dataclasses import replace

from voice.content.command_names import Command
from voice.content.entries import Pack, Step
from voice.dialogue import guides
from voice.dialogue.answers import wording
from voice.dialogue.state import (
    PROFILES,
    RATES,
    VOLUMES,
    Brevity,
    Outcome,
    Preferences,
    Reply,
    State,
)
from voice.dialogue.wording import fits, prompt

_STEPS = {
    Command.SLOWER: ("rate", RATES, -1, "slowest"),
    Command.FASTER: ("rate", RATES, +1, "fastest"),
    Command.LOUDER: ("volume", VOLUMES, +1, "loudest"),
    Command.SOFTER: ("volume", VOLUMES, -1, "softest"),
}


def adjust(pack: Pack, state: State, command: Command) -> Outcome:
    """One step slower, faster, louder or softer, and what was said last once more in that manner."""
    name, scale, direction, limit = _STEPS[command]
    now = scale.index(min(scale, key=lambda value: abs(value - getattr(state.preferences, name))))
    then = now + direction
    if not 0 <= then < len(scale):
        return _again(pack, state, prompt(pack, limit))
    preferences = _changed(state.preferences, name, scale[then])
    return _again(pack, replace(state, preferences=preferences), prompt(pack, command))


def _changed(preferences: Preferences, name: str, value: int) -> Preferences:
    if name == "rate":
        return replace(preferences, rate=value)
    return replace(preferences, volume=value)


def other_voice(pack: Pack, state: State) -> Outcome:
    """The engine's next voice."""
    preferences = replace(state.preferences, voice=state.preferences.voice + 1)
    say = prompt(pack, "other_voice")
    return _again(pack, replace(state, preferences=preferences), say)


def profile(pack: Pack, state: State, command: Command) -> Outcome:
    """A way of speaking as a whole, and what was said last in that manner; volume and voice stay."""
    rate, brevity = PROFILES[command]
    preferences = replace(state.preferences, rate=rate, brevity=brevity)
    return _briefly(pack, replace(state, preferences=preferences), prompt(pack, command))


def shorter(pack: Pack, state: State) -> Outcome:
    """From now on, and for what was said last, fewer words."""
    preferences = replace(state.preferences, brevity=Brevity.BRIEF)
    state = replace(state, preferences=preferences)
    short = _short_form(pack, state) if state.question is None else ()
    return _in_place(state, short) if short else _again(pack, state, prompt(pack, "brief"))


def _briefly(pack: Pack, state: State, said: tuple[str, ...]) -> Outcome:
    """A short word, then what was said last in its short form where that fits into the turn."""
    short = _short_form(pack, state) if state.question is None else ()
    if not short or not fits(said, short):
        return _again(pack, state, said)
    return replace(state, last=Reply(short), stopped=False), Reply(said + short)


def longer(pack: Pack, state: State) -> Outcome:
    """All there is to say on what was spoken of last; an open question stays open."""
    preferences = replace(state.preferences, brevity=Brevity.NORMAL)
    state = replace(state, preferences=preferences)
    step, entry = guides.step_said(pack, state), pack.entries.get(state.topic)
    more = _in_detail(step) if step else entry.more if entry else ()
    if step and more == state.last.say:
        # Who is still stuck is not helped by the same words.
        return state, Reply(prompt(pack, "stuck_in_step"))
    return _in_place(state, more) if more else (state, Reply(prompt(pack, "no_more")))


def _in_detail(step: Step) -> tuple[str, ...]:
    """What more there is to say on a step, behind the step itself in as many words as fit into the turn."""
    for first in (step.say, step.simple):
        if step.more and first and fits(first, step.more):
            return first + step.more
    return step.more


def _short_form(pack: Pack, state: State) -> tuple[str, ...]:
    """The last answer or step in its short form, () when it has none."""
    if (step := guides.step_said(pack, state)) is not None:
        return guides.step_wording(step, Brevity.BRIEF)
    entry = pack.entries.get(state.topic)
    return wording(entry, Brevity.BRIEF) if entry and entry.simple else ()


def _in_place(state: State, say: tuple[str, ...]) -> Outcome:
    """The same in other words: from now on 「再说一遍」 says these."""
    return replace(state, last=Reply(say), stopped=False), Reply(say)


def _again(pack: Pack, state: State, said: tuple[str, ...]) -> Outcome:
    """A short word, then the last reply once more if both fit into a turn."""
    last = state.last.say
    return state, Reply(said + (last if fits(said, last) else prompt(pack, "replay_hint")))
