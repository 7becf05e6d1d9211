"""Small files that are kept for the user between runs."""

from __future__ import annotations

import json
import logging
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

_log = logging.getLogger(__name__)


def keep(folder: Path, name: str, values: Mapping[str, object]) -> None:
    """Write ``values`` as JSON to the file ``name`` in ``folder``, whole or not at all; a full disk is only logged."""
    temporary: str | None = None
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=folder, suffix=".part")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(values, file)
        Path(temporary).replace(folder / name)
        temporary = None
    except OSError as error:
        _log.warning("%s is not kept: %s", name, error)
    finally:
        if temporary is not None:
            Path(temporary).unlink(missing_ok=True)
