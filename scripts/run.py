#!/usr/bin/env python3
"""Run the assistant: ``python3 scripts/run.py [arguments]``, on a machine with nothing but Python 3.11.

The first time, it makes ``.venv``, installs what is pinned, and fetches the models; after that it starts at once and
needs no network. Arguments are those of ``python -m voice``.
"""

from __future__ import annotations

import os
import sys


def main() -> int:
    """Set up and become the assistant, whose exit code and signals are then this process's own."""
    if sys.version_info < (3, 11):
        print("This needs Python 3.11 or later.", file=sys.stderr)
        return 3
    from _setup import EXIT_MISSING, SetupError, ensure, say

    try:
        python = str(ensure("run"))
    except SetupError as error:
        say(str(error))
        return EXIT_MISSING
    except KeyboardInterrupt:
        return 130
    # Neither a folder called voice where the user stands nor one on PYTHONPATH is the package.
    environment = {k: v for k, v in os.environ.items() if k not in {"PYTHONPATH", "PYTHONHOME"}}
    return os.execve(python, [python, "-P", "-m", "voice", *sys.argv[1:]], environment)


if __name__ == "__main__":
    sys.exit(main())
