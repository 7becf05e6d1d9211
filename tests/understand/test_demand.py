"""Who demands to hear what was offered before."""

from __future__ import annotations

import pytest

from voice.content.entries import Pack
from voice.understand.demand import Demand
from voice.understand.meaning import Act, Expect, Expectation
from voice.understand.normal import normalise
from voice.understand.understanding import Understanding

OFFERED = Expectation(
    Expect.STEP, guide="guide.store", step=2, topic="guide.store", offered="precaution.penalty"
)
DEMANDS = [
    "方才那条提醒，这会儿念给我吧",
    "罚款那一段我要听",
    "你先头要提醒我的，讲来听听",
    "违约金那块再说一遍",
]


@pytest.fixture(scope="module")
def demand(unicom: Pack) -> Demand:
    found = Demand.of(unicom.lexicon)
    assert found is not None
    return found


@pytest.mark.parametrize("text", DEMANDS)
def test_a_name_and_a_demand(demand: Demand, text: str) -> None:
    assert demand.made_by(normalise(text))


@pytest.mark.parametrize(
    "text",
    [
        "提醒的话就别讲了",
        "违约金怎么算，你说说",
        "那个提醒我不想听",
        "再说一遍",
        "违约金的事",
        "到底罚多少，讲清楚",
    ],
)
def test_what_denies_or_asks_or_names_nothing_is_none(demand: Demand, text: str) -> None:
    assert not demand.made_by(normalise(text))


@pytest.mark.parametrize("text", DEMANDS)
def test_it_is_consent_where_it_was_offered(understanding: Understanding, text: str) -> None:
    meaning = understanding.understand(text, OFFERED)
    assert (meaning.act, meaning.agreed) == (Act.ASK, True)
    assert meaning.candidates[0].entry == "precaution.penalty"


@pytest.mark.parametrize("text", DEMANDS)
def test_it_is_none_before(understanding: Understanding, text: str) -> None:
    assert not understanding.understand(text).agreed


def test_a_pack_without_the_words_knows_no_demand() -> None:
    assert Demand.of({}) is None
