"""A linear model over sparse features: fitted once with scikit-learn, applied with numpy alone.

The model is a one-against-rest linear support vector machine on tf-idf vectors of unit length (Joachims 1998), the
standard for short texts with few examples a class. Applying it is one sum over the rows of the features present, so
its time depends on the length of the utterance and not on the size of the phrasing bank.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from voice.understand.features import Features
from voice.understand.fitting import one_against_rest

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

MIN_OCCURRENCE = 5
"""Examples in which a feature must occur, of six copies of each phrasing: what occurs once tells nothing about other
wording."""
STRANGENESS = 0.3
"""Share of the weight of the rarest known feature that an unknown one has in the length."""
Scores = NDArray[np.float32]
"""One signed distance a class, shape (classes,); above 0 the class's side of the border."""


@dataclass(frozen=True)
class Vocabulary:
    """Features the model knows."""

    index: Mapping[str, int]
    weight: NDArray[np.float32]
    """Inverse document frequency, shape (features,)."""
    strangeness: float
    """What a feature that is not known adds to the squared length of a vector: unknown words make
    every score smaller, so that an utterance of which little is known is not taken for sure."""

    @classmethod
    def of(cls, examples: Sequence[Features]) -> Vocabulary:
        """Learn which features occur often enough, and how telling each is."""
        seen = Counter(name for example in examples for name in example)
        kept = sorted(name for name, count in seen.items() if count >= MIN_OCCURRENCE) or sorted(
            seen
        )
        counts = np.array([seen[name] for name in kept], dtype=np.float64)
        weight = np.log((1 + len(examples)) / (1 + counts)) + 1
        index = {name: i for i, name in enumerate(kept)}
        return cls(index, weight.astype(np.float32), STRANGENESS * float(weight.max()) ** 2)

    def vector(self, features: Features) -> tuple[NDArray[np.intp], NDArray[np.float32]]:
        """Positions and values of the features that are known; with the unknown ones of unit length."""
        known = [(i, n) for name, n in features.items() if (i := self.index.get(name)) is not None]
        at = np.array([i for i, _ in known], dtype=np.intp)
        values = self.weight[at] * np.array([n for _, n in known], dtype=np.float32)
        strange = self.strangeness * (len(features) - len(known))
        length = float(np.sqrt((values * values).sum() + strange))
        return at, values / length if length else values

    def matrix(self, examples: Iterable[Features]) -> csr_matrix:
        """All vectors as the rows of a scipy CSR matrix."""
        from scipy.sparse import csr_matrix

        vectors = [self.vector(example) for example in examples]
        ends = np.cumsum([0, *(len(at) for at, _ in vectors)])
        columns = np.concatenate([at for at, _ in vectors])
        values = np.concatenate([values for _, values in vectors])
        return csr_matrix((values, columns, ends), shape=(len(vectors), len(self.index)))


@dataclass(frozen=True)
class LinearModel:
    """A fitted model."""

    vocabulary: Vocabulary
    classes: tuple[str, ...]
    rows: NDArray[np.float16]
    """Weights, shape (features, classes). Half the width halves what is by far the largest part of understanding, and
    changes no score by more than a thousandth of itself."""
    bias: NDArray[np.float32]
    """Shape (classes,)."""

    @classmethod
    def fit(cls, examples: Sequence[Features], labels: Sequence[str]) -> LinearModel:
        """Learn from labelled examples; needs at least two labels."""
        vocabulary = Vocabulary.of(examples)
        classes = tuple(sorted(set(labels)))
        fitted = one_against_rest(vocabulary.matrix(examples), labels, classes)
        return cls(
            vocabulary,
            classes,
            np.stack([row for row, _ in fitted], axis=1),
            np.array([bias for _, bias in fitted], dtype=np.float32),
        )

    def scores(self, features: Features) -> Scores:
        """The score of every class."""
        at, values = self.vocabulary.vector(features)
        return np.asarray(values @ self.weights(at) + self.bias, dtype=np.float32)

    def weights(self, at: NDArray[np.intp]) -> NDArray[np.float32]:
        """The weights of some features, shape (len(at), classes)."""
        return self.rows[at].astype(np.float32)

    def scores_of_all(self, examples: Sequence[Features]) -> NDArray[np.float32]:
        """The scores of many examples, shape (examples, classes)."""
        product = self.vocabulary.matrix(examples) @ self.rows.astype(np.float32) + self.bias
        return np.asarray(product, dtype=np.float32)
