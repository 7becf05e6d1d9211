"""``voice talk`` where there is nothing to talk with."""

from __future__ import annotations

import json

import pytest

from tests.running import call

pytestmark = pytest.mark.slow


def test_without_models_it_says_why_and_goes_on_by_typing(
    user_without_models: dict[str, str],
) -> None:
    for words in (("talk",), ()):
        done = call(*words, env=user_without_models, stdin="再见\n".encode())
        assert done.returncode == 0, done.stderr.decode()
        why, greeting, goodbye = done.stdout.decode().splitlines()
        assert "缺少模型" in why
        assert "打字" in why
        assert "您好" in greeting
        assert "再见" in goodbye


def test_without_a_device_it_says_why_and_goes_on_by_typing(user: dict[str, str]) -> None:
    words = ("talk", "--input-device", "no such microphone")
    done = call(*words, env=user, stdin="再见\n".encode())
    assert done.returncode == 0, done.stderr.decode()
    assert "麦克风" in done.stdout.decode().splitlines()[0]


def test_where_nobody_can_type_it_fails_so_that_the_system_starts_it_again(
    user_without_models: dict[str, str],
) -> None:
    done = call("talk", env=user_without_models)
    assert done.returncode == 3
    assert "缺少模型" in done.stdout.decode()


def test_a_program_is_told_and_left(user_without_models: dict[str, str]) -> None:
    done = call("talk", "--json", env=user_without_models)
    assert done.returncode == 3
    (line,) = done.stdout.decode().splitlines()
    event = json.loads(line)
    assert (event["event"], event["what"]) == ("trouble", "model_missing")
    assert "缺少模型" in event["advice"]
