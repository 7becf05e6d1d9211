"""The command line: ``python -m voice [COMMAND]``."""

from __future__ import annotations

import argparse
import logging
import os
import sys
from collections.abc import Sequence
from importlib import import_module

from voice import __version__
from voice.config import find_folders
from voice.console import set_up_streams
from voice.errors import EXIT_DONE, EXIT_STOPPED, VoiceError
from voice.memory import loading, settle

COMMANDS = ("talk", "chat", "ask", "say", "doctor", "models", "content", "explain", "journal")
"""Each is a module of ``voice.commands`` with ``add_parser`` and, through it, ``run``."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code (see ``voice.errors``)."""
    settle()
    set_up_streams()
    with loading():
        args = _parser().parse_args(arguments)
    logging.basicConfig(
        level=logging.DEBUG if args.verbose else logging.WARNING,
        format="%(levelname)s %(name)s: %(message)s",
        stream=sys.stderr,
    )
    if args.pack:
        os.environ["VOICE_CONTENT"] = args.pack
    try:
        return int(args.run(args))
    except VoiceError as error:
        return _report(error)
    except KeyboardInterrupt:
        _say_goodbye()
        return EXIT_STOPPED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return EXIT_DONE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m voice",
        description="An offline voice assistant that explains, in spoken Mandarin, how to leave a mobile plan. "
        "Without a command it talks where there is a microphone and a loudspeaker, and chats otherwise.",
    )
    parser.add_argument("--version", action="version", version=__version__)
    parser.add_argument(
        "--verbose", action="store_true", help="log what happens, to standard error"
    )
    parser.add_argument("--pack", metavar="DIR", help="use the content pack in this folder")
    subparsers = parser.add_subparsers(dest="command", metavar="COMMAND")
    for name in COMMANDS:
        import_module(f"voice.commands.{name}").add_parser(subparsers)
    parser.set_defaults(run=_talk_or_chat)
    return parser


def _talk_or_chat(args: argparse.Namespace) -> int:
    return int(import_module("voice.commands.talk").run_where_possible(args))


def _report(error: VoiceError) -> int:
    from voice.trouble import prompts_of, sentence

    logging.getLogger(__name__).info("%s", error)
    print(sentence(error, prompts_of(find_folders().content)), file=sys.stderr)
    return error.exit_code


def _say_goodbye() -> None:
    from voice.trouble import prompts_of

    print("\n" + "".join(prompts_of(find_folders().content).get("goodbye", ())), file=sys.stderr)
