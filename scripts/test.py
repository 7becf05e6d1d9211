#!/usr/bin/env python3
"""Check everything: ``python3 scripts/test.py [pytest arguments]``, on a machine with nothing but Python 3.11.

Sets up like ``run.py``, with the test tools and test models; then style, types, and all tests with real models and a
virtual sound card. On four processors or more those with the sound card, which mostly wait for sound to pass, run
beside the others, which take what is left of them; with pytest arguments of your own, what you name runs alone.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path
from threading import Event
from typing import IO

CHECKS = (
    ("style", ("ruff", "check")),
    ("format", ("ruff", "format", "--check", "--quiet")),
    ("types", ("mypy",)),
)
WITH_SOUND_CARD, WITHOUT = ("-m", "device"), ("-m", "not device")
WHOLE = "tests/test_*.py"
"""Tests of the whole assistant: they run behind those with the sound card, which are done first."""
ENOUGH = 4
"""Processors from which the two run beside each other. On two a conversation with the sound card was once disturbed
when something else ran as well."""
MODEST = 10
"""Niceness of the tests without sound card: a sound card waits for nobody."""


def main() -> int:
    """Set up, run every check to its end, and return 0 only when all are clean."""
    if sys.version_info < (3, 11):
        print("This needs Python 3.11 or later.", file=sys.stderr)
        return 3
    from _setup import EXIT_MISSING, ROOT, SetupError, ensure, say

    try:
        python = str(ensure("test"))
    except SetupError as error:
        say(str(error))
        return EXIT_MISSING
    except KeyboardInterrupt:
        return 130
    failed = []
    for name, words in CHECKS:
        say(f"{name}: {' '.join(words)}")
        if subprocess.call([python, "-m", *words], cwd=ROOT) != 0:
            failed.append(name)
    if failed:
        say(f"not clean: {', '.join(failed)} (the tests run all the same)")
    pytest = (python, "-m", "pytest")
    if sys.argv[1:] or (os.cpu_count() or 1) < ENOUGH:
        code = subprocess.call([*pytest, *sys.argv[1:]], cwd=ROOT)
    else:
        say(
            "tests: those with the virtual sound card run beside the others, and are shown behind them"
        )
        code = both(pytest, ROOT)
    return code or len(failed)


def both(pytest: Sequence[str], root: Path) -> int:
    """All tests, in two runs beside each other; 0 when both are clean."""
    stop = Event()
    with tempfile.TemporaryFile() as told, ThreadPoolExecutor(1) as beside:
        behind = beside.submit(_behind, pytest, root, told, stop)
        try:
            words = (*WITHOUT, f"--ignore-glob={WHOLE}")
            code = subprocess.call([*pytest, *words], cwd=root, preexec_fn=_modestly)
            other = behind.result()
        except KeyboardInterrupt:
            # It has reached the run beside as well, which has only to tell so.
            stop.set()
            raise
        finally:
            wait([behind])
            told.seek(0)
            sys.stdout.flush()
            sys.stdout.buffer.write(told.read())
            sys.stdout.flush()
    return code or other


def _behind(pytest: Sequence[str], root: Path, told: IO[bytes], stop: Event) -> int:
    """The tests with the sound card, then those of the whole assistant; the first code that is not 0."""
    whole = sorted(str(path.relative_to(root)) for path in root.glob(WHOLE))
    code = subprocess.call([*pytest, *WITH_SOUND_CARD], cwd=root, stdout=told, stderr=told)
    if stop.is_set():
        return code
    other = subprocess.call([*pytest, *WITHOUT, *whole], cwd=root, stdout=told, stderr=told)
    return code or other


def _modestly() -> None:
    os.nice(MODEST)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
