"""``voice content check`` as a program."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from voice.config import CHECKOUT

TEASHOP = CHECKOUT / "tests" / "packs" / "teashop"


def check(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    words = [sys.executable, "-m", "voice", "--pack", str(folder), "content", "check", *options]
    return subprocess.run(
        words, cwd=CHECKOUT, capture_output=True, text=True, encoding="utf-8", check=False
    )


def test_a_pack_without_faults_is_done() -> None:
    done = check(TEASHOP, "--draft")
    assert (done.returncode, done.stdout) == (0, "")
    assert "no faults" in done.stderr


def test_each_fault_is_a_line_with_file_and_line(tmp_path: Path) -> None:
    folder = tmp_path / "teashop"
    shutil.copytree(TEASHOP, folder)
    price = folder / "entries" / "price.yaml"
    price.write_text(price.read_text(encoding="utf-8") + "colour: green\n", encoding="utf-8")
    done = check(folder, "--draft")
    assert done.returncode == 3
    lines = price.read_text(encoding="utf-8").count("\n")
    assert any(
        line.startswith(f"entries/price.yaml:{lines}: colour") for line in done.stdout.splitlines()
    )
    assert "Traceback" not in done.stderr


def test_a_young_pack_is_told_how_many_phrasings_it_lacks() -> None:
    done = check(TEASHOP)
    assert done.returncode == 3
    assert "write at least 30" in done.stdout


def test_a_folder_that_is_not_there_is_no_traceback(tmp_path: Path) -> None:
    done = check(tmp_path / "nothing")
    assert done.returncode == 3
    assert "Traceback" not in done.stderr
