"""The index on disk: built once for each content, whole or not at all."""

from __future__ import annotations

import logging
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from voice.content.entries import Pack
from voice.understand import index
from voice.understand.classifier import Classifier
from voice.understand.normal import normalise

QUESTIONS = ("怎么泡绿茶", "茶多少钱", "几点关门", "外面冷吗", "怎么取消月卡")


def judged(classifier: Classifier) -> list[tuple[list[float], float]]:
    found = [classifier.judge([(normalise(text), 1.0)]) for text in QUESTIONS]
    return [(list(one.probabilities), one.trust) for one in found]


def files(folder: Path) -> list[Path]:
    return sorted(folder.iterdir())


def test_what_is_loaded_judges_like_what_was_built(teashop: Pack, tmp_path: Path) -> None:
    built = index.load_or_build(teashop, tmp_path)
    loaded = index.load_or_build(teashop, tmp_path)
    assert loaded is not built
    assert loaded.classes == built.classes
    for (one, trust), (other, again) in zip(judged(built), judged(loaded), strict=True):
        assert np.allclose(one, other, atol=1e-6)
        assert trust == pytest.approx(again, abs=1e-6)


def test_an_index_is_built_once(teashop: Pack, tmp_path: Path) -> None:
    index.load_or_build(teashop, tmp_path / "new" / "folder")
    (path,) = files(tmp_path / "new" / "folder")
    before = path.stat()
    index.load_or_build(teashop, tmp_path / "new" / "folder")
    after = path.stat()
    assert (before.st_mtime_ns, before.st_ino) == (after.st_mtime_ns, after.st_ino)


@pytest.mark.parametrize("cut", [0, 1, 100, -1, -200])
def test_a_damaged_index_is_built_anew(
    teashop: Pack, tmp_path: Path, cut: int, caplog: pytest.LogCaptureFixture
) -> None:
    expected = judged(index.load_or_build(teashop, tmp_path))
    (path,) = files(tmp_path)
    whole = path.read_bytes()
    path.write_bytes(whole[:cut])
    with caplog.at_level(logging.WARNING):
        again = index.load_or_build(teashop, tmp_path)
    assert "built anew" in caplog.text
    assert judged(again) == expected
    assert len(path.read_bytes()) == len(whole)


def test_flipped_bits_are_noticed(teashop: Pack, tmp_path: Path) -> None:
    expected = judged(index.load_or_build(teashop, tmp_path))
    (path,) = files(tmp_path)
    damaged = bytearray(path.read_bytes())
    for at in range(len(damaged) // 3, len(damaged) // 3 + 400):
        damaged[at] ^= 0xFF
    path.write_bytes(damaged)
    assert judged(index.load_or_build(teashop, tmp_path)) == expected


def test_other_content_has_another_index(teashop: Pack, tmp_path: Path) -> None:
    for digest in ("one", "two"):
        index.load_or_build(replace(teashop, digest=digest), tmp_path)
    assert len(files(tmp_path)) == 2


def test_another_recipe_has_another_index(
    teashop: Pack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index.load_or_build(teashop, tmp_path)
    monkeypatch.setattr(index, "_RECIPE", index._RECIPE[1:])
    index.load_or_build(teashop, tmp_path)
    assert len(files(tmp_path)) == 2


def test_old_indexes_are_forgotten(teashop: Pack, tmp_path: Path) -> None:
    (tmp_path / "letters.txt").write_text("not an index")
    for i in range(index.KEPT + 2):
        index.load_or_build(replace(teashop, digest=str(i)), tmp_path)
    assert len([path for path in files(tmp_path) if path.suffix == ".npz"]) == index.KEPT
    assert (tmp_path / "letters.txt").exists()
    assert not [path for path in files(tmp_path) if path.suffix == ".part"]


def test_a_folder_that_cannot_be_written_costs_only_time(
    teashop: Pack, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    with caplog.at_level(logging.WARNING):
        assert judged(index.load_or_build(teashop, blocked))
    assert "not kept" in caplog.text
    assert blocked.read_text() == "in the way"
