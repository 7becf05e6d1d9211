"""The Kokoro model as it is run: first how a sentence will be spoken, then the sound, piece by piece.

The published graph goes from symbols to sound in one run. A few changes to its bytes, as they are
loaded, cut it in two: the half that reads knows pitch and duration of every symbol after a tenth of
the time, and the half that sounds makes only the stretch that is asked for. The file stays as it was
verified.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
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
_SHORTEST = 4
"""Frames that a half is given at least, where it is not used."""
MOST_SYMBOLS = 508
"""In one run; the model has a place for 510, and both ends take one."""

_SPEED_INPUT = b"\x0a\x05speed\x12\x0a\x0a\x08\x08\x01\x12\x04\x0a\x02"
_ONE, _ANY = b"\x08\x01", b"\x12\x00"
"""A dimension of the graph: of size one, or of any size (ONNX, ``TensorShapeProto.Dimension``)."""
_DURATIONS = "/encoder/Clip_output_0"
"""The tensor that holds the frames of each symbol."""
_HALVES = (
    "/encoder/MatMul_1_output_0",
    "/encoder/Reshape_output_0",
    "/encoder/Reshape_1_output_0",
)
"""All that passes from the half that reads to the half that sounds, style aside: features of the
shape (1, 512, frames), pitch and energy of the shape (1, 2 frames)."""
_FEATURES = 512


@dataclass(frozen=True)
class Prosody:
    """How symbols will be spoken: all that there is before the sound."""

    edges: NDArray[np.int64]
    """Frames at which each symbol begins, and the last one ends; shape (symbols + 1,)."""
    halves: tuple[NDArray[np.float32], ...]
    style: NDArray[np.float32]


class KokoroModel:
    """The network alone: symbols in, sound and durations out."""

    def __init__(self, session: InferenceSession) -> None:
        from onnxruntime import RunOptions

        self._session: InferenceSession | None = session
        self._options = RunOptions()
        # Each call needs one half of the graph; the other half is not run.
        self._options.only_execute_path_to_fetches = True
        # What the longest phrase took is given back, at 4 % more processor time; else it is kept for ever.
        self._options.add_run_config_entry("memory.enable_memory_arena_shrinkage", "cpu:0")

    def aside(self) -> KokoroModel:
        """The same network for work that may be broken off; see :meth:`interrupt`."""
        if self._session is None:
            raise EngineError("The Kokoro voice is closed. Load it again.", engine="kokoro")
        return KokoroModel(self._session)

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
        and the marks before the first and behind the last, shape (symbols + 2,). Takes a tenth of the time of the
        sound. Raises :class:`EngineError`.
        """
        outputs = [*map(_renamed, _HALVES), _DURATIONS]
        none = np.zeros((1, 2 * _SHORTEST), dtype=np.float32)
        features = np.zeros((1, _FEATURES, _SHORTEST), dtype=np.float32)
        *halves, durations = self._run(
            outputs,
            {
                "tokens": np.array([[0, *symbols, 0]], dtype=np.int64),
                "style": style[np.newaxis],
                "speed": np.full(len(symbols) + 2, pace, dtype=np.float32),
                **dict(zip(_HALVES, (features, none, none), strict=True)),
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
        (sound,) = self._run(
            ["audio"],
            {
                "tokens": np.zeros((1, 3), dtype=np.int64),
                "style": prosody.style[np.newaxis],
                "speed": np.ones(3, dtype=np.float32),
                **dict(zip(_HALVES, parts, strict=True)),
            },
        )
        return np.asarray(sound, dtype=np.float32).ravel()

    def _run(
        self, outputs: list[str], feed: Mapping[str, NDArray[np.generic]]
    ) -> list[NDArray[np.float32]]:
        from onnxruntime.capi import onnxruntime_pybind11_state as faults

        if self._session is None:
            raise EngineError("The Kokoro voice is closed. Load it again.", engine="kokoro")
        try:
            return list(self._session.run(outputs, feed, self._options))
        except (faults.Fail, faults.InvalidArgument, faults.RuntimeException) as error:
            raise EngineError(
                f"Kokoro could not speak a phrase: {error}. Run `voice models verify`.",
                engine="kokoro",
            ) from error

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
    # Threads that spin while they wait take the processor from hearing, and gain nothing.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
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
    if {entry.name for entry in session.get_inputs()} != {"tokens", "style", "speed", *_HALVES}:
        raise broken(f"{MODEL_FILE} is not Kokoro v1.0")
    # onnxruntime keeps the bytes for a change of provider, which never comes: 92 MB.
    session._model_bytes = None
    del graph
    give_back()
    return KokoroModel(session)


def opened(graph: bytes) -> bytes:
    """The bytes of the graph with a speed for each symbol, durations as an output, and cut in two.

    What the sounding half takes from the reading half becomes an output under another name and an
    input under the old one. Raises :class:`ModelError` when the graph is not Kokoro v1.0.
    """
    speed = graph.find(_SPEED_INPUT + _ONE)
    if speed < 0:
        raise broken(f"{MODEL_FILE} is not Kokoro v1.0")
    # Changed in place: a copy of 92 MB takes a tenth of a second, in which no thread can work.
    opened = bytearray(graph)
    end = speed + len(_SPEED_INPUT)
    opened[end : end + len(_ONE)] = _ANY
    ends = [_named(_OUTPUT, _DURATIONS)]
    for name in _HALVES:
        made = _field(_NODE_OUTPUT, name.encode())
        at = opened.find(made)
        if at < 0:
            raise broken(f"{MODEL_FILE} is not Kokoro v1.0")
        opened[at : at + len(made)] = _field(_NODE_OUTPUT, _renamed(name).encode())
        if opened.find(made) >= 0:
            raise broken(f"{MODEL_FILE} is not Kokoro v1.0")
        ends += [_named(_INPUT, name, _FLOATS), _named(_OUTPUT, _renamed(name))]
    # Messages of the wire format that follow one another are merged, so inputs and outputs are
    # added by appending a model whose graph holds them alone.
    for each in ends:
        opened += _field(_GRAPH, each)
    return bytes(opened)


def _renamed(name: str) -> str:
    """Another name of the same length, so that no length in the file changes."""
    return name[:-1] + "x"


def broken(what: str) -> ModelError:
    """The error for files that are not what they should be."""
    return ModelError(f"{what}. Run `voice models fetch kokoro`.", model="kokoro")


def _named(field: int, name: str, kind: bytes = b"") -> bytes:
    """An input or output of a graph (ONNX, ``ValueInfoProto``)."""
    return _field(field, _field(1, name.encode()) + kind)


def _field(number: int, content: bytes) -> bytes:
    """A field of at most 127 bytes in the wire format of protocol buffers."""
    return bytes([number << 3 | 2, len(content)]) + content


_GRAPH, _INPUT, _OUTPUT, _NODE_OUTPUT = 7, 11, 12, 2
"""Numbers of fields in ONNX: of the model, of the graph, and of a node."""
_FLOATS = _field(2, _field(1, bytes([1 << 3, 1])))
"""The type of an input: a tensor of floats of any shape."""
