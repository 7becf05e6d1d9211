"""What the linear model sees of an utterance."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from voice.understand.concepts import Spotter
from voice.understand.features import EMPHASIS, FOREIGN, NOT_FOREIGN, FeatureMaker
from voice.understand.templates import units

MAKER = FeatureMaker(
    {"concept": Spotter({"cancel": ["取消", "退"], "card": ["月卡"]})},
    Spotter({"foreign": ["健身"]}),
)
HAN_TEXT = st.text(
    st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=20
)


def test_a_short_clause_is_cut_into_its_pieces() -> None:
    found = MAKER.of_text(["退卡"])
    assert {name for name in found if name[0] == "c" and name[1].isdigit()} == {
        "c1:退",
        "c1:卡",
        "c2:退卡",
    }
    assert {"s1:tui", "s2:^ tui", "s2:tui ka", "s2:ka $", "k2:tei ka"} <= set(found)
    assert found["concept:cancel"] == 1
    assert found[NOT_FOREIGN] == EMPHASIS


def test_what_occurs_twice_counts_twice() -> None:
    assert MAKER.of_text(["退卡退卡"])["s2:tui ka"] == 2


def test_concepts_of_all_clauses_are_paired() -> None:
    found = MAKER.of_text(["月卡", "怎么取消", "退"])
    assert found["concept:cancel"] == found["concept:card"] == found["concept:cancel+card"] == 1


def test_words_of_another_subject_are_marked() -> None:
    assert MAKER.of_text(["健身卡怎么退"])[FOREIGN] == EMPHASIS
    assert NOT_FOREIGN not in MAKER.of_text(["健身卡怎么退"])
    assert not set(FeatureMaker({}).of_text(["退卡"])) & {FOREIGN, NOT_FOREIGN}


@given(HAN_TEXT)
def test_sounds_alone_give_all_but_the_spelling(clause: str) -> None:
    spelling = ("c1:", "c2:", "c3:")
    whole, heard = MAKER.of_text([clause]), MAKER.of_sounds([units(clause)])
    assert {name: n for name, n in whole.items() if not name.startswith(spelling)} == dict(heard)


@given(HAN_TEXT, HAN_TEXT)
def test_no_gram_crosses_clauses(one: str, other: str) -> None:
    together, first, second = (
        MAKER.of_text([one, other]),
        MAKER.of_text([one]),
        MAKER.of_text([other]),
    )
    grams = {name for name in together if name[0] in "csk" and not name.startswith("concept")}
    assert grams <= set(first) | set(second)


def test_homophones_differ_in_their_spelling_only() -> None:
    one, other = MAKER.of_text(["取消月卡"]), MAKER.of_text(["取笑约卡"])
    assert all(name.startswith(("c1:", "c2:", "c3:")) for name in set(one) ^ set(other))
