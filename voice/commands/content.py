"""``voice content``: validates the content pack, and learns its phrasings."""

from __future__ import annotations

import argparse
import sys

from voice.assistant import load_understanding
from voice.config import find_folders
from voice.content.check import check_pack
from voice.errors import EXIT_DONE, EXIT_MISSING


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command ``content``."""
    about = "check the content pack, or learn its phrasings"
    parser = subparsers.add_parser("content", help=about, description=about.capitalize() + ".")
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    check = actions.add_parser(
        "check", help="name file and line of every fault, and how to mend it"
    )
    check.add_argument("--draft", action="store_true", help="do not count phrasings yet")
    actions.add_parser("learn", help="build the phrase index now, if it is not there")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Do what the command line says; ``check`` ends with 3 when there are faults."""
    folders = find_folders()
    if args.action == "learn":
        load_understanding(folders.content, folders.data, apart=False)
        return EXIT_DONE
    folder = folders.content
    faults = check_pack(folder, full=not args.draft)
    for fault in faults:
        print(fault)
    print(f"{folder}: {len(faults)} faults" if faults else f"{folder}: no faults", file=sys.stderr)
    return EXIT_MISSING if faults else EXIT_DONE
