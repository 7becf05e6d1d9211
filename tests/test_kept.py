"""Files are whole whenever the process is killed."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from tests.running import ROOT
from voice import preferences
from voice.dialogue.state import RATES
from voice.hear import habits
from voice.journal import Journal
from voice.kept import STALE, sweep, write_whole
from voice.speak.store import SpeechStore

WRITER = """
import sys
from dataclasses import replace
from itertools import count
from pathlib import Path
import numpy as np
from voice import preferences
from voice.dialogue.state import RATES, Preferences
from voice.hear import habits
from voice.hear.habits import Habits
from voice.journal import Journal, Miss, Reason
from voice.speak.store import SpeechStore

folder = Path(sys.argv[1])
journal, store = Journal(folder), SpeechStore(folder / "speech")
print("ready", flush=True)
for turn in count():
    preferences.save(folder, Preferences(rate=RATES[turn % len(RATES)], journal=True))
    habits.save(folder, Habits(inner_pause=turn % 10 / 10))
    journal.add(Miss("2026-03-04T15:06+08:00", f"第{turn}句" * 20, Reason.NOISE, 0.0))
    store.put(f"{turn % 7}", np.full(24_000, turn % 7 / 10, np.float32), 24_000)
"""


@pytest.mark.slow
def test_a_kill_at_any_instant_leaves_everything_whole(tmp_path: Path) -> None:
    chance = random.Random(4)
    kills = 25
    for _ in range(kills):
        with subprocess.Popen(
            [sys.executable, "-c", WRITER, str(tmp_path)], cwd=ROOT, stdout=subprocess.PIPE
        ) as process:
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(chance.uniform(0.0, 0.15))
            process.send_signal(signal.SIGKILL)
        lines = len(Journal(tmp_path).misses())
        kept = preferences.load(tmp_path)
        assert not kept.broken
        assert not lines or kept.preferences.rate in RATES
        if (tmp_path / habits.FILE).exists():
            assert (tmp_path / habits.FILE).stat().st_size > 0
            habits.load(tmp_path)
        for path in (tmp_path / "speech").glob("*.flac"):
            sound = SpeechStore(tmp_path / "speech").get(path.stem, 24_000)
            assert sound is not None
            assert np.allclose(sound, int(path.stem) / 10, atol=1e-3)
    misses = Journal(tmp_path).misses()
    assert len(misses) >= kills
    for miss in misses:
        turn = miss.heard.removeprefix("第").partition("句")[0]
        assert miss.heard == f"第{turn}句" * 20


def test_what_a_killed_process_began_to_write_is_swept_away(tmp_path: Path) -> None:
    old, new, other = (tmp_path / name for name in ("a.part", "b.part", "c.json"))
    for path in (old, new, other):
        path.write_bytes(b"x")
    past = time.time() - STALE - 60
    os.utime(old, (past, past))
    os.utime(other, (past, past))
    sweep(tmp_path, tmp_path / "missing")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b.part", "c.json"]


def test_what_cannot_be_written_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    write_whole(path, b"old")
    assert path.stat().st_mode & 0o077 == 0
    path.with_name("block").mkdir()
    with pytest.raises(OSError, match="block"):
        write_whole(path.with_name("block"), b"new")
    assert sorted(each.name for each in tmp_path.iterdir()) == ["block", "settings.json"]
    assert path.read_bytes() == b"old"
