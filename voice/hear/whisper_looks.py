"""One piece of sound under Whisper's eyes: a quick look, and wider ones where that is unsure.

The sound as it came is encoded, read and scored once, whoever asks first.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from voice.hear.recogniser import Samples
from voice.hear.reverberation import dry
from voice.hear.whisper_model import Decoded, WhisperModel


class Looks:
    """What Whisper makes of ``piece``, 16 kHz mono, at most 27 s."""

    def __init__(self, model: WhisperModel, piece: Samples) -> None:
        self._model = model
        self._piece = piece
        self._scores: dict[str, float] = {}
        self._wider: dict[str, tuple[Decoded, ...]] = {}

    @cached_property
    def _encoded(self) -> NDArray[np.float32]:
        return self._model.encode(self._piece)

    @cached_property
    def quick(self) -> Decoded:
        """The first look: the likeliest word after word."""
        return self._model.read(self._encoded, len(self._piece))[0]

    def wider(self, subject: str = "") -> tuple[Decoded, ...]:
        """The quick look and, where that is unsure, a wide one behind it, with ``subject`` in mind."""
        if subject not in self._wider:
            beam = self._model.options.beam
            enough = beam == 1 or self._sure((self.quick,))
            wide = () if enough else self._read(self._encoded, subject)
            self._wider[subject] = (self.quick, *wide)
        return self._wider[subject]

    def settled(self, subject: str = "") -> bool:
        """Whether the wider look is sure enough."""
        return self._model.options.beam == 1 or self._sure(self.wider(subject))

    def every(self, subject: str = "") -> tuple[Decoded, ...]:
        """The wider look and, where that is unsure as well, both once more at the sound without the room's echo."""
        found = self.wider(subject)
        if self.settled(subject):
            return found
        encoded = self._model.encode(dry(self._piece))
        quick = self._model.read(encoded, len(self._piece))
        return (*found, *quick, *self._read(encoded, subject))

    def score(self, phrases: Sequence[str]) -> tuple[float, ...]:
        """Log probability of each phrase as what was said; see :meth:`WhisperModel.score`."""
        new = [each for each in dict.fromkeys(phrases) if each not in self._scores]
        found = self._model.score(self._encoded, len(self._piece), new)
        self._scores.update(zip(new, found, strict=True))
        return tuple(self._scores[each] for each in phrases)

    def _read(self, encoded: NDArray[np.float32], subject: str) -> tuple[Decoded, ...]:
        beam = self._model.options.beam
        return self._model.read(encoded, len(self._piece), beam, subject)

    def _sure(self, found: Sequence[Decoded]) -> bool:
        return max(each.score for each in found) >= self._model.options.unsure
