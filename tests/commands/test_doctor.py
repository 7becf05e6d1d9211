"""``voice doctor`` where something is missing; with everything there it is tested on virtual devices."""

from __future__ import annotations

import pytest

from tests.running import call

pytestmark = pytest.mark.slow


def test_what_is_missing_is_told_with_its_remedy(user_without_models: dict[str, str]) -> None:
    done = call("doctor", env=user_without_models)
    assert done.returncode == 3
    lines = done.stdout.decode().splitlines()
    assert len(lines) == 10
    assert sum("缺少模型" in line and "连上网络" in line for line in lines) >= 1
    assert lines[-1].startswith("还不能说话")
    assert sum("、要办。" in line for line in lines) >= 1
    assert lines[0].startswith("一、好。")


def test_the_device_that_was_asked_for_is_tried(user_without_models: dict[str, str]) -> None:
    words = ("--input-device", "no such microphone", "--output-device", "no such loudspeaker")
    done = call("doctor", *words, env=user_without_models)
    assert done.returncode == 3
    *_, microphone, loudspeaker, _ = done.stdout.decode().splitlines()
    assert "要办" in microphone
    assert "要办" in loudspeaker


def test_a_broken_pack_is_told_without_a_traceback(user: dict[str, str]) -> None:
    done = call("doctor", env=user | {"VOICE_CONTENT": user["VOICE_DATA"]})
    assert done.returncode == 3
    assert b"Traceback" not in done.stderr
