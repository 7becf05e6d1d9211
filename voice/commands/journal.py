"""``voice journal``: what was not understood, for the family; off until somebody turns it on."""

from __future__ import annotations

import argparse
from dataclasses import replace

from voice import preferences
from voice.config import find_folders
from voice.errors import EXIT_DONE
from voice.journal import Journal, Miss
from voice.trouble import prompts_of

ACTIONS = ("show", "clear", "on", "off")


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command ``journal``."""
    about = "show or wipe what was not understood, or turn writing it down on or off"
    parser = subparsers.add_parser(
        "journal",
        help=about,
        description=about.capitalize() + ". It is off at first, stays on this machine and holds no "
        "sound; by voice: 「记下没听懂的话」, 「别记录了」, 「把记录删掉」.",
    )
    parser.add_argument("action", choices=ACTIONS, nargs="?", default="show")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Do it and say so in one sentence; raises VoiceError where it cannot be done."""
    folders = find_folders()
    prompts = prompts_of(folders.content)
    journal = Journal(folders.data)

    def tell(key: str) -> None:
        print("".join(prompts.get(key, ())))

    match args.action:
        case "on" | "off":
            kept = preferences.load(folders.data).preferences
            wanted = replace(kept, journal=args.action == "on")
            preferences.save_surely(folders.data, wanted)
            tell(f"journal_{args.action}")
        case "clear":
            journal.clear()
            tell("journal_cleared")
        case _:
            misses = journal.misses()
            for miss in misses:
                print(described(miss))
            if not misses:
                tell("journal.empty")
    return EXIT_DONE


def described(miss: Miss) -> str:
    """One line: when, what was heard, why it was not answered, and what came nearest."""
    near = [f"{miss.best} {miss.score:.2f}"] if miss.best else [f"{miss.score:.2f}"]
    if miss.runner_up:
        near.append(f"{miss.runner_up} {miss.runner_up_score:.2f}")
    return f"{miss.time}  {miss.heard}  {miss.reason}  {'  '.join(near)}"
