"""What the assistant needs is loaded, and what was never learned is learned elsewhere."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import TEASHOP
from tests.running import ROOT
from voice.assistant import Assistant
from voice.config import find_folders
from voice.content.loader import load_pack
from voice.understand import index
from voice.understand.meaning import Reading
from voice.understand.understanding import Understanding

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


@pytest.fixture(scope="module")
def assistant(pytestconfig: pytest.Config) -> Assistant:
    assert pytestconfig.cache is not None
    pack = load_pack(find_folders().content)
    learned = index.load_or_build(pack, pytestconfig.cache.mkdir("phrase-index"))
    return Assistant(pack, Understanding.of(pack, learned))


def test_what_it_considers_is_what_it_does_and_how_it_says_it(assistant: Assistant) -> None:
    slower = (Reading("慢一点"),)
    before = assistant.preferences
    reply, preferences = assistant.consider(slower)
    assert assistant.preferences == before
    assert assistant.respond(slower).reply == reply
    assert assistant.preferences == preferences
    assert preferences.rate < before.rate
