"""The published graph of Kokoro, changed so that it runs in halves, and quicker.

It goes from symbols to sound in one run. Cut in two, the half that reads knows pitch and duration of every symbol
after a tenth of the time, and the half that sounds makes only the stretch that is asked for. The file that was fetched
stays as it was verified; what was made of it, already optimised by onnxruntime, is kept beside it: making it takes
three seconds, and loading the published graph one more than loading that.
"""

from __future__ import annotations

import logging
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from voice.errors import ModelError
from voice.kept import sweep, write_whole

if TYPE_CHECKING:
    from onnx import GraphProto

MODEL_FILE = "kokoro-v1.0.int8.onnx"
QUICK, PLAIN = "quick-1", "plain-1"
"""How the names begin of what is made of it, with products in the place of convolutions and without; a change to what
is made counts them up."""
DURATIONS = "/encoder/Clip_output_0"
"""The tensor that holds the frames of each symbol."""
HALVES = (
    "/encoder/MatMul_1_output_0",
    "/encoder/Reshape_output_0",
    "/encoder/Reshape_1_output_0",
)
"""All that passes from the half that reads to the half that sounds, style aside: features of the
shape (1, 512, frames), pitch and energy of the shape (1, 2 frames)."""
SYMBOLS, STYLE, SPEED = "tokens", "style", "speed"
"""Inputs."""

_log = logging.getLogger(__name__)


def made_of(folder: Path, *, products: bool) -> Path:
    """Where the changed graph is kept; other versions of onnxruntime have other steps."""
    from onnxruntime import __version__

    return folder / f"{QUICK if products else PLAIN}-{__version__}.onnx"


def graph(folder: Path, *, products: bool, anew: bool = False) -> bytes:
    """The changed graph, to be run as it is: as it was kept in ``folder``, or made ``anew`` and kept, where that can be
    written.

    Raises :class:`ModelError` when the model is missing or is not Kokoro v1.0.
    """
    source, made = folder / MODEL_FILE, made_of(folder, products=products)
    try:
        if not anew and made.stat().st_mtime >= source.stat().st_mtime:
            return made.read_bytes()
    except OSError as error:
        _log.debug("%s is made anew: %s", made.name, error)
    try:
        published = source.read_bytes()
    except OSError as error:
        raise broken(f"{MODEL_FILE} cannot be read") from error
    changed = prepared(published, products=products)
    failures: tuple[type[Exception], ...] = (OSError, *faults())
    try:
        changed = _optimised(changed)
        _forget(folder)
        sweep(folder)
        write_whole(made, changed)
    except failures as error:
        _log.info("%s is made at each start: %s", made.name, error)
    return changed


def _forget(folder: Path) -> None:
    """Remove what was made of the model, also by other versions. Raises OSError."""
    for old in (*folder.glob("quick-*.onnx"), *folder.glob("plain-*.onnx")):
        old.unlink(missing_ok=True)


def prepared(data: bytes, *, products: bool) -> bytes:
    """The published graph with a speed for each symbol, durations as an output, and cut in two; with ``products`` also
    in the place of convolutions, and a proof of them. Raises :class:`ModelError` when it is not Kokoro v1.0.
    """
    import onnx
    from google.protobuf.message import DecodeError

    from voice.speak.kokoro_products import add_proof, convolve_by_products

    try:
        model = onnx.load_from_string(data)
        _speed_for_each(model.graph)
        _cut(model.graph)
        if products:
            convolve_by_products(model.graph)
            add_proof(model.graph, STYLE)
    except (DecodeError, KeyError, ValueError) as error:
        raise broken(f"{MODEL_FILE} is not Kokoro v1.0") from error
    return bytes(model.SerializeToString())


def _optimised(data: bytes) -> bytes:
    """The graph as onnxruntime would change it at each start. A full disk raises OSError or one of :func:`faults`."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    # What else there is depends on the processor.
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_EXTENDED
    with TemporaryDirectory() as folder:
        path = Path(folder) / "optimised.onnx"
        options.optimized_model_filepath = str(path)
        onnxruntime.InferenceSession(data, options, providers=["CPUExecutionProvider"])
        return path.read_bytes()


def faults() -> tuple[type[Exception], ...]:
    """What onnxruntime raises when it cannot load a graph."""
    from onnxruntime.capi import onnxruntime_pybind11_state as raised

    return (
        raised.Fail,
        raised.InvalidArgument,
        raised.InvalidGraph,
        raised.InvalidProtobuf,
        raised.NotImplemented,
        raised.RuntimeException,
    )


def handed_over(name: str) -> str:
    """The output under which the half that reads hands over what the other takes as the input ``name``."""
    return f"{name}_made"


def broken(what: str) -> ModelError:
    """The error for files that are not what they should be."""
    return ModelError(f"{what}. Run `voice models fetch kokoro`.", model="kokoro")


def _speed_for_each(graph: GraphProto) -> None:
    """Let the input hold a speed for each symbol instead of one for all."""
    (speed,) = [each for each in graph.input if each.name == SPEED]
    (size,) = speed.type.tensor_type.shape.dim
    size.ClearField("dim_value")


def _cut(graph: GraphProto) -> None:
    """Make what passes between the halves outputs of the one and inputs of the other, and durations an output."""
    from onnx import TensorProto, helper

    makers = {name: node for node in graph.node for name in node.output}
    for name in HALVES:
        outputs = makers[name].output
        outputs[list(outputs).index(name)] = handed_over(name)
        graph.input.append(helper.make_tensor_value_info(name, TensorProto.FLOAT, None))
    for name in (*map(handed_over, HALVES), DURATIONS):
        graph.output.append(helper.make_tensor_value_info(name, TensorProto.FLOAT, None))
