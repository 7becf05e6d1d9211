"""How well spoken questions are heard and understood, and at what cost."""

from __future__ import annotations


def main(words: list[str]) -> int:
    """See ``scripts/bench.py hearing --help``."""
    from benches.hearing.run import run

    return run(words)
