#!/usr/bin/env python3
"""Measure the pure core of the dialogue: how many turns a second, and the slowest turn.

    scripts/bench_dialogue.py [TURNS]

Random commands, questions and nonsense over the real pack; understanding is not part of it. The last line is JSON.
"""

from __future__ import annotations

import json
import random
import statistics
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.dialogue.walk import Speaker  # noqa: E402
from voice.content.loader import load_pack  # noqa: E402
from voice.dialogue import policy  # noqa: E402
from voice.dialogue.state import Preferences  # noqa: E402


def main(turns: int) -> None:
    """Run and print."""
    pack = load_pack(ROOT / "content" / "unicom")
    speaker = Speaker(pack, random.Random(0))  # noqa: S311 -- repeatable, not secret
    meanings = [speaker.speak() for _ in range(turns)]
    state, _ = policy.begin(pack, Preferences())
    times: list[float] = []
    start = time.perf_counter()
    for meaning in meanings:
        before = time.perf_counter()
        state, _ = policy.respond(pack, state, meaning)
        times.append(time.perf_counter() - before)
    rate = turns / (time.perf_counter() - start)
    print(f"{turns} turns, {rate:,.0f} a second")
    found = {
        "turns": turns,
        "turns_a_second": round(rate),
        "ms_median": round(1000 * statistics.median(times), 4),
        "ms_p99": round(1000 * sorted(times)[int(0.99 * (turns - 1))], 4),
    }
    print(json.dumps(found))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
