"""Where sentences end, learned from sentences made here and from the real pack's."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice.content.entries import Pack
from voice.understand.endings import FEWEST, NOTHING, SIZE, Endings, fit, load_or_build
from voice.understand.understanding import Understanding

WHO, WHAT = ("我", "老伴", "孙子", "邻居"), ("红茶", "绿茶", "花茶", "茶杯")
ASKED = ("多少钱", "怎么泡", "哪里买", "好不好喝")
SENTENCES = ["".join(parts) for parts in product(WHO, ("想问", "说"), WHAT, ASKED)]


@pytest.fixture(scope="module")
def endings() -> Endings:
    return fit(SENTENCES)


@pytest.mark.parametrize("text", ["绿茶多少钱", "爷爷想问花茶怎么泡", "茶壶哪里买？"])
def test_what_ends_like_a_question_scores_above_its_beginning(endings: Endings, text: str) -> None:
    beginning = text.rstrip("？")[:-2]
    assert endings.score(text) > max(0.0, endings.score(beginning) + 1.0)


def test_a_mishearing_of_the_same_sound_ends_alike(endings: Endings) -> None:
    assert endings.score("绿茶怎么炮") > endings.score("绿茶怎么包") + 1.0


def test_the_same_sentences_give_the_same_model(endings: Endings) -> None:
    assert np.array_equal(fit(SENTENCES).weights, endings.weights)


def test_too_little_teaches_nothing() -> None:
    assert fit(SENTENCES[: FEWEST - 1]) is NOTHING
    assert NOTHING.score("绿茶多少钱") == 0.0


@given(text=st.text(max_size=40))
def test_any_text_has_a_score(endings: Endings, text: str) -> None:
    assert np.isfinite(endings.score(text))


def test_it_is_kept_and_built_anew_when_it_is_broken(teashop: Pack, tmp_path: Path) -> None:
    built = load_or_build(teashop, tmp_path)
    (kept,) = tmp_path.iterdir()
    assert np.array_equal(load_or_build(teashop, tmp_path).weights, built.weights)
    for broken in (b"", b"no array", np.zeros(3).tobytes()):
        kept.write_bytes(broken)
        assert np.array_equal(load_or_build(teashop, tmp_path).weights, built.weights)
    assert np.load(kept).shape == (SIZE + 1,)
    (tmp_path / "file").write_text("")
    assert load_or_build(teashop, tmp_path / "file").weights.shape == (SIZE + 1,)


def test_the_real_pack_knows_its_questions(understanding: Understanding) -> None:
    assert understanding.endings is not None
    for whole in ("联通月卡怎么取消", "退了要交违约金吗", "去营业厅要带什么"):
        assert understanding.endings.score(whole) > understanding.endings.score(whole[:-2]) + 1.0
