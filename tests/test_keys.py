"""The keyboard: single keys on a real terminal, lines from a pipe."""

from __future__ import annotations

import os
import pty
import queue
import signal
import subprocess
import sys
import termios
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.running import ROOT
from voice.keys import Input, Key, LineEditor, Pressed, Typed, meant, watch

STOP, REPEAT = Pressed(Key.STOP), Pressed(Key.REPEAT)


def _type(text: str) -> tuple[str, list[Input]]:
    editor = LineEditor()
    shown, asked = "", []
    for character in text:
        echo, one = editor.feed(character)
        shown += echo
        asked += [one] if one else []
    if (last := editor.rest()) is not None:
        asked.append(last)
    return shown, asked


@pytest.mark.parametrize(
    ("keys", "asked"),
    [
        (" ", [STOP]),
        ("\n", [STOP]),
        ("\x1b", [STOP]),
        ("r", [REPEAT]),
        ("R ", [REPEAT, STOP]),
        ("打电话\n", [Typed("打电话")]),
        ("a r\n", [Typed("a r")]),
        ("打错\x7f电话\n", [Typed("打电话")]),
        ("\x7f\x7f\n", [STOP]),
        ("\x1b[A\x1b[1;5C\x1bOP", []),
        ("\x1b[A\n", [STOP]),
        ('{"text": "打电话怎么取消"}\n', [Typed("打电话怎么取消")]),
    ],
)
def test_what_keys_ask_for(keys: str, asked: list[Input]) -> None:
    assert _type(keys)[1] == asked


def test_a_wide_character_is_rubbed_out_whole() -> None:
    assert _type("打a\x7f\x7f")[0] == "打a" + "\b \b" + "\b\b  \b\b"


@given(st.text())
def test_no_input_breaks_it(text: str) -> None:
    shown, asked = _type(text + "\n")
    assert "\x1b" not in shown
    assert all(isinstance(each, Typed | Pressed) for each in asked)


def test_lines_of_a_program() -> None:
    assert meant("  ") == STOP
    assert meant("r") == REPEAT
    assert meant("{broken") == Typed("{broken")


def test_a_pipe_gives_lines_and_its_end_gives_nothing() -> None:
    reading, writing = os.pipe()
    told: queue.Queue[Input] = queue.Queue()
    restore = watch(reading, told.put)
    encoded = "打电话\n\nr\n下一步".encode()
    os.write(writing, encoded[:4])
    os.write(writing, encoded[4:])
    os.close(writing)
    assert [told.get(timeout=10) for _ in range(4)] == [
        Typed("打电话"), STOP, REPEAT, Typed("下一步"),
    ]  # fmt: skip
    assert told.empty()
    restore()
    os.close(reading)


def test_keys_act_without_enter_and_the_terminal_is_put_back() -> None:
    ours, theirs = pty.openpty()
    before = termios.tcgetattr(theirs)
    told: queue.Queue[Input] = queue.Queue()
    restore = watch(theirs, told.put)
    os.write(ours, b" ")
    assert told.get(timeout=10) == STOP
    os.write(ours, "停\n".encode())
    assert told.get(timeout=10) == Typed("停")
    assert os.read(ours, 100).decode().replace("\r", "") == "停\n"
    restore()
    assert termios.tcgetattr(theirs) == before
    os.close(ours)
    os.close(theirs)


CRASHES = "from voice.keys import watch; watch(0, print); print('set', flush=True); {end}"


@pytest.mark.parametrize("end", ["1/0", "import time; time.sleep(60)"])
def test_a_crash_leaves_the_terminal_as_it_was(end: str) -> None:
    ours, theirs = pty.openpty()
    before = termios.tcgetattr(theirs)
    with subprocess.Popen(
        [sys.executable, "-c", CRASHES.format(end=end)], stdin=theirs, stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL, cwd=ROOT,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        assert process.stdout.readline() == b"set\n"
        if "sleep" in end:
            assert termios.tcgetattr(theirs) != before
            time.sleep(0.2)
            process.send_signal(signal.SIGINT)
        process.wait(timeout=30)
    assert termios.tcgetattr(theirs) == before
    os.close(ours)
    os.close(theirs)
