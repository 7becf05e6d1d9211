"""From probabilities to what is done, on judgements made by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice.content.entries import Entry, Kind
from voice.understand.classifier import Judged
from voice.understand.decide import Offering, Thresholds, decide
from voice.understand.meaning import Act, Meaning

ENTRIES = {
    "faq.a": Entry("faq.a", Kind.FAQ, "a"),
    "faq.b": Entry("faq.b", Kind.FAQ, "b"),
    "faq.c": Entry("faq.c", Kind.FAQ, "c"),
    "faq.d": Entry("faq.d", Kind.FAQ, "d"),
    "handoff.h": Entry("handoff.h", Kind.HANDOFF, "h"),
    "smalltalk.hi": Entry("smalltalk.hi", Kind.SMALLTALK, "hi"),
    "elsewhere.x": Entry("elsewhere.x", Kind.ELSEWHERE, "x"),
    "elsewhere.y": Entry("elsewhere.y", Kind.ELSEWHERE, "y"),
}
CLASSES = (*ENTRIES, "command.stop")
LIMITS = Thresholds(
    answer=0.66,
    hand_over=0.9,
    chat=0.5,
    obey=0.5,
    clear=0.6,
    offers=Offering(each=0.12, together=0.40, confirm=0.30, refuse=0.5),
    unclear_offers=Offering(each=0.05, together=0.15, confirm=0.15, refuse=0.6),
)


def judge(trust: float, clarity: float = 1.0, **shares: float) -> Meaning:
    given_shares = {name.replace("_", ".", 1): share for name, share in shares.items()}
    probabilities = np.array([given_shares.get(name, 0.0) for name in CLASSES])
    return decide("说的话", Judged(probabilities, trust), CLASSES, ENTRIES, LIMITS, clarity)


def entries(meaning: Meaning) -> list[str]:
    return [candidate.entry for candidate in meaning.candidates]


def test_a_trusted_entry_is_answered() -> None:
    meaning = judge(0.66, faq_a=0.8, faq_b=0.15)
    assert meaning.act is Act.ASK
    assert meaning.score == 0.66
    assert entries(meaning)[:2] == ["faq.a", "faq.b"]
    assert meaning.heard == "说的话"


def test_a_trusted_command_is_one() -> None:
    meaning = judge(0.5, command_stop=0.9)
    assert (meaning.act, meaning.command) == (Act.COMMAND, "stop")


def test_who_to_ask_is_told_at_once_only_when_it_is_surer_than_an_answer() -> None:
    assert judge(0.91, handoff_h=0.8).act is Act.ASK
    assert judge(0.89, handoff_h=0.8).act is Act.MAYBE
    assert judge(0.89, handoff_h=0.6, faq_a=0.3).act is Act.AMONG


def test_small_talk_is_met() -> None:
    assert judge(0.49, smalltalk_hi=0.9).act is not Act.SMALLTALK
    meaning = judge(0.5, smalltalk_hi=0.9)
    assert meaning.act is Act.SMALLTALK
    assert entries(meaning)[0] == "smalltalk.hi"


def test_an_entry_behind_strange_subjects_is_not_answered() -> None:
    assert judge(0.9, faq_a=0.4, elsewhere_x=0.25, elsewhere_y=0.25).act is Act.OFF_SUBJECT
    assert judge(0.9, faq_a=0.45, elsewhere_x=0.2, elsewhere_y=0.2).act is Act.ASK


@pytest.mark.parametrize("share", [0.50, 0.9, 1.0])
def test_strange_subjects_are_refused_together(share: float) -> None:
    meaning = judge(0.1, elsewhere_x=share / 2, elsewhere_y=share / 2, faq_a=1 - share)
    assert meaning.act is Act.OFF_SUBJECT
    assert meaning.score == pytest.approx(share)


def test_two_or_three_likely_entries_are_offered() -> None:
    assert entries(judge(0.5, faq_a=0.4, faq_b=0.35)) == ["faq.a", "faq.b"]
    meaning = judge(0.5, faq_a=0.3, faq_b=0.25, faq_c=0.2, faq_d=0.15)
    assert meaning.act is Act.AMONG
    assert entries(meaning) == ["faq.a", "faq.b", "faq.c"]
    assert meaning.score == pytest.approx(0.75)


def test_too_little_together_is_not_offered() -> None:
    assert judge(0.2, faq_a=0.2, faq_b=0.15).act is Act.OFF_SUBJECT


def test_one_likely_entry_is_confirmed() -> None:
    meaning = judge(0.5, faq_a=0.30, faq_b=0.05)
    assert meaning.act is Act.MAYBE
    assert entries(meaning) == ["faq.a"]
    assert judge(0.5, faq_a=0.29, faq_b=0.05).act is Act.OFF_SUBJECT


def test_small_talk_and_commands_are_never_offered() -> None:
    assert judge(0.4, smalltalk_hi=0.6).act is Act.OFF_SUBJECT
    assert judge(0.49, command_stop=0.6).act is Act.OFF_SUBJECT
    assert entries(judge(0.49, command_stop=0.3, smalltalk_hi=0.3, faq_a=0.3)) == ["faq.a"]


@given(st.lists(st.floats(0, 1), min_size=len(CLASSES), max_size=len(CLASSES)), st.floats(0, 1))
def test_any_judgement_is_decided(shares: list[float], trust: float) -> None:
    probabilities = np.array(shares) / (sum(shares) or 1.0)
    meaning = decide("", Judged(probabilities, trust), CLASSES, ENTRIES, LIMITS)
    assert 0 <= meaning.score <= 1.0 + 1e-9
    strange = {"elsewhere.x", "elsewhere.y"}
    assert not strange & set(entries(meaning))
    if meaning.act is Act.ASK:
        assert trust >= LIMITS.answer
    if meaning.act is Act.AMONG:
        assert 2 <= len(meaning.candidates) <= 3


def test_what_is_heard_badly_is_offered_sooner() -> None:
    assert judge(0.1, 0.6, faq_a=0.1, faq_b=0.06).act is Act.OFF_SUBJECT
    badly = judge(0.1, 0.59, faq_a=0.1, faq_b=0.06)
    assert (badly.act, entries(badly)) == (Act.AMONG, ["faq.a", "faq.b"])
    assert judge(0.1, 0.59, faq_a=0.2).act is Act.MAYBE


def test_what_is_heard_badly_is_answered_no_sooner() -> None:
    assert judge(0.65, 0.1, faq_a=0.9).act is not Act.ASK
