"""Replies that read an entry: its answer, what it asks, and what it offers next."""

from __future__ import annotations

from dataclasses import replace

from voice.content.entries import Entry, Kind, Option, Pack
from voice.dialogue import guides
from voice.dialogue.state import AskChoice, AskConsent, AskOffer, Brevity, Question, Reply, State
from voice.dialogue.wording import fits, prompt
from voice.understand.meaning import Expect

Outcome = tuple[State, Reply]
"""What one turn leads to."""


def answer(pack: Pack, state: State, entry: Entry, *, agreed: bool = False) -> Outcome:
    """Answer for ``entry``; one that needs consent is asked about first unless ``agreed``."""
    if entry.kind is Kind.GUIDE:
        return guides.start(pack, state, entry)
    if entry.consent and not agreed:
        return ask_consent(pack, state, entry)
    say = wording(entry, state.preferences.brevity)
    if entry.then:
        follow = pack.entries[entry.then]
        return _asking(pack, state, follow, say + wording(follow, Brevity.BRIEF))
    return _asking(pack, state, entry, say)


def wording(entry: Entry, brevity: Brevity) -> tuple[str, ...]:
    """The sentences that answer, in the length the listener wants."""
    return entry.simple if brevity is Brevity.BRIEF and entry.simple else entry.answer


def ask_consent(pack: Pack, state: State, entry: Entry) -> Outcome:
    """Ask whether the listener wants to hear ``entry``."""
    question = entry.consent_question
    say = (question,) if question else prompt(pack, "consent_default")
    state = replace(state, question=AskConsent(entry.id), topic=entry.id)
    return state, Reply(say, Expect.YES_NO)


def ask_choice(
    state: State, say: tuple[str, ...], options: tuple[Option, ...], tries: int = 0
) -> Outcome:
    """Offer options; ``say`` already names them."""
    state = replace(state, question=AskChoice(options, tries))
    return state, Reply(say, Expect.CHOICE, options)


def _asking(pack: Pack, state: State, entry: Entry, say: tuple[str, ...]) -> Outcome:
    """``say``, and then what the entry asks or offers, or the way back to a guide under way."""
    state = replace(state, topic=entry.id, question=None)
    if entry.options:
        question = (entry.question,) if entry.question else ()
        return ask_choice(state, say + question, entry.options)
    if entry.offers:
        offered = pack.entries[entry.offers]
        asked: Question = AskConsent(offered.id) if offered.consent else AskOffer(offered.id)
        say += prompt(pack, "offer", title=offered.title)
        return replace(state, question=asked), Reply(say, Expect.YES_NO)
    return with_way_back(pack, state, say)


def with_way_back(pack: Pack, state: State, say: tuple[str, ...]) -> Outcome:
    """``say``, and how to go on with the guide under way, if there is one."""
    if state.guide is None:
        return state, Reply(say, Expect.ANYTHING)
    hint = prompt(pack, "resume_guide")
    return replace(state, paused=True), Reply(say + hint if fits(say, hint) else say, Expect.STEP)
