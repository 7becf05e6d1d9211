"""When turns end: whether slow speakers are cut off, and how long quick ones wait."""

from __future__ import annotations

import json
import random
import re
import statistics
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from benches.hearing.sentences import Sentence
from benches.hearing.speech import SLOW, USUAL, Voices
from voice.assistant import Assistant
from voice.hear.ear import judge_by
from voice.hear.endpoint import Event
from voice.hear.habits import Habits
from voice.hear.listener import TurnListener
from voice.hear.recogniser import SAMPLE_RATE, Samples
from voice.hear.select import choose, load, look
from voice.models import ModelStore

SHORTEST, LONGEST = 0.8, 2.0
"""Seconds of a pause inside a sentence."""
LEAST = 8
"""Characters from which a sentence is long enough to pause in."""
CHUNK = SAMPLE_RATE // 20
"""Samples that the microphone brings at once."""
WAITING = 6 * SAMPLE_RATE
"""Silence after the sentence."""
_CLAUSE = re.compile(r"[^，。？！、；,?!]+[，。？！、；,?!]*")


@dataclass(frozen=True)
class Paused:
    """A sentence with pauses in it."""

    sound: Samples
    pauses: int


def paused(voices: Voices, text: str, voice: str, number: int, rate: int = SLOW) -> Paused:
    """``text`` with one or two pauses of 0.8 to 2.0 s, after its clauses or in the middle of a long one."""
    chance = random.Random(number)  # noqa: S311 -- repeatable, not secret
    parts: list[Samples] = []
    pieces = _pieces(text, chance)
    for place, piece in enumerate(pieces):
        parts.append(voices.say(piece, voice, rate))
        if place + 1 < len(pieces):
            seconds = chance.uniform(SHORTEST, LONGEST)
            parts.append(_silence(seconds, number))
    return Paused(np.concatenate(parts), len(pieces) - 1)


def _pieces(text: str, chance: random.Random) -> list[str]:
    clauses = _CLAUSE.findall(text)
    if len(clauses) > 3:
        clauses = [*clauses[:2], "".join(clauses[2:])]
    if len(clauses) > 1 or len(text) < LEAST:
        return clauses or [text]
    cut = chance.randint(3, len(text) - 4)
    return [text[:cut], text[cut:]]


def _silence(seconds: float, number: int) -> Samples:
    """A quiet room: no microphone gives zeros."""
    chance = np.random.default_rng(number)
    return (3e-4 * chance.standard_normal(round(seconds * SAMPLE_RATE))).astype(np.float32)


def report(
    assistant: Assistant,
    voices: Voices,
    store: ModelStore,
    sentences: Sequence[Sentence],
    wanted: Sequence[str],
) -> None:
    """Print how often turns were cut, and how long after the last word they ended.

    Every voice is one speaker, whose pauses are learned from sentence to sentence. The clock is the sound itself; what
    recognising takes comes on top and is in the other table.
    """
    engine = choose(look(store), wanted[0] if wanted else "auto")
    recogniser = load(engine, store.path(engine.model))
    for name, rate in (("paused", SLOW), ("fluent", USUAL)):
        cut = early = 0
        waits: list[float] = []
        known: dict[str, Habits] = {}
        for place, sentence in enumerate(sentences):
            voice = voices.names[place % len(voices.names)]
            sound = (
                paused(voices, sentence.text, voice, place).sound
                if name == "paused"
                else voices.say(sentence.text, voice, rate)
            )
            assistant.reset()
            judge = judge_by(assistant.completeness)
            listener = TurnListener(recogniser, judge, habits=known.get(voice))
            ends = list(turn_ends(listener, sound))
            was_cut = any(end < 0 for end in ends[:-1])
            cut += was_cut
            early += was_cut and voice not in known
            known[voice] = listener.habits
            waits += ends[-1:]
        heard = sorted(waits)
        numbers = {
            "turns": len(sentences),
            "cut_percent": round(100 * cut / max(1, len(sentences)), 1),
            "cut_at_first": early,
            "end_median": round(statistics.median(heard or [0.0]), 2),
            "end_p95": round((heard or [0.0])[int(0.95 * (len(heard) - 1))], 2),
        }
        print(
            f"{name:12}" + "".join(f"  {key} {value}" for key, value in numbers.items()), flush=True
        )
        print(json.dumps({"engine": engine.name, "condition": name, **numbers}), file=sys.stderr)
    recogniser.close()


def turn_ends(listener: TurnListener, sound: Samples) -> Iterator[float]:
    """Seconds from the end of ``sound`` to each end of a turn; negative when it was cut off."""
    number = len(sound)
    before = _silence(0.6, number)
    whole = np.concatenate([before, sound, _silence(WAITING / SAMPLE_RATE, number + 1)])
    over = (len(before) + len(sound)) / SAMPLE_RATE
    for start in range(0, len(whole), CHUNK):
        for heard in listener.feed(whole[start : start + CHUNK]):
            if heard.event is Event.ENDED:
                yield heard.time - over
