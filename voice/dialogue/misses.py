"""What was not understood, not for us, or only kind words; and silence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from voice.content.entries import Entry, Option, Pack
from voice.dialogue import answers, questions
from voice.dialogue.state import AskChoice, Outcome, Reply, State
from voice.dialogue.wording import as_option, fits, prompt
from voice.understand.meaning import Candidate, Meaning

FALLBACK = "fallback_entries"
"""The word list of the pack that names the entries offered when nothing better is known."""
MISSES = 3
"""The third miss in a row names a human; then the count begins anew."""
FEW_WORDS = 5
"""Characters up to which an utterance is more likely an answer or a command, misheard, than a question."""
STRANGE = 0.5
"""Score from which words that are not understood are surely about something else; below, it is we who fail."""
LEAST_LIKELY = 0.1
"""Probability from which a guess is worth offering; below it chance would choose."""


def noise(pack: Pack, state: State) -> Outcome:
    """Nothing was said that could be heard: ask for it again, and keep everything as it stands."""
    keys = ("noise_first", "noise_second", "noise_third")
    say = prompt(pack, keys[state.misses])
    if state.question is not None and state.misses < 2:
        say = say[:1] + questions.in_other_words(pack, state.question)
    return _missed(state), Reply(say)


def silence(pack: Pack, state: State) -> Outcome:
    """Nobody spoke for a while: gently, then with what one may say, then quiet standby. Never consent."""
    if state.silences == 0:
        say = prompt(pack, "silence_first")
    elif state.silences == 1 and state.question is not None:
        say = questions.in_other_words(pack, state.question)
    elif state.silences == 1:
        say = prompt(pack, "silence_in_guide" if state.guide else "silence_second")
    elif state.silences == 2:
        say = prompt(pack, "silence_standby")
    else:
        return state, Reply()
    return replace(state, silences=state.silences + 1), Reply(say)


def small_talk(pack: Pack, state: State, entry: Entry) -> Outcome:
    """One warm sentence and the way back; an open question is asked again behind it, unless it was laid aside."""
    if entry.lays_aside:
        state = replace(state, question=None, held=None)
    if state.question is None:
        return answers.with_way_back(pack, state, entry.answer)
    first, asked = entry.answer[:1], questions.in_other_words(pack, state.question)
    return state, Reply(first + asked if fits(first, asked) else asked)


def off_subject(pack: Pack, state: State, meaning: Meaning) -> Outcome:
    """Not understood: an example first, then two likely entries, then the number of a human."""
    if state.question is not None:
        return questions.unclear(pack, state, state.question)
    missed = _missed(state)
    if state.guide is not None and few_words(meaning) and state.misses < MISSES - 1:
        return missed, Reply(prompt(pack, "miss_in_guide"))
    if state.misses == 0:
        key = "miss_first" if meaning.score >= STRANGE else "miss_unclear"
        return answers.with_way_back(pack, missed, prompt(pack, key))
    if state.misses == 1 and (options := likely(pack, meaning)):
        missed = replace(missed, question=AskChoice(options, tries=questions.MOST_TRIES))
        return missed, Reply(prompt(pack, "miss_second") + among(pack, options))
    return answers.with_way_back(pack, replace(missed, misses=0), prompt(pack, "miss_third"))


def few_words(meaning: Meaning) -> bool:
    """True when too little was heard to take it for a question."""
    return sum(map(str.isalnum, meaning.heard)) <= FEW_WORDS


def likely(pack: Pack, meaning: Meaning) -> tuple[Option, ...]:
    """Two entries: the candidates that came closest, else the ones the pack names."""
    found = [c.entry for c in meaning.candidates if c.probability >= LEAST_LIKELY]
    found += [entry for entry in pack.lexicon.get(FALLBACK, ()) if entry not in found]
    options = tuple(as_option(pack.entries[entry]) for entry in found if entry in pack.entries)
    return options[:2] if len(options) >= 2 else ()


def first_fallback(pack: Pack) -> str:
    """The entry that the pack is first of all about, "" when it names none."""
    return next((entry for entry in pack.lexicon.get(FALLBACK, ()) if entry in pack.entries), "")


def among(pack: Pack, options: tuple[Option, ...]) -> tuple[str, ...]:
    """The question which of two or three titles is meant."""
    labels = [option.label for option in options]
    if len(labels) == 2:
        return prompt(pack, "among_two", first=labels[0], second=labels[1])
    return prompt(pack, "among_three", first=labels[0], second=labels[1], third=labels[2])


def asks_among(pack: Pack, candidates: Sequence[Candidate]) -> Entry | None:
    """The candidate that leads to all the others by its options or by what it offers: a general question beside its
    answers."""
    found = [pack.entries[candidate.entry] for candidate in candidates]
    for entry in found:
        goals = {entry.offers, *(option.goto for option in entry.options)}
        if len(found) > 1 and all(other is entry or other.id in goals for other in found):
            return entry
    return None


def _missed(state: State) -> State:
    return replace(state, misses=(state.misses + 1) % MISSES)
