"""Sentences become sound; a stop is obeyed from the first moment."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import soundfile

from voice.dialogue.state import Preferences
from voice.speak.output import WavOutput
from voice.speak.speaker import Speaker, manner_for
from voice.speak.synthesiser import Manner, Phrase, Samples

TEN_MS = np.full(240, 0.2, dtype=np.float32)


class _Clicks:
    """A synthesiser that gives 10 ms for every phrase and does something before one of them."""

    name = "clicks"
    sample_rate = 24_000
    voices: tuple[str, ...] = ("a", "b")

    def __init__(self) -> None:
        self.made: list[str] = []
        self.stop_before = ""
        self.speaker: Speaker | None = None

    def speak(self, phrases: tuple[Phrase, ...], manner: Manner) -> Iterator[Samples]:
        for phrase in phrases:
            if phrase.text == self.stop_before and self.speaker is not None:
                self.speaker.stop()
            self.made.append(phrase.text)
            yield TEN_MS if manner.rate else TEN_MS[:0]

    def close(self) -> None:
        self.made.clear()


def _speaker(path: Path) -> tuple[Speaker, _Clicks]:
    voice = _Clicks()
    voice.speaker = Speaker(voice, WavOutput(path))
    return voice.speaker, voice


def test_sentences_become_sound_with_a_caption_each(tmp_path: Path) -> None:
    speaker, _ = _speaker(tmp_path / "a.wav")
    captions: list[str] = []
    played = speaker.say(("您好，请说。", "再见。"), Preferences(volume=6), captions.append)
    assert (played.finished, played.pieces) == (True, 3)
    assert "".join(captions) == "您好，请说。再见。"
    speaker.close()
    samples, _ = soundfile.read(tmp_path / "a.wav")
    assert abs(samples.max() - 0.4) < 0.01


def test_a_stop_while_the_first_phrase_is_made_is_not_lost(tmp_path: Path) -> None:
    speaker, voice = _speaker(tmp_path / "a.wav")
    voice.stop_before = "您好"
    played = speaker.say(("您好，请说。",), Preferences())
    assert (played.finished, played.pieces, voice.made) == (False, 0, ["您好"])
    voice.stop_before = "请说"
    played = speaker.say(("您好，请说，再见。",), Preferences())
    assert (played.finished, played.pieces, voice.made[1:]) == (False, 1, ["您好", "请说"])


def test_a_stop_before_a_saying_does_not_touch_it(tmp_path: Path) -> None:
    speaker, _ = _speaker(tmp_path / "a.wav")
    speaker.stop()
    assert speaker.say(("您好。",), Preferences()).finished


def test_nothing_is_made_once_halted(tmp_path: Path) -> None:
    speaker, voice = _speaker(tmp_path / "a.wav")
    halted = threading.Event()
    halted.set()
    assert not speaker.say(("您好。",), Preferences(), halted=halted).finished
    assert voice.made == []


def test_the_chosen_voice_wraps_around() -> None:
    assert manner_for(Preferences(rate=240, voice=3), ("a", "b")) == Manner(240, "b")
    assert manner_for(Preferences(voice=1), ()).voice == ""
