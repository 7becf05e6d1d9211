"""The recognisers under test: every one that is installed, and faster-whisper as it comes."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from benches.hearing.tally import Hear
from voice.hear.ear import heard_by
from voice.hear.recogniser import Samples
from voice.hear.select import ENGINES, lacking, load, look
from voice.models import ModelStore
from voice.understand.meaning import Expectation, Reading

STOCK = "stock"
"""faster-whisper with its own defaults (30 s window, beam of 5) on the same model."""


def engines(store: ModelStore, wanted: list[str], *, stock: bool) -> Iterator[tuple[str, Hear]]:
    """Load one engine after the other: those in ``wanted`` (all that are installed when it is empty)."""
    there = look(store)
    for engine in ENGINES:
        if lacking(engine, there) or (wanted and engine.name not in wanted):
            continue
        recogniser = load(engine, store.path(engine.model))
        yield engine.name, partial(heard_by, recogniser, expected=Expectation())
        recogniser.close()
    if stock:
        yield STOCK, _stock(store.path("whisper-base"))


def _stock(folder: Path) -> Hear:
    from faster_whisper import WhisperModel

    model = WhisperModel(str(folder), device="cpu", compute_type="int8", cpu_threads=2)

    def hear(sound: Samples) -> tuple[Reading, ...]:
        segments, _ = model.transcribe(sound, language="zh")
        text = "".join(segment.text for segment in segments)
        return (Reading(text),) if text else ()

    return hear
