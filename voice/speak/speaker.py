"""From the sentences of a reply to sound: planned, spoken by a voice, played on an output."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from voice.config import Folders, SpeakingOptions
from voice.dialogue.state import Preferences
from voice.memory import loading
from voice.speak.draft import Draft
from voice.speak.joining import runs
from voice.speak.output import AudioOutput, Played
from voice.speak.shaping import limit
from voice.speak.spoken import plan
from voice.speak.synthesiser import Manner, Phrase, Samples, Synthesiser

if TYPE_CHECKING:
    from voice.speak.store import StoredSynthesiser

Caption = Callable[[str], None]
"""Called with the display text of each phrase when it begins to be heard."""


class Speaker:
    """Says sentences as the listener prefers to hear them. :meth:`stop` may come from any thread.

    A stop counts from the moment :meth:`say` was called, also while nothing can be heard yet.
    """

    def __init__(
        self,
        voice: Synthesiser,
        output: AudioOutput,
        made: Callable[[], None] = lambda: None,
        *,
        soon: bool = True,
    ) -> None:
        """``made`` is called, on the thread that makes it, once all that is said is made and most of it unheard.

        ``soon``: somebody waits for the sound.
        """
        self._soon = soon
        self._voice = voice
        self._made = made
        self._output = output
        self._stopped = threading.Event()
        self._draft: Draft | None = None

    def say(
        self,
        sentences: Sequence[str],
        preferences: Preferences,
        caption: Caption | None = None,
        halted: threading.Event | None = None,
    ) -> Played:
        """Say ``sentences``; returns when all was heard, or after :meth:`stop`. No phrase is made once ``halted``.

        Raises:
            EngineError: the voice failed.
            AudioOutputError: the loudspeaker went away.
        """
        self._stopped.clear()
        halts = [self._stopped] if halted is None else [self._stopped, halted]
        phrases = plan(sentences)

        def begun(piece: int) -> None:
            # The second piece of a phrase, or group of a number, is shown with the first.
            if caption is not None and piece < len(phrases) and phrases[piece].display:
                caption(phrases[piece].display)

        sound = self._begun(phrases, self._manner(preferences)).whole()
        wanted = louder(until(self._telling(sound), halts), preferences.volume)
        played = self._output.play(wanted, self._voice.sample_rate, begun)
        return replace(played, finished=played.finished and not any(h.is_set() for h in halts))

    def prepare(
        self, sentences: Sequence[str], preferences: Preferences, wanted: Callable[[], bool]
    ) -> None:
        """Make the first run of what will probably be said, piece by piece while it is ``wanted``.

        :meth:`say` begins with what there is of it. Raises EngineError when the voice fails.
        """
        phrases = plan(sentences)
        draft = self._begun(phrases, self._manner(preferences))
        # It may be said before it is grown.
        self._draft = draft
        draft.grow(len(next(iter(runs(phrases)), ())), wanted)

    def _manner(self, preferences: Preferences) -> Manner:
        return replace(manner_for(preferences, self._voice.voices), soon=self._soon)

    def _telling(self, sound: Iterator[Samples]) -> Iterator[Samples]:
        yield from sound
        self._made()

    def _begun(self, phrases: tuple[Phrase, ...], manner: Manner) -> Draft:
        """The draft of these phrases, which is given away, or a new one."""
        draft, self._draft = self._draft, None
        if draft is not None and draft.is_of(phrases, manner):
            return draft
        return Draft(phrases, manner, self._voice.speak(phrases, manner))

    def stop(self) -> None:
        """Fade out what is being said; nothing more of it is made."""
        self._stopped.set()
        self._output.stop()

    def pause(self) -> None:
        """Fall silent and keep the place."""
        self._output.pause()

    def resume(self) -> None:
        """Go on, a little before the place of the pause."""
        self._output.resume()

    def close(self) -> None:
        """Let go of the output and free the voice. A file is written now."""
        self._output.close()
        self._voice.close()


def manner_for(preferences: Preferences, voices: Sequence[str]) -> Manner:
    """How the listener wants to be spoken to; voice 0 is the engine's own choice."""
    chosen = preferences.voice % len(voices) if voices else 0
    return Manner(preferences.rate, voices[chosen] if chosen else "")


def until(sound: Iterator[Samples], halts: Sequence[threading.Event]) -> Iterator[Samples]:
    """The sound as long as none of the events is set; no piece is made afterwards."""
    while not any(halt.is_set() for halt in halts):
        piece = next(sound, None)
        if piece is None or any(halt.is_set() for halt in halts):
            return
        yield piece


def louder(sound: Iterable[Samples], decibels: float) -> Iterator[Samples]:
    """The sound with a gain, its peaks bent so that they do not clip."""
    gain = np.float32(10.0 ** (decibels / 20.0))
    for piece in sound:
        yield limit(piece * gain) if decibels else piece


def load_voice(folders: Folders, options: SpeakingOptions | None = None) -> StoredSynthesiser:
    """Load the best voice that works, with the store of what it said before.

    Raises VoiceError when there is no voice.
    """
    from voice.speak.select import load_synthesiser
    from voice.speak.store import SpeechStore, StoredSynthesiser

    options = options or SpeakingOptions()
    with loading():
        engine = load_synthesiser(folders.models, options.engine)
    return StoredSynthesiser(engine, SpeechStore(folders.data / "speech"))
