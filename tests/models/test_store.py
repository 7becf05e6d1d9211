"""Whether a model is whole: stamp, hashes, and what was altered behind its back."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.models.conftest import ModelMaker
from voice.errors import ModelError
from voice.models.store import STAMP, ModelStore

FILES = {"a.bin": b"alpha" * 100, "deep/b.bin": b"beta" * 100}


@pytest.fixture
def store(tmp_path: Path, manifest_of: ModelMaker) -> ModelStore:
    for path, body in FILES.items():
        target = tmp_path / "small" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(body)
    return ModelStore(tmp_path, manifest_of(FILES))


def test_a_whole_model_has_a_path_and_gets_a_stamp(store: ModelStore) -> None:
    assert store.path("small") == store.folder / "small"
    assert (store.folder / "small" / STAMP).is_file()


def test_a_missing_model_says_how_to_get_it(tmp_path: Path, manifest_of: ModelMaker) -> None:
    with pytest.raises(ModelError, match=r"run\.py models fetch small") as caught:
        ModelStore(tmp_path, manifest_of(FILES)).path("small")
    assert caught.value.code == "model_missing"


@pytest.mark.parametrize("stamped", [False, True])
@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (lambda file: file.write_bytes(b"x" * 400), "was altered"),
        (lambda file: file.write_bytes(b"beta"), "has 4 bytes instead of 400"),
        (lambda file: file.unlink(), "is missing"),
    ],
    ids=["altered", "truncated", "removed"],
)
def test_damage_is_found(store: ModelStore, damage: object, words: str, stamped: bool) -> None:
    assert callable(damage)
    if stamped:
        store.path("small")
    damage(store.folder / "small" / "deep" / "b.bin")
    with pytest.raises(ModelError, match=words) as caught:
        store.path("small")
    assert caught.value.code == "model_altered"


def test_verify_sees_through_a_forged_time(store: ModelStore) -> None:
    file = store.folder / "small" / "a.bin"
    store.path("small")
    before = file.stat().st_mtime_ns
    file.write_bytes(b"ALPHA" * 100)
    os.utime(file, ns=(before, before))
    assert not store.verify("small").whole


def test_a_stamp_ends_with_the_pin_it_was_made_for(
    store: ModelStore, manifest_of: ModelMaker
) -> None:
    store.path("small")
    repinned = ModelStore(store.folder, manifest_of(FILES | {"a.bin": b"gamma" * 100}))
    assert not repinned.has("small")


@pytest.mark.parametrize("text", ["", "[]", "{", '{"pin": 3}', '{"files": {"a": [1]}}'])
def test_a_broken_stamp_only_costs_a_hashing(store: ModelStore, text: str) -> None:
    (store.folder / "small" / STAMP).write_text(text, encoding="utf-8")
    assert store.has("small")
