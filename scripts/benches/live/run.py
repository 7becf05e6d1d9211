"""The measurement of the live loop, from its words to its figures."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import soxr

from benches.live.conversations import CONVERSATIONS, Conversation
from benches.live.figures import Figures
from tests.live.sound_server import RATE, SoundServer, sound_server
from tests.live.talking import LONGEST, Talk, talking
from voice.config import find_folders
from voice.errors import VoiceError
from voice.hear.recogniser import SAMPLE_RATE, Samples
from voice.speak.shaping import trim
from voice.speak.speaker import load_voice
from voice.speak.spoken import plan
from voice.speak.synthesiser import Manner, Synthesiser

STOPS = ("停", "别说了", "停一下")
LONG = "帮助"
SHARED = ("index", "speech")
"""Folders of data that say nothing about who speaks."""
ECHO = 50
"""Volume, percent, at which the loudspeaker comes back into the microphone in the tests of barge-in: 18 dB down."""


def run(words: list[str]) -> int:
    """Measure and print; 3 when something that it needs is missing."""
    options = _options(words)
    figures = Figures()
    try:
        voice = load_voice(find_folders())
        with tempfile.TemporaryDirectory() as folder:
            if options.conversations:
                _converse(Path(folder), voice, CONVERSATIONS[: options.conversations], figures)
            if options.stops:
                _stop(Path(folder), voice, options.stops, figures)
    except VoiceError as error:
        print(error, file=sys.stderr)
        return 3
    print(figures.table())
    return 0


@contextmanager
def _server(folder: Path) -> Iterator[SoundServer]:
    place = folder / f"sound-{time.monotonic_ns()}"
    place.mkdir()
    with sound_server(place) as server:
        data = {"VOICE_DATA": str(_listener(place / "data"))}
        server.environment = server.environment | data | {"PYTHONUTF8": "1"}
        with server.murmur(LONGEST):
            yield server


def _listener(folder: Path) -> Path:
    """The data of somebody who never spoke to it, with what this machine has learned and spoken ahead: 「慢一点」 in
    one conversation is no wish of the next, nor of who lives here."""
    folder.mkdir()
    here = find_folders().data
    for name in SHARED:
        (here / name).mkdir(parents=True, exist_ok=True)
        (folder / name).symlink_to(here / name, target_is_directory=True)
    return folder


def _converse(
    folder: Path, voice: Synthesiser, conversations: Sequence[Conversation], figures: Figures
) -> None:
    for number, conversation in enumerate(conversations, 1):
        said = [_say(voice, turn, conversation.voice) for turn in conversation.turns]
        with _server(folder) as server, talking(server) as talk:
            talk.wait_for("listening")
            intents = [
                intent
                for sound in said
                for intent in _until_understood(server, talk, folder, sound, figures)
            ]
        name = f"{number} {conversation.turns[0]}"
        figures.reached[name] = _in_order(conversation.goal, intents)
        print(f"{name}: {'reached' if figures.reached[name] else 'missed'} {intents}", flush=True)


def _until_understood(
    server: SoundServer, talk: Talk, folder: Path, sound: Samples, figures: Figures
) -> Iterator[str | None]:
    """Say one thing, and once more where an answer was waited for and it was not understood, as people do."""
    intent = _turn(server, talk, folder, sound, figures)
    yield intent
    replies = [event for event in talk.events if event["event"] == "reply"]
    if (
        intent is None
        and replies[-1]["expects"] != "anything"
        and talk.events[-1]["event"] != "bye"
    ):
        figures.said_twice += 1
        yield _turn(server, talk, folder, sound, figures)


def _turn(
    server: SoundServer, talk: Talk, folder: Path, sound: Samples, figures: Figures
) -> str | None:
    """Say one thing; the intent that came of it."""
    if talk.events[-1]["event"] == "bye":
        return None
    heard = server.record(folder / "room.raw", "room")
    recording = server.record(folder / "loudspeaker.raw")
    time.sleep(0.3)
    server.speak(sound)
    reply = talk.wait_for("reply")
    talk.wait_for_any("listening", "bye")
    ended = _end_of_voice(heard.stop(), heard.began)
    answered = recording.onset_after(recording.stop(), ended)
    if answered is not None:
        figures.gaps.append(answered - ended)
        judged = [event["t"] for event in talk.events if event["event"] == "endpoint"][-1:]
        parts = "".join(f", turn judged over after {time - ended:.2f} s" for time in judged)
        print(f"  gap {answered - ended:.2f} s{parts}: {reply['heard']}", flush=True)
    intent: str | None = reply["intent"]
    return intent


def _stop(folder: Path, voice: Synthesiser, times: int, figures: Figures) -> None:
    """Stop it by word and by key while its own voice comes back into the microphone."""
    with _server(folder) as server:
        server.echo(ECHO)
        with talking(server) as talk:
            talk.wait_for("listening")
            for number in range(times):
                _speak_long(talk)
                recording = server.record(folder / "loudspeaker.raw")
                word = _say(voice, STOPS[number % len(STOPS)], "zm_yunyang")
                ended = server.speak(word)
                stopped = talk.wait_for_any("interrupted", "spoken")["event"] == "interrupted"
                sound = recording.stop()
                paused = [event["t"] for event in talk.events if event["event"] == "paused"]
                quiet = recording.silence_after(sound, paused[-1]) if stopped and paused else None
                if quiet is None:
                    figures.missed_stops += 1
                else:
                    figures.stops.append(quiet - ended)
                talk.wait_for("listening")
                _speak_long(talk)
                recording = server.record(folder / "loudspeaker.raw")
                talk.wait_for("speaking")
                time.sleep(0.4)
                pressed = time.monotonic()
                talk.type("")
                talk.wait_for("listening")
                time.sleep(0.7)
                figures.keys.append(_end_of_voice(recording.stop(), recording.began) - pressed)
            heard = [event["text"] for event in talk.events if event["event"] == "heard"]
            expected = len(figures.stops) + heard.count(LONG)
            figures.own_voice = max(0, len(heard) - expected)
            print(f"  heard, typed words aside: {[text for text in heard if text != LONG]}")
            talk.type("再见")
            talk.end()


def _speak_long(talk: Talk) -> None:
    """Let it speak long enough for the echo canceller to settle."""
    talk.type(LONG)
    talk.wait_for("speaking")
    talk.wait_for("speaking")
    time.sleep(1.0)


def _say(voice: Synthesiser, text: str, speaker: str) -> Samples:
    parts = list(voice.speak(plan([text]), Manner(rate=220, voice=speaker)))
    sound = trim(np.concatenate(parts), voice.sample_rate)
    return np.asarray(soxr.resample(sound, voice.sample_rate, SAMPLE_RATE), np.float32)


def _end_of_voice(sound: Samples, began: float) -> float:
    """Monotonic time of the last sound above -40 dBFS; the noise of the room is at -65."""
    loud = np.flatnonzero(np.abs(sound) > 0.01)
    return began + (int(loud[-1]) / RATE if len(loud) else 0.0)


def _in_order(goal: Sequence[str], intents: Sequence[str | None]) -> bool:
    left = iter(intents)
    return all(wanted in left for wanted in goal)


def _options(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="bench.py live",
        description="Play whole conversations into a virtual microphone and measure on the recorded loudspeaker: gap "
        "from the end of a question to the first sound, the time to silence after a stop word and a key, and whether "
        "each conversation reaches its goal. Needs pulseaudio; means little where something else runs beside.",
    )
    parser.add_argument(
        "--conversations", type=int, default=len(CONVERSATIONS), help="how many; 0 for none"
    )
    parser.add_argument("--stops", type=int, default=6, help="stop words and keys; 0 for none")
    return parser.parse_args(words)
