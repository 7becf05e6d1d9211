"""The classifier of questions: which entry do these words ask for, with what probability."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from voice.content.entries import Pack
from voice.understand.concepts import Spotter
from voice.understand.features import FeatureMaker, Features
from voice.understand.linear import LinearModel
from voice.understand.neighbours import Neighbours
from voice.understand.normal import Utterance
from voice.understand.templates import units
from voice.understand.trust import Scored, TrustModel, evidence, parts_of

Probabilities = NDArray[np.float64]
"""One probability a class, shape (classes,), summing to 1."""


def feature_maker(pack: Pack) -> FeatureMaker:
    """The features of a pack: its concepts, and the topic words of each entry."""
    topics = {entry.id: entry.topic_words for entry in pack.entries.values()}
    foreign = Spotter({"foreign": pack.lexicon.get("foreign_subjects", ())})
    return FeatureMaker({"topic": Spotter(topics), "concept": Spotter(pack.concepts)}, foreign)


@dataclass(frozen=True)
class Judged:
    """An utterance judged."""

    probabilities: Probabilities
    """Of each class, summing to 1."""
    trust: float
    """Probability, 0 to 1, that the best of our own entries is what was meant."""


@dataclass(frozen=True)
class Classifier:
    """A fitted and calibrated classifier."""

    maker: FeatureMaker
    model: LinearModel
    strange: NDArray[np.bool_]
    """Which classes are subjects of other people, shape (classes,)."""
    sharpness: float
    """What scores are multiplied by before the softmax, so that probabilities are true frequencies."""
    neighbours: Neighbours
    trust: TrustModel | None = None
    """None while it is not fitted: the probability itself is trusted then."""

    @property
    def classes(self) -> tuple[str, ...]:
        """Entry ids, in the order of the probabilities."""
        return self.model.classes

    def see(self, clauses: Sequence[str]) -> Scored:
        """The utterance through the linear model."""
        sounds = tuple(sound for clause in clauses for sound in units(clause))
        return self.see_features(self.maker.of_text(clauses), sounds)

    def judge(
        self, readings: Sequence[tuple[Utterance, float]], barred: frozenset[str] = frozenset()
    ) -> Judged:
        """Judge one utterance, given its readings with weights that sum to 1; it is none of the classes ``barred``."""
        seen = [
            (self._without(barred, self.see(utterance.clauses)), weight)
            for utterance, weight in readings
        ]
        total = np.zeros(len(self.classes))
        for one, weight in seen:
            total += weight * one.probabilities
        best = self.best(total)
        trust = sum(weight * self._trusted(one, best) for one, weight in seen)
        return Judged(total, trust)

    def best(self, probabilities: Probabilities) -> int:
        """Index of the likeliest of our own entries."""
        return int(np.argmax(np.where(self.strange, -1.0, probabilities)))

    def _without(self, barred: frozenset[str], seen: Scored) -> Scored:
        """What is left when some classes cannot be meant."""
        if not barred:
            return seen
        out = np.array([name in barred for name in self.classes])
        left = np.where(out, 0.0, seen.probabilities)
        scores = np.where(out, seen.scores.min(), seen.scores)
        return replace(seen, probabilities=left / max(left.sum(), 1e-12), scores=scores)

    def _trusted(self, seen: Scored, candidate: int) -> float:
        if self.trust is None:
            return float(seen.probabilities[candidate])
        return self.trust.probability(self.evidence_of(seen, candidate))

    def evidence_of(self, seen: Scored, candidate: int) -> NDArray[np.float64]:
        """What speaks for and against the class ``candidate``, as the trust model takes it."""

        def likeness(index: int) -> float:
            return self.neighbours.likeness(seen.sounds, self.classes[index])

        return evidence(seen, self.strange, candidate, likeness)

    def see_features(self, features: Features, sounds: tuple[str, ...]) -> Scored:
        """The same of an utterance given by its features and toneless syllables."""
        at, values = self.model.vocabulary.vector(features)
        rows = self.model.weights(at)
        names = [name for name in features if name in self.model.vocabulary.index]
        scores = np.asarray(values @ rows + self.model.bias, dtype=np.float64)
        known = float((values * values).sum())
        probabilities = softmax(self.sharpness * scores)
        return Scored(probabilities, scores, parts_of(names, values, rows), known, sounds)


def softmax(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """Exponentials that sum to 1 along the last axis."""
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=-1, keepdims=True))
