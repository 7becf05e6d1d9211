"""The beginning of what will probably be said, made while it may still be said otherwise."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

from voice.errors import EngineError
from voice.speak.synthesiser import Manner, Phrase, Samples


class Draft:
    """Sound whose first pieces are made and whose rest goes on where they end.

    One thread may let it :meth:`grow` while another plays the :meth:`whole`: what is made is heard while the next
    piece is in work.
    """

    def __init__(
        self, phrases: tuple[Phrase, ...], manner: Manner, sound: Iterator[Samples]
    ) -> None:
        """``sound`` is all of it, not made yet: a piece for each phrase."""
        self._phrases = phrases
        self._manner = manner
        self._sound = sound
        self._made: list[Samples] = []
        self._making = threading.Lock()

    def is_of(self, phrases: tuple[Phrase, ...], manner: Manner) -> bool:
        """Whether it is the beginning of these phrases, spoken so."""
        return (self._phrases, self._manner) == (phrases, manner)

    def grow(self, pieces: int, wanted: Callable[[], bool]) -> None:
        """Make it ``pieces`` long, as long as it is ``wanted``; the piece in work is finished.

        Raises VoiceError when the voice fails.
        """
        for place in range(pieces):
            if not wanted() or self._piece(place) is None:
                return

    def whole(self) -> Iterator[Samples]:
        """All of it, the rest as it is made; raises VoiceError where the voice failed."""
        place = 0
        while (piece := self._piece(place)) is not None:
            yield piece
            place += 1

    def _piece(self, place: int) -> Samples | None:
        """The piece at a place, made now unless it is; None behind the last."""
        if place < len(self._made):
            return self._made[place]
        with self._making:
            # The other thread may have made it meanwhile.
            if place == len(self._made) and (piece := self._next()) is not None:
                self._made.append(piece)
        return self._made[place] if place < len(self._made) else None

    def _next(self) -> Samples | None:
        piece = next(self._sound, None)
        if piece is None and len(self._made) < len(self._phrases):
            # It failed for the other thread, and such an iterator is at its end.
            raise EngineError("The voice failed in the middle of a sentence. Ask again.")
        return piece
