"""What was not understood, not for us, or only kind words."""

from __future__ import annotations

from dataclasses import replace

from voice.content.entries import Entry, Option, Pack
from voice.dialogue import answers, questions
from voice.dialogue.state import Reply, State
from voice.dialogue.wording import as_option, fits, prompt
from voice.understand.meaning import Meaning

Outcome = tuple[State, Reply]

FALLBACK = "fallback_entries"
"""The word list of the pack that names the entries offered when nothing better is known."""


def noise(pack: Pack, state: State) -> Outcome:
    """Nothing was said that could be heard: ask for it again, and keep everything as it stands."""
    key = "noise_first" if state.misses == 0 else "noise_second"
    state = replace(state, misses=state.misses + 1)
    return state, Reply(prompt(pack, key), state.last.expects, state.last.options)


def small_talk(pack: Pack, state: State, entry: Entry) -> Outcome:
    """One warm sentence and the way back; an open question is asked again behind it."""
    if state.question is None:
        return state, Reply(entry.answer, state.last.expects, state.last.options)
    state, asked = questions.ask_again(pack, state)
    first = entry.answer[:1]
    return state, replace(asked, say=first + asked.say if fits(first, asked.say) else asked.say)


def off_subject(pack: Pack, state: State, meaning: Meaning) -> Outcome:
    """Not understood: an example first, then two likely entries, then the number of a human."""
    if state.question is not None:
        return questions.unclear(pack, state)
    count, state = state.misses, replace(state, misses=state.misses + 1)
    if count == 0:
        return answers.with_way_back(pack, state, prompt(pack, "miss_first"))
    if count == 1 and (options := likely(pack, meaning)):
        say = prompt(pack, "miss_second")
        both = among(pack, options)
        return answers.ask_choice(state, say[:1] + both, options)
    return answers.with_way_back(pack, replace(state, misses=0), prompt(pack, "miss_third"))


def likely(pack: Pack, meaning: Meaning) -> tuple[Option, ...]:
    """Two entries: the candidates that came closest, else the ones the pack names."""
    found = [c.entry for c in meaning.candidates if c.entry in pack.entries]
    found += [entry for entry in pack.lexicon.get(FALLBACK, ()) if entry not in found]
    options = tuple(as_option(pack.entries[entry]) for entry in found if entry in pack.entries)
    return options[:2] if len(options) >= 2 else ()


def among(pack: Pack, options: tuple[Option, ...]) -> tuple[str, ...]:
    """The question which of two or three titles is meant."""
    labels = [option.label for option in options]
    if len(labels) == 2:
        return prompt(pack, "among_two", first=labels[0], second=labels[1])
    return prompt(pack, "among_three", first=labels[0], second=labels[1], third=labels[2])
