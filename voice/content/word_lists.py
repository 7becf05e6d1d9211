"""The word lists that a pack may have, and how each is written."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum, auto
from typing import Final


class ListKind(Enum):
    """How a list is written."""

    WORDS = auto()
    """As it is said: a bracket is none of it."""
    TEMPLATES = auto()
    """With brackets as in commands, or put into templates as it is."""
    PATTERNS = auto()
    """Regular expressions."""


_WORDS = (
    "command_openings", "command_closings",
    "swapped_subjects", "asides", "swapped_into", "own_subjects", "subject",
    "answers_yes_no", "answers_step", "answers_choice", "interruptions",
    "courtesies", "thinking", "hearing", "confirming", "asked_about", "no_answer", "inviting", "going_on",
    "next_names", "hums", "comforting", "offered", "gives_up", "cut_off",
    "then_surely", "then_maybe", "then_asking", "then_beside", "then_ending", "then_again",
    "demands_not", "question_words", "question_ends", "trailing", "fallback_entries", "avoid",
)  # fmt: skip
_TEMPLATES = (
    "small_words", "noise", "corrections", "taking_back", "returning", "anger_words",
    "foreign_subjects", "foreign_spelled", "shared_subjects",
    "then_never", "asks_back", "asks_about_offer", "offered_names", "demands_to_hear",
    "deeds_refused", "deeds_spoken_of", "puts_off",
    "declined_before", "declining", "declined_verbs", "declined_except", "declined_behind", "declined_because",
    "what_now", "sighs", "no_matter", "what_to_say", "all_done", "denying_topic",
    "wish_address", "wish_how", "wish_telling", "wish_behind", "wish_self", "wish_wanting", "wish_hearing",
    "wish_knowing", "wish_ending", "wish_denying", "wish_denied", "wish_later", "wish_soon", "wish_heard",
    "wishes", "wishes_not", "wishes_neither",
    "done_verbs", "done_results", "done_people", "done_told", "done_arriving", "done_ending", "done_things",
    "picking_before", "picking_behind",
)  # fmt: skip
LISTS: Final[Mapping[str, ListKind]] = {
    **dict.fromkeys(_WORDS, ListKind.WORDS),
    **dict.fromkeys(_TEMPLATES, ListKind.TEMPLATES),
    "failing": ListKind.PATTERNS,
    "troubles": ListKind.PATTERNS,
}
"""Name and kind of every list that something reads; content/README.md explains them."""
