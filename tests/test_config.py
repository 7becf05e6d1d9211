"""Where things lie: in a checkout, installed, and on a machine that lets nothing be written."""

from __future__ import annotations

import os
from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest

from voice import config
from voice.config import CHECKOUT, Options, find_folders


def test_a_checkout_uses_its_own_content_and_models(tmp_path: Path) -> None:
    folders = find_folders({"HOME": str(tmp_path)})
    assert folders.content == CHECKOUT / "content" / "unicom"
    assert folders.models == CHECKOUT / "models"
    assert folders.manifest.is_file()
    assert folders.data == tmp_path / ".local" / "share" / config.APP
    assert folders.notes == ()
    assert not folders.data.exists()


def test_an_installed_copy_keeps_models_with_the_users_data(tmp_path: Path) -> None:
    folders = find_folders({"XDG_DATA_HOME": str(tmp_path)}, checkout=tmp_path / "none")
    assert folders.models == tmp_path / config.APP / "models"
    assert folders.content == config.PACKAGE / "_data" / "content" / "unicom"
    assert folders.manifest == config.PACKAGE / "_data" / "models" / "manifest.yaml"


def test_the_environment_decides(tmp_path: Path) -> None:
    names = {"VOICE_CONTENT": "c", "VOICE_MODELS": "m", "VOICE_DATA": "d"}
    folders = find_folders({name: str(tmp_path / part) for name, part in names.items()})
    assert (folders.content, folders.models, folders.data) == tuple(tmp_path / p for p in "cmd")


def test_a_home_that_cannot_be_written_is_told_and_replaced() -> None:
    folders = find_folders({"HOME": "/dev/null/home"})
    assert config.can_write(folders.data)
    assert "/dev/null/home" in folders.notes[0]


def test_an_installed_copy_on_such_a_machine_still_has_a_place_for_models(tmp_path: Path) -> None:
    folders = find_folders({"HOME": "/dev/null/home"}, checkout=tmp_path / "none")
    assert config.can_write(folders.models)


def _read_only_checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a checkout whose folder of models refuses writing, also where the tests run as root."""
    checkout = tmp_path / "checkout"
    (checkout / "models").mkdir(parents=True)
    (checkout / "models" / "manifest.yaml").touch()
    ask = os.access
    monkeypatch.setattr(
        os, "access", lambda path, mode: path != checkout / "models" and ask(path, mode)
    )
    return checkout


def test_a_read_only_checkout_fetches_models_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    checkout = _read_only_checkout(tmp_path, monkeypatch)
    folders = find_folders({"HOME": str(tmp_path)}, checkout=checkout)
    assert folders.models == tmp_path / ".local" / "share" / config.APP / "models"
    assert "cannot be written" in folders.notes[0]


def test_a_read_only_checkout_with_models_uses_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    checkout = _read_only_checkout(tmp_path, monkeypatch)
    (checkout / "models" / "kokoro").mkdir()
    assert find_folders({"HOME": str(tmp_path)}, checkout=checkout).models == checkout / "models"


def test_options_are_frozen() -> None:
    with pytest.raises(FrozenInstanceError):
        Options().hearing.engine = "vosk"  # type: ignore[misc]
