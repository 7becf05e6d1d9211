"""Who makes the pieces of a sound while it is heard."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable

from voice.errors import VoiceError
from voice.guard import guarded
from voice.speak.synthesiser import Samples

PATIENCE = 20.0
"""Seconds without a piece after which a maker is taken to hang: a busy machine makes one in two."""

Offer = Callable[[int, Samples], bool]
"""Takes a piece, by its number, and waits while enough is waiting; False when no more are wanted."""


class Maker:
    """Draws the pieces on a thread of its own, which is left behind when it hangs."""

    def __init__(self, pieces: Iterable[Samples], offer: Offer) -> None:
        self._pieces = pieces
        self._offer = offer
        self._error: VoiceError | None = None
        self._thread = threading.Thread(target=self._work, name="speech", daemon=True)

    @property
    def alive(self) -> bool:
        """Whether more may come."""
        return self._thread.is_alive()

    def start(self) -> None:
        """Begin to draw."""
        self._thread.start()

    def finish(self) -> None:
        """Wait for the piece that is being made; raises VoiceError where making one failed."""
        self._thread.join(PATIENCE)
        if self._error is not None:
            raise self._error

    def _work(self) -> None:
        try:
            with guarded("making sound"):
                self._draw()
        except VoiceError as error:
            self._error = error

    def _draw(self) -> None:
        for number, piece in enumerate(self._pieces):
            if not self._offer(number, piece):
                return
