"""Finding speech: the pure part on numbers, the detector on real voice and noise."""

from __future__ import annotations

import os
import subprocess
import sys
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import Speaker
from tests.running import ROOT
from voice.hear.recogniser import SAMPLE_RATE, Samples
from voice.hear.speech import FRAME, SpeechDetector, Stretch, probabilities, stretches
from voice.hear.windows import LONGEST, windows

FRAMES = st.lists(st.floats(0.0, 1.0), max_size=300)


def noise(seconds: float, level: float, seed: int = 0) -> Samples:
    made = np.random.default_rng(seed).normal(0, level, round(SAMPLE_RATE * seconds))
    return made.astype(np.float32)


def test_a_stretch_begins_high_and_ends_low() -> None:
    frames = [0.1, 0.4, 0.6, 0.9, 0.4, 0.4, 0.1, 0.0]
    assert stretches(frames) == (Stretch(2 * FRAME, 6 * FRAME),)


def test_near_stretches_are_one_and_clicks_are_none() -> None:
    voice, pause, gap = [0.9] * 10, [0.0] * 9, [0.0] * 20
    assert stretches(voice + pause + voice) == (Stretch(0, 29 * FRAME),)
    assert len(stretches(voice + gap + voice)) == 2
    assert stretches([0.0] * 5 + [0.9] + [0.0] * 5) == ()
    assert stretches([]) == ()


@given(FRAMES)
def test_stretches_are_in_order_apart_and_inside(frames: list[float]) -> None:
    found = stretches(frames)
    edges = [edge for each in found for edge in (each.start, each.end)]
    assert edges == sorted(set(edges))
    assert all(0 <= edge <= len(frames) * FRAME for edge in edges)


@given(
    st.lists(st.tuples(st.integers(1, 40 * SAMPLE_RATE), st.integers(1, 10 * SAMPLE_RATE))),
    st.integers(0, SAMPLE_RATE),
)
def test_windows_hold_all_speech_once_and_fit(pairs: list[tuple[int, int]], tail: int) -> None:
    found, at = [], 0
    for long, gap in pairs:
        found.append(Stretch(at + gap, at + gap + long))
        at += gap + long
    made = windows(tuple(found), at + tail)
    assert all(0 < each.end - each.start <= LONGEST for each in made)
    assert all(a.end <= b.start for a, b in pairwise(made))
    covered = sum(max(0, min(s.end, w.end) - max(s.start, w.start)) for s in found for w in made)
    assert covered == sum(each.end - each.start for each in found)


@pytest.mark.slow
def test_voice_is_found_where_it_is(spoken: Speaker) -> None:
    voice = spoken("请问联通月卡怎么取消")
    sound = np.concatenate([noise(1.0, 0.001), voice, noise(1.0, 0.001)])
    (found,) = stretches(probabilities(sound))
    assert found.start / SAMPLE_RATE == pytest.approx(1.0, abs=0.2)
    assert found.end / SAMPLE_RATE == pytest.approx(1.0 + len(voice) / SAMPLE_RATE, abs=0.4)


@pytest.mark.parametrize("level", [0.0, 0.001, 0.03, 0.3])
def test_silence_and_noise_hold_no_speech(level: float) -> None:
    assert stretches(probabilities(noise(5.0, level))) == ()


def test_any_chunks_give_the_same_frames() -> None:
    sound = noise(2.0, 0.1)
    whole = SpeechDetector().feed(sound)
    detector = SpeechDetector()
    edges = [0, 1, 700, 701, 5_000, 20_000, len(sound)]
    parts = [detector.feed(sound[a:b]) for a, b in pairwise(edges)]
    assert [p for part in parts for p in part] == pytest.approx(whole)
    assert len(whole) == len(sound) // FRAME
    detector.reset()
    assert detector.feed(sound) == pytest.approx(whole)


LOADED = """
import os
from voice.hear.speech import SpeechDetector
SpeechDetector().feed(__import__("numpy").zeros(51_200, "float32"))
print(len(os.listdir("/proc/self/task")), os.environ.get("OMP_THREAD_LIMIT"))
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
def test_the_detector_works_with_one_thread_and_leaves_the_others_alone() -> None:
    environment = os.environ | {"OPENBLAS_NUM_THREADS": "1"}
    command = [sys.executable, "-c", LOADED]
    for limit, left in ((None, "None"), ("7", "7")):
        more = {} if limit is None else {"OMP_THREAD_LIMIT": limit}
        done = subprocess.run(
            command, env=environment | more, capture_output=True, cwd=ROOT, text=True, check=True
        )
        assert done.stdout.split() == ["1", left]
