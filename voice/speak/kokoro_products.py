"""Convolutions of whole numbers as matrix products, which onnxruntime does twice as fast.

A convolution over time adds up, for each tap of its kernel, a matrix times the frame that the tap looks at. With the
frames of all taps side by side that is one product of matrices, the sums of whole numbers being the same. onnxruntime
has processor instructions for such a product, and none for its ConvInteger: of a second of sound half was that.

The published graph, as dynamic quantisation wrote it, makes a convolution in four or five steps: frames and kernel
convolved, the bias, itself rounded to a whole number, added, all turned into floats and scaled. The product adds the
bias as it was before it was rounded: the sound is nearer to that of the network that was quantised, not the very same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from onnx import GraphProto, NodeProto, TensorProto

PROOF = "proof"
"""The output that tells whether products are exact on this processor; see :func:`add_proof`."""
PROOF_SIZE, PROOF_VALUE = 256, 255
"""What goes in for it: so many times this value. Constants would be multiplied when the graph is made."""
PROVEN = PROOF_SIZE * PROOF_VALUE * 127
_END = np.iinfo(np.int64).max
"""Where a slice goes on to the end."""


@dataclass(frozen=True)
class Convolution:
    """The steps of the graph that make one convolution."""

    steps: tuple[NodeProto, ...]
    """All of them, the ConvInteger first; the last one makes the result."""
    bias: str | None
    """The bias before it was rounded, where there is one."""
    sound_scale: str
    kernel_scale: str

    @property
    def node(self) -> NodeProto:
        """The step that convolves."""
        return self.steps[0]


class Network:
    """A graph and who makes and uses what in it."""

    def __init__(self, graph: GraphProto) -> None:
        self.graph = graph
        self.constants: dict[str, TensorProto] = {each.name: each for each in graph.initializer}
        self.maker: dict[str, NodeProto] = {}
        self.users: dict[str, list[NodeProto]] = defaultdict(list)
        for node in graph.node:
            self.maker.update(dict.fromkeys(node.output, node))
            for name in node.input:
                self.users[name].append(node)

    def convolutions(self) -> Iterator[Convolution]:
        """Those that can be made by products."""
        for node in self.graph.node:
            if node.op_type == "ConvInteger" and _is_plain(node):
                yield self._convolution(node)

    def _convolution(self, node: NodeProto) -> Convolution:
        steps, bias = [node], None
        step = self._next(node)
        if step.op_type == "Add":
            bias = self._unrounded(_other(step, node))
            steps.append(step)
            step = self._next(step)
        scaled = self._next(step)
        factors = self.maker[_other(scaled, step)].input
        (kernel,) = [name for name in factors if name in self.constants]
        (sound,) = [name for name in factors if name not in self.constants]
        return Convolution((*steps, step, scaled), bias, sound, kernel)

    def _next(self, node: NodeProto) -> NodeProto:
        (user,) = self.users[node.output[0]]
        return user

    def _unrounded(self, bias: str) -> str:
        """The bias of which ``bias`` was made, by division, rounding, and two changes of form."""
        for _ in ("Reshape", "Cast", "Floor"):
            bias = self.maker[bias].input[0]
        return str(self.maker[bias].input[0])


def convolve_by_products(graph: GraphProto) -> int:
    """Put products in the place of convolutions; returns how many were replaced."""
    network = Network(graph)
    found = {each.steps[-1].output[0]: each for each in network.convolutions()}
    gone = {id(step) for each in found.values() for step in each.steps}
    kept: list[NodeProto] = []
    turned: set[str] = set()
    for node in graph.node:
        convolution = found.get(node.output[0]) if node.output else None
        if convolution is not None:
            kept += _product(convolution, network, turned)
        elif id(node) not in gone:
            kept.append(node)
    keep_needed(graph, kept)
    return len(found)


def add_proof(graph: GraphProto, entry: str) -> None:
    """Add an output that is :data:`PROVEN` where products are exact, when the input ``entry``, floats of the shape
    (1, :data:`PROOF_SIZE`), is :data:`PROOF_VALUE` throughout.

    Processors without instructions for it multiply bytes in pairs and cut a sum off at 32,767.
    """
    from onnx import TensorProto, helper, numpy_helper

    kernel = np.full((PROOF_SIZE, 16), 127, np.int8)
    graph.initializer.append(numpy_helper.from_array(kernel, "proof_kernel"))
    graph.node.extend(
        [
            helper.make_node("Cast", [entry], ["proof_sound"], to=TensorProto.UINT8),
            helper.make_node("MatMulInteger", ["proof_sound", "proof_kernel"], [PROOF]),
        ]
    )
    graph.output.append(helper.make_tensor_value_info(PROOF, TensorProto.INT32, None))


def keep_needed(graph: GraphProto, nodes: list[NodeProto]) -> None:
    """Keep of ``nodes``, of the constants, and of the inputs, those that an output needs."""
    needed = {each.name for each in graph.output}
    kept: list[NodeProto] = []
    for node in reversed(nodes):
        if needed.intersection(node.output):
            kept.append(node)
            needed.update(node.input)
    constants = [each for each in graph.initializer if each.name in needed]
    inputs = [each for each in graph.input if each.name in needed]
    del graph.node[:], graph.initializer[:], graph.input[:]
    graph.node.extend(reversed(kept))
    graph.initializer.extend(constants)
    graph.input.extend(inputs)


def _product(convolution: Convolution, network: Network, turned: set[str]) -> Iterator[NodeProto]:
    """The steps of the product: frames in rows, those of all taps side by side, times the kernel, back in columns."""
    from onnx import helper

    node = convolution.node
    sound, kernel, sound_zero, kernel_zero = node.input
    facts = _facts(node)
    (spacing,), padding = facts["dilations"], facts["pads"]
    weights = _array(network.constants[kernel])
    taps = weights.shape[2]

    def constant(name: str, value: NDArray[np.generic]) -> str:
        return _constant(network.graph, f"{node.name}_{name}", value)

    rows = f"{sound}_rows"
    if rows not in turned:
        turned.add(rows)
        yield helper.make_node("Transpose", [sound], [rows], perm=[0, 2, 1])
    if any(padding):
        before, after = padding
        pads = constant("pads", np.array([0, before, 0, 0, after, 0], np.int64))
        padded = f"{node.name}_padded"
        yield helper.make_node("Pad", [rows, pads, sound_zero], [padded])
        rows = padded
    if taps > 1:
        axis = constant("axis", np.array([1], np.int64))
        beside = [f"{node.name}_tap_{tap}" for tap in range(taps)]
        for tap, name in enumerate(beside):
            rest = (taps - 1 - tap) * spacing
            start = constant(f"start_{tap}", np.array([tap * spacing], np.int64))
            end = constant(f"end_{tap}", np.array([-rest if rest else _END], np.int64))
            yield helper.make_node("Slice", [rows, start, end, axis], [name])
        rows = f"{node.name}_taps"
        yield helper.make_node("Concat", beside, [rows], axis=2)
    matrix = _signed(weights.transpose(2, 1, 0).reshape(-1, weights.shape[0]))
    factors = [rows, constant("matrix", matrix), convolution.sound_scale, convolution.kernel_scale]
    zeros = [sound_zero, constant("zero", _signed(_array(network.constants[kernel_zero])))]
    bias = [convolution.bias] if convolution.bias else []
    made = f"{node.name}_product"
    yield helper.make_node(
        "MatMulIntegerToFloat", [*factors, *zeros, *bias], [made], domain="com.microsoft"
    )
    yield helper.make_node("Transpose", [made], [convolution.steps[-1].output[0]], perm=[0, 2, 1])


def _is_plain(node: NodeProto) -> bool:
    """Whether a convolution moves on a frame at a time and mixes all channels; three of 87 do not."""
    facts = _facts(node)
    return facts["group"] == [1] and facts["strides"] == [1]


def _facts(node: NodeProto) -> dict[str, list[int]]:
    """The numbers that are attributes of a step."""
    return {each.name: list(each.ints) or [each.i] for each in node.attribute}


def _other(node: NodeProto, one: NodeProto) -> str:
    """What a step takes beside what ``one`` made."""
    (other,) = [name for name in node.input if name != one.output[0]]
    return str(other)


def _array(tensor: TensorProto) -> NDArray[np.uint8]:
    from onnx import numpy_helper

    return np.asarray(numpy_helper.to_array(tensor), np.uint8)


def _signed(values: NDArray[np.uint8]) -> NDArray[np.int8]:
    """The same values with the zero point moved from 128 to 0: the product's instructions take one signed factor."""
    return (values.astype(np.int16) - 128).astype(np.int8)


def _constant(graph: GraphProto, name: str, value: NDArray[np.generic]) -> str:
    from onnx import numpy_helper

    graph.initializer.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
    return name
