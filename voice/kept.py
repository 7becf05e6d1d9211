"""Small files that are kept for the user between runs: whole or not there at all, whenever the process is killed or
the power fails.
"""

from __future__ import annotations

import json
import logging
import os
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

PART = ".part"
"""How the names of files end that are being written."""
STALE = 3600.0
"""Seconds after which such a file belongs to a process that was killed."""

_log = logging.getLogger(__name__)


def keep(folder: Path, name: str, values: Mapping[str, object]) -> None:
    """Write ``values`` as JSON to the file ``name`` in ``folder``, whole or not at all; a full disk is only logged."""
    try:
        write_whole(folder / name, json.dumps(values).encode())
    except OSError as error:
        _log.warning("%s is not kept: %s", name, error)


def write_whole(path: Path, content: bytes) -> None:
    """Put a file in place in one step; only its owner may read it. Raises OSError, and leaves the old one then."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, suffix=PART)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            # Without this a power failure may leave the new name on an empty file.
            os.fsync(file.fileno())
        Path(name).replace(path)
    finally:
        Path(name).unlink(missing_ok=True)


def sweep(*folders: Path) -> None:
    """Remove what killed processes began to write there."""
    for folder in folders:
        for path in folder.glob(f"*{PART}"):
            try:
                if time.time() - path.stat().st_mtime > STALE:
                    path.unlink()
            except OSError as error:  # another process was quicker, or the folder is read-only
                _log.debug("left behind: %s", error)
