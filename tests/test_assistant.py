"""What the assistant needs is loaded, and what was never learned is learned elsewhere."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import TEASHOP
from tests.running import ROOT

SOURCE = """
import sys
from pathlib import Path
from voice.assistant import load_understanding
pack, understanding = load_understanding(Path(sys.argv[1]), Path(sys.argv[2]))
print(pack.name, len(understanding.classifier.classes) > 0, "sklearn" in sys.modules)
"""


@pytest.mark.slow
def test_phrasings_are_learned_in_a_process_of_their_own(tmp_path: Path) -> None:
    command = [sys.executable, "-c", SOURCE, str(TEASHOP), str(tmp_path)]
    done = subprocess.run(command, capture_output=True, cwd=ROOT, text=True, check=True)
    assert done.stdout.split() == ["teashop", "True", "False"]
    assert len(list((tmp_path / "index").glob("index-*.npz"))) == 1
