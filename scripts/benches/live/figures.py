"""What the measurement of the live loop counts, and its table."""

from __future__ import annotations

import json
import statistics
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Figures:
    """What was measured."""

    gaps: list[float] = field(default_factory=list)
    """Seconds from the end of the user's sound to the first sound of the answer."""
    stops: list[float] = field(default_factory=list)
    """Seconds from the end of a stop word to silence; below 0 before its end."""
    missed_stops: int = 0
    """Stop words that did not stop it."""
    keys: list[float] = field(default_factory=list)
    """Seconds from a key to silence."""
    reached: dict[str, bool] = field(default_factory=dict)
    said_twice: int = 0
    """Turns that were said once more, for the answer that was waited for was not understood."""
    own_voice: int = 0
    """Times that it heard something while only it spoke."""

    def table(self) -> str:
        """All of it as one JSON object."""
        return json.dumps(
            {
                "gap_s": _spread(self.gaps),
                "stop_word_s": _spread(self.stops),
                "stop_words_missed": self.missed_stops,
                "key_s": _spread(self.keys),
                "conversations_reached": f"{sum(self.reached.values())}/{len(self.reached)}",
                "missed": [name for name, good in self.reached.items() if not good],
                "said_twice": self.said_twice,
                "heard_itself": self.own_voice,
            },
            ensure_ascii=False,
        )


def _spread(values: Sequence[float]) -> dict[str, Any]:
    if not values:
        return {"n": 0}
    ordered = sorted(values)
    return {
        "n": len(values),
        "median": round(statistics.median(values), 2),
        "p95": round(ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))], 2),
        "worst": round(ordered[-1], 2),
    }
