"""A copy of the small pack, to break."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

TEASHOP = Path(__file__).parents[1] / "packs" / "teashop"


@pytest.fixture
def teashop(tmp_path: Path) -> Path:
    """The folder of a pack about tea that has no fault."""
    folder = tmp_path / "teashop"
    shutil.copytree(TEASHOP, folder)
    return folder
