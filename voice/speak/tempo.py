"""Slower and faster speech at the same pitch, by FFmpeg's ``atempo`` through PyAV."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from voice.speak.synthesiser import Samples

SLOWEST, FASTEST = 0.5, 2.0
"""What ``atempo`` does in one pass without skipping sound."""


def stretch(samples: Samples, sample_rate: int, tempo: float) -> Samples:
    """Speech ``tempo`` times as fast, 0.5 to 2; shape (about n / tempo,)."""
    import av

    if abs(tempo - 1) < 0.01 or len(samples) == 0:
        return samples
    graph = av.filter.Graph()
    source = graph.add_abuffer(
        sample_rate=sample_rate, format="flt", layout="mono", time_base=Fraction(1, sample_rate)
    )
    change = graph.add("atempo", f"{min(max(tempo, SLOWEST), FASTEST):.4f}")
    sink = graph.add("abuffersink")
    source.link_to(change)
    change.link_to(sink)
    graph.configure()
    frame = av.AudioFrame.from_ndarray(samples[np.newaxis], format="flt", layout="mono")
    frame.sample_rate = sample_rate
    frame.pts = 0
    graph.push(frame)
    graph.push(None)
    parts: list[Samples] = []
    while True:
        try:
            parts.append(np.asarray(graph.pull().to_ndarray()[0], dtype=np.float32))
        except (av.EOFError, av.BlockingIOError):
            return np.concatenate(parts) if parts else samples[:0]
