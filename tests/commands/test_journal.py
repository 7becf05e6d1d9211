"""``voice journal``, and the same by voice: written down only when asked for, shown, wiped."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.running import call, only_sentence
from voice.journal import FILE
from voice.preferences import FILE as PREFERENCES

pytestmark = pytest.mark.slow

MISSED = "帮我查一下明天的飞机票"


def _chat(user: dict[str, str], *lines: str) -> list[str]:
    done = call("chat", env=user, stdin="\n".join((*lines, "再见")).encode())
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode().splitlines()


def _journal(user: dict[str, str], *words: str) -> str:
    done = call("journal", *words, env=user)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode().strip()


def test_nothing_is_written_down_unasked(user: dict[str, str]) -> None:
    _chat(user, MISSED)
    assert not (Path(user["VOICE_DATA"]) / FILE).exists()
    assert _journal(user) == "没有记录。"


def test_it_is_turned_on_and_wiped_by_voice(user: dict[str, str]) -> None:
    said = _chat(user, "记下没听懂的话", MISSED, "打电话怎么取消")
    assert "记在这台电脑里" in said[1]
    # Another run still writes down, until it is told not to.
    said = _chat(user, MISSED + "啊", "别记录了", "再帮我查一下火车票")
    assert "不记了" in said[2]
    shown = _journal(user, "show").splitlines()
    assert [line.split("  ")[1] for line in shown] == [MISSED, MISSED + "啊"]
    said = _chat(user, "把记录删掉")
    assert "删掉了" in said[1]
    assert not (Path(user["VOICE_DATA"]) / FILE).exists()


def test_the_command_turns_it_on_and_off_and_wipes_it(user: dict[str, str]) -> None:
    assert "记在这台电脑里" in _journal(user, "on")
    _chat(user, MISSED)
    assert MISSED in _journal(user)
    assert "不记了" in _journal(user, "off")
    _chat(user, MISSED)
    assert len(_journal(user).splitlines()) == 1
    assert "删掉了" in _journal(user, "clear")
    assert _journal(user) == "没有记录。"


def test_where_it_cannot_be_wiped_nobody_says_that_it_was(user: dict[str, str]) -> None:
    (Path(user["VOICE_DATA"]) / FILE).mkdir()
    said = _chat(user, "把记录删掉", "打电话怎么取消")
    assert "删不掉" in said[1]
    assert "幺零零幺零" in said[2]
    done = call("journal", "clear", env=user)
    assert done.returncode == 3
    assert "删不掉" in done.stderr.decode()


@pytest.mark.parametrize("action", ["on", "off"])
def test_where_the_wish_cannot_be_kept_nobody_says_that_it_is(
    action: str, user: dict[str, str]
) -> None:
    no_room = ("sh", "-c", 'ulimit -f 0; exec "$@"', "sh")
    done = call("journal", action, env=user, before=no_room)
    assert done.returncode == 3
    assert done.stdout == b""
    assert "保存不住" in only_sentence(done)


def test_broken_settings_are_told_once(user: dict[str, str]) -> None:
    (Path(user["VOICE_DATA"]) / PREFERENCES).write_text("{", encoding="utf-8")
    assert "设置读不出来" in _chat(user)[0]
    assert "设置读不出来" not in _chat(user)[0]
