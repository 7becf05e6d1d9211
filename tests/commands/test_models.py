"""The command ``models`` as it is called."""

from __future__ import annotations

import argparse
from pathlib import Path

import pytest

from voice.commands import models
from voice.errors import ModelError


@pytest.fixture(autouse=True)
def _empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VOICE_MODELS", str(tmp_path / "models"))
    monkeypatch.setenv("NO_PROXY", "*")


def _call(*words: str) -> int:
    parser = argparse.ArgumentParser()
    models.add_parser(parser.add_subparsers())
    args = parser.parse_args(["models", *words])
    return int(args.run(args))


def test_list_shows_every_model_with_its_sources(capsys: pytest.CaptureFixture[str]) -> None:
    assert _call("list") == 0
    out = capsys.readouterr().out
    for words in (
        "whisper-base",
        "kokoro",
        "vosk-cn",
        "sense-voice",
        "MIT",
        "kokoro-js@1.2.1",
    ):
        assert words in out


def test_verify_fails_where_a_needed_model_is_missing(capsys: pytest.CaptureFixture[str]) -> None:
    assert _call("verify") == 3
    assert "whisper-base: is not in" in capsys.readouterr().out


def test_verify_names_what_was_altered(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "models" / "kokoro"
    folder.mkdir(parents=True)
    (folder / "kokoro-v1.0.int8.onnx").write_bytes(b"short")
    assert _call("verify", "kokoro") == 3
    assert "kokoro-v1.0.int8.onnx has 5 bytes instead of 92361271" in capsys.readouterr().out


def test_an_unknown_model_is_told() -> None:
    with pytest.raises(ModelError, match="no model called 'nothing'"):
        _call("fetch", "nothing")
    with pytest.raises(ModelError, match="no model called 'nothing'"):
        _call("verify", "nothing")


@pytest.mark.parametrize("words", [[], ["fetch"], ["erase"]])
def test_wrong_words_end_with_2(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        _call(*words)
    assert caught.value.code == 2
    assert "usage" in capsys.readouterr().err
