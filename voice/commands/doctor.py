"""``voice doctor``: what works, what does not, and how to mend it."""

from __future__ import annotations

import argparse
import logging
import sys

from voice.config import find_folders
from voice.doctor import CHECKS, examine
from voice.errors import EXIT_DONE, EXIT_MISSING
from voice.trouble import prompts_of

_log = logging.getLogger(__name__)


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command ``doctor``."""
    about = "check microphone, loudspeaker, recogniser, voice, models and content"
    parser = subparsers.add_parser(
        "doctor",
        help=about,
        description=about.capitalize() + "; one plain sentence each, with the remedy. "
        "The exit code is 0 only when the assistant can talk.",
    )
    parser.set_defaults(run=run)


def run(_: argparse.Namespace) -> int:
    """Print a sentence for each check and one for all; exit code 3 when there can be no talking."""
    sys.stdout.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    folders = find_folders()
    for note in folders.notes:
        _log.info("%s", note)
    prompts = prompts_of(folders.content)
    well = True
    for finding in examine(folders, prompts, CHECKS):
        print(finding.text, flush=True)
        well = well and finding.well
    print("".join(prompts.get("doctor.ready" if well else "doctor.not_ready", ())))
    return EXIT_DONE if well else EXIT_MISSING
