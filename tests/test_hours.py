"""An hour of a living room, or more, in the microphone's own time: memory, threads and files stay as they were."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from queue import SimpleQueue
from typing import Any

import numpy as np
import pytest
from _watch import Watch, judge

from voice.assistant import Assistant
from voice.hear.ear import judge_by
from voice.hear.listener import TurnListener
from voice.hear.recogniser import SAMPLE_RATE, Samples
from voice.hear.whisper import Whisper
from voice.loop import Devices, Inbox, Loop
from voice.memory import settle
from voice.speak.kokoro import Kokoro
from voice.speak.mouth import Mouth
from voice.speak.output import Begun, Played
from voice.speak.speaker import Speaker
from voice.speak.store import SpeechStore, StoredSynthesiser
from voice.understand.understanding import Understanding

HOURS = float(os.environ.get("VOICE_SOAK_HOURS", "1"))
"""Hours of sound. The speech detector hears every one of their frames, which takes half a minute an hour."""
CHUNK = 0.5
"""Seconds of sound in one reading."""
EVERY = 200.0
"""Seconds of sound from one question to the next."""
SAMPLES = 40
WARM = 0.4
"""Share of the time in which every answer is made for the first time."""
WITHIN = 20.0
"""MB that memory may move."""
QUESTIONS = (
    "打电话怎么取消月卡",
    "下一步",
    "要不要交违约金",
    "不听",
    "去营业厅要带什么东西",
    "今天天气怎么样",
)


class Drain:
    """An output that hears everything at once."""

    def play(
        self,
        pieces: Iterable[Samples],
        sample_rate: int,
        begun: Begun | None = None,
    ) -> Played:
        seconds, count = 0.0, 0
        for count, piece in enumerate(pieces, 1):
            seconds += len(piece) / sample_rate
            if begun is not None:
                begun(count - 1)
        return Played(finished=True, seconds=seconds, pieces=count)

    def stop(self) -> None: ...

    def pause(self) -> None: ...

    def resume(self) -> None: ...

    def close(self) -> None: ...


@dataclass
class Household:
    """A microphone in a room in which, now and then, something falls and somebody asks."""

    questions: list[Samples]
    goodbye: Samples
    watch: Watch
    silent: threading.Event
    """Set while the assistant does not speak. Its voice takes real time, so the room stands still meanwhile."""
    seconds: float = 0.0
    asked: int = 0
    _coming: Samples = field(default_factory=lambda: np.zeros(0, np.float32))
    _chance: np.random.Generator = field(default_factory=lambda: np.random.default_rng(5))

    def read(self, timeout: float) -> Samples | None:
        """The next half second of the room, at once."""
        if not self.silent.wait(timeout):
            return None
        size = round(CHUNK * SAMPLE_RATE)
        before, self.seconds = self.seconds, self.seconds + CHUNK
        if self.seconds // (HOURS * 3600 / SAMPLES) > before // (HOURS * 3600 / SAMPLES):
            self.watch.look()
        if not len(self._coming) and self.seconds >= EVERY * (self.asked + 1):
            over = self.seconds >= HOURS * 3600
            said = self.goodbye if over else self.questions[self.asked % len(self.questions)]
            self.asked += 1
            self._coming = np.concatenate([np.zeros(size, np.float32), said])
        room = self._chance.normal(0, 1e-3, size).astype(np.float32)
        if self.seconds % 90 < CHUNK:
            room[:2000] += self._chance.normal(0, 0.1, 2000).astype(np.float32)
        part, self._coming = self._coming[:size], self._coming[size:]
        room[: len(part)] += part
        return room

    def close(self) -> None: ...


@pytest.mark.slow
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
def test_hours_in_a_living_room_leave_it_as_it_was(
    understanding: Understanding,
    whisper: Whisper,
    kokoro: Kokoro,
    spoken: Callable[..., Samples],
    pytestconfig: pytest.Config,
) -> None:
    assert pytestconfig.cache is not None
    settle()
    watch, silent = Watch(os.getpid()), threading.Event()
    household = Household([spoken(text) for text in QUESTIONS], spoken("再见"), watch, silent)
    events: list[dict[str, Any]] = []

    def emit(event: str, /, **fields: Any) -> None:  # noqa: ANN401
        if event in ("spoken", "interrupted"):
            silent.set()
        elif event == "reply":
            silent.clear()
        if event in ("reply", "trouble", "bye"):
            events.append({"event": event, "intent": fields.get("intent")})

    store = SpeechStore(pytestconfig.cache.mkdir("speech-store"))
    inbox: Inbox = SimpleQueue()
    mouth = Mouth(Speaker(StoredSynthesiser(kokoro, store), Drain()), inbox.put)
    assistant = Assistant(understanding.pack, understanding)
    listener = TurnListener(whisper, judge_by(assistant.completeness))
    Loop(assistant, Devices(lambda: household, lambda: listener, mouth, inbox), emit).run()
    verdict = judge(watch.samples, WARM)
    print(verdict, household.asked, household.seconds)
    assert household.seconds >= HOURS * 3600
    assert [each for each in events if each["event"] == "trouble"] == []
    assert household.asked >= HOURS * 3600 / EVERY - 1
    intents = [each["intent"] for each in events if each["intent"]]
    assert intents.count("guide.hotline") >= (household.asked - 1) // len(QUESTIONS)
    assert intents[-1] == "command.quit"
    assert abs(verdict.growth) <= WITHIN, verdict
    assert (verdict.threads, verdict.files) == (0, 0), verdict
