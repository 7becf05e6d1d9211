"""What is settled before any library is loaded: none of them calls home, none takes memory for nothing.

Libraries read their environment when they are loaded, some of them in native code that no Python hook sees, so the
package itself calls :func:`prepare` first of all.
"""

from __future__ import annotations

import os
from collections.abc import MutableMapping
from typing import Final

SETTINGS: Final = {
    # From 1.29 on the official builds of onnxruntime for Linux and macOS report each process and model to their maker,
    # from native code, and keep a number of the machine on disk. Only this, set before the library loads, stops both.
    "ORT_DISABLE_TELEMETRY": "1",
    # faster-whisper and tokenizers bring the client of a model hub along, which is never to ask for anything.
    "HF_HUB_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    # Whatever else may count its users.
    "DO_NOT_TRACK": "1",
    # Threads that wait for work spin for 0.2 s by default: on two busy cores a question took 15 s so, else 3 s.
    "KMP_BLOCKTIME": "0",
    # pypinyin copies its dictionaries so that they may be changed, which nothing here does: 11 MB.
    "PYPINYIN_NO_DICT_COPY": "1",
}
"""Environment variables and their values; they hold for this process and those that it starts."""


def prepare(environment: MutableMapping[str, str] | None = None) -> None:
    """Set :data:`SETTINGS`, whatever was set before, in ``environment``, the process's own by default."""
    (os.environ if environment is None else environment).update(SETTINGS)
