"""The first second of every command: Ctrl-C, and the streams that it is given."""

from __future__ import annotations

import signal
import subprocess
import sys

import pytest

from tests.running import ROOT


@pytest.mark.parametrize("module", ["voice.config", "voice.loop.warming"])
def test_ctrl_c_while_it_is_still_loading_ends_it_in_order(
    module: str, user: dict[str, str]
) -> None:
    command = [sys.executable, "-X", "importtime", "-m", "voice", "chat"]
    with subprocess.Popen(
        command, env=user, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stderr is not None
        next(line for line in process.stderr if line.rstrip().endswith(f" {module}"))
        process.send_signal(signal.SIGINT)
        told = process.stderr.read()
    assert process.returncode == 130
    assert "Traceback" not in told
