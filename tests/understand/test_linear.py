"""A linear model over sparse features, learned from a few examples."""

from __future__ import annotations

import numpy as np
import pytest

from voice.understand.linear import MIN_OCCURRENCE, LinearModel, Vocabulary

ONCE = [
    {"a": 1.0, "b": 1.0},
    {"a": 1.0, "c": 1.0},
    {"d": 1.0, "b": 2.0},
    {"d": 1.0},
    {"e": 1.0, "f": 1.0},
    {"e": 1.0, "f": 2.0},
]
EXAMPLES = ONCE * MIN_OCCURRENCE
LABELS = ["x", "x", "y", "y", "z", "z"] * MIN_OCCURRENCE


def test_what_occurs_too_seldom_is_not_learned() -> None:
    vocabulary = Vocabulary.of([*EXAMPLES, *[{"g": 1.0}] * (MIN_OCCURRENCE - 1)])
    assert set(vocabulary.index) == {"a", "b", "c", "d", "e", "f"}
    assert sorted(vocabulary.index.values()) == list(range(6))


def test_rare_features_weigh_more() -> None:
    vocabulary = Vocabulary.of(
        [{"often": 1.0, "rare": 1.0}] * MIN_OCCURRENCE + [{"often": 1.0}] * 8
    )
    assert (
        vocabulary.weight[vocabulary.index["rare"]]
        > vocabulary.weight[vocabulary.index["often"]]
        > 0
    )


def test_a_known_vector_has_unit_length_and_unknown_words_shorten_it() -> None:
    vocabulary = Vocabulary.of(EXAMPLES)
    _, known = vocabulary.vector({"a": 1.0, "b": 3.0})
    _, partly = vocabulary.vector({"a": 1.0, "b": 3.0, "new": 1.0, "words": 1.0})
    assert float(known @ known) == pytest.approx(1.0, abs=1e-6)
    assert 0 < float(partly @ partly) < 1


def test_nothing_known_is_a_vector_of_nothing() -> None:
    at, values = Vocabulary.of(EXAMPLES).vector({"new": 1.0})
    assert at.shape == values.shape == (0,)
    at, values = Vocabulary.of(EXAMPLES).vector({})
    assert at.shape == values.shape == (0,)


def test_the_model_tells_its_examples_apart() -> None:
    model = LinearModel.fit(EXAMPLES, LABELS)
    assert model.classes == ("x", "y", "z")
    assert [model.classes[int(np.argmax(model.scores(example)))] for example in EXAMPLES] == LABELS


def test_one_by_one_and_all_at_once_score_alike() -> None:
    model = LinearModel.fit(EXAMPLES, LABELS)
    one_by_one = np.array([model.scores(example) for example in EXAMPLES])
    assert np.allclose(one_by_one, model.scores_of_all(EXAMPLES), atol=1e-6)
    assert one_by_one.shape == (len(EXAMPLES), 3)


def test_two_classes_have_a_score_each() -> None:
    two = [
        (example, label) for example, label in zip(EXAMPLES, LABELS, strict=True) if label != "z"
    ]
    model = LinearModel.fit([example for example, _ in two], [label for _, label in two])
    assert model.scores({"a": 1.0})[0] == pytest.approx(-model.scores({"a": 1.0})[1])
    assert int(np.argmax(model.scores({"d": 1.0}))) == 1


def test_the_same_examples_give_the_same_model() -> None:
    one, other = LinearModel.fit(EXAMPLES, LABELS), LinearModel.fit(EXAMPLES, LABELS)
    assert np.array_equal(one.rows, other.rows)
    assert np.array_equal(one.bias, other.bias)
