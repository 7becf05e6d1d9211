"""What can wait is loaded once the greeting was heard."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from tests.running import ROOT, environment
from voice.assistant import Assistant
from voice.content.entries import Pack
from voice.loop.warming import once_listening, once_speaking, warm_up
from voice.speak.kokoro import Kokoro
from voice.speak.store import SpeechStore, StoredSynthesiser
from voice.understand.understanding import Understanding


def test_it_begins_once_when_it_first_listens() -> None:
    events: list[str] = []
    begun = threading.Semaphore(0)

    def emit(event: str, /, **_fields: object) -> None:
        events.append(event)

    watched = once_listening(emit, begun.release)
    for event in ("reply", "ready", "speaking", "spoken"):
        watched(event)
    assert not begun.acquire(timeout=0.1)
    watched("listening")
    assert begun.acquire(timeout=10)
    watched("listening")
    assert not begun.acquire(timeout=0.1)
    assert events == ["reply", "ready", "speaking", "spoken", "listening", "listening"]


def test_the_greeting_counts_as_heard_once_its_first_words_are() -> None:
    heard: list[str] = []
    watched = once_speaking(lambda event, /, **_: heard.append(event), lambda: heard.append("then"))
    for event in ("reply", "ready", "speaking", "speaking"):
        watched(event)
    assert heard == ["reply", "ready", "speaking", "then", "speaking"]


def test_it_changes_nothing_and_keeps_nothing(
    unicom: Pack, understanding: Understanding, kokoro: Kokoro, tmp_path: Path
) -> None:
    assistant = Assistant(unicom, understanding)
    before = assistant.state
    warm_up(assistant, StoredSynthesiser(kokoro, SpeechStore(tmp_path)))
    assert assistant.state == before
    assert not list(tmp_path.iterdir())


TALK = """
import sys
import numpy as np
from voice.commands.chat import new_assistant
from voice.config import find_folders
from voice.hear.ear import Ear
from voice.loop.warming import warm_up
from voice.speak.speaker import load_voice
from voice.speak.spoken import plan
from voice.speak.synthesiser import Manner

folders = find_folders()
assistant, voice = new_assistant(folders, remembered=False), load_voice(folders)
warm_up(assistant, voice)
said = np.concatenate(list(voice.speak(plan(["下一步"]), Manner(rate=180))))
print(len(said), Ear(folders).recogniser.transcribe(said[::3]).text != "")
print(*sys.modules)
"""


@pytest.mark.slow
def test_what_only_learning_needs_is_not_loaded(
    tmp_path: Path, pytestconfig: pytest.Config
) -> None:
    assert pytestconfig.cache is not None
    done = subprocess.run(
        [sys.executable, "-c", TALK],
        env=environment(tmp_path, pytestconfig.cache),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    *_, spoke, modules = done.stdout.splitlines()
    assert int(spoke.split()[0]) > 10_000
    loaded = {name.partition(".")[0] for name in modules.split()}
    assert {"onnxruntime", "ctranslate2", "nara_wpe", "av"} <= loaded
    # scipy takes 70 MB and more than a second of the start.
    assert not loaded & {"scipy", "sklearn", "pyloudnorm"}
