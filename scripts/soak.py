#!/usr/bin/env python3
"""Talk with the assistant for a long time, and see whether it stays as it was.

    .venv/bin/python scripts/soak.py [--minutes 20] [--every 15] [--within 20]

Starts ``voice talk`` on a virtual microphone and loudspeaker (PulseAudio), asks it questions with pauses, noises and
long silences between them, and writes down its memory, threads, open files and processor time. Ends with 0 when memory
stayed within ``--within`` MB of where it was after the first third, with as many threads and files, and every turn was
answered.
"""

from __future__ import annotations

import argparse
import json
import queue
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from _watch import Watch, judge

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT)]

from tests.live.sound_server import SoundServer, sound_server  # noqa: E402
from voice.config import find_folders  # noqa: E402
from voice.hear.recogniser import SAMPLE_RATE, Samples  # noqa: E402

CONVERSATION = (
    "打电话怎么取消月卡", "下一步", "再说一遍", "要不要交违约金", "不听", "慢一点", "今天天气怎么样", "接着说",
    "去营业厅要带什么东西", "快一点", "停", "我这月卡不想要了怎么退", "打电话", "从头开始",
)  # fmt: skip
"""What is said, over and over: guides, questions, commands, and what it does not know."""
PATIENCE = 90.0
"""Seconds after which a turn counts as not answered."""


class Partner:
    """Talks with a running ``voice talk --json``."""

    def __init__(self, server: SoundServer, process: subprocess.Popen[bytes]) -> None:
        self._server = server
        self._events: queue.Queue[dict[str, Any]] = queue.Queue()
        self.unanswered: list[str] = []
        self.asked = 0
        self.troubles: list[str] = []
        threading.Thread(target=self._read, args=(process,), daemon=True).start()

    def _read(self, process: subprocess.Popen[bytes]) -> None:
        for line in process.stdout or ():
            self._events.put(json.loads(line))
        self._events.put({"event": "end"})

    def wait_for(self, name: str, patience: float = PATIENCE) -> bool:
        """Wait for an event; False when it does not come in time or the process ended."""
        until = time.monotonic() + patience
        while (left := until - time.monotonic()) > 0:
            try:
                event = self._events.get(timeout=left)
            except queue.Empty:
                return False
            if event["event"] == "trouble":
                self.troubles.append(event["what"])
            if event["event"] == name:
                return True
            if event["event"] == "end":
                return False
        return False

    def ask(self, text: str, sound: Samples) -> None:
        """Say something and hear the answer to its end."""
        self.asked += 1
        self._server.speak(sound)
        if not (self.wait_for("reply") and self.wait_for("listening")):
            self.unanswered.append(text)

    def clatter(self) -> None:
        """Make a noise that is no speech: a dish on a table."""
        fading = np.exp(-np.arange(SAMPLE_RATE // 4) / 800)
        noise = np.random.default_rng(3).normal(0, 0.1, len(fading)) * fading
        self._server.speak(noise.astype(np.float32))

    def idle(self, seconds: float) -> None:
        """Let time pass; what the assistant says meanwhile is only noted."""
        self.wait_for("bye", seconds)


def spoken(texts: Sequence[str]) -> dict[str, Samples]:
    """Each text as sound, by the assistant's own voice."""
    import soxr

    from voice.speak.speaker import load_voice
    from voice.speak.spoken import plan
    from voice.speak.synthesiser import Manner

    voice = load_voice(find_folders())
    made = {}
    for text in texts:
        sound = np.concatenate(list(voice.speak(plan((text,)), Manner(rate=220))))
        made[text] = soxr.resample(sound, voice.sample_rate, SAMPLE_RATE).astype(np.float32)
    voice.close()
    return made


def soak(minutes: float, every: float, within: float) -> int:
    """Talk for so many minutes; 0 when it stayed as it was."""
    sounds = spoken((*CONVERSATION, "再见"))
    chance = random.Random(8)  # noqa: S311 -- the same pauses each time
    with tempfile.TemporaryDirectory() as name, sound_server(Path(name)) as server:
        environment = server.environment | {"VOICE_DATA": str(find_folders().data)}
        command = [sys.executable, "-P", "-m", "voice", "talk", "--json"]
        with (
            server.murmur(60 * minutes + 600),
            subprocess.Popen(
                command, env=environment, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
            ) as process,
        ):
            try:
                partner, over = Partner(server, process), threading.Event()
                if not partner.wait_for("listening", 600):
                    print("it did not begin to listen", file=sys.stderr)
                    return 1
                watch = Watch(process.pid)
                watching = threading.Thread(target=_watch, args=(watch, every, over), daemon=True)
                watching.start()
                _converse(partner, sounds, chance, watch.began + 60 * minutes)
                over.set()
                watching.join()
                server.speak(sounds["再见"])
                left = partner.wait_for("bye")
            finally:
                process.terminate()
        return _report(watch, partner, within, left=left)


def _converse(
    partner: Partner, sounds: dict[str, Samples], chance: random.Random, until: float
) -> None:
    turn = 0
    while time.monotonic() < until:
        text = CONVERSATION[turn % len(CONVERSATION)]
        partner.ask(text, sounds[text])
        turn += 1
        if chance.random() < 0.2:
            partner.clatter()
        # Mostly a breath, now and then a pause so long that help is offered.
        partner.idle(chance.choice((0.5, 0.5, 1.0, 3.0, 14.0)))


def _watch(watch: Watch, every: float, over: threading.Event) -> None:
    print(f"{'s':>7} {'MB':>8} {'threads':>8} {'files':>6} {'cpu s':>8}")
    while not over.wait(every):
        sample = watch.look()
        print(
            f"{sample.seconds:7.0f} {sample.memory:8.1f} {sample.threads:8d} {sample.files:6d} "
            f"{sample.processor:8.1f}",
            flush=True,
        )


def _report(watch: Watch, partner: Partner, within: float, *, left: bool) -> int:
    verdict = judge(watch.samples)
    highest = max(sample.memory for sample in watch.samples)
    print(f"turns               {partner.asked}, not answered: {partner.unanswered or 'none'}")
    print(f"troubles told       {', '.join(partner.troubles) or 'none'}")
    print(
        f"memory              at most {highest:.0f} MB, {verdict.growth:+.1f} MB from early to late"
    )
    print(f"slope, spread       {verdict.slope:+.1f} MB an hour, {verdict.spread:.1f} MB")
    print(f"threads, files      {verdict.threads:+d}, {verdict.files:+d}")
    print(f"processor           {100 * verdict.processor:.0f} % of one")
    print(f"said goodbye        {'yes' if left else 'no'}")
    well = verdict.flat(within) and not partner.unanswered and left
    print("flat" if well else "NOT flat, or not every turn was answered")
    return 0 if well else 1


def main(words: Sequence[str] | None = None) -> int:
    """Read the options and soak."""
    parser = argparse.ArgumentParser(prog="soak.py", description=__doc__.splitlines()[0])
    parser.add_argument("--minutes", type=float, default=20.0)
    parser.add_argument("--every", type=float, default=15.0, help="seconds between samples")
    parser.add_argument("--within", type=float, default=20.0, help="MB that memory may grow")
    args = parser.parse_args(words)
    if 60 * args.minutes < 8 * args.every:
        parser.error("that is too short for eight samples")
    return soak(args.minutes, args.every, args.within)


if __name__ == "__main__":
    sys.exit(main())
