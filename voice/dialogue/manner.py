"""Commands about how the assistant speaks: slower, louder, shorter, in another voice."""

from __future__ import annotations

from dataclasses import replace

from voice.content.entries import Pack
from voice.dialogue import guides
from voice.dialogue.answers import wording
from voice.dialogue.state import RATES, VOLUMES, Brevity, Preferences, Reply, State
from voice.dialogue.wording import fits, prompt

Outcome = tuple[State, Reply]

_STEPS = {
    "slower": ("rate", RATES, -1, "slowest"),
    "faster": ("rate", RATES, +1, "fastest"),
    "louder": ("volume", VOLUMES, +1, "loudest"),
    "softer": ("volume", VOLUMES, -1, "softest"),
}


def adjust(pack: Pack, state: State, command: str) -> Outcome:
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


def shorter(pack: Pack, state: State) -> Outcome:
    """From now on, and for what was said last, fewer words."""
    preferences = replace(state.preferences, brevity=Brevity.BRIEF)
    state = replace(state, preferences=preferences)
    if state.question is None and (retold := _retold(pack, state)) is not None:
        return replace(state, paused=False), replace(state.last, say=retold)
    return _again(pack, state, prompt(pack, "brief"))


def longer(pack: Pack, state: State) -> Outcome:
    """All there is to say on what was spoken of last."""
    preferences = replace(state.preferences, brevity=Brevity.NORMAL)
    state = replace(state, preferences=preferences)
    entry = pack.entries.get(state.topic)
    more = entry.more if entry else ()
    if state.guide is not None and entry is not None and entry.id == state.guide.guide:
        more = entry.steps[state.guide.step].more
    if entry is not None and entry.consent and state.question is not None:
        more = ()
    return state, replace(state.last, say=more or prompt(pack, "no_more"))


def _retold(pack: Pack, state: State) -> tuple[str, ...] | None:
    """The last answer or step in its short form, None when it has none."""
    entry = pack.entries.get(state.topic)
    if entry is None:
        return None
    if state.guide is not None and entry.id == state.guide.guide:
        return guides.step_wording(entry.steps[state.guide.step], state)
    short = wording(entry, Brevity.BRIEF)
    return short if entry.simple else None


def _again(pack: Pack, state: State, said: tuple[str, ...]) -> Outcome:
    """A short word, then the last reply once more if both fit into a turn."""
    last = state.last
    again = last.say if fits(said, last.say) else prompt(pack, "replay_hint")
    return state, Reply(said + again, last.expects, last.options)
