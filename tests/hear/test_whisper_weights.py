"""A small model in CTranslate2's format, made here, and what is left of it; and the real one beside the published."""

from __future__ import annotations

import json
import struct
from contextlib import suppress
from pathlib import Path

import ctranslate2
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from tokenizers import Tokenizer
from tokenizers.models import BPE

from tests.conftest import Speaker, model_folder
from voice.hear.whisper_model import WhisperModel, WhisperOptions
from voice.hear.whisper_vocabulary import Vocabulary, load_tokenizer
from voice.hear.whisper_weights import CONFIG, MODEL, VOCABULARY, trimmed

TABLE = "decoder/embeddings/weight"
TOKENS = {"a": 0, "g": 1, "o": 2, "d": 3, "go": 4, "goo": 5, "good": 6, "<|zh|>": 7, "<|0.00|>": 8}
MERGES = [("g", "o"), ("go", "o"), ("goo", "d")]
KEPT = [0, 1, 2, 3, 4, 7]
"""Single letters, pairs, and what is no word."""
ROWS = np.arange(9 * 3, dtype=np.float16).reshape(9, 3)
SETTINGS = {"suppress_ids": [1, 6, 8], "suppress_ids_begin": [7], "lang_ids": [7], "other": "kept"}


def named(name: str) -> bytes:
    return struct.pack("<H", len(name) + 1) + name.encode() + b"\0"


def table(name: str, values: NDArray[np.float16] | NDArray[np.float32]) -> bytes:
    shape = struct.pack(f"<B{values.ndim}I", values.ndim, *values.shape)
    kind = 4 if values.dtype == np.float16 else 0
    return named(name) + shape + struct.pack("<BI", kind, values.nbytes) + values.tobytes()


def weights(rows: NDArray[np.float16] | NDArray[np.float32], name: str = TABLE) -> bytes:
    head = struct.pack("<I", 6) + named("WhisperSpec") + struct.pack("<II", 3, 3)
    before, after = (
        table("first", np.ones(2, np.float32)),
        table("last", np.zeros((2, 2), np.float16)),
    )
    alias = struct.pack("<I", 1) + named("decoder/projection/weight") + named(name)
    return head + before + table(name, rows) + after + alias


def placed(folder: Path, model: bytes, tokens: int = len(TOKENS)) -> Path:
    (folder / MODEL).write_bytes(model)
    (folder / CONFIG).write_text(json.dumps(SETTINGS))
    (folder / VOCABULARY).write_text("".join(f"{token}\n" for token in list(TOKENS)[:tokens]))
    return folder


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return Vocabulary(Tokenizer(BPE(TOKENS, MERGES)))


@pytest.mark.parametrize("rows", [ROWS, ROWS.astype(np.float32)])
def test_the_rows_of_kept_tokens_stay_and_all_else_is_as_it_was(
    tmp_path: Path, vocabulary: Vocabulary, rows: NDArray[np.float16] | NDArray[np.float32]
) -> None:
    assert vocabulary.kept == KEPT
    files = trimmed(placed(tmp_path, weights(rows)), vocabulary)
    assert files[MODEL] == weights(rows[KEPT])
    assert files[VOCABULARY].decode().split() == [list(TOKENS)[number] for number in KEPT]
    expected = {"suppress_ids": [1], "suppress_ids_begin": [5], "lang_ids": [5], "other": "kept"}
    assert json.loads(files[CONFIG]) == expected


def test_what_has_no_such_table_or_too_few_tokens_is_refused(
    tmp_path: Path, vocabulary: Vocabulary
) -> None:
    with pytest.raises(ValueError, match="no table"):
        trimmed(placed(tmp_path, weights(ROWS, "another")), vocabulary)
    with pytest.raises(ValueError, match="too few tokens"):
        trimmed(placed(tmp_path, weights(ROWS[:5])), vocabulary)
    with pytest.raises(ValueError, match="too few for the tokenizer"):
        trimmed(placed(tmp_path, weights(ROWS), tokens=4), vocabulary)
    (placed(tmp_path, weights(ROWS)) / CONFIG).write_text("[]")
    with pytest.raises(ValueError, match="no settings"):
        trimmed(tmp_path, vocabulary)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_file_that_is_cut_off_or_altered_never_ends_otherwise_than_in_a_value_error(
    tmp_path: Path, vocabulary: Vocabulary, data: st.DataObject
) -> None:
    model = bytearray(weights(ROWS))
    at = data.draw(st.integers(0, len(model) - 1))
    if data.draw(st.booleans()):
        del model[at:]
    else:
        model[at] = data.draw(st.integers(0, 255))
    with suppress(ValueError):
        trimmed(placed(tmp_path, bytes(model)), vocabulary)


@pytest.mark.slow
def test_the_real_model_reads_what_the_published_one_reads(spoken: Speaker) -> None:
    folder = model_folder("whisper-base")
    model, tokenizer = WhisperModel(folder), load_tokenizer(folder)
    published = ctranslate2.models.Whisper(str(folder), compute_type="int8", intra_threads=2)
    start = ["<|startoftranscript|>", "<|zh|>", "<|transcribe|>", "<|notimestamps|>"]
    for words in ("打电话怎么取消月卡", "下一步", "我不会用手机去营业厅办要带什么东西"):
        sound = spoken(words)
        (read,) = model.read(encoded := model.encode(sound), len(sound))
        result = published.generate(
            ctranslate2.StorageView.from_array(encoded), [start], beam_size=1
        )
        assert read.text == tokenizer.decode(result[0].sequences_ids[0])
    model.close()


@pytest.mark.slow
def test_without_room_for_a_temporary_file_the_model_is_loaded_all_the_same(
    spoken: Speaker, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("tempfile.tempdir", "/nowhere")
    model = WhisperModel(model_folder("whisper-base"), WhisperOptions(threads=1))
    assert "92 MB more" in caplog.text
    sound = spoken("下一步")
    assert model.read(model.encode(sound), len(sound))[0].text.startswith("下一步")
    model.close()
