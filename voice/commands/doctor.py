"""``voice doctor``: what works, what does not, and how to mend it."""

from __future__ import annotations

import argparse

from voice.config import find_folders
from voice.content.loader import load_pack
from voice.errors import EXIT_DONE
from voice.hear.ear import Ear
from voice.speak.loudspeaker import Loudspeaker
from voice.speak.speaker import load_voice


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command ``doctor``."""
    about = "check everything that talking needs"
    parser = subparsers.add_parser("doctor", help=about, description=about.capitalize() + ".")
    parser.set_defaults(run=run)


def run(_: argparse.Namespace) -> int:
    """Try everything that the loop needs; raises VoiceError at the first thing that is missing."""
    folders = find_folders()
    load_pack(folders.content)
    Ear(folders).recogniser.close()
    load_voice(folders).close()
    Loudspeaker().close()
    return EXIT_DONE
