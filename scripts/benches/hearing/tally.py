"""Counting what became of what was said."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from voice.assistant import Assistant
from voice.hear.recogniser import SAMPLE_RATE, Samples
from voice.understand.meaning import Act, Meaning, Reading

Hear = Callable[[Samples], Sequence[Reading]]
"""A recogniser: 16 kHz mono sound to weighted readings."""


@dataclass
class Tally:
    """Results under one condition."""

    said: int = 0
    right: int = 0
    """Answered with the entry that was asked for."""
    offered: int = 0
    """That entry was offered: 「您是想问……对吗」."""
    wrong: int = 0
    """Answered with another entry, or taken for a command."""
    heard: int = 0
    """Anything was heard at all."""
    seconds: float = 0.0
    """Length of all the sound."""
    compute: list[float] = field(default_factory=list)
    """Processor seconds for hearing and understanding, each."""
    waits: list[float] = field(default_factory=list)
    """The same by the clock on the wall."""

    def add(self, meaning: Meaning, wanted: str) -> None:
        """Count one; ``wanted`` is the entry asked for, ``""`` when nothing should be answered."""
        self.said += 1
        self.heard += meaning.act is not Act.NOISE
        first = meaning.candidates[0].entry if meaning.candidates else ""
        if meaning.act is Act.ASK and first == wanted:
            self.right += 1
        elif meaning.act in (Act.ASK, Act.COMMAND):
            self.wrong += 1
        elif meaning.act in (Act.MAYBE, Act.AMONG):
            self.offered += wanted in [candidate.entry for candidate in meaning.candidates]

    def share(self, count: int) -> float:
        """``count`` in percent of all."""
        return 100.0 * count / max(1, self.said)

    def numbers(self) -> dict[str, float]:
        """Everything as numbers: percent, and seconds."""
        ordered = sorted(self.compute) or [0.0]
        return {
            "said": self.said,
            "right": round(self.share(self.right), 1),
            "offered": round(self.share(self.offered), 1),
            "wrong": round(self.share(self.wrong), 1),
            "wrong_an_hour": round(3600 * self.wrong / self.seconds, 1) if self.seconds else 0.0,
            "compute_median": round(statistics.median(ordered), 3),
            "compute_p95": round(ordered[int(0.95 * (len(ordered) - 1))], 3),
            "wait_median": round(statistics.median(self.waits or [0.0]), 3),
        }


def judged(assistant: Assistant, hear: Hear, sound: Samples, wanted: str, tally: Tally) -> Meaning:
    """Hear and answer one recording as the first words of a conversation, and count it."""
    assistant.reset()
    clock, processor = time.perf_counter(), time.process_time()
    meaning = assistant.respond(hear(sound)).meaning
    tally.compute.append(time.process_time() - processor)
    tally.waits.append(time.perf_counter() - clock)
    tally.seconds += len(sound) / SAMPLE_RATE
    tally.add(meaning, wanted)
    return meaning
