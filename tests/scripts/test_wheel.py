"""The wheel, built for real: it must carry what a checkout has beside the package."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from voice.config import CHECKOUT

LOOK = """
from voice.config import find_folders
from voice.models import load_manifest
folders = find_folders({"HOME": "HOME"})
assert load_manifest(folders.manifest).get("kokoro")
print(folders.content)
print(sorted(p.relative_to(folders.content).as_posix() for p in folders.content.rglob("*.yaml")))
"""


@pytest.mark.slow
def test_an_installed_copy_finds_its_content_and_its_models(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, cwd=CHECKOUT, check=True, capture_output=True)
    installed = tmp_path / "installed"
    with zipfile.ZipFile(next(tmp_path.glob("*.whl"))) as wheel:
        wheel.extractall(installed)
    script = LOOK.replace('"HOME": "HOME"', f'"HOME": {str(tmp_path)!r}')
    paths = f"import sys; sys.path.insert(0, {str(installed)!r})\n"
    done = subprocess.run(
        [sys.executable, "-c", paths + script],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    place, listed = done.stdout.splitlines()
    pack = CHECKOUT / "content" / "unicom"
    assert Path(place).is_relative_to(installed)
    assert listed == str(sorted(p.relative_to(pack).as_posix() for p in pack.rglob("*.yaml")))
