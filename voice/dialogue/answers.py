"""Replies that read an entry: its answer, what it asks, and what it offers next."""

from __future__ import annotations

from dataclasses import replace

from voice.content.entries import Entry, Kind, Pack
from voice.dialogue import guides
from voice.dialogue.state import AskChoice, AskConsent, AskOffer, Brevity, Outcome, Reply, State
from voice.dialogue.wording import fits, prompt


def turn_to(state: State) -> State:
    """A new question leaves the one that was open behind; a guide under way waits."""
    return replace(state, question=None, held=None, paused=state.guide is not None)


def answer(pack: Pack, state: State, entry: Entry, *, agreed: bool = False) -> Outcome:
    """Answer for ``entry``; one that needs consent is asked about first unless ``agreed``."""
    if entry.kind is Kind.GUIDE:
        return guides.start(pack, state, entry)
    if entry.consent and not agreed:
        return ask_consent(pack, state, entry)
    # What was agreed to is heard whole: nobody knows what the short form leaves out.
    say = entry.answer if entry.consent else wording(entry, state.preferences.brevity)
    if entry.then:
        follow = pack.entries[entry.then]
        return _asking(pack, state, follow, say + wording(follow, Brevity.BRIEF))
    return _asking(pack, state, entry, say)


def wording(entry: Entry, brevity: Brevity) -> tuple[str, ...]:
    """The sentences that answer, in the length the listener wants."""
    return entry.simple if brevity is Brevity.BRIEF and entry.simple else entry.answer


def ask_consent(pack: Pack, state: State, entry: Entry) -> Outcome:
    """Ask whether the listener wants to hear ``entry``.

    Until then nothing of it is the topic: 「说详细点」 or 「说简单点」 must not get at words nobody agreed to hear.
    """
    question = entry.consent_question
    say = (question,) if question else prompt(pack, "consent_default")
    return replace(state, question=AskConsent(entry.id), topic=""), Reply(say)


def _asking(pack: Pack, state: State, entry: Entry, say: tuple[str, ...]) -> Outcome:
    """``say``, and then what the entry asks or offers, or the way back to a guide under way."""
    state = replace(state, topic=entry.id, question=None)
    if entry.options:
        question = (entry.question,) if entry.question else ()
        return replace(state, question=AskChoice(entry.options)), Reply(say + question)
    if entry.offers:
        return _offering(pack, state, pack.entries[entry.offers], say)
    return with_way_back(pack, state, say)


def _offering(pack: Pack, state: State, offered: Entry, say: tuple[str, ...]) -> Outcome:
    if offered.consent:
        say += prompt(pack, "offer_consent")
        return replace(state, question=AskConsent(offered.id)), Reply(say)
    say += prompt(pack, "offer", title=offered.title)
    return replace(state, question=AskOffer(offered.id)), Reply(say)


def with_way_back(pack: Pack, state: State, say: tuple[str, ...]) -> Outcome:
    """``say``, and how to go on with the guide under way, if there is one."""
    if state.guide is None:
        return state, Reply(say)
    hint = prompt(pack, "resume_guide")
    return replace(state, paused=True), Reply(say + hint if fits(say, hint) else say)
