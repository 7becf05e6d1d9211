"""The published graph of Kokoro, cut into two, and quicker.

It goes from symbols to sound in one run. Cut in two, the half that reads knows pitch and duration of every symbol
after a tenth of the time, and the half that sounds makes only the stretch that is asked for. They are two graphs: of
one with the outputs of both, onnxruntime runs more than an output needs. The file that was fetched
stays as it was verified; what was made of it, already optimised by onnxruntime, is kept beside it: making it takes
three seconds, and loading the published graph one more than loading that.
"""

from __future__ import annotations

import logging
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

from voice.errors import ModelError
from voice.kept import sweep, write_whole

if TYPE_CHECKING:
    from onnx import GraphProto, ModelProto

MODEL_FILE = "kokoro-v1.0.int8.onnx"
QUICK, PLAIN = "quick-2", "plain-2"
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
SOUND = "audio"
"""The output of the half that sounds."""

READING, SOUNDING = "reading", "sounding"
"""What the halves are called in the names of their files."""

_log = logging.getLogger(__name__)


class Graphs(NamedTuple):
    """Both halves, as onnxruntime takes them."""

    reading: bytes
    """From :data:`SYMBOLS`, :data:`STYLE` and :data:`SPEED` to what passes on, :data:`DURATIONS`, and the proof of the
    products where there are some."""
    sounding: bytes
    """From :data:`HALVES` and :data:`STYLE` to sound."""


def made_of(folder: Path, *, products: bool) -> tuple[Path, Path]:
    """Where the halves are kept; other versions of onnxruntime have other steps."""
    from onnxruntime import __version__

    name = f"{QUICK if products else PLAIN}-{__version__}"
    return folder / f"{name}-{READING}.onnx", folder / f"{name}-{SOUNDING}.onnx"


def graphs(folder: Path, *, products: bool, anew: bool = False) -> Graphs:
    """Both halves, to be run as they are: as they were kept in ``folder``, or made ``anew`` and kept, where that can be
    written.

    Raises :class:`ModelError` when the model is missing or is not Kokoro v1.0.
    """
    source, made = folder / MODEL_FILE, made_of(folder, products=products)
    try:
        if not anew and all(half.stat().st_mtime >= source.stat().st_mtime for half in made):
            return Graphs(*(half.read_bytes() for half in made))
    except OSError as error:
        _log.debug("%s is made anew: %s", made[0].name, error)
    try:
        published = source.read_bytes()
    except FileNotFoundError as error:
        raise broken(f"{MODEL_FILE} is missing", code="model_missing") from error
    except OSError as error:
        raise broken(f"{MODEL_FILE} cannot be read") from error
    changed = prepared(published, products=products)
    failures: tuple[type[Exception], ...] = (OSError, *faults())
    try:
        changed = Graphs(*map(_optimised, changed))
        _forget(folder)
        sweep(folder)
        for path, half in zip(made, changed, strict=True):
            write_whole(path, half)
    except failures as error:
        _log.info("%s is made at each start: %s", made[0].name, error)
    return changed


def _forget(folder: Path) -> None:
    """Remove what was made of the model, also by other versions. Raises OSError."""
    for old in (*folder.glob("quick-*.onnx"), *folder.glob("plain-*.onnx")):
        old.unlink(missing_ok=True)


def prepared(data: bytes, *, products: bool) -> Graphs:
    """The published graph with a speed for each symbol, durations as an output, and cut in two; with ``products``
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
        (sound,) = {each.name for each in model.graph.output} & {SOUND}
    except (DecodeError, KeyError, ValueError) as error:
        raise broken(f"{MODEL_FILE} is not Kokoro v1.0") from error
    others = {each.name for each in model.graph.output} - {sound}
    return Graphs(_half(model, others), _half(model, {sound}))


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


def broken(what: str, *, code: str = "model_altered") -> ModelError:
    """The error for files that are not what they should be."""
    return ModelError(
        f"{what}. Run `python3 scripts/run.py models fetch kokoro`.", code=code, name="kokoro"
    )


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


def _half(model: ModelProto, outputs: set[str]) -> bytes:
    """What of the graph its ``outputs`` need."""
    from onnx import ModelProto

    from voice.speak.kokoro_products import keep_needed

    half = ModelProto()
    half.CopyFrom(model)
    kept = [each for each in half.graph.output if each.name in outputs]
    del half.graph.output[:]
    half.graph.output.extend(kept)
    keep_needed(half.graph, list(half.graph.node))
    return bytes(half.SerializeToString())
