"""The beginning of what will probably be said, made while it may still be said otherwise."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from voice.speak.synthesiser import Manner, Phrase, Samples


@dataclass
class Draft:
    """Sound whose first pieces are made and whose rest goes on where they end."""

    phrases: tuple[Phrase, ...]
    manner: Manner
    sound: Iterator[Samples]
    """What is not made yet."""
    made: list[Samples] = field(default_factory=list)

    def is_of(self, phrases: tuple[Phrase, ...], manner: Manner) -> bool:
        """Whether it is the beginning of these phrases, spoken so."""
        return (self.phrases, self.manner) == (phrases, manner)

    def grow(self, pieces: int, wanted: Callable[[], bool]) -> None:
        """Make it ``pieces`` long, as long as it is ``wanted``; the piece in work is finished."""
        while len(self.made) < pieces and wanted():
            piece = next(self.sound, None)
            if piece is None:
                return
            self.made.append(piece)

    def whole(self) -> Iterator[Samples]:
        """All of it, the rest as it is made."""
        yield from self.made
        yield from self.sound
