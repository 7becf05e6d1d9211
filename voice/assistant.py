"""The one loop all front ends share: readings of an utterance in, a reply out, and the state between them."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from voice.content.command_names import Command
from voice.content.entries import Pack
from voice.content.loader import load_pack
from voice.dialogue import policy
from voice.dialogue.state import Preferences, Reply, State
from voice.understand import endings, index
from voice.understand.completeness import completeness
from voice.understand.meaning import Act, Completeness, Expectation, Meaning, Reading
from voice.understand.understanding import Understanding


@dataclass(frozen=True)
class Turn:
    """One exchange."""

    meaning: Meaning
    reply: Reply
    understand_ms: float
    decide_ms: float


class Assistant:
    """A conversation in progress. Knows no device and no clock beyond measuring itself."""

    def __init__(
        self,
        pack: Pack,
        understanding: Understanding,
        preferences: Preferences = Preferences(),  # noqa: B008 -- frozen
        keep: Callable[[Preferences], None] = lambda _: None,
        note: Callable[[Turn, Preferences], None] = lambda *_: None,
        notice: Sequence[str] = (),
        hint: Sequence[str] = (),
    ) -> None:
        """``keep`` is called with the preferences whenever the listener changed them, ``note`` after every turn;
        ``notice`` is said once, before the greeting, and ``hint`` behind it."""
        self.pack = pack
        self._understanding = understanding
        self._keep = keep
        self._note = note
        self._initial = preferences
        self._state, greeting = policy.begin(pack, preferences)
        self.greeting = replace(greeting, say=(*notice, *greeting.say, *hint))

    @property
    def preferences(self) -> Preferences:
        """How the listener wants to be spoken to."""
        return self._state.preferences

    @property
    def expectation(self) -> Expectation:
        """What is expected of the next utterance."""
        expected = policy.expectation(self.pack, self._state)
        words = self.pack.lexicon.get(f"answers_{expected.expects}", ())
        return replace(expected, words=words)

    @property
    def state(self) -> State:
        """Where the conversation stands."""
        return self._state

    def reset(self) -> Reply:
        """Forget the conversation and what was set in it; returns the greeting."""
        self._state, self.greeting = policy.begin(self.pack, self._initial)
        return self.greeting

    def respond(self, readings: Sequence[Reading]) -> Turn:
        """Answer one utterance; no reading at all means that nothing could be heard.

        Raises VoiceError when the journal was to be wiped and cannot be.
        """
        start = time.perf_counter()
        meaning = self.meaning(readings)
        return self._act_on(meaning, start)

    def obey(self, command: Command) -> Turn:
        """Do what a key asks for."""
        return self._act_on(Meaning("", Act.COMMAND, 1.0, command=command), time.perf_counter())

    def _act_on(self, meaning: Meaning, start: float) -> Turn:
        understood = time.perf_counter()
        before = self._state.preferences
        self._state, reply = policy.respond(self.pack, self._state, meaning)
        decided = time.perf_counter()
        if self._state.preferences != before:
            self._keep(self._state.preferences)
        turn = Turn(meaning, reply, 1000 * (understood - start), 1000 * (decided - understood))
        self._note(turn, self._state.preferences)
        return turn

    def consider(self, readings: Sequence[Reading]) -> tuple[Reply, Preferences]:
        """What :meth:`respond` would answer, and how it would be said; the conversation stays where it is."""
        state, reply = policy.respond(self.pack, self._state, self.meaning(readings))
        return reply, state.preferences

    def meaning(self, readings: Sequence[Reading]) -> Meaning:
        """What :meth:`respond` would take the readings for; the conversation stays where it is."""
        return self._understanding.understand_readings(readings, self.expectation)

    def completeness(self, readings: Sequence[Reading]) -> Completeness:
        """How finished what was heard so far sounds; ``readings`` has at least one."""
        return completeness(readings, self.expectation, self._understanding)

    def respond_to_text(self, text: str) -> Turn:
        """Answer typed text."""
        return self.respond((Reading(text),))

    def no_input(self) -> Reply:
        """Nobody spoke for a while."""
        self._state, reply = policy.no_input(self.pack, self._state)
        return reply


def _learn_apart(content: Path, data: Path) -> None:
    """Let another process put the index in place; where that fails, the caller learns it itself."""
    environment = os.environ | {"VOICE_CONTENT": str(content), "VOICE_DATA": str(data)}
    subprocess.run(
        [sys.executable, "-P", "-m", "voice", "content", "learn"],
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )


def load_understanding(
    content: Path, data: Path, *, apart: bool = True
) -> tuple[Pack, Understanding]:
    """Read the content pack and its phrase index, which is built when it is not there yet: that is said
    on standard error, for it takes a while. Raises ContentError when the pack is broken.

    ``apart``: build it in a process of its own, for learning takes 600 MB that Python would not give back.
    """
    pack = load_pack(content)

    def building() -> None:
        print("".join(pack.prompts.get("preparing", ())), file=sys.stderr, flush=True)
        if apart:
            _learn_apart(content, data)

    folder = data / "index"
    classifier = index.load_or_build(pack, folder, building)
    return pack, Understanding.of(pack, classifier, endings.load_or_build(pack, folder))
