"""The Kokoro model as it is run: a pace for every symbol, and how long each of them became.

The published graph takes one speed for a whole run and gives sound alone. Two small changes to the
bytes, as they are loaded, give what speaking needs; the file stays as it was verified.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from voice.errors import EngineError, ModelError
from voice.memory import give_back
from voice.speak.synthesiser import Samples

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

MODEL_FILE = "kokoro-v1.0.int8.onnx"
SAMPLE_RATE = 24_000
FRAME = 600
"""Samples to which each frame of a duration becomes."""
MOST_SYMBOLS = 508
"""In one run; the model has a place for 510, and both ends take one."""

_ENDING_PACE = 1.5
"""How many times as fast the last mark and the silence after it pass: they cost as long to make as
speech. What goes before the first syllable keeps its length, else that syllable is damaged."""

_SPEED_INPUT = b"\x0a\x05speed\x12\x0a\x0a\x08\x08\x01\x12\x04\x0a\x02"
_ONE, _ANY = b"\x08\x01", b"\x12\x00"
"""A dimension of the graph: of size one, or of any size (ONNX, ``TensorShapeProto.Dimension``)."""
_DURATIONS = "/encoder/Clip_output_0"
"""The tensor that holds the frames of each symbol."""


class KokoroModel:
    """The network alone: symbols in, sound and durations out."""

    def __init__(self, session: InferenceSession) -> None:
        self._session: InferenceSession | None = session

    def run(
        self, symbols: list[int], style: NDArray[np.float32]
    ) -> tuple[Samples, NDArray[np.int64]]:
        """Sound of at least one and at most :data:`MOST_SYMBOLS` symbols, and where each one ends.

        ``style`` has the shape (256,). The second array, shape (len(symbols),), holds positions in
        the sound; what lies behind the last is silence. Raises :class:`EngineError`.
        """
        from onnxruntime.capi import onnxruntime_pybind11_state as faults

        if self._session is None:
            raise EngineError("The Kokoro voice is closed. Load it again.", engine="kokoro")
        pace = np.ones(len(symbols) + 2, dtype=np.float32)
        pace[-2:] = _ENDING_PACE
        feed = {
            "tokens": np.array([[0, *symbols, 0]], dtype=np.int64),
            "style": style[np.newaxis],
            "speed": pace,
        }
        try:
            sound, durations = self._session.run(None, feed)
        except (faults.Fail, faults.InvalidArgument, faults.RuntimeException) as error:
            raise EngineError(
                f"Kokoro could not speak a phrase: {error}. Run `voice models verify`.",
                engine="kokoro",
            ) from error
        ends = np.cumsum(durations.ravel()).astype(np.int64) * FRAME
        return np.asarray(sound, dtype=np.float32).ravel(), ends[1:-1]

    def close(self) -> None:
        """Free the network."""
        self._session = None


def load_model(folder: Path, threads: int) -> KokoroModel:
    """Load the network from ``folder``; about half a second.

    Raises :class:`ModelError` when the file is missing or is not Kokoro v1.0.
    """
    import onnxruntime
    from onnxruntime.capi import onnxruntime_pybind11_state as faults

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    # A plan of memory for each length of phrase saves no time here and keeps 20 MB.
    options.enable_mem_pattern = False
    try:
        graph = opened((folder / MODEL_FILE).read_bytes())
        session = onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])
    except (
        OSError,
        faults.Fail,
        faults.InvalidArgument,
        faults.InvalidGraph,
        faults.InvalidProtobuf,
        faults.NotImplemented,
        faults.RuntimeException,
    ) as error:
        raise broken(f"{MODEL_FILE} cannot be loaded") from error
    if {entry.name for entry in session.get_inputs()} != {"tokens", "style", "speed"}:
        raise broken(f"{MODEL_FILE} is not Kokoro v1.0")
    # onnxruntime keeps the bytes for a change of provider, which never comes: 92 MB.
    session._model_bytes = None
    del graph
    give_back()
    return KokoroModel(session)


def opened(graph: bytes) -> bytes:
    """The bytes of the graph with a speed for each symbol and with the durations as an output.

    Raises :class:`ModelError` when the graph has no such input.
    """
    before, found, after = graph.partition(_SPEED_INPUT + _ONE)
    if not found:
        raise broken(f"{MODEL_FILE} is not Kokoro v1.0")
    # Messages of the wire format that follow one another are merged, so an output is added by
    # appending a model whose graph (field 7) holds one output (field 12) with a name (field 1).
    output = _field(7, _field(12, _field(1, _DURATIONS.encode())))
    return b"".join([before, _SPEED_INPUT, _ANY, after, output])


def broken(what: str) -> ModelError:
    """The error for files that are not what they should be."""
    return ModelError(f"{what}. Run `voice models fetch kokoro`.", model="kokoro")


def _field(number: int, content: bytes) -> bytes:
    """A field of at most 127 bytes in the wire format of protocol buffers."""
    return bytes([number << 3 | 2, len(content)]) + content
