"""A sound server for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.live.sound_server import SoundServer, sound_server
from tests.running import environment
from voice import preferences
from voice.dialogue.state import Preferences


@pytest.fixture
def server(tmp_path: Path, pytestconfig: pytest.Config) -> Iterator[SoundServer]:
    assert pytestconfig.cache is not None
    folder = tmp_path / "sound"
    folder.mkdir()
    with sound_server(folder) as server:
        server.environment = server.environment | {
            name: value
            for name, value in environment(tmp_path / "data", pytestconfig.cache).items()
            if name.startswith(("VOICE_", "PYTHON"))
        }
        # Somebody who has talked before: whom it does not know it tells more, which takes seven seconds.
        preferences.save(Path(server.environment["VOICE_DATA"]), Preferences())
        with server.murmur(600):
            yield server
