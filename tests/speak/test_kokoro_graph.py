"""The changes to the published graph, and what is kept of them."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from onnx import TensorProto, helper
from onnxruntime import InferenceSession

from tests.conftest import model_folder
from voice.errors import ModelError
from voice.speak import kokoro_model
from voice.speak.kokoro_graph import MODEL_FILE, graphs, made_of, prepared
from voice.speak.kokoro_model import KokoroModel, load_model
from voice.speak.phonemes import phonemes, token_ids
from voice.speak.readings import readings

SYMBOLS = token_ids(phonemes(readings("下一步"), ","))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the model, in which nothing was made of it."""
    (tmp_path / MODEL_FILE).symlink_to(model_folder("kokoro") / MODEL_FILE)
    return tmp_path


@pytest.fixture(scope="module")
def style() -> NDArray[np.float32]:
    path = model_folder("kokoro") / "voices" / "zf_xiaoxiao.bin"
    styles = np.fromfile(path, "<f4").reshape(510, 256)
    return np.asarray(styles[len(SYMBOLS)], np.float32)


@pytest.fixture(scope="module")
def published(style: NDArray[np.float32]) -> NDArray[np.float32]:
    """What the graph says as it was fetched."""
    session = InferenceSession(str(model_folder("kokoro") / MODEL_FILE))
    feed = {
        "tokens": [[0, *SYMBOLS, 0]],
        "style": style[np.newaxis],
        "speed": np.ones(1, np.float32),
    }
    (sound,) = session.run(None, feed)
    return np.asarray(sound, np.float32).ravel()


def said(model: KokoroModel, style: NDArray[np.float32]) -> NDArray[np.float32]:
    prosody = model.read(SYMBOLS, style)
    return model.sound(prosody, 0, prosody.halves[0].shape[2])


@pytest.mark.slow
def test_both_halves_together_are_the_published_graph(
    folder: Path,
    style: NDArray[np.float32],
    published: NDArray[np.float32],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # As on a processor whose products are not exact: the convolutions stay.
    monkeypatch.setattr(kokoro_model, "PROVEN", 32767)
    model = load_model(folder, 2)
    assert set(folder.iterdir()) == {folder / MODEL_FILE, *made_of(folder, products=False)}
    assert np.abs(said(model, style) - published).max() < 1e-3
    assert np.abs(said(load_model(folder, 2), style) - published).max() < 1e-3


@pytest.mark.slow
def test_with_products_it_says_the_same(
    style: NDArray[np.float32], published: NDArray[np.float32]
) -> None:
    sound = said(load_model(model_folder("kokoro"), 2), style)
    assert len(sound) == len(published)
    assert np.corrcoef(sound, published)[0, 1] > 0.98


@pytest.mark.slow
def test_what_was_made_is_kept_until_the_model_changes(folder: Path) -> None:
    reading, sounding = made_of(folder, products=True)
    (folder / "quick-0.onnx").write_bytes(b"of another version")
    made = graphs(folder, products=True)
    assert made == (reading.read_bytes(), sounding.read_bytes())
    assert not (folder / "quick-0.onnx").exists()
    sounding.write_bytes(b"kept")
    assert graphs(folder, products=True) == (made.reading, b"kept")
    os.utime(reading, (0, 0))
    assert graphs(folder, products=True) == made
    reading.unlink()
    assert graphs(folder, products=True) == made


@pytest.mark.slow
def test_each_half_is_only_what_it_needs(folder: Path) -> None:
    reading, sounding = graphs(folder, products=True)
    whole = (folder / MODEL_FILE).stat().st_size
    assert len(reading) + len(sounding) < 1.02 * whole
    assert len(reading) < len(sounding)


@pytest.mark.slow
@pytest.mark.parametrize("half", [0, 1])
def test_what_was_kept_and_damaged_is_made_anew(
    folder: Path, style: NDArray[np.float32], half: int
) -> None:
    load_model(folder, 2)
    # Whether with products or without depends on the processor.
    kept = {made_of(folder, products=each)[half] for each in (True, False)}
    (made,) = kept & set(folder.iterdir())
    size = made.stat().st_size
    made.write_bytes(b"half a gra")
    assert len(said(load_model(folder, 2), style)) > 10_000
    assert made.stat().st_size == size


@pytest.mark.slow
def test_where_nothing_can_be_kept_it_speaks_all_the_same(folder: Path) -> None:
    _, sounding = made_of(folder, products=True)
    sounding.mkdir()
    assert len(graphs(folder, products=True).sounding) > 50_000_000
    assert sounding.is_dir()


@pytest.mark.slow
def test_where_there_is_no_room_it_speaks_all_the_same(
    folder: Path, style: NDArray[np.float32], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", "/dev/full")
    assert len(said(load_model(folder, 2), style)) > 10_000
    assert list(folder.iterdir()) == [folder / MODEL_FILE]


@pytest.mark.parametrize("products", [True, False])
@pytest.mark.parametrize("known", [True, False])
def test_another_graph_is_refused(products: bool, known: bool) -> None:
    speed = helper.make_tensor_value_info("speed", TensorProto.FLOAT, [1])
    node = helper.make_node("Identity", ["speed"], ["audio"])
    sound = helper.make_tensor_value_info("audio", TensorProto.FLOAT, [1])
    other = helper.make_model(helper.make_graph([node], "other", [speed], [sound]))
    with pytest.raises(ModelError) as caught:
        prepared(other.SerializeToString() if known else b"no graph", products=products)
    assert (caught.value.code, caught.value.details) == ("model_altered", {"name": "kokoro"})


def test_without_the_model_nothing_is_made(tmp_path: Path) -> None:
    with pytest.raises(ModelError) as caught:
        graphs(tmp_path, products=True)
    assert (caught.value.code, caught.value.details) == ("model_missing", {"name": "kokoro"})
    assert not list(tmp_path.iterdir())
