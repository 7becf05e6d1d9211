"""The real tokenizer, and the tokens that are kept of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import model_folder
from voice.hear.whisper_vocabulary import Vocabulary, load_tokenizer

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return Vocabulary(load_tokenizer(model_folder("whisper-base")))


def test_one_token_in_nine_is_kept_and_numbered_in_order(vocabulary: Vocabulary) -> None:
    assert 5_000 < len(vocabulary.kept) < 6_000
    assert vocabulary.kept == sorted(set(vocabulary.kept))
    assert vocabulary.renumbered(vocabulary.kept) == list(range(len(vocabulary.kept)))


def test_special_tokens_are_kept_but_for_points_in_time(vocabulary: Vocabulary) -> None:
    assert vocabulary.numbered("<|zh|>") is not None
    assert vocabulary.numbered("<|notimestamps|>") is not None
    assert vocabulary.numbered("<|0.00|>") is None
    assert vocabulary.numbered("<|nothing|>") is None


def test_a_question_has_the_tokens_that_it_was_published_with(vocabulary: Vocabulary) -> None:
    tokenizer = load_tokenizer(model_folder("whisper-base"))
    for words in ("我手机App里怎么退月卡？", "去营业厅要带啥子", "SIM卡丢了，咋个办"):
        published = tokenizer.encode(words, add_special_tokens=False).ids
        assert [vocabulary.kept[token] for token in vocabulary.encode(words)] == published


@given(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="0123456789"), max_size=20)
)
def test_any_text_without_figures_can_be_spelled(vocabulary: Vocabulary, text: str) -> None:
    assert vocabulary.decode(vocabulary.encode(text)) == text


def test_figures_are_left_out_unless_they_are_wanted(vocabulary: Vocabulary) -> None:
    assert vocabulary.decode(vocabulary.encode("打10010问5G")) == "打问G"
    with_figures = Vocabulary(load_tokenizer(model_folder("whisper-base")), figures=True)
    assert with_figures.decode(with_figures.encode("打10010问5G")) == "打10010问5G"
