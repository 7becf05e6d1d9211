"""The classifier of questions: which entry do these words ask for, with what probability."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from voice.content.entries import Kind, Pack
from voice.understand import strangers
from voice.understand.concepts import Spotter
from voice.understand.confusion import corrupted
from voice.understand.examples import Example, examples
from voice.understand.features import FeatureMaker, Features
from voice.understand.linear import LinearModel
from voice.understand.mishearing import measured
from voice.understand.neighbours import Neighbours
from voice.understand.normal import Utterance, normalise
from voice.understand.templates import units
from voice.understand.trust import Scored, TrustModel, evidence, parts_of

CORRUPTED_SHARE = 0.2
"""Syllables that are confused in the second copy of each phrasing that the model learns from: an accent."""
MISHEARD_SHARES = ((0.05, 0.2), (0.1, 0.3), (0.2, 0.45), (0.35, 0.65))
"""Least and most that a recogniser mishears in each further copy: near the microphone, and across a room. Of 480
recordings of questions across a room 81 in 100 are answered or offered with four such copies, 79 with one."""
COPIES = 2 + len(MISHEARD_SHARES)
"""Copies of each phrasing that the model learns from; the first is as it is written."""

MADE_SHARES = MISHEARD_SHARES[1:2]
"""The same for examples that are made from others: they are many, and near to them."""
UNLIKE_QUESTIONS = (Kind.ELSEWHERE, Kind.SMALLTALK)
"""Entries whose phrasings no example is made from."""

SHARPNESSES = np.geomspace(1.0, 12.0, 40)
UNCALIBRATED = 4.0
"""The sharpness of a pack too small to calibrate on."""

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
        return self._seen(self.maker.of_text(clauses), sounds)

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
        return self.trust.probability(self._evidence(seen, candidate))

    def _evidence(self, seen: Scored, candidate: int) -> NDArray[np.float64]:
        def likeness(index: int) -> float:
            return self.neighbours.likeness(seen.sounds, self.classes[index])

        return evidence(seen, self.strange, candidate, likeness)

    def _seen(self, features: Features, sounds: tuple[str, ...]) -> Scored:
        at, values = self.model.vocabulary.vector(features)
        rows = self.model.weights(at)
        names = [name for name in features if name in self.model.vocabulary.index]
        scores = np.asarray(values @ rows + self.model.bias, dtype=np.float64)
        known = float((values * values).sum())
        probabilities = softmax(self.sharpness * scores)
        return Scored(probabilities, scores, parts_of(names, values, rows), known, sounds)


def fit(pack: Pack) -> Classifier:
    """Learn from all phrasings but the held-back ones, and calibrate on those."""
    maker = feature_maker(pack)
    all_examples = list(examples(pack))
    learned = [example for example in all_examples if not example.held_back]
    taught = _with_misheard(maker, learned)
    beside = _with_misheard(maker, _made(pack, learned), MADE_SHARES)
    model = LinearModel.fit(
        [features for features, _, _ in (*taught, *beside)],
        [name for _, _, name in (*taught, *beside)],
    )
    elsewhere = {entry.id for entry in pack.by_kind(Kind.ELSEWHERE)}
    strange = np.array([name in elsewhere for name in model.classes])
    neighbours = Neighbours.of((name, sounds) for _, sounds, name in taught[::COPIES])
    raw = Classifier(maker, model, strange, UNCALIBRATED, neighbours)
    held = [e for e in all_examples if e.held_back and e.entry in model.classes]
    asked = _with_misheard(maker, held)
    if not asked:
        return raw
    raw = replace(raw, sharpness=_sharpness(model, asked[::COPIES]))
    asked += _with_misheard(maker, _made(pack, held), MADE_SHARES)
    return replace(raw, trust=_fit_trust(raw, asked))


def _made(pack: Pack, ours: Sequence[Example]) -> list[Example]:
    """Examples of other subjects, made from ``ours``."""
    entries = pack.entries
    asked = [
        each
        for each in ours
        if each.entry in entries and entries[each.entry].kind not in UNLIKE_QUESTIONS
    ]
    chance = random.Random(1)  # noqa: S311 -- only the same at every build
    return list(strangers.made(pack, asked, chance))


_Taught = tuple[Features, tuple[str, ...], str]
"""Features, toneless syllables and class of an example."""


def _with_misheard(
    maker: FeatureMaker,
    learned: Sequence[Example],
    misheard: Sequence[tuple[float, float]] = MISHEARD_SHARES,
) -> list[_Taught]:
    """Each example as it is written, then with an accent, then as a recogniser may hear it, from near to far."""
    chance = random.Random(0)  # noqa: S311 -- only the same copies at every build
    mishearing = measured()
    found: list[_Taught] = []
    for example in learned:
        clauses = normalise(example.text).clauses
        said = [tuple(units(clause)) for clause in clauses]
        accented = [corrupted(sounds, CORRUPTED_SHARE, chance) for sounds in said]
        found.append((maker.of_sounds(said, clauses), _flat(said), example.entry))
        found.append((maker.of_sounds(accented), _flat(accented), example.entry))
        for shares in misheard:
            share = chance.uniform(*shares)
            heard = [mishearing.heard(sounds, share, chance) for sounds in said]
            found.append((maker.of_sounds(heard), _flat(heard), example.entry))
    return found


def _flat(clauses: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(sound for clause in clauses for sound in clause)


def softmax(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """Exponentials that sum to 1 along the last axis."""
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=-1, keepdims=True))


def _sharpness(model: LinearModel, asked: Sequence[_Taught]) -> float:
    """The sharpness under which the labels are most likely (temperature scaling)."""
    scores = model.scores_of_all([features for features, _, _ in asked]).astype(np.float64)
    right = np.array([model.classes.index(name) for _, _, name in asked])
    rows = np.arange(len(asked))

    def likelihood(sharpness: float) -> float:
        return float(np.log(softmax(sharpness * scores)[rows, right] + 1e-12).mean())

    return float(max(SHARPNESSES, key=likelihood))


def _fit_trust(raw: Classifier, asked: Sequence[_Taught]) -> TrustModel | None:
    rows, right = [], []
    for features, sounds, name in asked:
        seen = raw._seen(features, sounds)
        best = raw.best(seen.probabilities)
        rows.append(raw._evidence(seen, best))
        right.append(raw.classes[best] == name)
    return TrustModel.fit(rows, right)
