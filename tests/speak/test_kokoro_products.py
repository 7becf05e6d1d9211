"""A product says what the convolution says that it stands for."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from onnx import ModelProto, TensorProto, helper, numpy_helper
from onnxruntime import InferenceSession

from voice.speak.kokoro_products import (
    PROOF,
    PROOF_SIZE,
    PROOF_VALUE,
    PROVEN,
    add_proof,
    convolve_by_products,
)

CHANNELS, MADE = 6, 5


def convolution(
    taps: int, spacing: int, pads: tuple[int, int], stride: int, biased: bool, seed: int
) -> ModelProto:
    """One convolution over time as dynamic quantisation writes it."""
    chance = np.random.default_rng(seed)
    constants: dict[str, NDArray[Any]] = {
        "kernel": chance.integers(0, 256, (MADE, CHANNELS, taps), np.uint8),
        "kernel_zero": np.array(128, np.uint8),
        "kernel_scale": np.array(0.01, np.float32),
        "bias": chance.standard_normal(MADE).astype(np.float32),
        "form": np.array([1, MADE, 1], np.int64),
    }
    node = helper.make_node
    steps = [
        node("DynamicQuantizeLinear", ["sound"], ["whole", "scale", "zero"]),
        node(
            "ConvInteger",
            ["whole", "kernel", "zero", "kernel_zero"],
            ["convolved"],
            "convolution",
            dilations=[spacing],
            group=1,
            kernel_shape=[taps],
            pads=pads,
            strides=[stride],
        ),
        node("Mul", ["scale", "kernel_scale"], ["both"]),
    ]
    if biased:
        steps += [
            node("Div", ["bias", "both"], ["large"]),
            node("Floor", ["large"], ["floored"]),
            node("Cast", ["floored"], ["whole_bias"], to=TensorProto.INT32),
            node("Reshape", ["whole_bias", "form"], ["formed"]),
            node("Add", ["convolved", "formed"], ["summed"]),
        ]
    steps += [
        node("Cast", ["summed" if biased else "convolved"], ["floats"], to=TensorProto.FLOAT),
        node("Mul", ["floats", "both"], ["made"]),
    ]
    graph = helper.make_graph(
        steps,
        "one",
        [helper.make_tensor_value_info("sound", TensorProto.FLOAT, [1, CHANNELS, None])],
        [helper.make_tensor_value_info("made", TensorProto.FLOAT, [1, MADE, None])],
        [numpy_helper.from_array(value, name) for name, value in constants.items()],
    )
    sets = [helper.make_opsetid("", 20), helper.make_opsetid("com.microsoft", 1)]
    return helper.make_model(graph, opset_imports=sets, ir_version=9)


def run(model: ModelProto, sound: NDArray[np.float32]) -> NDArray[np.float32]:
    (made,) = InferenceSession(model.SerializeToString()).run(["made"], {"sound": sound})
    return np.asarray(made, np.float32)


def are_exact() -> bool:
    """Whether products of bytes are, on this processor."""
    entry = helper.make_tensor_value_info("entry", TensorProto.FLOAT, [1, PROOF_SIZE])
    graph = helper.make_graph([], "proof", [entry], [])
    add_proof(graph, "entry")
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 20)], ir_version=9)
    session = InferenceSession(model.SerializeToString())
    (found,) = session.run([PROOF], {"entry": np.full((1, PROOF_SIZE), PROOF_VALUE, np.float32)})
    return bool((found == PROVEN).all())


@settings(max_examples=30, deadline=None)
@given(
    taps=st.sampled_from([1, 3, 7]),
    spacing=st.integers(1, 3),
    pads=st.tuples(st.integers(0, 4), st.integers(0, 4)),
    biased=st.booleans(),
    seed=st.integers(0, 99),
)
def test_a_product_is_the_convolution(
    taps: int, spacing: int, pads: tuple[int, int], biased: bool, seed: int
) -> None:
    model = convolution(taps, spacing, pads, 1, biased, seed)
    sound = np.random.default_rng(seed).standard_normal((1, CHANNELS, 40)).astype(np.float32)
    before = run(model, sound)
    assert convolve_by_products(model.graph) == 1
    assert "ConvInteger" not in {node.op_type for node in model.graph.node}
    assert "kernel" not in {each.name for each in model.graph.initializer}
    after = run(model, sound)
    assert after.shape == before.shape
    if are_exact():
        # A bias that is rounded down loses at most one step of both scales.
        assert np.abs(after - before).max() < (1e-3 if biased else 1e-4)


def test_a_convolution_that_leaves_frames_out_stays() -> None:
    model = convolution(3, 1, (1, 1), 2, True, 0)
    assert convolve_by_products(model.graph) == 0
    assert "ConvInteger" in {node.op_type for node in model.graph.node}


def test_two_convolutions_of_one_sound_share_its_rows() -> None:
    one, two = (convolution(3, 1, (1, 1), 1, True, seed) for seed in (1, 2))
    shared = {"sound", "whole", "scale", "zero"}
    for node in two.graph.node:
        for names in (node.input, node.output):
            names[:] = [name if name in shared else f"{name}_2" for name in names]
        node.name = f"{node.name}_2"
    for each in two.graph.initializer:
        each.name += "_2"
    one.graph.node.extend(two.graph.node[1:])
    one.graph.initializer.extend(two.graph.initializer)
    one.graph.output.append(helper.make_tensor_value_info("made_2", TensorProto.FLOAT, None))
    assert convolve_by_products(one.graph) == 2
    turns = [node for node in one.graph.node if node.op_type == "Transpose"]
    assert len([node for node in turns if node.input[0] == "whole"]) == 1
    sound = np.ones((1, CHANNELS, 9), np.float32)
    assert run(one, sound).shape == (1, MADE, 9)


@pytest.mark.parametrize("missing", ["Div", "Mul"])
def test_another_pattern_is_refused(missing: str) -> None:
    model = convolution(3, 1, (1, 1), 1, True, 0)
    steps = [node for node in model.graph.node if node.op_type != missing]
    del model.graph.node[:]
    model.graph.node.extend(steps)
    with pytest.raises((KeyError, ValueError)):
        convolve_by_products(model.graph)
