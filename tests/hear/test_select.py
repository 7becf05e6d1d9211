"""Choosing an engine."""

from __future__ import annotations

import pytest

from voice.errors import ModelError
from voice.hear.select import ENGINES, Available, choose, lacking

ALL_LIBRARIES = frozenset(engine.library for engine in ENGINES)
ALL_MODELS = frozenset(engine.model for engine in ENGINES)


def test_the_best_that_is_there_is_chosen() -> None:
    assert choose(Available(ALL_LIBRARIES, ALL_MODELS)).name == "sense-voice"
    assert choose(Available(ALL_LIBRARIES, ALL_MODELS - {"sense-voice"})).name == "vosk"
    assert choose(Available(ALL_LIBRARIES, frozenset({"whisper-base"}))).name == "whisper"
    assert choose(Available(ALL_LIBRARIES - {"sherpa_onnx", "vosk"}, ALL_MODELS)).name == "whisper"


@pytest.mark.parametrize("name", [engine.name for engine in ENGINES])
def test_the_one_asked_for_is_chosen(name: str) -> None:
    assert choose(Available(ALL_LIBRARIES, ALL_MODELS), name).name == name


@pytest.mark.parametrize(
    ("libraries", "models", "preference", "code", "name"),
    [
        (ALL_LIBRARIES, frozenset(), "auto", "model_missing", "whisper-base"),
        (frozenset(), ALL_MODELS, "auto", "library_missing", "ctranslate2"),
        (
            ALL_LIBRARIES - {"sherpa_onnx"},
            ALL_MODELS,
            "sense-voice",
            "library_missing",
            "sherpa_onnx",
        ),
        (ALL_LIBRARIES, frozenset({"whisper-base"}), "vosk", "model_missing", "vosk-cn"),
        (ALL_LIBRARIES, ALL_MODELS, "kaldi", "engine_unknown", "kaldi"),
    ],
)
def test_what_is_missing_is_named(
    libraries: frozenset[str], models: frozenset[str], preference: str, code: str, name: str
) -> None:
    with pytest.raises(ModelError) as caught:
        choose(Available(libraries, models), preference)
    assert caught.value.code == code
    assert caught.value.details["name"] == name


def test_what_an_engine_lacks() -> None:
    whisper = choose(Available(ALL_LIBRARIES, ALL_MODELS), "whisper")
    assert lacking(whisper, Available(frozenset(), frozenset())) == "ctranslate2"
    assert lacking(whisper, Available(ALL_LIBRARIES, frozenset())) == "whisper-base"
    assert lacking(whisper, Available(ALL_LIBRARIES, ALL_MODELS)) == ""
