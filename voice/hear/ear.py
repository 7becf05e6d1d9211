"""From a recording to weighted readings: the edge between hearing and understanding."""

from __future__ import annotations

import logging
import math
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from voice.config import Folders, HearingOptions
from voice.content.loader import word_list
from voice.hear.recogniser import Hearing, Recogniser, Samples
from voice.memory import loading
from voice.understand.meaning import Completeness, Expect, Expectation, Reading

if TYPE_CHECKING:
    from voice.hear.listener import Judge
    from voice.models import ModelStore

_LOGGER = logging.getLogger(__name__)
DOUBT = 1.0
"""How much a hypothesis loses for each unit of mean log probability that it lies below the best."""
SUBJECT = "subject"
"""The pack's list whose one sentence holds the words that people use here."""
MOST_NAMES = 4
"""Other names of an option that are listened for: each costs time, and the first are the commonest."""


class Ear:
    """Hears utterances with the recogniser that is installed, loaded when it is first needed.

    Threads that need it at the same time wait for one loading: two take twice the memory and the time.
    """

    def __init__(self, folders: Folders, options: HearingOptions | None = None) -> None:
        self._folders = folders
        self._options = options or HearingOptions()
        self._recogniser: Recogniser | None = None
        self._lock = threading.Lock()

    @property
    def recogniser(self) -> Recogniser:
        """The loaded recogniser; raises ModelError when none is installed."""
        with self._lock:
            if self._recogniser is None:
                self._recogniser = self._load()
            return self._recogniser

    def check(self) -> None:
        """Look, without loading it, whether there is a recogniser; raises ModelError when there is none."""
        from voice.hear.select import choose, look

        choose(look(self._store()), self._options.engine)

    def _load(self) -> Recogniser:
        from voice.hear.select import load_recogniser

        (subject,) = word_list(self._folders.content, SUBJECT)[:1] or ("",)
        with loading():
            return load_recogniser(self._store(), self._options.engine, subject=subject)

    def _store(self) -> ModelStore:
        from voice.models import ModelStore, load_manifest

        return ModelStore(self._folders.models, load_manifest(self._folders.manifest))

    def hear_file(self, path: Path, expected: Expectation) -> tuple[Reading, ...]:
        """Read a recording and hear it; raises AudioInputError when it cannot be read."""
        from voice.hear.wav import read_wav

        return self.hear_recording(read_wav(path), expected)

    def hear_recording(self, samples: Samples, expected: Expectation) -> tuple[Reading, ...]:
        """Hear a recording, a quiet one raised: nobody has set its level, as a microphone's is."""
        from voice.hear.level import raised

        return self.hear(raised(samples), expected)

    def hear(self, samples: Samples, expected: Expectation) -> tuple[Reading, ...]:
        """Hear one utterance."""
        return heard_by(self.recogniser, samples, expected)

    def close(self) -> None:
        """Free the recogniser."""
        with self._lock:
            recogniser, self._recogniser = self._recogniser, None
        if recogniser is not None:
            recogniser.close()


def heard_by(
    recogniser: Recogniser, samples: Samples, expected: Expectation
) -> tuple[Reading, ...]:
    """Hear one utterance with a recogniser."""
    yes_no = expected.expects is Expect.YES_NO
    session = recogniser.session(phrases_for(expected), yes_no=yes_no)
    session.feed(samples)
    return weighted(session.finish())


def phrases_for(expected: Expectation) -> tuple[str, ...]:
    """The likeliest answers now, for the recogniser: plain words, and the names of what is on offer."""
    named = [
        name for choice in expected.choices for name in (choice.label, *choice.names[:MOST_NAMES])
    ]
    return tuple(dict.fromkeys((*expected.words, *named)))


def judge_by(completeness: Callable[[Sequence[Reading]], Completeness]) -> Judge:
    """What a listener asks how finished the words so far sound, from what judges readings."""
    return lambda sofar: completeness(weighted(sofar))


def weighted(hearing: Hearing) -> tuple[Reading, ...]:
    """The hypotheses as readings whose weights sum to 1."""
    return tuple(
        Reading(hypothesis.text, weight, hearing.clarity)
        for hypothesis, weight in zip(
            hearing.hypotheses, _weights([h.score for h in hearing.hypotheses]), strict=True
        )
    )


def _weights(scores: Sequence[float]) -> list[float]:
    if not scores:
        return []
    best = max(scores)
    if not math.isfinite(best):
        return [1.0 / len(scores)] * len(scores)
    powers = [math.exp((score - best) / DOUBT) for score in scores]
    return [power / sum(powers) for power in powers]
