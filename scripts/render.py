#!/usr/bin/env python3
"""Speak everything fixed in the content ahead, so that a slow machine answers at once.

    .venv/bin/python scripts/render.py [--rate 180] [--voice NAME] [--engine auto]

Every reply that the content leads to is planned, spoken and kept in the speech store, under the voice and the rate that
are asked for; what is kept already is not made again, so the work can be interrupted and taken up. The greeting comes
first. The store is bounded: with many voices and rates the ones unused for longest go.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tqdm import tqdm

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from voice.config import SpeakingOptions, find_folders
from voice.content.loader import load_pack
from voice.dialogue.state import Preferences
from voice.errors import VoiceError
from voice.speak.ahead import plans
from voice.speak.pace import FASTEST, SLOWEST
from voice.speak.speaker import load_voice, manner_for
from voice.speak.synthesiser import DEFAULT_RATE, Synthesiser


def main(words: list[str] | None = None) -> int:
    """Render; 2 for words that make no sense, 3 when there is no voice, 130 when interrupted."""
    options = _options().parse_args(words)
    if not SLOWEST <= options.rate <= FASTEST:
        _options().error(f"the rate goes from {SLOWEST} to {FASTEST} characters a minute")
    try:
        folders = find_folders()
        voice = load_voice(folders, SpeakingOptions(engine=options.engine))
        preferences = _preferences(voice, options.rate, options.voice)
        manner = manner_for(preferences, voice.voices)
        everything = plans(load_pack(folders.content), preferences)
        with tqdm(total=len(everything), unit="reply") as bar:

            def progress(done: int) -> bool:
                bar.update(done - bar.n)
                return True

            voice.prepare(everything, manner, progress)
        voice.close()
    except VoiceError as error:
        print(error, file=sys.stderr)
        return 3
    except KeyboardInterrupt:
        return 130
    return 0


def _preferences(voice: Synthesiser, rate: int, wanted: str) -> Preferences:
    """Those of a listener who chose the rate and the voice; the first voice is the one of who chose none."""
    if not wanted:
        return Preferences(rate=rate)
    if wanted not in voice.voices:
        raise VoiceError(f"There is no voice {wanted}. Choose one of {', '.join(voice.voices)}.")
    return Preferences(rate=rate, voice=voice.voices.index(wanted))


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="render.py", description="Speak everything fixed in the content ahead."
    )
    parser.add_argument(
        "--rate", type=int, default=DEFAULT_RATE, help="characters a minute (default %(default)s)"
    )
    parser.add_argument("--voice", default="", help="name of a voice of the engine")
    parser.add_argument("--engine", default="auto", help="auto, kokoro or system")
    return parser


if __name__ == "__main__":
    sys.exit(main())
