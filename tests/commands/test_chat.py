"""``voice chat`` as it is called, by people and by programs."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import soundfile

from tests.running import call
from voice.hear.recogniser import SAMPLE_RATE, Samples

pytestmark = pytest.mark.slow

FIELDS = {"heard", "intent", "score", "say", "expects", "options", "ms"}


def _exchange(env: dict[str, str], *lines: bytes) -> list[dict[str, Any]]:
    done = call("chat", "--json", env=env, stdin=b"\n".join(lines) + b"\n")
    assert done.returncode == 0, done.stderr.decode()
    assert b"Traceback" not in done.stderr
    return [json.loads(line) for line in done.stdout.decode().splitlines()]


def _message(**fields: object) -> bytes:
    return json.dumps(fields, ensure_ascii=False).encode()


def test_it_goes_on_after_lines_that_are_no_messages(user: dict[str, str], tmp_path: Path) -> None:
    fake = tmp_path / "fake.wav"
    fake.write_text("not a recording", encoding="utf-8")
    bad = [
        b"hello", b"[]", b"{}", b'{"text": 5}', b"\xff\xfe\x00", b"[" * 15_000, b"x" * 50_000,
        b'{"text": ' + b"1" * 5_000 + b"}", _message(wav="x" * 300 + ".wav"),
        _message(wav=str(tmp_path / "none.wav")), _message(wav=str(fake)), _message(wav="\0"),
    ]  # fmt: skip
    replies = _exchange(user, *bad, _message(text="打电话怎么取消"))
    assert len(replies) == len(bad) + 1
    for reply in replies[:-1]:
        assert set(reply) >= {"error"} | FIELDS
        assert any("一" <= character <= "鿿" for character in reply["error"])
    assert replies[-1]["intent"] == "guide.hotline"
    assert set(replies[-1]) == FIELDS


def test_it_hears_recordings_in_the_conversation(
    spoken: Callable[..., Samples], user: dict[str, str], tmp_path: Path
) -> None:
    path = tmp_path / "next.wav"
    soundfile.write(path, spoken("下一步"), SAMPLE_RATE)
    first, heard, reset = _exchange(
        user, _message(text="打电话怎么取消"), _message(wav=str(path)), _message(reset=True)
    )
    assert first["expects"] == "step"
    assert heard["intent"] == "command.next"
    assert heard["ms"]["hear"] > 0
    assert (reset["heard"], reset["say"]) == ("", [])


def test_people_type_until_they_say_goodbye(user: dict[str, str]) -> None:
    lines = "打电话怎么取消\n\n再见\n打电话怎么取消\n".encode()
    done = call("chat", env=user, stdin=lines)
    assert done.returncode == 0, done.stderr.decode()
    greeting, answer, goodbye = done.stdout.decode().splitlines()
    assert "联通月卡" in greeting
    assert "幺零零幺零" in answer
    assert "再见" in goodbye


def test_bytes_that_are_no_text_do_not_end_it(user: dict[str, str]) -> None:
    done = call("chat", env=user, stdin=b"\xff\xfe\xfa\n" + "再见\n".encode())
    assert done.returncode == 0, done.stderr.decode()
    assert "再见" in done.stdout.decode().splitlines()[-1]
