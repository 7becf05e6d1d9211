"""The spoken commands by name: content says how each is said, understanding finds it, the dialogue obeys it."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class Command(StrEnum):
    """What may be commanded; the value is the name in ``commands.yaml`` and behind ``command.`` in the machine
    protocol."""

    YES = "yes"
    NO = "no"
    CHOOSE_1 = "choose_1"
    CHOOSE_2 = "choose_2"
    CHOOSE_3 = "choose_3"
    NEXT = "next"
    PREVIOUS = "previous"
    STEP = "step"
    """The step of a number, 「第三步」; without one, which step it is."""
    RESTART = "restart"
    RESUME = "resume"
    """「接着说」"""
    REPEAT = "repeat"
    STOP = "stop"
    WAIT = "wait"
    """Asks for time."""
    QUIT = "quit"
    """Goodbye."""
    HELP = "help"
    WHAT_OFFERED = "what_offered"
    """Asks, before answering, about what was offered; a word list, ``asks_about_offer``, says how."""
    SIMPLER = "simpler"
    MORE = "more"
    """「说详细点」"""
    SLOWER = "slower"
    FASTER = "faster"
    LOUDER = "louder"
    SOFTER = "softer"
    VOICE = "voice"
    """Another voice."""
    SLOW_SHORT = "slow_short"
    """「慢而短」, a way of speaking as a whole."""
    QUICK_PLAIN = "quick_plain"
    """「快而简」, another."""
    JOURNAL_ON = "journal_on"
    JOURNAL_OFF = "journal_off"
    JOURNAL_CLEAR = "journal_clear"
    """Whoever keeps the journal wipes it."""


ANSWERS: Final = frozenset({Command.YES, Command.NO})
"""They answer a question, and are found by the consent classifier."""
ORDINALS: Final = (Command.CHOOSE_1, Command.CHOOSE_2, Command.CHOOSE_3)
"""In the order of what they choose; only commands where a choice is on offer."""
ADJUSTMENTS: Final = frozenset({Command.SLOWER, Command.FASTER, Command.LOUDER, Command.SOFTER})
"""One step of pace or loudness."""
