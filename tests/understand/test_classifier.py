"""The classifier of questions, fitted on a small pack."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import TEASHOP
from voice.content.loader import load_pack
from voice.understand.classifier import Classifier, softmax
from voice.understand.learning import fit
from voice.understand.normal import normalise

FITTED = fit(load_pack(TEASHOP))


@pytest.fixture
def classifier() -> Classifier:
    """Fitted once."""
    return FITTED


def first(classifier: Classifier, *readings: tuple[str, float]) -> str:
    judged = classifier.judge([(normalise(text), weight) for text, weight in readings])
    return classifier.classes[int(np.argmax(judged.probabilities))]


@given(st.text(max_size=40))
def test_any_text_is_judged(text: str) -> None:
    judged = FITTED.judge([(normalise(text), 1.0)])
    assert judged.probabilities.sum() == pytest.approx(1.0)
    assert (judged.probabilities >= 0).all()
    assert 0.0 <= judged.trust <= 1.0
    assert not FITTED.strange[FITTED.best(judged.probabilities)]


def test_the_best_is_never_a_strange_subject(classifier: Classifier) -> None:
    judged = classifier.judge([(normalise("今天下雨吗"), 1.0)])
    assert classifier.classes[classifier.best(judged.probabilities)] != "elsewhere.weather"


def test_readings_count_by_their_weight(classifier: Classifier) -> None:
    assert first(classifier, ("怎么泡绿茶", 0.9), ("贵不贵", 0.1)) == "guide.brew"
    assert first(classifier, ("怎么泡绿茶", 0.1), ("贵不贵", 0.9)) == "faq.price"


def test_a_good_second_reading_helps_a_bad_first_one(classifier: Classifier) -> None:
    def share(*readings: tuple[str, float]) -> float:
        judged = classifier.judge([(normalise(text), weight) for text, weight in readings])
        return float(judged.probabilities[classifier.classes.index("guide.brew")])

    assert share(("怎么跑路差", 0.6), ("怎么泡绿茶", 0.4)) > share(("怎么跑路差", 1.0))


@given(st.lists(st.floats(-50, 50), min_size=1, max_size=8))
def test_a_softmax_sums_to_one_and_keeps_the_order(scores: list[float]) -> None:
    found = softmax(np.array(scores))
    assert found.sum() == pytest.approx(1.0)
    assert found[int(np.argmax(scores))] == found.max()
