"""What the first answer needs and the greeting does not: it is loaded once the greeting was heard."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np

from voice.assistant import Assistant
from voice.errors import VoiceError
from voice.events import Emit
from voice.hear.reverberation import SHORTEST, dry
from voice.memory import loading
from voice.understand.meaning import Reading

if TYPE_CHECKING:
    from voice.speak.store import StoredSynthesiser

_log = logging.getLogger(__name__)


def warm_up(assistant: Assistant, voice: StoredSynthesiser) -> None:
    """Use everything once, unheard: two seconds, most of them libraries'. A voice that fails is logged, not raised."""
    with loading():
        assistant.completeness([Reading("".join(assistant.greeting.say[:1]))])
        try:
            voice.warm_up()
        except VoiceError as error:
            _log.warning("the voice could not be warmed up: %s", error)
        dry(np.zeros(SHORTEST, np.float32))


def once_listening(emit: Emit, then: Callable[[], None]) -> Emit:
    """Events on their way; ``then`` is called once, on a thread of its own, when it listens for the first time.

    Not before: beside the greeting it takes so much of the processor that the loudspeaker runs dry.
    """
    waiting = [threading.Thread(target=then, name="warming up", daemon=True)]

    def emitted(event: str, /, **fields: Any) -> None:  # noqa: ANN401 -- JSON values
        emit(event, **fields)
        if event == "listening" and waiting:
            waiting.pop().start()

    return emitted


def once_speaking(emit: Emit, then: Callable[[], None]) -> Emit:
    """Events on their way; ``then`` is called once, when the first words are heard: those of the greeting."""
    waiting = [then]

    def emitted(event: str, /, **fields: Any) -> None:  # noqa: ANN401 -- JSON values
        emit(event, **fields)
        if event == "speaking" and waiting:
            waiting.pop()()

    return emitted
