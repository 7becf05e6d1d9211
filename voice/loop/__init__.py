"""The conversation by voice: what is heard, said and typed joined into turns, on devices that may fail."""

from voice.loop.conversation import Loop
from voice.loop.devices import Devices, Inbox

__all__ = ["Devices", "Inbox", "Loop"]
