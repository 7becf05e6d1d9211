"""Fitting, here and in processes of its own."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from scipy.sparse import csr_matrix, random_array

from voice.understand.fitting import one_against_rest

LABELS = ["a", "b", "b", "c", "c", "c"] * 30
LONG = """
from scipy.sparse import random_array
from voice.understand.fitting import one_against_rest
names = [str(number) for number in range(500)]
one_against_rest(random_array((20_000, 500), density=0.1).tocsr(), names * 40, names, many=0)
"""
"""Learns for minutes."""


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
    with subprocess.Popen([sys.executable, "-c", LONG], stdout=subprocess.PIPE) as learning:
        children = Path(f"/proc/{learning.pid}/task/{learning.pid}/children")
        while len(children.read_text().split()) < 2:
            time.sleep(0.1)
        learning.kill()
        # They have inherited the pipe, which ends with the last of them.
        said, _ = learning.communicate(timeout=60)
        assert said == b""


def test_each_class_lies_on_its_own_side() -> None:
    matrix = csr_matrix(np.eye(3)[[0, 1, 1, 2, 2, 2] * 30])
    sides = one_against_rest(matrix, LABELS, ["a", "b", "c"])
    scores = np.stack(
        [matrix @ weights.astype(np.float64) + bias for weights, bias in sides], axis=1
    )
    assert [("a", "b", "c")[index] for index in scores.argmax(axis=1)] == LABELS
