"""The goodbye to whoever leaves without one, with Ctrl-C."""

from __future__ import annotations

import logging
import queue
import time

from voice.assistant import Assistant
from voice.dialogue.state import Reply
from voice.loop.devices import Inbox
from voice.loop.speaking import Speaking
from voice.speak.mouth import Ended, Failed

PATIENCE = 6.0
"""Seconds that it may take: nobody waits any longer for a voice that hangs."""
_log = logging.getLogger(__name__)


def farewell(assistant: Assistant, speaking: Speaking, inbox: Inbox) -> None:
    """Say goodbye, whatever was going on, and wait until it was heard."""
    goodbye = assistant.pack.prompts.get("goodbye", ())
    number = speaking.say(Reply(goodbye), assistant.preferences)
    until = time.monotonic() + PATIENCE
    try:
        while (left := until - time.monotonic()) > 0:
            news = inbox.get(timeout=left)
            if isinstance(news, Ended | Failed) and news.number == number:
                return
    except queue.Empty:
        _log.warning("the goodbye was not said in time")
