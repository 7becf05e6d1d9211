"""What can wait is loaded once the greeting was heard."""

from __future__ import annotations

import threading
from pathlib import Path

from voice.assistant import Assistant
from voice.content.entries import Pack
from voice.loop.warming import once_listening, warm_up
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


def test_it_changes_nothing_and_keeps_nothing(
    unicom: Pack, understanding: Understanding, kokoro: Kokoro, tmp_path: Path
) -> None:
    assistant = Assistant(unicom, understanding)
    before = assistant.state
    warm_up(assistant, StoredSynthesiser(kokoro, SpeechStore(tmp_path)))
    assert assistant.state == before
    assert not list(tmp_path.iterdir())
