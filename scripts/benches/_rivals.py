"""What others would find the entry of a question with: nearest phrasing by a library's likeness."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from voice.understand.normal import normalise
from voice.understand.syllables import sounds

Found = tuple[int, float]
"""Position of the nearest phrasing, and how near it is in the method's own measure."""


class Rival(Protocol):
    """A method over a fixed list of phrasings."""

    def nearest(self, query: str) -> Found:
        """The phrasing nearest to ``query``."""


class Fuzzy:
    """A scorer of rapidfuzz over some spelling of the texts."""

    def __init__(
        self,
        texts: Sequence[str],
        scorer: Callable[..., float],
        spelled: Callable[[str], str] = str,
    ) -> None:
        self._known = [spelled(text) for text in texts]
        self._scorer, self._spelled = scorer, spelled

    def nearest(self, query: str) -> Found:
        found = process.extractOne(self._spelled(query), self._known, scorer=self._scorer)
        return (int(found[2]), float(found[1])) if found else (0, 0.0)


class TfIdf:
    """Cosine of tf-idf vectors of one to three characters, scikit-learn."""

    def __init__(self, texts: Sequence[str]) -> None:
        from sklearn.feature_extraction.text import TfidfVectorizer

        self._vectors = TfidfVectorizer(analyzer="char", ngram_range=(1, 3), sublinear_tf=True)
        self._known: Any = self._vectors.fit_transform(texts).T.tocsr()

    def nearest(self, query: str) -> Found:
        return _best((self._vectors.transform([query]) @ self._known).toarray()[0])


class Bm25:
    """Okapi BM25 (k1 1.5, b 0.75) over characters and pairs of them."""

    def __init__(self, texts: Sequence[str]) -> None:
        from sklearn.feature_extraction.text import CountVectorizer

        self._counter = CountVectorizer(analyzer="char", ngram_range=(1, 2))
        counts: Any = self._counter.fit_transform(texts).tocoo()
        in_texts = np.bincount(counts.col, minlength=counts.shape[1])
        rarity = np.log(1 + (len(texts) - in_texts + 0.5) / (in_texts + 0.5))
        lengths = np.bincount(counts.row, counts.data, minlength=len(texts))
        room = 1.5 * (0.25 + 0.75 * lengths / lengths.mean())
        counts.data = rarity[counts.col] * counts.data * 2.5 / (counts.data + room[counts.row])
        self._weights = counts.T.tocsr()

    def nearest(self, query: str) -> Found:
        present: Any = self._counter.transform([query])
        return _best((present @ self._weights).toarray()[0])


def _best(scores: NDArray[np.float64]) -> Found:
    at = int(np.argmax(scores))
    return at, float(scores[at])


def rivals(texts: Sequence[str]) -> dict[str, Rival]:
    """Every rival that can be built here, by name; the one over words only where jieba is installed."""
    plain = [normalise(text).text for text in texts]
    found: dict[str, Rival] = {"rapidfuzz WRatio": Fuzzy(plain, fuzz.WRatio)}
    if find_spec("jieba"):
        jieba = import_module("jieba")
        jieba.setLogLevel("WARNING")

        def words(text: str) -> str:
            return " ".join(jieba.cut(text))

        found["token set, jieba words"] = Fuzzy(plain, fuzz.token_set_ratio, words)
    found["tf-idf, characters"] = TfIdf(plain)
    found["BM25, characters"] = Bm25(plain)
    found["pinyin ratio"] = Fuzzy(plain, fuzz.ratio, lambda text: " ".join(sounds(text)))
    return found
