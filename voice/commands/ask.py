"""``voice ask``: one recorded question, heard, answered, and spoken."""

from __future__ import annotations

import argparse
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from voice.commands.chat import new_assistant
from voice.config import find_folders
from voice.console import Console
from voice.errors import EXIT_DONE
from voice.hear.ear import Ear
from voice.hear.wav import read_wav
from voice.speak.output import AudioOutput, WavOutput
from voice.speak.speaker import Speaker, load_voice


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command ``ask``."""
    about = "hear one recorded question and answer it"
    parser = subparsers.add_parser("ask", help=about, description=about.capitalize() + ".")
    parser.add_argument("question", metavar="QUESTION.wav", type=Path, help="the recording")
    parser.add_argument(
        "--out", metavar="REPLY.wav", type=Path, help="write the spoken reply instead of playing it"
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print what was heard and the reply, then speak it.

    Raises VoiceError when the recording cannot be read, or something is missing to hear or speak.
    """
    folders = find_folders()
    sound = read_wav(args.question)
    ear = Ear(folders)
    ear.check()
    with ThreadPoolExecutor(3, "load") as pool:
        loading = pool.submit(new_assistant, folders, remembered=True)
        hearing = pool.submit(lambda: ear.recogniser)
        voice = pool.submit(load_voice, folders)
        assistant = loading.result()
        hearing.result()
        turn = assistant.respond(ear.hear_recording(sound, assistant.expectation))
        ear.close()
        console = Console(assistant.pack.prompts, sys.stdout)
        console.heard(turn.meaning.heard)
        console.said(turn.reply.say)
        speaker = Speaker(voice.result(), _output(args.out), soon=args.out is None)
    speaker.say(turn.reply.say, assistant.preferences)
    speaker.close()
    return EXIT_DONE


def _output(path: Path | None) -> AudioOutput:
    if path is not None:
        return WavOutput(path)
    from voice.speak.loudspeaker import Loudspeaker

    return Loudspeaker()
