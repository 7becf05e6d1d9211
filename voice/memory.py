"""Memory that is free is given back to the system, so that the process stays small for months."""

from __future__ import annotations

import ctypes
import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

BIG: Final = 1 << 20
"""Bytes from which a piece of memory is the system's own and goes back to it when it is freed."""
_MMAP_THRESHOLD, _ARENA_MAX = -3, -8
"""Parameters of ``mallopt`` (glibc, malloc.h)."""
_ARENAS = 2
_loads = [0]
"""How many things are being loaded."""
_lock = threading.Lock()


def settle() -> None:
    """Keep the allocator from hoarding; call it before threads are started. Nothing happens where it is not glibc's.

    By itself glibc takes ever bigger pieces from its own heaps, one for each thread, after a big one was freed;
    networks that free tens of megabytes after each phrase then leave holes everywhere: 200 MB more after a dozen
    answers spoken and heard, against 13 MB, at 2 % more processor time.
    """
    adjust = getattr(ctypes.CDLL(None), "mallopt", None)
    if adjust is not None:
        adjust(_MMAP_THRESHOLD, BIG)
        adjust(_ARENA_MAX, _ARENAS)


def give_back() -> None:
    """Let the allocator return what it holds for later; nothing happens where it is not glibc's. Takes some ms."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)


@contextmanager
def loading() -> Iterator[None]:
    """Load, without looking for garbage, what stays until the end; nothing of it is looked at later either.

    A look at all the dictionaries and sentences takes a tenth of a second, in which no thread can work: a loudspeaker
    that is to be filled every 20 ms runs dry. Without it loading is a sixth quicker. From any thread, also nested.
    """
    with _lock:
        _loads[0] += 1
        gc.disable()
    try:
        yield
    finally:
        with _lock:
            _loads[0] -= 1
            if not _loads[0]:
                gc.freeze()
                gc.enable()
