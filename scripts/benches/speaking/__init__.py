"""How well what is said is heard back, how fast, how loud, and how soon."""

from __future__ import annotations


def main(words: list[str]) -> int:
    """See ``scripts/bench.py speaking --help``."""
    from benches.speaking.run import run

    return run(words)
