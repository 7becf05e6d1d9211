"""Reading and sounding: two halves of one network."""

from __future__ import annotations

import threading

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.conftest import model_folder
from voice.errors import EngineError
from voice.speak.kokoro_model import FRAME, KokoroModel, load_model
from voice.speak.phonemes import phonemes, token_ids
from voice.speak.readings import readings

pytestmark = pytest.mark.slow


SYMBOLS = token_ids(phonemes(readings("下一步"), ","))


@pytest.fixture(scope="module")
def model() -> KokoroModel:
    return load_model(model_folder("kokoro"), 2)


@pytest.fixture(scope="module")
def style() -> NDArray[np.float32]:
    path = model_folder("kokoro") / "voices" / "zf_xiaoxiao.bin"
    styles = np.fromfile(path, "<f4").reshape(510, 256)
    return np.asarray(styles[len(SYMBOLS)], np.float32)


def test_it_says_where_each_symbol_begins(model: KokoroModel, style: NDArray[np.float32]) -> None:
    prosody = model.read(SYMBOLS, style)
    edges = prosody.edges
    assert edges.shape == (len(SYMBOLS) + 1,)
    assert (np.diff(edges) > 0).all()
    sound = model.sound(prosody, 0, int(edges[-1]))
    assert len(sound) == edges[-1] * FRAME
    # The first syllable comes after the silence at the beginning.
    assert np.sqrt((sound[: edges[0] * FRAME // 2] ** 2).mean()) < 0.05 * np.abs(sound).max()


def test_a_slower_pace_takes_longer(model: KokoroModel, style: NDArray[np.float32]) -> None:
    slow, usual = (model.read(SYMBOLS, style, pace).edges[-1] for pace in (0.7, 1.0))
    assert 1.2 < slow / usual < 1.7


def test_work_aside_is_broken_off_and_taken_up(
    model: KokoroModel, style: NDArray[np.float32]
) -> None:
    aside = model.aside()
    aside.interrupt()
    with pytest.raises(EngineError):
        aside.read(SYMBOLS, style)
    assert model.read(SYMBOLS, style).edges[-1] > 0
    aside.go_on()
    assert aside.read(SYMBOLS, style).edges[-1] > 0


def test_a_long_run_ends_when_it_is_interrupted(
    model: KokoroModel, style: NDArray[np.float32]
) -> None:
    aside = model.aside()
    prosody = aside.read(SYMBOLS * 20, style)  # half a minute of sound
    threading.Timer(0.2, aside.interrupt).start()
    with pytest.raises(EngineError):
        aside.sound(prosody, 0, int(prosody.edges[-1]))


def test_a_closed_model_says_so(style: NDArray[np.float32]) -> None:
    model = load_model(model_folder("kokoro"), 2)
    model.close()
    with pytest.raises(EngineError):
        model.read(SYMBOLS, style)
