"""The packs that the dialogue is tested with: a small foreign one, and the real one with its understanding."""

from __future__ import annotations

from pathlib import Path

import pytest

from voice.config import find_folders
from voice.content.entries import Pack
from voice.content.loader import load_pack
from voice.understand import index
from voice.understand.understanding import Understanding

TEASHOP = Path(__file__).parents[1] / "packs" / "teashop"


@pytest.fixture(scope="session")
def teashop() -> Pack:
    """A pack about tea: shows that no rule knows what it talks about."""
    return load_pack(TEASHOP)


@pytest.fixture(scope="session")
def unicom() -> Pack:
    """The pack that people use."""
    return load_pack(find_folders().content)


@pytest.fixture(scope="session")
def understanding(unicom: Pack, pytestconfig: pytest.Config) -> Understanding:
    """Understanding of the real pack; its index is kept in pytest's cache as long as the content stays."""
    assert pytestconfig.cache is not None
    folder = pytestconfig.cache.mkdir("phrase-index")
    return Understanding.of(unicom, index.load_or_build(unicom, folder))
