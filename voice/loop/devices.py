"""What the loop runs on, and the news that come in from it."""

from __future__ import annotations

import queue
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from voice.hear.listener import TurnListener
from voice.hear.microphone import AudioInput
from voice.keys import Pressed, Typed
from voice.loop.attention import Attentive
from voice.loop.leaving import Leave
from voice.speak.mouth import Mouth, SpeechNews
from voice.speak.synthesiser import Samples

Inbox = queue.SimpleQueue[SpeechNews | Attentive | Typed | Pressed | Leave]


class Outlet(Protocol):
    """The loudspeaker's state; see :class:`~voice.speak.outlet.Outlet`."""

    @property
    def missing(self) -> bool: ...

    def open(self) -> None: ...

    def chime(self, sound: Samples, sample_rate: int) -> None: ...

    def close(self) -> None: ...


class Canceller(Protocol):
    """Says whether the assistant's own voice is taken out of what the microphone brings."""

    @property
    def ready(self) -> bool: ...

    @property
    def outspoken(self) -> bool: ...

    def recent(self, count: int) -> Samples: ...

    def restart(self) -> None: ...


@dataclass(frozen=True)
class Devices:
    """What the loop runs on."""

    open_input: Callable[[], AudioInput]
    """Opens the microphone; raises AudioInputError."""
    listener: Callable[[], TurnListener]
    """Gives a listener; may take as long as loading a recogniser, and is called again for one that hangs. Raises
    VoiceError when there is none."""
    mouth: Mouth
    """Tells its news to ``inbox``."""
    inbox: Inbox
    outlet: Outlet | None = None
    """The loudspeaker, where it can be opened anew."""
    canceller: Canceller | None = None
    """Without one, what is said while the assistant speaks is not listened to."""
    refresh: Callable[[], bool] = lambda: False
    """Reads the system's list of devices anew, as far as none is open."""
