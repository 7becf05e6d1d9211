"""Whole clauses that agree to hear something, refuse, or do neither."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice.content.entries import Pack
from voice.understand.consent_words import Consent
from voice.understand.meaning import Expect, Expectation
from voice.understand.normal import normalise
from voice.understand.understanding import Understanding
from voice.understand.wish import Wish

TO_HEAR = Expectation(Expect.YES_NO, guide="guide.store", step=2, about=("违约金",), to_hear=True)
AGREEING = [
    "事关钱的，您仔细念",
    "那肯定要听清楚",
    "吃不得亏，你给俺说说",
    "好嘛，摆给我听",
    "我得先弄明白",
]
REFUSING = [
    "这个我老早清楚了",
    "莫念了",
    "等会儿再讲",
    "跳过去吧",
    "人家跟我说过了",
    "没工夫听",
    "往下走",
]
NEITHER = ["你刚刚讲的啥子嘛", "听还是不听呢", "要是不讲会怎样", "你没说明白", "门铃响了"]


@pytest.fixture(scope="module")
def wish(unicom: Pack) -> Wish:
    found = Wish.of(unicom.lexicon)
    assert found is not None
    return found


@pytest.mark.parametrize("text", AGREEING)
def test_who_asks_to_be_told_agrees(wish: Wish, text: str) -> None:
    assert wish.of_clauses(normalise(text)) is Consent.YES


@pytest.mark.parametrize("text", REFUSING)
def test_who_knows_it_or_puts_it_off_refuses(wish: Wish, text: str) -> None:
    assert wish.of_clauses(normalise(text)) is Consent.NO


@pytest.mark.parametrize("text", NEITHER)
def test_questions_and_other_talk_are_neither(wish: Wish, text: str) -> None:
    assert wish.of_clauses(normalise(text)) is Consent.UNCLEAR


@pytest.mark.parametrize("text", ["等会再听", "先等等再听", "过一会儿再听吧", "歇口气，等下再听"])
def test_who_wants_to_hear_it_in_a_moment_is_waited_for(wish: Wish, text: str) -> None:
    assert wish.of_clauses(normalise(text)) is Consent.WAIT


@pytest.mark.parametrize("text", ["等会再听，先讲步骤", "我不听，等会再听"])
def test_who_also_goes_on_is_not_waited_for(wish: Wish, text: str) -> None:
    assert wish.of_clauses(normalise(text)) is not Consent.WAIT


@pytest.mark.parametrize(
    ("text", "wants"),
    [("要听", True), ("我还是想听听", True), ("听", False), ("好", False), ("要听，不听了", False)],
)
def test_who_wants_it_says_so(wish: Wish, text: str, *, wants: bool) -> None:
    assert wish.wants(normalise(text)) is wants


@given(data=st.data())
def test_whoever_refuses_last_has_not_agreed(wish: Wish, data: st.DataObject) -> None:
    before = data.draw(st.lists(st.sampled_from(AGREEING + NEITHER), max_size=2))
    refusal = data.draw(st.sampled_from(REFUSING))
    assert wish.of_clauses(normalise("，".join([*before, refusal]))) is not Consent.YES


@pytest.mark.parametrize("text", ["念来听听，要不要收费的", "我听你说，为啥要罚"])
def test_who_asks_for_something_else_beside_it_has_not_agreed(wish: Wish, text: str) -> None:
    assert wish.of_clauses(normalise(text)) is not Consent.YES


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("吃不得亏，你给俺说说", "yes"),
        ("是", "yes"),
        ("嗯，是的", "yes"),
        ("不听睡不着觉", "yes"),
        ("我闺女讲过的，甭念了", "no"),
        ("行，我心里有底了，再见", "quit"),
        ("下一步", "next"),
        ("说慢点", "slower"),
        ("声音大点讲", "louder"),
        ("你们刚才问我什么来着，再说一遍", "repeat"),
    ],
)
def test_where_it_was_offered(understanding: Understanding, text: str, command: str) -> None:
    assert understanding.understand(text, TO_HEAR).command == command


def test_a_shrug_and_a_filler_agree_to_nothing(understanding: Understanding) -> None:
    for text in (
        "你看着办吧",
        "嗯，那个",
        "你是说我呢还是说给他听呢",
        "我不得听，你往下说",
        "听也行不听也行，你说呢",
    ):
        assert understanding.understand(text, TO_HEAR).command != "yes", text


def test_a_pack_without_the_words_knows_no_wish() -> None:
    assert Wish.of({"wish_how": ["慢慢"]}) is None
