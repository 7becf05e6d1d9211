"""A running ``voice talk --json`` on a sound server."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests.live.sound_server import SoundServer
from tests.running import ROOT

LONGEST = 300
"""Seconds after which a conversation is taken to hang."""


class Talk:
    """A running ``voice talk --json``."""

    def __init__(self, process: subprocess.Popen[bytes], keyboard: int) -> None:
        self.process = process
        self.keyboard = keyboard
        self.events: list[dict[str, Any]] = []

    def begin(self) -> None:
        """Cut the greeting short with Enter, as somebody does who knows it, and wait until it listens."""
        self.wait_for("speaking")
        self.type("")
        self.wait_for("listening")

    def wait_for(self, name: str) -> dict[str, Any]:
        """Read events up to the next one with this name."""
        return self.wait_for_any(name)

    def wait_for_any(self, *names: str) -> dict[str, Any]:
        """Read events up to the next one with one of these names."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            event: dict[str, Any] = json.loads(line)
            self.events.append(event)
            if event["event"] in names:
                return event
        raise AssertionError(f"it ended without {names}: {[e['event'] for e in self.events]}")

    def type(self, line: str) -> None:
        """Type a line on its keyboard."""
        os.write(self.keyboard, (line + "\n").encode())

    def end(self) -> int:
        """Read to the end; the exit code."""
        self.wait_for("bye")
        return self.process.wait(timeout=60)


@contextmanager
def talking(server: SoundServer) -> Iterator[Talk]:
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "voice", "talk", "--json"]
    with subprocess.Popen(
        command, env=server.environment, cwd=ROOT, stdin=theirs,
        stdout=subprocess.PIPE, stderr=(server.folder / "talk.log").open("wb"),
    ) as process:  # fmt: skip
        limit = threading.Timer(LONGEST, process.kill)
        limit.start()
        try:
            yield Talk(process, ours)
        finally:
            limit.cancel()
            process.kill()
            os.close(ours)
            os.close(theirs)
    assert b"Traceback" not in (server.folder / "talk.log").read_bytes()
