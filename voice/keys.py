"""The keyboard beside the microphone: lines typed while the loop runs."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import TextIO


@dataclass(frozen=True)
class Typed:
    """A line from the keyboard; empty when only Enter was pressed."""

    text: str


def watch(lines: TextIO, tell: Callable[[Typed], None]) -> None:
    """Tell every line that is typed, from a thread that ends with the process."""

    def work() -> None:
        for line in lines:
            tell(Typed(line.strip()))

    threading.Thread(target=work, name="keys", daemon=True).start()
