"""The classifier of questions: which entry do these words ask for, with what probability."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from voice.content.entries import Pack
from voice.understand.concepts import Spotter
from voice.understand.confusion import corrupted
from voice.understand.features import FeatureMaker, Features
from voice.understand.linear import LinearModel
from voice.understand.normal import Utterance, normalise
from voice.understand.templates import units

HELD_BACK = 10
"""One phrasing in this many, chosen by its hash, is kept out of the fit and used to calibrate."""
CORRUPTED_SHARE = 0.2
"""Syllables that are confused in the second copy of each phrasing that the model learns from."""

Probabilities = NDArray[np.float64]
"""One probability a class, shape (classes,), summing to 1."""


@dataclass(frozen=True)
class Example:
    """A phrasing and the entry it asks for."""

    text: str
    entry: str

    @property
    def held_back(self) -> bool:
        """True for the tenth that no model learns from."""
        digest = hashlib.sha256(self.text.encode()).digest()
        return int.from_bytes(digest[:4], "big") % HELD_BACK == 0


def examples(pack: Pack) -> Iterator[Example]:
    """Every phrasing of a pack."""
    for entry in pack.entries.values():
        for phrasing in entry.phrasings:
            yield Example(phrasing, entry.id)


def feature_maker(pack: Pack) -> FeatureMaker:
    """The features of a pack: its concepts, and the topic words of each entry."""
    topics = {entry.id: entry.topic_words for entry in pack.entries.values()}
    return FeatureMaker({"topic": Spotter(topics), "concept": Spotter(pack.concepts)})


@dataclass(frozen=True)
class Classifier:
    """A fitted and calibrated classifier."""

    maker: FeatureMaker
    model: LinearModel
    sharpness: float
    """What scores are multiplied by before the softmax, so that probabilities are true frequencies."""

    @property
    def classes(self) -> tuple[str, ...]:
        """Entry ids, in the order of the probabilities."""
        return self.model.classes

    def probabilities(self, readings: Sequence[tuple[Utterance, float]]) -> Probabilities:
        """Probability of each entry, given readings of one utterance with weights that sum to 1."""
        total = np.zeros(len(self.classes))
        for utterance, weight in readings:
            scores = self.model.scores(self.maker.of_text(utterance.clauses))
            total += weight * softmax(self.sharpness * scores.astype(np.float64))
        return total


def fit(pack: Pack) -> Classifier:
    """Learn from all phrasings but the held-back ones, and calibrate on those."""
    maker = feature_maker(pack)
    all_examples = list(examples(pack))
    learned = [example for example in all_examples if not example.held_back]
    chance = random.Random(0)
    features: list[Features] = []
    for example in learned:
        clauses = normalise(example.text).clauses
        features.append(maker.of_text(clauses))
        features.append(maker.of_sounds(_misheard(clauses, chance)))
    labels = [example.entry for example in learned for _ in range(2)]
    model = LinearModel.fit(features, labels)
    held = [example for example in all_examples if example.held_back]
    return Classifier(maker, model, _calibrated(maker, model, held))


def _misheard(clauses: Sequence[str], chance: random.Random) -> list[tuple[str, ...]]:
    return [corrupted(tuple(units(clause)), CORRUPTED_SHARE, chance) for clause in clauses]


def softmax(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """Exponentials that sum to 1 along the last axis."""
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=-1, keepdims=True))


SHARPNESSES = np.geomspace(1.0, 12.0, 40)


def _calibrated(maker: FeatureMaker, model: LinearModel, held: Sequence[Example]) -> float:
    """The sharpness under which the held-back phrasings are most likely (temperature scaling)."""
    known: Mapping[str, int] = {name: i for i, name in enumerate(model.classes)}
    held = [example for example in held if example.entry in known]
    if not held:
        return 4.0
    features = [maker.of_text(normalise(example.text).clauses) for example in held]
    scores = model.scores_of_all(features).astype(np.float64)
    right = np.array([known[example.entry] for example in held])
    rows = np.arange(len(held))

    def likelihood(sharpness: float) -> float:
        return float(np.log(softmax(sharpness * scores)[rows, right] + 1e-12).mean())

    return float(max(SHARPNESSES, key=likelihood))
