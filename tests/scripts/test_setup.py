"""The set-up scripts: what they take for done, and how they hand over."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import venv
from pathlib import Path

import _setup
import pytest

from voice.config import CHECKOUT
from voice.models.manifest import Need, load_manifest

SPY = """
import json, os, sys
print(json.dumps({"argv": sys.argv[1:], "cwd": os.getcwd(), "file": __file__, "path": sys.path}))
sys.exit(7)
"""


@pytest.fixture
def checkout(tmp_path: Path) -> _setup.Checkout:
    """Make a copy that is set up already, with an assistant that only tells how it was called."""
    root = tmp_path / "a copy"
    shutil.copytree(CHECKOUT / "scripts", root / "scripts")
    (root / "models").mkdir()
    shutil.copy(CHECKOUT / "models" / "manifest.yaml", root / "models")
    for lock in _setup.LOCKS["test"]:
        shutil.copy(CHECKOUT / lock, root)
    (root / "voice").mkdir()
    (root / "voice" / "__main__.py").write_text(SPY, encoding="utf-8")
    place = _setup.Checkout(root)
    venv.create(place.venv, with_pip=False)
    version = f"python{sys.version_info[0]}.{sys.version_info[1]}"
    pth = place.venv / "lib" / version / "site-packages" / "voice-checkout.pth"
    pth.write_text(f"{root}\n", encoding="utf-8")
    place.stamp.write_text(json.dumps({"run": place.key("run")}), encoding="utf-8")
    for name in place.missing_models("run", {}):
        (root / "models" / name).mkdir()
        (root / "models" / name / ".verified.json").touch()
    return place


def test_the_second_start_hands_over_at_once(checkout: _setup.Checkout, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    (elsewhere / "voice").mkdir(parents=True)
    environment = {k: v for k, v in os.environ.items() if not k.startswith("VOICE_")}
    environment["PYTHONPATH"] = str(CHECKOUT)
    done = subprocess.run(
        [sys.executable, str(checkout.root / "scripts" / "run.py"), "ask", "一 个.wav", "--out=x"],
        cwd=elsewhere,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 7
    assert done.stderr == ""
    told = json.loads(done.stdout)
    assert told["argv"] == ["ask", "一 个.wav", "--out=x"]
    assert told["cwd"] == str(elsewhere)
    assert told["file"] == str(checkout.root / "voice" / "__main__.py")


def test_a_changed_lock_is_noticed(checkout: _setup.Checkout) -> None:
    assert checkout.is_ready("run")
    assert not checkout.is_ready("test")
    with (checkout.root / "constraints.txt").open("a", encoding="utf-8") as lock:
        lock.write("# changed\n")
    assert not checkout.is_ready("run")


@pytest.mark.parametrize("text", ["", "{", "{}", '{"run": "old"}'])
def test_a_stamp_that_is_none_is_no_set_up(checkout: _setup.Checkout, text: str) -> None:
    checkout.stamp.write_text(text, encoding="utf-8")
    assert not checkout.is_ready("run")


def test_a_moved_copy_is_set_up_anew(checkout: _setup.Checkout, tmp_path: Path) -> None:
    moved = checkout.root.rename(tmp_path / "moved")
    assert not _setup.Checkout(moved).is_ready("run")


def test_the_models_it_asks_for_are_those_of_the_list(tmp_path: Path) -> None:
    manifest = load_manifest(CHECKOUT / "models" / "manifest.yaml")
    empty = {"VOICE_MODELS": str(tmp_path)}
    needed = [model.name for model in manifest.needed(Need.DEFAULT)]
    tested = [model.name for model in manifest.needed(Need.DEFAULT, Need.TEST)]
    assert _setup.Checkout().missing_models("run", empty) == needed
    assert _setup.Checkout().missing_models("test", empty) == tested


def test_without_the_right_to_install_the_command_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(_setup, "_is_installed", lambda package: package != "espeak-ng")
    monkeypatch.setattr(_setup, "_root_prefix", lambda: None)
    _setup._install_system(_setup.SYSTEM["run"])
    assert "sudo apt-get install -y --no-install-recommends espeak-ng" in capsys.readouterr().err


def test_every_locked_package_has_a_version_and_hashes() -> None:
    for name in _setup.LOCKS["test"]:
        text = (CHECKOUT / name).read_text(encoding="utf-8")
        blocks = re.split(r"\n(?=\S)", text.replace("\\\n", " "))[1:]
        assert blocks, name
        for block in blocks:
            assert re.fullmatch(r"[\w.-]+==\S+(\s+--hash=sha256:[0-9a-f]{64})+\s*", block), block
        assert "http" not in re.sub(r"httpx2|httpcore2", "", text)


def test_the_locks_pin_every_dependency() -> None:
    import tomllib

    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    pinned = "".join((CHECKOUT / name).read_text(encoding="utf-8") for name in _setup.LOCKS["test"])
    extras = project["optional-dependencies"]
    for requirement in [*project["dependencies"], *extras["dev"], *extras["build"]]:
        name = re.split(r"[\[><=]", requirement)[0].lower()
        assert re.search(rf"^{re.escape(name)}==", pinned, re.MULTILINE), requirement
