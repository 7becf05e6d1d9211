"""An ordinary run opens no socket, keeps no sound, tells nobody, and needs no network."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
import soundfile

from tests.caged import SOCKET_CALL
from tests.live.sound_server import SoundServer, sound_server
from tests.running import PATIENCE, ROOT, call, environment
from voice.hear.recogniser import SAMPLE_RATE, Samples
from voice.startup import SETTINGS, prepare

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not sys.platform.startswith("linux") or platform.machine() not in SOCKET_CALL,
        reason="the cage is one of Linux",
    ),
]

KILLED = -31
"""Exit code of a process that the cage ended (SIGSYS)."""
ALONE = ("unshare", "--map-root-user", "--net")
PYTHON_SOCKET = "import socket; socket.socket()"
NATIVE_SOCKET = "import ctypes; ctypes.CDLL(None).socket(2, 1, 0)"
NEIGHBOUR_SOCKET = "import socket; socket.socket(socket.AF_UNIX).close()"


@pytest.fixture
def user(tmp_path: Path, pytestconfig: pytest.Config) -> dict[str, str]:
    """A user at home. Libraries that count their users spare continuous integration, so nothing says that this is."""
    assert pytestconfig.cache is not None
    told = environment(tmp_path / "data", pytestconfig.cache, HOME=str(tmp_path))
    return {name: value for name, value in told.items() if name not in {"CI", *SETTINGS}}


@pytest.fixture
def question(spoken: Callable[..., Samples], tmp_path: Path) -> Path:
    path = tmp_path / "question.wav"
    soundfile.write(path, spoken("打电话怎么取消月卡"), SAMPLE_RATE)
    return path


def _caged(
    *words: str | Path, env: dict[str, str], stdin: bytes = b""
) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "tests.caged", *map(str, words)]
    return subprocess.run(
        command, env=env, input=stdin, capture_output=True, cwd=ROOT, timeout=PATIENCE, check=False
    )


def _namespaces() -> bool:
    if shutil.which("unshare") is None:
        return False
    return subprocess.run([*ALONE, "true"], capture_output=True, check=False).returncode == 0


@pytest.mark.parametrize("source", [PYTHON_SOCKET, NATIVE_SOCKET])
def test_the_cage_ends_whoever_asks_for_a_socket(source: str, user: dict[str, str]) -> None:
    assert _caged("-c", source, env=user).returncode == KILLED


def test_the_cage_lets_neighbours_talk(user: dict[str, str]) -> None:
    assert _caged("-c", NEIGHBOUR_SOCKET, env=user).returncode == 0


def test_what_libraries_read_is_set_before_any_of_them_loads() -> None:
    before = {"ORT_DISABLE_TELEMETRY": "0", "HOME": "/nowhere"}
    prepare(before)
    assert before == {"HOME": "/nowhere", **SETTINGS}
    source = "import voice.cli, os, sys; print(os.environ['ORT_DISABLE_TELEMETRY'], *sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", source], capture_output=True, cwd=ROOT, text=True, check=True
    )
    first, *modules = done.stdout.split()
    assert first == "1"
    assert not {"onnxruntime", "ctranslate2", "huggingface_hub"} & set(modules)


def test_typing_a_recording_and_a_text_open_no_socket(
    user: dict[str, str], question: Path, tmp_path: Path
) -> None:
    done = _caged("chat", env=user, stdin="打电话怎么取消\n再见\n".encode())
    assert done.returncode == 0, done.stderr.decode()
    done = _caged("ask", question, "--out", tmp_path / "reply.wav", env=user)
    assert done.returncode == 0, done.stderr.decode()
    done = _caged("say", "打客服电话取消。", "--out", tmp_path / "said.wav", env=user)
    assert done.returncode == 0, done.stderr.decode()
    assert soundfile.info(tmp_path / "reply.wav").duration > 1
    assert soundfile.info(tmp_path / "said.wav").duration > 1
    # Nothing was left behind in the home either: no number of this machine, no queue of reports.
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_it_answers_where_there_is_no_network_at_all(
    user: dict[str, str], question: Path, tmp_path: Path
) -> None:
    if not _namespaces():
        pytest.skip("this machine lets nobody make a network namespace")
    done = call("ask", question, "--out", tmp_path / "reply.wav", env=user, before=ALONE)
    assert done.returncode == 0, done.stderr.decode()
    assert "幺零零幺零" in done.stdout.decode()
    assert (tmp_path / "reply.wav").exists()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[SoundServer]:
    folder = tmp_path / "sound"
    folder.mkdir()
    with sound_server(folder) as server, server.murmur(PATIENCE):
        yield server


@pytest.mark.device
@pytest.mark.skipif(shutil.which("pulseaudio") is None, reason="needs pulseaudio")
def test_a_conversation_by_voice_opens_no_socket_and_needs_no_network(
    user: dict[str, str], server: SoundServer, spoken: Callable[..., Samples], tmp_path: Path
) -> None:
    heard = {name: value for name, value in server.environment.items() if name not in os.environ}
    env = user | heard | {"PULSE_SERVER": server.environment["PULSE_SERVER"]}
    before = ALONE if _namespaces() else ()
    command = [*before, sys.executable, "-m", "tests.caged", "--verbose", "talk", "--json"]
    log = tmp_path / "talk.log"
    with log.open("wb") as errors, subprocess.Popen(
        command, env=env, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=errors
    ) as process:  # fmt: skip
        assert process.stdout is not None
        lines = iter(process.stdout)
        try:
            _until(lines, '"listening"', log)
            server.speak(spoken("打电话怎么取消月卡"))
            _until(lines, '"guide.hotline"', log)
            _until(lines, '"speaking"', log)
            assert _sockets(process.pid) <= _neighbours(process.pid)
            _until(lines, '"listening"', log)
            server.speak(spoken("再见"))
            _until(lines, '"bye"', log)
            assert process.wait(timeout=60) == 0, log.read_text(encoding="utf-8")
        finally:
            process.kill()
    told = log.read_text(encoding="utf-8")
    assert "kokoro loaded" in told
    assert not any(piece in told for piece in ("打电话", "取消", "再见"))
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def _until(lines: Iterator[bytes], word: str, log: Path) -> None:
    """Read events up to one that holds ``word``."""
    for line in lines:
        if word.encode() in line:
            return
    raise AssertionError(f"it ended before {word}: {log.read_text(encoding='utf-8')}")


def _sockets(process: int) -> set[str]:
    """The inodes of the sockets that a process holds."""
    links = []
    for path in Path(f"/proc/{process}/fd").iterdir():
        with suppress(FileNotFoundError):  # a file that was closed meanwhile
            links.append(str(path.readlink()))
    return {link[8:-1] for link in links if link.startswith("socket:[")}


def _neighbours(process: int) -> set[str]:
    """The inodes of all sockets inside this machine that its network namespace knows."""
    rows = Path(f"/proc/{process}/net/unix").read_text(encoding="utf-8").splitlines()[1:]
    return {row.split()[6] for row in rows}


PRIVATE = "我的手机号是一三八零零零，这月卡我不想要了"
"""What nobody but the assistant is to know."""


def test_nothing_that_was_said_stays_behind(user: dict[str, str], tmp_path: Path) -> None:
    lines = f"{PRIVATE}\n隔壁老张家的狗又叫了\n慢一点\n再见\n".encode()
    done = call("--verbose", "chat", env=user, stdin=lines)
    assert done.returncode == 0, done.stderr.decode()
    _assert_unknown(done.stderr, tmp_path)


def test_no_sound_and_no_word_of_a_recording_stays_behind(
    user: dict[str, str], spoken: Callable[..., Samples], tmp_path: Path
) -> None:
    recording = tmp_path / "in" / "question.wav"
    recording.parent.mkdir()
    soundfile.write(recording, spoken("隔壁老张家的狗又叫了"), SAMPLE_RATE)
    words = ("--verbose", "ask", recording, "--out", tmp_path / "in" / "reply.wav")
    done = call(*words, env=user)
    assert done.returncode == 0, done.stderr.decode()
    assert "隔壁" in done.stdout.decode()
    assert b"kokoro loaded" in done.stderr
    recording.unlink()
    _assert_unknown(done.stderr, tmp_path)
    sounds = [path for path in tmp_path.rglob("*") if path.suffix in (".wav", ".raw", ".flac")]
    assert sounds == [tmp_path / "in" / "reply.wav"]


def _assert_unknown(log: bytes, folder: Path) -> None:
    """No piece of what was said is in the log or in any file of the user."""
    for piece in ("一三八零", "13800", "月卡我不想", "隔壁老张", "隔壁", "狗又叫"):
        assert piece not in log.decode(), piece
        for path in folder.rglob("*"):
            if path.is_file():
                assert piece.encode() not in path.read_bytes(), (piece, path)
