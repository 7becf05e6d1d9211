#!/usr/bin/env python3
"""Check everything: ``python3 scripts/test.py [pytest arguments]``, on a machine with nothing but Python 3.11.

Sets up like ``run.py``, with the test tools and test models; then style, types, and all tests with real models and a
virtual sound card.
"""

from __future__ import annotations

import subprocess
import sys

CHECKS = (
    ("style", ("ruff", "check")),
    ("format", ("ruff", "format", "--check", "--quiet")),
    ("types", ("mypy",)),
)


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
    code = subprocess.call([python, "-m", "pytest", *sys.argv[1:]], cwd=ROOT)
    return code or len(failed)


if __name__ == "__main__":
    sys.exit(main())
