"""Memory that was freed goes back to the system."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.running import ROOT

HELD = """
from pathlib import Path
from voice.memory import give_back

def resident():
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) // 1024

blocks = [bytes(20_000) for _ in range(4_000)]
last = bytes(20_000)
full = resident()
del blocks
kept = resident()
give_back()
print(full, kept, resident())
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
def test_what_was_freed_below_something_that_lives_is_given_back() -> None:
    done = subprocess.run(
        [sys.executable, "-c", HELD], capture_output=True, cwd=ROOT, text=True, check=True
    )
    full, kept, left = map(int, done.stdout.split())
    # The last block lives, so the allocator cannot cut off the end of the heap by itself.
    assert kept > full - 20
    assert left < full - 60
