"""The session of an engine that reads whole utterances: it keeps what it is fed and decodes at the end."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from voice.hear.recogniser import Hearing, Samples


class WholeUtterance:
    """A :class:`~voice.hear.recogniser.Session` that decodes once."""

    def __init__(self, decode: Callable[[Samples], Hearing]) -> None:
        """``decode`` gets all that was fed, 16 kHz mono; an empty array where nothing was."""
        self._decode = decode
        self._chunks: list[Samples] = []

    def feed(self, samples: Samples) -> None:
        """Keep the next chunk."""
        self._chunks.append(samples)

    def partial(self) -> str:
        """Nothing is known before the end."""
        return ""

    def finish(self) -> Hearing:
        """Decode all that was fed."""
        whole = np.concatenate(self._chunks) if self._chunks else np.zeros(0, np.float32)
        self._chunks = []
        return self._decode(whole)
