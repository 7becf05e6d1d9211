#!/usr/bin/env python3
"""Write the lock files ``constraints*.txt``: every package with its version and SHA-256 hashes.

``constraints-build.txt`` holds the installer itself, ``constraints.txt`` what the assistant runs with,
``constraints-dev.txt`` what the tests need besides. Run this after a dependency of ``pyproject.toml`` changed;
``--upgrade`` also takes newer versions of the others. uv solves the set; it is installed into a folder that is thrown
away. The set must come out the same for every supported machine, so the files need no conditions. They name packages,
versions and hashes only, never where they come from.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
UV = "uv>=0.6,<1"
HEADER = "# Written by scripts/pin.py from pyproject.toml. Do not edit.\n"
TARGETS = (
    ("3.11", "x86_64-unknown-linux-gnu"),
    ("3.13", "x86_64-unknown-linux-gnu"),
    ("3.11", "aarch64-unknown-linux-gnu"),
)
"""CPython version and platform of each machine that is solved for; the first one writes the file."""


def names(lock: Path) -> list[str]:
    """List the packages that a lock file pins, as ``name==version``."""
    return re.findall(r"^[\w.-]+==\S+", lock.read_text(encoding="utf-8"), re.MULTILINE)


def solve(uv: Path, out: Path, target: tuple[str, str], *options: str) -> None:
    """Solve for one machine; versions that ``out`` already pins are kept unless told to upgrade."""
    python, platform = target
    command = [str(uv), "pip", "compile", "pyproject.toml", "--quiet", "--output-file", str(out)]
    command += ["--python-version", python, "--python-platform", platform, "--generate-hashes"]
    command += ["--no-header", "--no-annotate", *options]
    subprocess.run(command, cwd=ROOT, check=True)


def write_lock(uv: Path, name: str, leave_out: list[str], *options: str) -> None:
    """Write one lock file without the packages that another one pins already."""
    lock = ROOT / name
    omitted = [f"--no-emit-package={pin.split('==')[0]}" for pin in leave_out]
    solve(uv, lock, TARGETS[0], *omitted, *options)
    with tempfile.TemporaryDirectory() as folder:
        for target in TARGETS[1:]:
            other = Path(folder) / "other.txt"
            other.write_text(lock.read_text(encoding="utf-8"), encoding="utf-8")
            solve(uv, other, target, *omitted, *(o for o in options if o != "--upgrade"))
            if names(other) != names(lock):
                different = sorted(set(names(other)) ^ set(names(lock)))
                raise SystemExit(f"{name}: {target} needs another set: {', '.join(different)}")
    lock.write_text(HEADER + lock.read_text(encoding="utf-8"), encoding="utf-8")


def main() -> int:
    """Solve the three sets; the test tools are solved on top of what the assistant runs with."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--upgrade", action="store_true", help="take the newest versions")
    upgrade = ["--upgrade"] if parser.parse_args().upgrade else []
    with tempfile.TemporaryDirectory() as folder:
        venv.create(folder, with_pip=True)
        programs = Path(folder) / "bin"
        subprocess.run([str(programs / "pip"), "install", "--quiet", UV], check=True)
        uv = programs / "uv"
        write_lock(uv, "constraints.txt", [], *upgrade)
        runtime = names(ROOT / "constraints.txt")
        on_top = ["-c", "constraints.txt", *upgrade]
        write_lock(uv, "constraints-dev.txt", runtime, "--extra", "dev", *on_top)
        write_lock(uv, "constraints-build.txt", runtime, "--extra", "build", *on_top)
    return 0


if __name__ == "__main__":
    sys.exit(main())
