"""The first second of every command: Ctrl-C, and the streams that it is given."""

from __future__ import annotations

import signal
import subprocess
import sys

import pytest

from tests.running import ROOT, call

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("module", ["voice.config", "voice.loop.warming"])
def test_ctrl_c_while_it_is_still_loading_ends_it_in_order(
    module: str, user: dict[str, str]
) -> None:
    command = [sys.executable, "-X", "importtime", "-m", "voice", "chat"]
    with subprocess.Popen(
        command, env=user, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stderr is not None
        next(line for line in process.stderr if line.rstrip().endswith(f" {module}"))
        process.send_signal(signal.SIGINT)
        told = process.stderr.read()
    assert process.returncode == 130
    assert "Traceback" not in told


@pytest.mark.parametrize("stream", ["<&-", ">&-", "2>&-"])
@pytest.mark.parametrize("words", [["chat"], ["doctor"], ["talk", "--output-device", "none such"]])
def test_a_stream_that_is_closed_is_an_empty_one(
    stream: str, words: list[str], user_without_models: dict[str, str]
) -> None:
    before = ["sh", "-c", f'exec "$@" {stream}', "sh"]
    done = call(*words, env=user_without_models, before=before)
    assert done.returncode in {0, 3}
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize("words", [["explain", "月卡"], ["journal", "--help"], ["models", "list"]])
def test_chinese_is_written_whatever_the_locale(words: list[str], user: dict[str, str]) -> None:
    ascii_only = user | {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0", "LC_ALL": "C"}
    done = call(*words, env=ascii_only)
    assert done.returncode == 0, done.stderr.decode()


def test_a_number_that_no_device_can_have_is_told(user: dict[str, str]) -> None:
    for number in ("9" * 30, "9" * 5_000):
        done = call("doctor", "--input-device", number, env=user)
        assert done.returncode == 3
        assert b"Traceback" not in done.stderr
        assert "麦克风" in done.stdout.decode()
