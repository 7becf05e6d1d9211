"""The options that name the sound devices, the same for every command that uses them."""

from __future__ import annotations

import argparse
from dataclasses import dataclass

MOST_DIGITS = 9
"""Digits of a device's number: with ten it may be more than a C int holds."""


@dataclass(frozen=True)
class Chosen:
    """Sound devices by PortAudio's number or a part of the name; None for the system's default."""

    microphone: int | str | None = None
    loudspeaker: int | str | None = None


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add ``--input-device`` and ``--output-device``."""
    parser.add_argument("--input-device", metavar="X", help="name or number of the microphone")
    parser.add_argument("--output-device", metavar="Y", help="name or number of the loudspeaker")


def named_in(args: argparse.Namespace) -> Chosen:
    """What was chosen; nothing where the command has no such options."""
    return Chosen(
        _device(getattr(args, "input_device", None)),
        _device(getattr(args, "output_device", None)),
    )


def _device(name: str | None) -> int | str | None:
    """A number as such, unless it has more digits than PortAudio's numbers may: no device is called that."""
    return int(name) if name and name.isdecimal() and len(name) <= MOST_DIGITS else name
