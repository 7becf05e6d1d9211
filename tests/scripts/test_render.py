"""What is spoken ahead is what a conversation asks for."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import TEASHOP
from voice.content.loader import load_pack
from voice.dialogue.state import Preferences
from voice.speak.ahead import plans
from voice.speak.speaker import manner_for
from voice.speak.store import SpeechStore, StoredSynthesiser
from voice.speak.system_voice import load_system_voice

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "render.py"
LONGEST = 60.0
"""Seconds that the first sentences may take."""

needs_espeak = pytest.mark.skipif(not shutil.which("espeak-ng"), reason="needs espeak-ng")


@needs_espeak
@pytest.mark.slow
@pytest.mark.parametrize("named", [False, True])
def test_who_chose_nothing_and_who_chose_a_voice_find_what_was_made_before_it_was_stopped(
    tmp_path: Path, *, named: bool
) -> None:
    engine = load_system_voice()
    folder = tmp_path / "speech"
    voice = StoredSynthesiser(engine, SpeechStore(folder))
    number = len(voice.voices) - 1 if named else 0
    greeting = plans(load_pack(TEASHOP))[0]
    words = ["--engine", "system", *(["--voice", voice.voices[number]] if named else [])]
    environment = {**os.environ, "VOICE_CONTENT": str(TEASHOP), "VOICE_DATA": str(tmp_path)}
    with subprocess.Popen([sys.executable, str(SCRIPT), *words], env=environment) as rendering:
        ends = time.monotonic() + LONGEST
        manner = manner_for(Preferences(voice=number), voice.voices)
        while voice.missing(greeting, manner) and time.monotonic() < ends:
            time.sleep(0.1)
        rendering.send_signal(signal.SIGINT)
        assert rendering.wait(LONGEST) == 130
    assert voice.missing(greeting, manner) == ()
    assert not list(folder.glob("*.part"))
    engine.close()


@needs_espeak
def test_a_voice_that_is_not_there_is_told(tmp_path: Path) -> None:
    words = [sys.executable, str(SCRIPT), "--engine", "system", "--voice", "nobody"]
    environment = {**os.environ, "VOICE_CONTENT": str(TEASHOP), "VOICE_DATA": str(tmp_path)}
    done = subprocess.run(words, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 3
    assert "There is no voice nobody" in done.stderr
