"""The whole loop measured from outside: what the virtual loudspeaker plays after what the virtual microphone hears."""

from __future__ import annotations


def main(words: list[str]) -> int:
    """See ``scripts/bench.py live --help``."""
    from benches.live.run import run

    return run(words)
