"""An ordinary run opens no socket, and needs no network."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import soundfile

from tests.running import PATIENCE, ROOT, call, environment
from voice.hear.recogniser import SAMPLE_RATE, Samples

pytestmark = pytest.mark.slow

WATCHED = """
import os, sys

def watch(event, args):
    local = event == "socket.__new__" and args[1] in (1, -1)
    if event.startswith("socket.") and not local:
        os.write(2, f"SOCKET {event} {args!r}".encode())
        os._exit(97)

sys.addaudithook(watch)
from voice.cli import main
sys.exit(main(sys.argv[1:]))
"""
"""Runs the command line and ends with 97 at the first use of a socket but for one inside this machine."""


@pytest.fixture
def user(tmp_path: Path, pytestconfig: pytest.Config) -> dict[str, str]:
    assert pytestconfig.cache is not None
    return environment(tmp_path / "data", pytestconfig.cache)


@pytest.fixture
def question(spoken: Callable[..., Samples], tmp_path: Path) -> Path:
    path = tmp_path / "question.wav"
    soundfile.write(path, spoken("打电话怎么取消月卡"), SAMPLE_RATE)
    return path


def _watched(
    *words: str, env: dict[str, str], stdin: bytes = b""
) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-c", WATCHED, *words]
    return subprocess.run(
        command, env=env, input=stdin, capture_output=True, cwd=ROOT, timeout=PATIENCE, check=False
    )


def test_the_watch_sees_a_socket() -> None:
    source = WATCHED.replace("from voice.cli import main", "import socket; socket.socket()")
    done = subprocess.run([sys.executable, "-c", source], capture_output=True, check=False)
    assert done.returncode == 97
    assert b"SOCKET socket.__new__" in done.stderr


def test_a_chat_and_a_spoken_question_open_no_socket(
    user: dict[str, str], question: Path, tmp_path: Path
) -> None:
    done = _watched("chat", env=user, stdin="打电话怎么取消\n再见\n".encode())
    assert done.returncode == 0, done.stderr.decode()
    done = _watched("ask", str(question), "--out", str(tmp_path / "reply.wav"), env=user)
    assert done.returncode == 0, done.stderr.decode()
    assert (tmp_path / "reply.wav").exists()


def test_it_answers_where_there_is_no_network_at_all(
    user: dict[str, str], question: Path, tmp_path: Path
) -> None:
    alone = ("unshare", "--map-root-user", "--net")
    try:
        allowed = subprocess.run([*alone, "true"], capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        allowed = False
    if not allowed:
        pytest.skip("this machine lets nobody make a network namespace")
    done = call("ask", question, "--out", tmp_path / "reply.wav", env=user, before=alone)
    assert done.returncode == 0, done.stderr.decode()
    assert "幺零零幺零" in done.stdout.decode()
    assert (tmp_path / "reply.wav").exists()
