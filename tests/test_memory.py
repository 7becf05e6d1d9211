"""Memory that was freed goes back to the system."""

from __future__ import annotations

import gc
import subprocess
import sys

import pytest

from tests.running import ROOT
from voice.memory import loading

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


HOARDED = """
import sys
from pathlib import Path
from voice.memory import settle

if sys.argv[1] == "settled":
    settle()

def resident():
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) // 1024

# After a big piece was freed, smaller ones come from the heap, where what lives above keeps what is free below.
bytearray(30_000_000)
before = resident()
blocks = [bytearray(4_000_000) for _ in range(20)]
small = bytearray(200_000)
del blocks
print(resident() - before)
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
def test_big_pieces_go_back_at_once_when_they_are_freed() -> None:
    left = [
        int(
            subprocess.run(
                [sys.executable, "-c", HOARDED, how],
                capture_output=True,
                cwd=ROOT,
                text=True,
                check=True,
            ).stdout
        )
        for how in ("as it is", "settled")
    ]
    assert left[0] > 60
    assert left[1] < 10


def test_garbage_is_not_looked_for_while_something_is_loaded() -> None:
    assert gc.isenabled()
    frozen = gc.get_freeze_count()
    with loading():
        with loading():
            assert not gc.isenabled()
        # What else is being loaded goes on.
        assert not gc.isenabled()
        kept = [{"word": number} for number in range(1_000)]
    assert gc.isenabled()
    assert gc.get_freeze_count() > frozen
    assert len(kept) == 1_000


def test_garbage_is_looked_for_again_when_loading_fails() -> None:
    with pytest.raises(ValueError, match="altered"), loading():
        raise ValueError("altered")
    assert gc.isenabled()
