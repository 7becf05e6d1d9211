"""Speech through FFmpeg's filters, which PyAV brings along: no other library of sound need be loaded."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING, cast

import numpy as np

from voice.speak.synthesiser import Samples

if TYPE_CHECKING:
    from av import AudioFrame


def filtered(samples: Samples, sample_rate: int, name: str, settings: str) -> Samples:
    """What becomes of mono ``samples``, values -1 to 1, in the filter ``name``.

    ``settings`` are written as FFmpeg's documentation of its filters has them, ``a=1:b=2``.
    """
    if len(samples) == 0:
        return samples
    parts = [each.to_ndarray()[0] for each in frames(samples, sample_rate, name, settings)]
    return np.concatenate(parts).astype(np.float32, copy=False) if parts else samples[:0]


def frames(samples: Samples, sample_rate: int, name: str, settings: str) -> Iterator[AudioFrame]:
    """The frames that come out of a filter, with what it found out about them as ``metadata``."""
    import av

    graph = av.filter.Graph()
    source = graph.add_abuffer(
        sample_rate=sample_rate, format="flt", layout="mono", time_base=Fraction(1, sample_rate)
    )
    change = graph.add(name, settings)
    sink = graph.add("abuffersink")
    source.link_to(change)
    change.link_to(sink)
    graph.configure()
    frame = av.AudioFrame.from_ndarray(samples[np.newaxis], format="flt", layout="mono")
    frame.sample_rate = sample_rate
    frame.pts = 0
    graph.push(frame)
    graph.push(None)
    while True:
        try:
            made = sink.pull()
        except (av.EOFError, av.BlockingIOError):
            return
        yield cast("AudioFrame", made)
