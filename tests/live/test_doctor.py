"""``voice doctor --listen`` on a virtual microphone into which somebody speaks."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from pypinyin import lazy_pinyin

from tests.live.marks import NEEDS_DEVICES
from tests.live.sound_server import SoundServer, sound_server
from tests.running import PATIENCE, ROOT, environment
from voice.hear.recogniser import SAMPLE_RATE, Samples

pytestmark = NEEDS_DEVICES


@pytest.fixture
def server(tmp_path: Path, pytestconfig: pytest.Config) -> Iterator[SoundServer]:
    assert pytestconfig.cache is not None
    folder = tmp_path / "sound"
    folder.mkdir()
    with sound_server(folder) as server:
        server.environment |= {
            name: value
            for name, value in environment(tmp_path / "data", pytestconfig.cache).items()
            if name.startswith(("VOICE_", "PYTHON"))
        }
        with server.murmur(PATIENCE):
            yield server


def test_it_asks_for_a_sentence_and_tells_what_it_heard(
    server: SoundServer, spoken: Callable[..., Samples]
) -> None:
    pause = np.zeros(SAMPLE_RATE // 2, np.float32)
    over = threading.Event()
    # Said again and again, so that whenever it listens the sentence is heard at least once.
    sentence = np.concatenate([spoken("打客服电话怎么取消月卡"), pause])

    def speak() -> None:
        while not over.is_set():
            server.speak(sentence)

    command = [sys.executable, "-m", "voice", "doctor", "--listen"]
    with subprocess.Popen(
        command, env=server.environment, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        lines: list[str] = []
        speaker = threading.Thread(target=speak)
        for line in process.stdout:
            lines.append(line.decode().strip())
            if lines[-1] == "请说一句话。":
                speaker.start()
            if "我听到的是" in lines[-1]:
                over.set()
        over.set()
        if speaker.ident:
            speaker.join()
        assert process.wait(timeout=60) == 0, lines
    heard = lines[-2].partition("我听到的是：")[2]
    # By sound: the small recogniser writes it as 取笑 too.
    assert "qu xiao" in " ".join(lazy_pinyin(heard))
    assert lines[-1].startswith("都好了")
    assert [line.partition("、")[0] for line in lines[:9]] == list("一二三四五六七八九")
