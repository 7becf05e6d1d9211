"""How far the best candidate can be trusted: evidence joined into one calibrated probability.

A softmax over scores says which entry is best among those known; it says little of whether any of
them is meant. This small logistic model looks at the scores beside how much of the utterance is
known at all, which kind of evidence (meaning, sound, spelling) speaks for the candidate, and how
near it comes to something that people are known to say. It is fitted on phrasings that the scores
were not.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

PARTS = {"concept": "concept:", "topic": "topic:", "spelling": "c", "sound": "s", "accent": "k"}
"""Kinds of evidence and how the names of their features begin."""
FLOOR = 1e-6


@dataclass(frozen=True)
class Scored:
    """An utterance seen through the linear model."""

    probabilities: NDArray[np.float64]
    """Shape (classes,)."""
    scores: NDArray[np.float64]
    """Shape (classes,)."""
    parts: NDArray[np.float64]
    """What each kind of evidence adds to each class's score, shape (kinds, classes)."""
    known: float
    """Share of the utterance's weight, 0 to 1, that the model knows."""
    sounds: tuple[str, ...]
    """The utterance as toneless syllables."""


def parts_of(
    names: Sequence[str], values: NDArray[np.float32], rows: NDArray[np.float32]
) -> NDArray[np.float64]:
    """What each kind of evidence adds to each class's score, shape (kinds, classes).

    ``names``: the features; ``values``: theirs in the utterance, shape (features,); ``rows``: their weights, shape
    (features, classes).
    """
    found = np.zeros((len(PARTS), rows.shape[1]))
    for row, prefix in enumerate(PARTS.values()):
        here = np.array([name.startswith(prefix) for name in names], dtype=bool)
        found[row] = values[here] @ rows[here]
    return found


def rival_of(seen: Scored, strange: NDArray[np.bool_], candidate: int) -> int:
    """Index of the best class of ours beside ``candidate``."""
    ours = np.where(strange, -np.inf, seen.scores)
    ours[candidate] = -np.inf
    return int(np.argmax(ours))


def evidence(
    seen: Scored,
    strange: NDArray[np.bool_],
    candidate: int,
    likeness: Callable[[int], float],
) -> NDArray[np.float64]:
    """What speaks for and against ``candidate`` (a class index), as numbers of similar size.

    Args:
        seen: the utterance through the linear model.
        strange: which classes are other people's subjects, shape (classes,).
        candidate: the class in question.
        likeness: how near the utterance comes to a sentence of a class, 0 to 1.
    """
    rival = rival_of(seen, strange, candidate)
    near = likeness(candidate)
    others = float(seen.probabilities[strange].sum())
    return np.array(
        [
            np.log(seen.probabilities[candidate] + FLOOR),
            np.log(seen.probabilities[rival] + FLOOR),
            np.log(others + FLOOR),
            seen.scores[candidate],
            seen.scores[candidate] - seen.scores[rival],
            float(seen.scores[strange].max()) if strange.any() else -1.0,
            seen.known,
            np.log(len(seen.sounds) + 1.0),
            near,
            near - likeness(rival),
            *seen.parts[:, candidate],
        ]
    )


@dataclass(frozen=True)
class TrustModel:
    """A logistic model over :func:`evidence`."""

    mean: NDArray[np.float64]
    spread: NDArray[np.float64]
    weight: NDArray[np.float64]
    bias: float

    @classmethod
    def fit(cls, rows: Sequence[NDArray[np.float64]], right: Sequence[bool]) -> TrustModel | None:
        """Learn when the best candidate was right; None when the examples are all alike."""
        from sklearn.linear_model import LogisticRegression

        if len(set(right)) < 2:
            return None
        table = np.array(rows)
        mean, spread = table.mean(axis=0), table.std(axis=0) + FLOOR
        fitted = LogisticRegression(C=1.0, max_iter=1000).fit((table - mean) / spread, list(right))
        return cls(mean, spread, fitted.coef_[0], float(fitted.intercept_[0]))

    def probability(self, row: NDArray[np.float64]) -> float:
        """Probability, 0 to 1, that the candidate with this evidence is what was meant."""
        logit = float(((row - self.mean) / self.spread) @ self.weight) + self.bias
        return 1.0 / (1.0 + float(np.exp(-np.clip(logit, -40, 40))))
