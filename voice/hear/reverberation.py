"""Taking a room's late echo out of speech, for a second look at what was said from across it.

The echo of a room is what was said before, coming again: it can be foretold from the past of each frequency, and
taken away (weighted prediction error: Nakatani et al., "Speech dereverberation based on variance-normalized delayed
linear prediction", 2010). The early echo, which helps listening, stays.

Of questions from across six real rooms it leaves 34.1 instead of 35.8 % of the syllables misheard (125 questions), and
beside the sound as it came, 5 in 100 of those that were unclear are understood that were not (175 questions).
"""

from __future__ import annotations

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from voice.hear.recogniser import SAMPLE_RATE, Samples

WINDOW = 512
"""Samples of a frame, 32 ms; with 64 ms less is gained."""
HOP = 128
"""Samples from frame to frame, 8 ms."""
TAPS = 20
"""Frames of the past that the echo is foretold from; with 6, and a delay of 2, a third of the gain is lost."""
DELAY = 3
"""Frames in between, which are speech and early echo."""
TURNS = 3
"""Rounds of estimating the speech's own loudness, then the echo."""
AT_ONCE = 32
"""Frequencies that are worked on together: all of them would take 270 MB for the longest piece."""
SHORTEST = SAMPLE_RATE // 2
"""Samples below which there is no past to learn from."""


def dry(samples: Samples) -> Samples:
    """``samples``, 16 kHz mono, without the late echo; as they are when they are shorter than half a second.

    Costs 20 ms a second of sound on one core.
    """
    if len(samples) < SHORTEST:
        return samples
    # Imported late: a clear voice never needs it.
    from nara_wpe.wpe import wpe
    from threadpoolctl import threadpool_limits

    wet = _spectra(samples)
    bands = [wet[low : low + AT_ONCE, np.newaxis] for low in range(0, len(wet), AT_ONCE)]
    # Many small equations: threads that wait for each other make them no faster, and seconds slower on a busy machine.
    with threadpool_limits(1):
        parts = [wpe(band, taps=TAPS, delay=DELAY, iterations=TURNS)[:, 0] for band in bands]
    return _sound(np.concatenate(parts))[: len(samples)]


def _spectra(samples: Samples) -> NDArray[np.complex64]:
    """What each frame of the sound holds of each frequency; shape (WINDOW / 2 + 1, frames).

    By numpy's own transform: scipy.signal would do it, and takes a second to load and 70 MB.
    """
    padded = np.pad(samples, (WINDOW // 2, WINDOW // 2 + -len(samples) % HOP))
    frames = sliding_window_view(padded, WINDOW)[::HOP]
    return np.fft.rfft(frames * _HANN).T.astype(np.complex64)


def _sound(spectra: NDArray[np.complex64]) -> Samples:
    """The sound that :func:`_spectra` looked at, and up to a frame of nothing behind it."""
    pieces = np.fft.irfft(spectra.T, WINDOW) * _HANN
    sound, weight = np.zeros((2, (len(pieces) - 1) * HOP + WINDOW))
    for number, piece in enumerate(pieces):
        place = slice(number * HOP, number * HOP + WINDOW)
        sound[place] += piece
        weight[place] += _HANN**2
    kept = slice(WINDOW // 2, -WINDOW // 2)
    return (sound[kept] / weight[kept]).astype(np.float32)


_HANN = np.hanning(WINDOW + 1)[:-1]
