"""The one place where errors that nobody thought of are caught: a thread that died would leave others waiting for it.

What they say may hold what the listener said, which no log may, so only their kind and where they came from is told.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Iterator
from contextlib import contextmanager

from voice.errors import EngineError, VoiceError

_log = logging.getLogger(__name__)


@contextmanager
def guarded(what: str, kind: type[VoiceError] = EngineError) -> Iterator[None]:
    """Within, an unforeseen error of ``what`` becomes one of a ``kind`` that whoever waits for it expects."""
    try:
        yield
    except VoiceError:
        raise
    except Exception as error:  # noqa: BLE001 -- see above
        name = type(error).__name__
        frames = "".join(traceback.format_tb(error.__traceback__))
        _log.error("%s failed, unforeseen: %s\n%s", what, name, frames)
        raise kind(f"{what} failed: {name}") from None
