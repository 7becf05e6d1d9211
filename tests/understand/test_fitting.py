"""Fitting, here and in processes of its own."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest
from scipy.sparse import csr_matrix, random_array

from voice.understand.fitting import one_against_rest

LABELS = ["a", "b", "b", "c", "c", "c"] * 30
AT_WORK = """
import multiprocessing, time
from concurrent.futures import ProcessPoolExecutor
from voice.understand.fitting import _begin
pool = ProcessPoolExecutor(1, multiprocessing.get_context("spawn"), _begin, (None, None, 0))
pool.submit(str).result()
print("began", flush=True)
pool.submit(time.sleep, 600).result()
"""
"""A pool as learning has it, whose process has begun and is busy for ten minutes."""


@pytest.mark.slow
def test_processes_learn_the_same() -> None:
    chance = np.random.default_rng(5)
    matrix = csr_matrix(random_array((len(LABELS), 40), density=0.2, rng=chance))
    alone = one_against_rest(matrix, LABELS, ["a", "b", "c"])
    shared = one_against_rest(matrix, LABELS, ["a", "b", "c"], many=0)
    for (weights, bias), (others, other) in zip(alone, shared, strict=True):
        assert np.array_equal(weights, others)
        assert bias == other


@pytest.mark.slow
def test_who_is_killed_leaves_no_process_behind() -> None:
    with subprocess.Popen([sys.executable, "-c", AT_WORK], stdout=subprocess.PIPE) as learning:
        assert learning.stdout is not None
        assert learning.stdout.readline() == b"began\n"
        learning.kill()
        # Its process has inherited the pipe, which ends with the last that holds it.
        said, _ = learning.communicate(timeout=60)
        assert said == b""


def test_each_class_lies_on_its_own_side() -> None:
    matrix = csr_matrix(np.eye(3)[[0, 1, 1, 2, 2, 2] * 30])
    sides = one_against_rest(matrix, LABELS, ["a", "b", "c"])
    scores = np.stack(
        [matrix @ weights.astype(np.float64) + bias for weights, bias in sides], axis=1
    )
    assert [("a", "b", "c")[index] for index in scores.argmax(axis=1)] == LABELS
