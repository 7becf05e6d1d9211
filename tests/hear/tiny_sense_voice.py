"""A SenseVoice small enough to be made in a test: the inputs, the output and the metadata of the real model.

Its network is three averages: the loudest of three bands of the spectrum is a character, a room without any of them is
blank. It reads 「取」 for a spoken u, 「消」 for an a and 「套」 for an i, when it is asked for Mandarin without
numerals; asked for anything else it reads nothing.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from scipy.signal import lfilter

from voice.hear.recogniser import SAMPLE_RATE, Samples

MELS, WINDOW, SHIFT = 80, 7, 6
"""Bands of a feature frame, frames that are stacked for the network, and by how many it advances."""
MANDARIN, PLAIN = 3, 15
"""The real model's numbers for the language and for text without numerals."""
TOKENS = (
    "<blk>",
    "<|zh|>",
    "<|NEUTRAL|>",
    "<|Speech|>",
    "<|woitn|>",
    "取",
    "消",
    "套",
    "<|nospeech|>",
)
VOWELS = {
    "取": ((320.0, 60.0), (750.0, 90.0), (2_300.0, 200.0)),
    "消": ((800.0, 80.0), (1_250.0, 100.0), (2_600.0, 160.0)),
    "套": ((290.0, 60.0), (2_300.0, 150.0), (3_100.0, 200.0)),
}
"""Formants of u, a and i, frequency and bandwidth in Hz, and the character that each is read as."""
_BANDS = ((100.0, 600.0), (600.0, 1_700.0), (2_000.0, 4_000.0))
"""Hz; where the loudest formant of u, a and i lies."""
_BLANK = 16.5
"""Natural log of the energy below which a band is the room: sound is scaled to 16-bit values."""
_CERTAIN = 50.0


def write(folder: Path, leave_out: str = "", language: str = "<|zh|>") -> Path:
    """Write the model and its tokens into ``folder``; returns it.

    ``leave_out`` names metadata that is missing, ``language`` the mark that the model puts before every text.
    """
    folder.mkdir(parents=True, exist_ok=True)
    model = helper.make_model(
        _graph(TOKENS.index(language)),
        opset_imports=[helper.make_opsetid("", 17)],
        ir_version=9,
    )
    meta = {
        "vocab_size": len(TOKENS), "lfr_window_size": WINDOW, "lfr_window_shift": SHIFT,
        "normalize_samples": 0, "with_itn": 14, "without_itn": PLAIN,
        "lang_auto": 0, "lang_zh": MANDARIN, "lang_en": 4, "lang_yue": 7, "lang_ja": 11, "lang_ko": 12,
        "neg_mean": ",".join(["0"] * MELS * WINDOW), "inv_stddev": ",".join(["1"] * MELS * WINDOW),
    }  # fmt: skip
    for key, value in meta.items():
        if key != leave_out:
            model.metadata_props.add(key=key, value=str(value))
    onnx.save(model, folder / "model.int8.onnx")
    lines = "".join(f"{token} {number}\n" for number, token in enumerate(TOKENS))
    (folder / "tokens.txt").write_text(lines, encoding="utf-8")
    return folder


def vowel(read_as: str, seconds: float = 0.6, amplitude: float = 0.3) -> Samples:
    """A falling voice that sings the vowel, between two moments of a quiet room: pulses through the resonances of a
    mouth, which the detector takes for speech.
    """
    time = np.arange(round(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    pitch = 140 - 30 * time / seconds + 3 * np.sin(2 * np.pi * 5 * time)
    sound = np.diff(np.floor(np.cumsum(pitch) / SAMPLE_RATE), prepend=0.0)
    for hertz, bandwidth in VOWELS[read_as]:
        radius = np.exp(-np.pi * bandwidth / SAMPLE_RATE)
        turn = 2 * radius * np.cos(2 * np.pi * hertz / SAMPLE_RATE)
        sound = lfilter([1 - turn + radius**2], [1, -turn, radius**2], sound)
    sound = lfilter([1], [1, -0.3], sound) * np.clip(np.minimum(time, time[::-1]) / 0.05, 0, 1)
    sound = np.pad(amplitude * sound / np.abs(sound).max(), SAMPLE_RATE // 5)
    return (sound + np.random.default_rng(0).normal(0, 1e-4, len(sound))).astype(np.float32)


def _graph(language: int) -> onnx.GraphProto:
    weights = {
        "bands": _bands(),
        "room": np.eye(len(TOKENS), dtype=np.float32)[0] * _BLANK,
        "marks": _marks((language, 2, 3, 4)),
        "mandarin": np.array([MANDARIN], np.int32),
        "plain": np.array([PLAIN], np.int32),
    }
    nodes = [
        helper.make_node("Equal", ["language", "mandarin"], ["is_mandarin"]),
        helper.make_node("Equal", ["text_norm", "plain"], ["is_plain"]),
        helper.make_node("And", ["is_mandarin", "is_plain"], ["asked"]),
        helper.make_node("Cast", ["asked"], ["counts"], to=TensorProto.FLOAT),
        helper.make_node("MatMul", ["x", "bands"], ["energies"]),
        helper.make_node("Mul", ["energies", "counts"], ["counted"]),
        helper.make_node("Add", ["counted", "room"], ["text"]),
        helper.make_node("Concat", ["marks", "text"], ["logits"], axis=1),
    ]
    inputs = [
        helper.make_tensor_value_info("x", TensorProto.FLOAT, ["N", "T", MELS * WINDOW]),
        *(
            helper.make_tensor_value_info(name, TensorProto.INT32, ["N"])
            for name in ("x_length", "language", "text_norm")
        ),
    ]
    output = helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["N", "L", len(TOKENS)])
    tensors = [numpy_helper.from_array(array, name) for name, array in weights.items()]
    return helper.make_graph(nodes, "tiny", inputs, [output], tensors)


def _bands() -> NDArray[np.float32]:
    """Weights that average the mel bins of the middle frame within each band."""
    centres = _hertz(np.linspace(_mel(20.0), _mel(SAMPLE_RATE / 2), MELS + 2)[1:-1])
    weights = np.zeros((WINDOW, MELS, len(TOKENS)), np.float32)
    for band, (low, high) in enumerate(_BANDS):
        inside = (low <= centres) & (centres < high)
        weights[WINDOW // 2, inside, TOKENS.index("取") + band] = 1.0 / inside.sum()
    return weights.reshape(WINDOW * MELS, len(TOKENS))


def _marks(tokens: tuple[int, ...]) -> NDArray[np.float32]:
    """What the model says first: language, mood, event, spelling."""
    return _CERTAIN * np.eye(len(TOKENS), dtype=np.float32)[list(tokens)][None]


def _mel(hertz: float) -> float:
    return float(1127 * np.log1p(hertz / 700))


def _hertz(mels: NDArray[np.float64]) -> NDArray[np.float64]:
    return 700 * np.expm1(mels / 1127)
