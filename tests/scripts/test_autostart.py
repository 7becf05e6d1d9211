"""Starting with the machine: what each system needs is planned, written once, and removed again."""

from __future__ import annotations

import os
import plistlib
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path, PurePosixPath

import pytest
from autostart import Machine, UnknownPlatformError, main, plan, put, remove, shown, systemd_quoted

from tests.running import ROOT

WORDS = ("/usr/bin/python3", "/home/u/语音 助手/100%/scripts/run.py", "talk")
SCRIPT = ROOT / "scripts" / "autostart.py"


def linux(home: Path | PurePosixPath, **environment: str) -> Machine:
    return Machine("linux", home, environment, "wang", 1000)


def files(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if not path.is_dir()}


def test_linux_gets_a_unit_of_the_user(tmp_path: Path) -> None:
    planned = plan(linux(tmp_path), WORDS)
    assert planned.file == tmp_path / ".config/systemd/user/unicom-voice-guide.service"
    assert "loginctl enable-linger wang" in planned.hint
    lines = planned.content.decode().splitlines()
    assert (
        f'ExecStart=/usr/bin/env "{WORDS[0]}" "/home/u/语音 助手/100%%/scripts/run.py" "talk"'
        in lines
    )
    elsewhere = plan(linux(tmp_path, XDG_CONFIG_HOME="/etc/u"), WORDS)
    assert elsewhere.file == PurePosixPath("/etc/u/systemd/user/unicom-voice-guide.service")


@pytest.mark.parametrize(
    ("word", "quoted"),
    [("a b", '"a b"'), ('"', '"\\""'), ("\\", '"\\\\"'), ("$HOME", '"$$HOME"'), ("%h", '"%%h"')],
)
def test_nothing_in_a_word_is_expanded(word: str, quoted: str) -> None:
    assert systemd_quoted(word) == quoted


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="needs systemd")
def test_systemd_finds_no_fault_in_the_unit(tmp_path: Path) -> None:
    odd = tmp_path / 'a "b" $c %d 语'
    odd.mkdir()
    program = odd / "run"
    program.write_text("#!/bin/sh\n", encoding="utf-8")
    program.chmod(0o755)
    planned = plan(linux(tmp_path), (str(program), "talk"))
    put(planned)
    command = ["systemd-analyze", "verify", "--user", str(planned.file)]
    environment = os.environ | {"XDG_RUNTIME_DIR": str(tmp_path), "HOME": str(tmp_path)}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    told = [line for line in done.stderr.splitlines() if "unicom-voice-guide" in line]
    assert told == [], done.stderr


def test_macos_gets_a_launch_agent(tmp_path: Path) -> None:
    planned = plan(Machine("darwin", tmp_path, {}, "wang", 501), WORDS)
    assert planned.file == tmp_path / "Library/LaunchAgents/local.unicom-voice-guide.plist"
    agent = plistlib.loads(planned.content)
    assert agent["ProgramArguments"] == list(WORDS)
    assert agent["RunAtLoad"] is True
    assert agent["KeepAlive"] == {"SuccessfulExit": False}
    assert "gui/501" in planned.hint


@pytest.mark.parametrize("platform", ["aix", "win32"])
def test_another_system_is_refused(platform: str, tmp_path: Path) -> None:
    with pytest.raises(UnknownPlatformError, match=platform):
        plan(Machine(platform, tmp_path, {}), WORDS)


@pytest.mark.parametrize("platform", ["linux", "darwin"])
def test_it_is_written_once_and_removed_wholly(platform: str, tmp_path: Path) -> None:
    planned = plan(Machine(platform, tmp_path, {}, "wang"), WORDS)
    assert put(planned).startswith("Written")
    before = files(tmp_path)
    assert len(before) == (2 if platform == "linux" else 1)
    assert put(planned).startswith("Nothing to do")
    assert files(tmp_path) == before
    changed = replace(planned, content=planned.content + b"\n")
    assert put(changed).startswith("Written")
    assert files(tmp_path) == before
    assert remove(planned).startswith("Removed")
    assert files(tmp_path) == set()
    assert remove(planned).startswith("Nothing to do")


def test_a_link_that_points_elsewhere_is_set_right(tmp_path: Path) -> None:
    planned = plan(linux(tmp_path), WORDS)
    assert planned.link is not None
    put(planned)
    link = Path(planned.link)
    link.unlink()
    link.symlink_to(tmp_path / "nowhere")
    assert put(planned).startswith("Written")
    assert link.resolve() == Path(planned.file).resolve()


def test_what_is_shown_is_what_is_written(tmp_path: Path) -> None:
    planned = plan(linux(tmp_path), WORDS)
    assert planned.content.decode().rstrip() in shown(planned)
    assert str(planned.link) in shown(planned)
    assert files(tmp_path) == set()


def _call(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    environment = {"HOME": str(home), "PATH": os.environ["PATH"], "USER": "wang"}
    command = [sys.executable, "-I", str(SCRIPT), *words]
    return subprocess.run(command, capture_output=True, text=True, env=environment, check=False)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="writes what Linux needs")
def test_the_script_sets_up_and_undoes(tmp_path: Path) -> None:
    assert "ExecStart" in _call(tmp_path, "--show").stdout
    assert files(tmp_path) == set()
    done = _call(tmp_path, "talk", "--input-device", "USB")
    assert done.returncode == 0, done.stderr
    assert "Written" in done.stdout
    assert "enable-linger wang" in done.stdout
    unit = tmp_path / ".config/systemd/user/unicom-voice-guide.service"
    assert f'"{ROOT}/scripts/run.py" "talk" "--input-device" "USB"' in unit.read_text("utf-8")
    assert "Nothing to do" in _call(tmp_path, "talk", "--input-device", "USB").stdout
    assert "Removed" in _call(tmp_path, "--undo").stdout
    assert files(tmp_path) == set()
    assert _call(tmp_path, "--undo").returncode == 0


def test_a_home_that_cannot_be_written_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    monkeypatch.setenv("HOME", str(blocked))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    assert main([]) == 3
    assert "cannot be set up" in capsys.readouterr().err
