"""A user of the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.running import environment


@pytest.fixture
def user(tmp_path: Path, pytestconfig: pytest.Config) -> dict[str, str]:
    """The environment of somebody who starts the assistant for the first time."""
    assert pytestconfig.cache is not None
    return environment(tmp_path / "data", pytestconfig.cache)


@pytest.fixture
def user_without_models(user: dict[str, str], tmp_path: Path) -> dict[str, str]:
    """The same, before any model was fetched."""
    empty = tmp_path / "no-models"
    empty.mkdir()
    return user | {"VOICE_MODELS": str(empty)}
