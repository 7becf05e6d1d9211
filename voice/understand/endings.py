"""Whether words stop where a sentence ends: learned from the pack's own phrasings, whole and cut off.

「怎么取消」 ends like a question, 「我想问一下那个套」 does not, and 「手机是分期买的」 is more often a beginning.
A linear model over the last syllables, and over which there are at all, tells it; nothing in it knows the subject.
Characters are left out: with them it is no better on what is typed (area under the curve 0.886 and 0.883), and much
worse (0.803) on the homophones that recognisers write. Weights are hashed (Weinberger et al. 2009), so that the whole
model is one array on disk.
"""

from __future__ import annotations

import hashlib
import logging
import os
import random
import re
import tempfile
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from voice.content.entries import Kind, Pack
from voice.understand.examples import Example
from voice.understand.normal import normalise
from voice.understand.syllables import sounds

SIZE = 1 << 17
"""Weights: several times the features that phrasings have, so that few share one."""
LAST = (1, 2, 3)
"""Syllables at the end that are looked at together."""
SHORTEST_CUT = 2
"""Characters before a cut, and after it: less is no beginning of anything."""
FINAL, FINAL_OFTEN = 2, 15
"""Syllables that so many phrasings end in are an end wherever they stand: 「怎么取消」 in 「怎么取消月卡」, where
nobody pauses, says nothing about beginnings.
"""
STRENGTH = 0.4
"""Of the regularisation, for all examples together, so that few examples give no strong opinions."""
FEWEST = 50
"""Phrasings below which nothing is learned."""
KEPT = 3
"""Models of earlier contents that are left on disk."""

_CLAUSE = re.compile(r"[，。？！、；,.?!;]+")
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Endings:
    """A fitted model."""

    weights: NDArray[np.float32]
    """One for each hashed feature and, last, the bias; shape (SIZE + 1,). Zeros know nothing."""

    def score(self, text: str) -> float:
        """Log odds that a sentence ends where ``text`` does, for cuts at clauses and within them alike."""
        at = _hashed(normalise(text).text)
        return float(self.weights[at].sum() + self.weights[SIZE])


NOTHING = Endings(np.zeros(SIZE + 1, np.float32))


def fit(phrasings: Sequence[str]) -> Endings:
    """Learn from whole sentences and their beginnings; takes 0.1 ms for each on one core."""
    from scipy.sparse import csr_matrix
    from sklearn.linear_model import SGDClassifier

    if len(phrasings) < FEWEST:
        return NOTHING
    endings = Counter(map(_final, phrasings))
    final = frozenset(each for each, times in endings.items() if times >= FINAL_OFTEN)
    examples = [example for phrasing in phrasings for example in _examples(phrasing, final)]
    rows = [_hashed(normalise(text).text) for text, _ in examples]
    ends = np.cumsum([0, *map(len, rows)])
    ones = np.ones(ends[-1], np.float32)
    matrix = csr_matrix((ones, np.concatenate(rows), ends), shape=(len(rows), SIZE))
    alpha = STRENGTH / len(rows)
    machine = SGDClassifier(loss="log_loss", alpha=alpha, max_iter=15, tol=None, random_state=0)
    machine.fit(matrix, [whole for _, whole in examples])
    return Endings(np.append(machine.coef_[0], machine.intercept_).astype(np.float32))


def load_or_build(pack: Pack, folder: Path) -> Endings:
    """The model of ``pack``, from ``folder`` when it is there, else built and put there."""
    recipe = hashlib.sha256(pack.digest.encode() + Path(__file__).read_bytes()).hexdigest()[:16]
    path = folder / f"endings-{recipe}.npy"
    try:
        weights = np.load(path, allow_pickle=False)
        if weights.shape == (SIZE + 1,) and weights.dtype == np.float32:
            return Endings(weights)
    except FileNotFoundError:
        pass
    except (OSError, ValueError, EOFError) as error:
        _log.warning("the model of endings cannot be read and is built anew: %s", error)
    built = fit(learned_from(pack))
    try:
        _save(built, path)
    except OSError as error:
        _log.warning("the model of endings is not kept: %s", error)
    return built


def learned_from(pack: Pack, *kinds: Kind) -> list[str]:
    """The phrasings that models may learn from, of all entries or of these ``kinds``; the others measure them."""
    return [
        phrasing
        for entry in pack.by_kind(*kinds or Kind)
        for phrasing in entry.phrasings
        if not Example(phrasing, entry.id).held_back
    ]


def _examples(phrasing: str, final: AbstractSet[tuple[str, ...]]) -> Iterator[tuple[str, bool]]:
    """A sentence, its beginnings up to each clause, and one cut somewhere else that is not behind ``final``
    syllables.
    """
    yield phrasing, True
    clauses = {mark.end() for mark in _CLAUSE.finditer(phrasing)} - {len(phrasing)}
    yield from ((phrasing[:cut], False) for cut in sorted(clauses))
    inside = range(SHORTEST_CUT, len(phrasing) - SHORTEST_CUT + 1)
    if inside:
        cut = random.Random(phrasing).choice(inside)  # noqa: S311 -- repeatable, not secret
        if cut not in clauses and _final(phrasing[:cut]) not in final:
            yield phrasing[:cut], False


def _final(phrasing: str) -> tuple[str, ...]:
    """The last syllables of a phrasing."""
    return tuple(sounds(normalise(phrasing).text)[-FINAL:])


def _features(text: str) -> Iterator[str]:
    syllables = sounds(text)
    for length in LAST:
        yield f"end {' '.join(syllables[-length:])}"
    yield f"long {min(len(text), 16) // 2}"
    yield from {f"has {syllable}" for syllable in syllables}
    yield from {f"has {one} {two}" for one, two in pairwise(syllables)}


def _hashed(text: str) -> NDArray[np.int64]:
    return np.array(sorted({zlib.crc32(f.encode()) % SIZE for f in _features(text)}), np.int64)


def _save(built: Endings, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            np.save(file, built.weights)
        Path(name).replace(path)
    finally:
        Path(name).unlink(missing_ok=True)
    earlier = sorted(path.parent.glob("endings-*.npy"), key=lambda each: each.stat().st_mtime)
    for each in earlier[:-KEPT]:
        each.unlink(missing_ok=True)
