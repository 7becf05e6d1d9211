"""What every voice offers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.float32]
"""Mono sound, shape (n,), values -1 to 1."""

DEFAULT_RATE = 180
"""Characters a minute that an older listener follows with ease; pauses included."""


@dataclass(frozen=True)
class Phrase:
    """A run of speech without a pause inside, and the silence after it."""

    text: str
    """Spoken text: Chinese characters only, numbers spelled out."""
    pause: float
    """Seconds of silence after the phrase, at the default rate."""
    display: str = ""
    """What a caption shows while the phrase is heard."""
    joins: bool = False
    """Whether it is spoken in one breath with the phrase before, the pause kept. A hint."""


@dataclass(frozen=True)
class Manner:
    """How something is said."""

    rate: int = DEFAULT_RATE
    """Characters a minute, 100 to 400."""
    voice: str = ""
    """Name of a voice of the engine; empty for its default."""
    soon: bool = False
    """Whether somebody waits for it: then the first sound comes as soon as it can, at some loss of clearness."""


class Synthesiser(Protocol):
    """A loaded voice. Implementations are one file each and import their library lazily."""

    name: str
    sample_rate: int
    """Samples a second of what :meth:`speak` yields."""
    voices: tuple[str, ...]

    def speak(self, phrases: tuple[Phrase, ...], manner: Manner) -> Iterator[Samples]:
        """Yield the sound phrase by phrase, each with its pause, the first as soon as it is ready."""

    def close(self) -> None:
        """Free what the engine holds."""


@runtime_checkable
class Interruptible(Synthesiser, Protocol):
    """A voice whose phrases take long enough that breaking one off matters."""

    def warm_up(self) -> None:
        """Load all that the first phrase needs. Raises :class:`EngineError`, as speaking would."""

    def aside(self) -> Interruptible:
        """The same voice for work in the background: what interrupts it leaves this one alone."""

    def interrupt(self) -> None:
        """Break off what is being made and refuse what comes, with :class:`EngineError`; from any thread."""

    def go_on(self) -> None:
        """Take work again after :meth:`interrupt`."""
