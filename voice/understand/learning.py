"""Learning the classifier of a pack: from its phrasings, as they are written and as they may be heard."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from voice.content.entries import Kind, Pack
from voice.understand import strangers
from voice.understand.classifier import Classifier, feature_maker, softmax
from voice.understand.confusion import corrupted
from voice.understand.examples import Example, examples
from voice.understand.features import FeatureMaker, Features
from voice.understand.linear import LinearModel
from voice.understand.mishearing import measured
from voice.understand.neighbours import Neighbours
from voice.understand.normal import normalise
from voice.understand.templates import units
from voice.understand.trust import TrustModel

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
        seen = raw.see_features(features, sounds)
        best = raw.best(seen.probabilities)
        rows.append(raw.evidence_of(seen, best))
        right.append(raw.classes[best] == name)
    return TrustModel.fit(rows, right)
