"""Evidence joined into a probability."""

from __future__ import annotations

import random

import numpy as np
import pytest

from voice.understand.features import FeatureMaker
from voice.understand.linear import LinearModel
from voice.understand.trust import PARTS, Scored, TrustModel, evidence, parts_of, rival_of

STRANGE = np.array([False, False, False, True])
SEEN = Scored(
    probabilities=np.array([0.5, 0.3, 0.1, 0.1]),
    scores=np.array([1.0, 0.5, -1.0, -0.5]),
    parts=np.arange(len(PARTS) * 4, dtype=float).reshape(len(PARTS), 4),
    known=0.9,
    sounds=("tui", "ka"),
)


def test_the_rival_is_the_best_other_of_ours() -> None:
    assert rival_of(SEEN, STRANGE, 0) == 1
    assert rival_of(SEEN, STRANGE, 1) == 0


def test_evidence_is_finite_even_where_nothing_is_known() -> None:
    nothing = Scored(
        np.array([0.0, 0.0, 0.0, 1.0]), np.zeros(4), np.zeros((len(PARTS), 4)), 0.0, ()
    )
    assert np.isfinite(evidence(nothing, STRANGE, 0, lambda index: 0.0)).all()
    assert np.isfinite(evidence(SEEN, np.zeros(4, dtype=bool), 0, lambda index: 1.0)).all()


def test_evidence_has_the_likeness_of_candidate_and_rival() -> None:
    near = {0: 0.8, 1: 0.5}
    row = evidence(SEEN, STRANGE, 0, near.__getitem__)
    assert 0.8 in row
    assert any(value == pytest.approx(0.3) for value in row)


def test_the_kinds_of_evidence_add_up_to_the_score() -> None:
    maker = FeatureMaker({})
    texts = [["退卡"], ["退月卡"], ["多少钱"], ["要多少钱"], ["去哪办"], ["在哪办"]]
    model = LinearModel.fit([maker.of_text(text) for text in texts], ["a", "a", "b", "b", "c", "c"])
    features = maker.of_text(["退多少钱"])
    at, values = model.vocabulary.vector(features)
    names = [name for name in features if name in model.vocabulary.index]
    whole = parts_of(names, values, model.weights(at)).sum(axis=0) + model.bias
    assert np.allclose(whole, model.scores(features), atol=1e-5)


def test_trust_rises_with_what_made_right() -> None:
    chance = random.Random(0)
    rows = [np.array([chance.random(), chance.random()]) for _ in range(400)]
    model = TrustModel.fit(rows, [bool(row[0] > 0.5) for row in rows])
    assert model is not None
    shares = [model.probability(np.array([value, 0.5])) for value in (0.0, 0.4, 0.6, 1.0)]
    assert shares == sorted(shares)
    assert shares[0] < 0.1
    assert shares[-1] > 0.9
    assert (
        0.0
        <= model.probability(np.array([-1e9, 0.0]))
        <= model.probability(np.array([1e9, 0.0]))
        <= 1.0
    )


def test_nothing_is_learned_from_examples_that_are_all_alike() -> None:
    assert TrustModel.fit([np.zeros(2), np.ones(2)], [True, True]) is None
