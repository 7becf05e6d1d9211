"""The model's graph with durations of its symbols, and what is no such graph."""

from __future__ import annotations

import numpy as np
import pytest

from tests.conftest import model_folder
from voice.errors import EngineError, ModelError
from voice.speak.kokoro_model import MODEL_FILE, load_model, opened
from voice.speak.phonemes import phonemes, token_ids
from voice.speak.readings import readings

pytestmark = pytest.mark.slow


def test_it_says_where_each_symbol_ends() -> None:
    folder = model_folder("kokoro")
    model = load_model(folder, 2)
    style = np.fromfile(folder / "voices" / "zf_xiaoxiao.bin", "<f4").reshape(510, 256)[20]
    symbols = token_ids(phonemes(readings("下一步"), ","))
    sound, ends = model.run(symbols, style)
    assert ends.shape == (len(symbols),)
    assert (np.diff(ends) > 0).all()
    # The first syllable comes after the silence at the beginning, and some follows the last mark.
    assert np.sqrt((sound[: ends[0] // 2] ** 2).mean()) < 0.05 * np.abs(sound).max()
    assert ends[-1] < len(sound)
    model.close()
    with pytest.raises(EngineError):
        model.run(symbols, style)


def test_another_graph_is_refused() -> None:
    with pytest.raises(ModelError):
        opened(b"no graph")


def test_only_the_input_and_the_end_of_the_graph_change() -> None:
    graph = (model_folder("kokoro") / MODEL_FILE).read_bytes()
    changed = opened(graph)
    before, after = (np.frombuffer(b, np.uint8)[: len(graph)] for b in (graph, changed))
    assert (before != after).sum() == 2
    assert 0 < len(changed) - len(graph) < 100
