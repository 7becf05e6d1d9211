"""What every speech recogniser offers: an engine that is loaded once, and a session for each
utterance.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

SAMPLE_RATE = 16_000
"""Samples a second of all sound inside the package's hearing side."""

Samples = NDArray[np.float32]
"""Mono sound, shape (n,), values -1 to 1, at :data:`SAMPLE_RATE` unless said otherwise."""


@dataclass(frozen=True)
class Hypothesis:
    """One reading of what was said."""

    text: str
    """Simplified characters without spaces."""
    score: float
    """Mean log probability a token, at most 0; -inf when the engine gives none."""


@dataclass(frozen=True)
class Hearing:
    """What an utterance was heard as."""

    hypotheses: tuple[Hypothesis, ...] = ()
    """Best first; empty for silence and noise."""
    no_speech: float = 0.0
    """Probability, 0 to 1, that nobody spoke."""
    clarity: float = 1.0
    """How clearly it was heard, 0 to 1: the mean probability that the engine, told nothing of the
    subject, gives a token it wrote; 1 where it tells none.
    """

    @property
    def text(self) -> str:
        """The best reading, ``""`` when there is none."""
        return self.hypotheses[0].text if self.hypotheses else ""


Enough = Callable[[Hearing], bool]
"""Says of the first readings, at least one, whether somebody waits for the answer, so that they must do."""


class Session(Protocol):
    """One utterance being heard."""

    def feed(self, samples: Samples) -> None:
        """Take the next chunk, of any length."""

    def partial(self) -> str:
        """What was heard so far, ``""`` when the engine cannot say before the end."""

    def finish(self) -> Hearing:
        """The final reading; the session is over afterwards."""


class Recogniser(Protocol):
    """A loaded speech recogniser. Implementations are one file each and import their library
    lazily.
    """

    name: str
    streaming: bool
    """Whether a session decodes while it is fed, so that ``partial`` and a late ``finish`` are
    cheap.
    """

    def session(
        self,
        phrases: tuple[str, ...] = (),
        *,
        yes_no: bool = False,
        enough: Enough | None = None,
    ) -> Session:
        """Begin an utterance; ``phrases`` are what the dialogue expects now (a hint, never a
        limit), ``yes_no`` that it has asked something which one of them answers. An engine that
        hears better with more time takes it, but for what is ``enough``.
        """

    def close(self) -> None:
        """Free what the engine holds."""
