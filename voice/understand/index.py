"""The fitted classifier on disk, so that it is built once for each state of the content.

The file is named after the content's digest and the version of the model's recipe: a changed pack or a changed recipe
never meets an old index. It is written whole or not at all.
"""

from __future__ import annotations

import hashlib
import logging
import os
import tempfile
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from voice.content.entries import Pack
from voice.understand import (
    classifier,
    concepts,
    confusion,
    examples,
    features,
    fitting,
    learning,
    linear,
    mishearing,
    neighbours,
    normal,
    strangers,
    syllables,
    trust,
)
from voice.understand.classifier import Classifier
from voice.understand.linear import LinearModel, Vocabulary
from voice.understand.neighbours import Neighbours
from voice.understand.trust import TrustModel

_LOGGER = logging.getLogger(__name__)
_RECIPE = (
    classifier,
    concepts,
    confusion,
    examples,
    features,
    fitting,
    learning,
    linear,
    mishearing,
    neighbours,
    normal,
    strangers,
    syllables,
    trust,
)
"""The modules that decide what the model learns: a change in one of them makes a new index."""
KEPT = 3
"""Indexes of earlier contents that are left on disk."""


def load_or_build(
    pack: Pack, folder: Path, building: Callable[[], None] = lambda: None
) -> Classifier:
    """The classifier of ``pack``, from ``folder`` when it is there, else built and put there.

    Building takes half a minute at ten thousand phrasings: ``building`` is called before it, and may
    put the file there itself."""
    path = folder / f"index-{_key(pack)}.npz"
    if (loaded := _load(pack, path)) is not None:
        return loaded
    building()
    if (loaded := _load(pack, path)) is not None:
        return loaded
    built = learning.fit(pack)
    try:
        _save(built, path)
    except OSError as error:
        _LOGGER.warning("the phrase index is not kept: %s", error)
    return built


def _key(pack: Pack) -> str:
    recipe = hashlib.sha256(pack.digest.encode())
    for module in _RECIPE:
        recipe.update(Path(str(module.__file__)).read_bytes())
    return recipe.hexdigest()[:16]


def _load(pack: Pack, path: Path) -> Classifier | None:
    try:
        with np.load(path, allow_pickle=False) as stored:
            names = _text(stored["names"]).split("\n")
            classes = tuple(_text(stored["classes"]).split("\n"))
            numbered = {name: i for i, name in enumerate(names)}
            vocabulary = Vocabulary(numbered, stored["weight"], float(stored["strangeness"]))
            model = LinearModel(vocabulary, classes, stored["rows"], stored["bias"])
            sharpness = float(stored["sharpness"])
            strange, trust = stored["strange"], _load_trust(stored["trust"])
            neighbours = _load_neighbours(_text(stored["symbols"]), _text(stored["sentences"]))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile) as error:
        _LOGGER.warning("the phrase index cannot be read and is built anew: %s", error)
        return None
    return Classifier(classifier.feature_maker(pack), model, strange, sharpness, neighbours, trust)


def _text(stored: NDArray[np.uint8]) -> str:
    return bytes(stored).decode()


def _load_neighbours(symbols: str, sentences: str) -> Neighbours:
    lines = (line.split("\t") for line in sentences.split("\n"))
    return Neighbours(
        dict(line.split("\t") for line in symbols.split("\n")),
        {entry: tuple(known) for entry, *known in lines},
    )


def _load_trust(rows: NDArray[np.float64]) -> TrustModel | None:
    if not rows.size:
        return None
    return TrustModel(rows[0], rows[1], rows[2], float(rows[3, 0]))


def _dump_trust(trust: TrustModel | None) -> NDArray[np.float64]:
    if trust is None:
        return np.zeros((0, 0))
    return np.stack([trust.mean, trust.spread, trust.weight, np.full_like(trust.mean, trust.bias)])


def _save(built: Classifier, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    model = built.model
    handle, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            np.savez(
                file,
                names=_bytes(model.vocabulary.index),
                classes=_bytes(model.classes),
                weight=model.vocabulary.weight,
                strangeness=np.float64(model.vocabulary.strangeness),
                rows=model.rows,
                bias=model.bias,
                sharpness=np.float64(built.sharpness),
                strange=built.strange,
                trust=_dump_trust(built.trust),
                symbols=_bytes("\t".join(pair) for pair in built.neighbours.symbols.items()),
                sentences=_bytes("\t".join((k, *v)) for k, v in built.neighbours.sentences.items()),
            )
        Path(name).replace(path)
    finally:
        Path(name).unlink(missing_ok=True)
    _forget_old(path.parent)


def _bytes(names: Iterable[str]) -> NDArray[np.uint8]:
    return np.frombuffer("\n".join(names).encode(), dtype=np.uint8)


def _forget_old(folder: Path) -> None:
    indexes = sorted(folder.glob("index-*.npz"), key=lambda path: path.stat().st_mtime)
    for path in indexes[:-KEPT]:
        path.unlink(missing_ok=True)
