"""The Kokoro model as it is run: first how a sentence will be spoken, then the sound, piece by piece."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from voice.errors import EngineError
from voice.memory import give_back
from voice.speak.kokoro_graph import (
    DURATIONS,
    HALVES,
    MODEL_FILE,
    SOUND,
    SPEED,
    STYLE,
    SYMBOLS,
    broken,
    faults,
    graphs,
    handed_over,
    made_of,
)
from voice.speak.kokoro_products import PROOF, PROOF_SIZE, PROOF_VALUE, PROVEN
from voice.speak.synthesiser import Samples

if TYPE_CHECKING:
    from onnxruntime import InferenceSession, SessionOptions

SAMPLE_RATE = 24_000
FRAME = 600
"""Samples to which each frame of a duration becomes."""
MOST_SYMBOLS = 508
"""In one run; the model has a place for 510, and both ends take one."""
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Prosody:
    """How symbols will be spoken: all that there is before the sound."""

    edges: NDArray[np.int64]
    """Frames at which each symbol begins, and the last one ends; shape (symbols + 1,)."""
    halves: tuple[NDArray[np.float32], ...]
    style: NDArray[np.float32]


class KokoroModel:
    """The network alone, in its two halves: symbols in, sound and durations out."""

    def __init__(self, halves: tuple[InferenceSession, InferenceSession]) -> None:
        from onnxruntime import RunOptions

        self._halves: tuple[InferenceSession, InferenceSession] | None = halves
        self._options = RunOptions()
        # What the longest phrase took is given back, at 4 % more processor time; else it is kept for ever.
        self._options.add_run_config_entry("memory.enable_memory_arena_shrinkage", "cpu:0")

    def aside(self) -> KokoroModel:
        """The same network for work that may be broken off; see :meth:`interrupt`."""
        return KokoroModel(self._loaded())

    def interrupt(self) -> None:
        """Break off what runs and refuse what comes with :class:`EngineError`, from any thread."""
        self._options.terminate = True

    def go_on(self) -> None:
        """Take work again after :meth:`interrupt`."""
        self._options.terminate = False

    def read(
        self,
        symbols: list[int],
        style: NDArray[np.float32],
        pace: float | NDArray[np.float32] = 1.0,
    ) -> Prosody:
        """How at least one and at most :data:`MOST_SYMBOLS` symbols will be spoken.

        ``style`` has the shape (256,); ``pace`` is how many times as fast as by nature, for all or for each symbol
        and the marks before the first and behind the last, shape (symbols + 2,). Takes less than a tenth of the
        time of the sound. Raises :class:`EngineError`.
        """
        outputs = [*map(handed_over, HALVES), DURATIONS]
        reading, _ = self._loaded()
        *halves, durations = self._run(
            reading,
            outputs,
            {
                SYMBOLS: np.array([[0, *symbols, 0]], dtype=np.int64),
                STYLE: style[np.newaxis],
                SPEED: np.full(len(symbols) + 2, pace, dtype=np.float32),
            },
        )
        edges = np.cumsum(durations.ravel()).astype(np.int64)
        return Prosody(edges[:-1], tuple(halves), style)

    def sound(self, prosody: Prosody, start: int, end: int) -> Samples:
        """The sound of the frames from ``start`` to ``end``, at least four; shape (frames x 600,).

        What lies before and behind is not made, so it costs nothing. Raises :class:`EngineError`.
        """
        features, pitch, energy = prosody.halves
        parts = (
            features[:, :, start:end],
            pitch[:, 2 * start : 2 * end],
            energy[:, 2 * start : 2 * end],
        )
        _, sounding = self._loaded()
        feed = {STYLE: prosody.style[np.newaxis], **dict(zip(HALVES, parts, strict=True))}
        (sound,) = self._run(sounding, [SOUND], feed)
        return np.asarray(sound, dtype=np.float32).ravel()

    def exact(self) -> bool:
        """Whether the products of a graph that has some are exact on this processor. Raises :class:`EngineError`."""
        reading, _ = self._loaded()
        anything: dict[str, NDArray[np.generic]] = {
            SYMBOLS: np.zeros((1, 3), np.int64),
            STYLE: np.full((1, PROOF_SIZE), PROOF_VALUE, np.float32),
            SPEED: np.ones(3, np.float32),
        }
        (found,) = self._run(reading, [PROOF], anything)
        return bool((found == PROVEN).all())

    def _loaded(self) -> tuple[InferenceSession, InferenceSession]:
        if self._halves is None:
            raise EngineError("The Kokoro voice is closed. Load it again.", engine="kokoro")
        return self._halves

    def _run(
        self,
        half: InferenceSession,
        outputs: list[str],
        feed: Mapping[str, NDArray[np.generic]],
    ) -> list[NDArray[np.float32]]:
        from onnxruntime.capi import onnxruntime_pybind11_state as faults

        try:
            return list(half.run(outputs, feed, self._options))
        except (faults.Fail, faults.InvalidArgument, faults.RuntimeException) as error:
            raise EngineError(
                f"Kokoro could not speak a phrase: {error}. Run `python3 scripts/run.py models verify`.",
                engine="kokoro",
            ) from error

    def close(self) -> None:
        """Free the network."""
        self._halves = None


def load_model(folder: Path, threads: int) -> KokoroModel:
    """Load the network from ``folder``; about half a second, at the first time four.

    Raises :class:`ModelError` when the file is missing or is not Kokoro v1.0.
    """
    # Where products once were not exact, the graph without them was made.
    products = not made_of(folder, products=False)[0].exists()
    model = KokoroModel(_sessions(folder, threads, products=products))
    if products and not model.exact():
        _log.info("products of bytes are not exact on this processor: it convolves as published")
        model.close()
        return KokoroModel(_sessions(folder, threads, products=False))
    return model


def _sessions(
    folder: Path, threads: int, *, products: bool, anew: bool = False
) -> tuple[InferenceSession, InferenceSession]:
    """Both halves, ready to run; made anew when what was kept of them was damaged."""
    made = graphs(folder, products=products, anew=anew)
    try:
        reading, sounding = (_session(half, threads) for half in made)
    except faults() as error:
        if anew:
            raise broken(f"{MODEL_FILE} cannot be loaded") from error
        return _sessions(folder, threads, products=products, anew=True)
    if _inputs(reading) != {SYMBOLS, STYLE, SPEED} or _inputs(sounding) != {STYLE, *HALVES}:
        raise broken(f"{MODEL_FILE} is not Kokoro v1.0")
    del made
    give_back()
    return reading, sounding


def _session(data: bytes, threads: int) -> InferenceSession:
    import onnxruntime

    session = onnxruntime.InferenceSession(
        data, _options(threads), providers=["CPUExecutionProvider"]
    )
    # onnxruntime keeps the bytes for a change of provider, which never comes: 92 MB in all.
    session._model_bytes = None
    return session


def _inputs(session: InferenceSession) -> set[str]:
    return {entry.name for entry in session.get_inputs()}


def _options(threads: int) -> SessionOptions:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    # Threads that spin while they wait take the processor from hearing, and gain nothing.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.log_severity_level = 3
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    # A plan of memory for each length of phrase saves no time here and keeps 20 MB.
    options.enable_mem_pattern = False
    return options
