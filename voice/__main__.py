"""``python -m voice``."""

from __future__ import annotations

import sys

from voice.errors import EXIT_STOPPED


def main() -> int:
    """Run the command line; Ctrl-C ends it in order from its first import on, which is before there is a greeting."""
    try:
        from voice.cli import main as run

        return run()
    except KeyboardInterrupt:
        return EXIT_STOPPED


if __name__ == "__main__":
    sys.exit(main())
