"""Running the command line as its users do, in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from pypinyin import Style, lazy_pinyin

ROOT = Path(__file__).parents[1]
PATIENCE = 600
"""Seconds after which a process is taken to hang; building the phrase index anew takes a minute on a busy machine."""


def environment(folder: Path, cache: pytest.Cache, **more: str) -> dict[str, str]:
    """Environment variables for a fresh user whose data lie in ``folder``; the phrase index and the speech store are
    shared by all tests, for they depend on nothing but the content.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name, shared in (("index", "phrase-index"), ("speech", "speech-store")):
        place = folder / name
        if not place.exists():
            place.symlink_to(cache.mkdir(shared), target_is_directory=True)
    return os.environ | {"VOICE_DATA": str(folder), "PYTHONUTF8": "1"} | more


def call(
    *words: str | Path, env: dict[str, str], stdin: bytes = b"", before: Sequence[str] = ()
) -> subprocess.CompletedProcess[bytes]:
    """Run ``python -m voice`` with ``words`` to its end."""
    command = [*before, sys.executable, "-m", "voice", *map(str, words)]
    return subprocess.run(
        command, env=env, input=stdin, capture_output=True, cwd=ROOT, timeout=PATIENCE, check=False
    )


def only_sentence(done: subprocess.CompletedProcess[bytes]) -> str:
    """The one Mandarin sentence on standard error that tells why a command failed."""
    text = done.stderr.decode()
    assert "Traceback" not in text
    lines = [line for line in text.splitlines() if line.strip()]
    assert len(lines) == 1, text
    assert any("一" <= character <= "鿿" for character in lines[0]), text
    return lines[0]


def digits(heard: str) -> str:
    """What a recogniser wrote, by sound, as the digits of a telephone number and their neighbours: it writes 幺 as 1,
    and as any character that sounds like it.
    """
    sounds = lazy_pinyin([each for each in heard if each.isalnum()], style=Style.NORMAL)
    return "".join({"yao": "1", "yi": "1", "ling": "0"}.get(sound, sound) for sound in sounds)
