"""One request to the system's own voice, in a process of its own.

pyttsx3 blocks, cannot be stopped, and on some systems speaks only once in a process or takes the process down with
it; so every request gets a fresh process that the caller can end. Reads one JSON object from standard input:
``{"voices": true}`` answers with a list of voices, ``{"text", "voice", "rate", "path"}`` writes a
sound file and answers with an empty list. The answer is the only line on standard output.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pyttsx3.engine import Engine


LONGEST_WAIT = 2.0
"""Seconds after which a sound that is not there will not come."""


def main() -> int:
    """Serve the request; exit code 0, or 1 with the reason on standard error."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    # Drivers print messages of their own; standard output is for the answer alone.
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    request = json.loads(sys.stdin.buffer.read().decode("utf-8"))
    try:
        import pyttsx3

        engine = pyttsx3.init()
    except (ImportError, OSError, RuntimeError, KeyError) as error:
        print(f"no system voice: {error}", file=sys.stderr)
        return 1
    answer = _voices(engine) if request.get("voices") else _say(engine, request)
    answers.write(json.dumps(answer, ensure_ascii=False) + "\n")
    answers.flush()
    # The drivers' own clean-up may hang or crash after the work is done.
    os._exit(0)


def _voices(engine: Engine) -> list[dict[str, Any]]:
    return [
        {
            "id": str(voice.id),
            "name": str(voice.name or ""),
            "languages": [_language(language) for language in voice.languages or []],
        }
        for voice in engine.getProperty("voices")
    ]


def _language(language: object) -> str:
    if isinstance(language, bytes):
        return language.decode("utf-8", errors="ignore").strip("\x00\x05")
    return str(language)


def _say(engine: Engine, request: dict[str, Any]) -> list[dict[str, Any]]:
    engine.setProperty("voice", request["voice"])
    engine.setProperty("rate", int(request["rate"]))
    engine.save_to_file(request["text"], request["path"])
    engine.runAndWait()
    _wait_for(Path(request["path"]))
    return []


def _wait_for(path: Path) -> None:
    """Wait until the sound is written: on a busy machine the driver's loop may end while the engine's own thread
    still speaks, and leaving now would cut it off."""
    until, size = time.monotonic() + LONGEST_WAIT, -1
    while time.monotonic() < until:
        now = path.stat().st_size if path.is_file() else -1
        if now > 0 and now == size:
            return
        size = now
        time.sleep(0.03)


if __name__ == "__main__":
    sys.exit(main())
