"""Fitting a linear model: each class against the rest, on all processors where there is much to learn."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

TOLERANCE = 1e-2
"""Where the fit stops; ten times finer takes longer and changes no answer."""
PENALTY = 0.5
"""The C of the support vector machine; 0.3 to 1 give the same accuracy within half a per cent."""
MANY = 20_000
"""Examples from which processes of their own, which take seconds to start, are worth it. Threads are not: they would
share the library's one random generator, and learn something else at every run."""

Side = tuple[NDArray[np.float16], float]
"""One class's weights, shape (features,), and bias."""


def one_against_rest(
    matrix: csr_matrix, labels: Sequence[str], classes: Sequence[str], many: int = MANY
) -> list[Side]:
    """Fit every class; ``matrix``: shape (examples, features). The same result on any number of processors, which share
    the work from ``many`` examples on."""
    names = np.array(labels)
    if len(names) < many or (os.cpu_count() or 1) < 2:
        return [_fit(matrix, names, len(classes), each) for each in classes]
    spawned = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(os.cpu_count(), spawned, _begin, (matrix, names, len(classes)))
    try:
        return list(pool.map(_fit_here, classes))
    except BrokenProcessPool:
        # The system took one away, most likely for its memory: one after the other needs least.
        return [_fit(matrix, names, len(classes), each) for each in classes]
    finally:
        pool.shutdown(cancel_futures=True)


_here: list[partial[Side]] = []
"""In a process of the pool: the fit of one class, given everything but the class."""


def _begin(matrix: csr_matrix, names: NDArray[np.str_], count: int) -> None:
    # Ctrl-C reaches every process of the terminal; the one that waits for these ends them.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, name="parent's end", daemon=True).start()
    _here.append(partial(_fit, matrix, names, count))


def _end_with_parent() -> None:
    """One that is killed cannot end its pool, whose processes would wait for work for ever, 200 MB each."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _fit_here(name: str) -> Side:
    return _here[0](name)


def _fit(matrix: csr_matrix, names: NDArray[np.str_], count: int, name: str) -> Side:
    """One class against the rest. Each class counts alike, however few its examples are."""
    from sklearn.svm import LinearSVC

    mine = names == name
    weight = {True: len(mine) / (count * int(mine.sum()))}
    machine = LinearSVC(C=PENALTY, class_weight=weight, tol=TOLERANCE, random_state=0)
    machine.fit(matrix, mine)
    return machine.coef_[0].astype(np.float16), float(machine.intercept_[0])
