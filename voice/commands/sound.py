"""Microphone and loudspeaker of a conversation, as far as there are any."""

from __future__ import annotations

from dataclasses import dataclass

from voice.errors import AudioInputError, AudioOutputError
from voice.hear.echo import EchoCanceller
from voice.hear.microphone import AudioInput, Microphone
from voice.sound_card import named
from voice.speak.loudspeaker import Loudspeaker
from voice.speak.outlet import Outlet


@dataclass(frozen=True)
class Sound:
    """Microphone and loudspeaker, and what joins them."""

    source: int | str | None
    spare: list[Microphone]
    """The microphone that was opened to see whether there is one, until it is used."""
    outlet: Outlet
    canceller: EchoCanceller

    def open_input(self) -> AudioInput:
        """Open the microphone; raises AudioInputError."""
        return self.spare.pop() if self.spare else Microphone(self.source, self.canceller)

    def close(self) -> None:
        """Let go of what is still open of both."""
        for microphone in self.spare:
            microphone.close()
        self.spare.clear()
        self.outlet.close()


def open_sound(microphone: int | str | None, loudspeaker: int | str | None) -> Sound:
    """Open what there is of microphone and loudspeaker; raises AudioInputError where there is neither."""
    canceller = EchoCanceller()
    # A number counts in the list of the moment, a name stays right when the list is read anew.
    source, sink = named("input", microphone), named("output", loudspeaker)
    outlet = Outlet(lambda: Loudspeaker(sink, canceller.played))
    missing = None
    try:
        outlet.open()
    except AudioOutputError as error:
        missing = error
    try:
        spare = [Microphone(source, canceller)]
    except AudioInputError:
        if missing is not None:
            raise
        spare = []
    return Sound(source, spare, outlet, canceller)
