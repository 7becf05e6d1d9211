#!/usr/bin/env python3
"""Measure a part of the assistant on this machine.

    .venv/bin/python scripts/bench.py PART [OPTIONS]

Each part is a module of ``scripts/benches`` with a ``main`` that takes the words after its name; ``--help`` there says
what it measures.
"""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "scripts")]


def parts() -> tuple[str, ...]:
    """The parts that can be measured."""
    found = (ROOT / "scripts" / "benches").iterdir()
    return tuple(sorted(each.stem for each in found if not each.stem.startswith("_")))


def main(words: list[str]) -> int:
    """Run one part; 2 when the words name none."""
    if not words or words[0] not in parts():
        print(
            f"usage: bench.py PART [OPTIONS]; the parts are {', '.join(parts())}", file=sys.stderr
        )
        return 0 if words[:1] in (["-h"], ["--help"]) else 2
    return int(import_module(f"benches.{words[0]}").main(words[1:]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
