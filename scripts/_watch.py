"""A process watched for a long time: what it takes, and whether that grows."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

WARM = 0.3
"""Share of the time after which memory is compared: until then each answer is made for the first time."""


@dataclass(frozen=True)
class Sample:
    """A process at one moment."""

    seconds: float
    """Since it was begun to be watched."""
    memory: float
    """Resident, MB (10^6 bytes)."""
    threads: int
    files: int
    """Open descriptors."""
    processor: float
    """Seconds of processor time taken so far."""


@dataclass
class Watch:
    """Looks at a process under Linux."""

    process: int
    began: float = field(default_factory=time.monotonic)
    samples: list[Sample] = field(default_factory=list)

    def look(self) -> Sample:
        """Take a sample; raises FileNotFoundError when the process is gone."""
        place = Path(f"/proc/{self.process}")
        # The name of the program stands in brackets and may hold anything: the figures come behind it.
        figures = (place / "stat").read_text("utf-8").rpartition(")")[2].split()
        ticks = os.sysconf("SC_CLK_TCK")
        sample = Sample(
            seconds=time.monotonic() - self.began,
            memory=int(figures[21]) * os.sysconf("SC_PAGE_SIZE") / 1e6,
            threads=int(figures[17]),
            files=sum(1 for _ in (place / "fd").iterdir()),
            processor=(int(figures[11]) + int(figures[12])) / ticks,
        )
        self.samples.append(sample)
        return sample


@dataclass(frozen=True)
class Verdict:
    """What a row of samples says."""

    slope: float
    """Growth of memory, MB an hour, by least squares over the samples after the warm-up."""
    spread: float
    """Largest less smallest memory after the warm-up, MB."""
    growth: float
    """Memory of the last quarter less that of the first after the warm-up (medians), MB."""
    threads: int
    """Threads at the end less those after the warm-up."""
    files: int
    processor: float
    """Share of one processor taken."""

    def flat(self, within: float) -> bool:
        """Whether nothing grew, memory by at most ``within`` MB."""
        return abs(self.growth) <= within and self.threads <= 0 and self.files <= 0


def judge(samples: Sequence[Sample], warm_up: float = WARM) -> Verdict:
    """Judge at least eight samples; those of the first ``warm_up``, a share of the time, do not count."""
    last = samples[-1].seconds
    warm = [sample for sample in samples if sample.seconds >= warm_up * last]
    times = np.array([sample.seconds for sample in warm]) / 3600
    memory = np.array([sample.memory for sample in warm])
    quarter = max(1, len(warm) // 4)
    return Verdict(
        slope=float(np.polyfit(times, memory, 1)[0]),
        spread=float(np.ptp(memory)),
        growth=float(np.median(memory[-quarter:]) - np.median(memory[:quarter])),
        threads=_late(warm, "threads"),
        files=_late(warm, "files"),
        processor=(warm[-1].processor - warm[0].processor) / (warm[-1].seconds - warm[0].seconds),
    )


def _late(samples: Sequence[Sample], name: str) -> int:
    """How much the median of the last quarter lies above that of the first."""
    values = [getattr(sample, name) for sample in samples]
    quarter = max(1, len(values) // 4)
    return int(np.median(values[-quarter:]) - np.median(values[:quarter]))
