"""``voice talk``: the conversation by voice."""

from __future__ import annotations

import argparse

from voice.commands import chat


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command ``talk``."""
    about = "talk with the assistant through microphone and loudspeaker"
    parser = subparsers.add_parser("talk", help=about, description=about.capitalize() + ".")
    parser.add_argument("--json", action="store_true", help="report events as JSON lines")
    parser.set_defaults(run=run_where_possible)


def run_where_possible(args: argparse.Namespace) -> int:
    """Talk where that is possible; else the typed dialogue."""
    return chat.run(argparse.Namespace(json=getattr(args, "json", False)))
