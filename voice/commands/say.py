"""``voice say``: a text into a sound file, exactly as the loop would say it."""

from __future__ import annotations

import argparse
from pathlib import Path

from voice import preferences
from voice.config import find_folders
from voice.errors import EXIT_DONE, VoiceError
from voice.speak.output import WavOutput
from voice.speak.speaker import Speaker, load_voice
from voice.speak.spoken import plan


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command ``say``."""
    about = "speak a text into a sound file"
    parser = subparsers.add_parser("say", help=about, description=about.capitalize() + ".")
    parser.add_argument("text", metavar="TEXT", help="what is said, in Chinese")
    parser.add_argument("--out", metavar="FILE.wav", type=Path, required=True, help="where to")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Write the file, whole or not at all.

    Raises VoiceError when there is no voice, nothing to say, or the file cannot be written.
    """
    if not plan((args.text,)):
        message = "There is no word in the text that can be spoken: write it in Chinese"
        raise VoiceError(message, code="nothing_to_say")
    folders = find_folders()
    speaker = Speaker(load_voice(folders), WavOutput(args.out), soon=False)
    speaker.say((args.text,), preferences.load(folders.data).preferences)
    speaker.close()
    return EXIT_DONE
