"""The weights of Whisper as CTranslate2 reads them, with the rows of some tokens only."""

from __future__ import annotations

import json
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from voice.hear.whisper_vocabulary import Vocabulary

MODEL, CONFIG, VOCABULARY = "model.bin", "config.json", "vocabulary.txt"
TOKENS = b"decoder/embeddings/weight"
"""The table with a row for each token; the decoder's output is compared with the same rows."""
_WIDTHS = {0: 4, 4: 2}
"""Bytes a number by the type's code in the file: float32, float16."""


@dataclass(frozen=True)
class Table:
    """Where a file of weights holds a table of two dimensions."""

    shape_at: int
    data_at: int
    rows: int
    columns: int
    width: int
    """Bytes a number."""

    @property
    def end(self) -> int:
        """The byte behind the table."""
        return self.data_at + self.rows * self.columns * self.width


def trimmed(folder: Path, vocabulary: Vocabulary) -> dict[str, bytes]:
    """The files of a model in ``folder`` by their names, for a model that knows the tokens of ``vocabulary`` only.

    Raises :class:`OSError`, and :class:`ValueError` where a file is not what CTranslate2's converter writes.
    """
    config: Any = json.loads((folder / CONFIG).read_text("utf-8"))
    if not isinstance(config, dict):
        raise ValueError(f"{CONFIG} holds no settings")  # noqa: TRY004 -- all that is wrong with a file is one kind
    for name in ("suppress_ids", "suppress_ids_begin", "lang_ids"):
        config[name] = vocabulary.renumbered(config.get(name, ()))
    tokens = (folder / VOCABULARY).read_bytes().splitlines(keepends=True)
    if len(tokens) <= vocabulary.kept[-1]:
        raise ValueError(f"{VOCABULARY} has {len(tokens)} tokens, too few for the tokenizer")
    return {
        MODEL: _with_rows((folder / MODEL).read_bytes(), vocabulary.kept),
        CONFIG: json.dumps(config).encode(),
        VOCABULARY: b"".join(tokens[number] for number in vocabulary.kept),
    }


def _with_rows(model: bytes, kept: Sequence[int]) -> bytes:
    """The file with these rows of the table of tokens, all else as it is."""
    try:
        table = _find(model)
    except (struct.error, KeyError) as error:
        raise ValueError(f"{MODEL} is cut off or of an unknown format ({error})") from error
    if table.end > len(model) or table.rows <= kept[-1]:
        raise ValueError(f"{MODEL} has too few tokens")
    rows = np.frombuffer(model[table.data_at : table.end], np.uint8).reshape(table.rows, -1)
    data = rows[list(kept)].tobytes()
    return b"".join(
        (
            model[: table.shape_at],
            struct.pack("<II", len(kept), table.columns),
            model[table.shape_at + 8 : table.data_at - 4],
            struct.pack("<I", len(data)),
            data,
            model[table.end :],
        )
    )


def _find(model: bytes) -> Table:
    """The table of tokens. The format, version 6: the version, a name, a revision, and the number of tables; of each
    its name, dimensions, type and size in bytes, then the numbers (``model_spec.py`` of CTranslate2)."""
    at = 4 + _name_size(model, 4) + 4
    (count,) = struct.unpack_from("<I", model, at)
    at += 4
    for _ in range(count):
        size = _name_size(model, at)
        name = model[at + 2 : at + size - 1]
        at += size
        shape_at = at + 1
        (dimensions,) = struct.unpack_from("<B", model, at)
        shape = struct.unpack_from(f"<{dimensions}I", model, shape_at)
        at = shape_at + 4 * len(shape)
        kind, length = struct.unpack_from("<BI", model, at)
        at += 5
        if name == TOKENS:
            rows, columns = shape
            return Table(shape_at, at, rows, columns, _WIDTHS[kind])
        at += length
    raise ValueError(f"{MODEL} has no table of tokens")


def _name_size(model: bytes, at: int) -> int:
    """Bytes of a name with its own length before it and a zero behind it."""
    return 2 + int(struct.unpack_from("<H", model, at)[0])
