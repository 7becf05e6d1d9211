"""The recogniser for the hardest voices: SenseVoice through sherpa-onnx.

It answers once, at the end of an utterance, without alternatives or scores; its errors with old and accented
speakers are a fraction of the others'.
"""

from __future__ import annotations

import math
import mmap
import re
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from voice.errors import EngineError, ModelError
from voice.hear.closed import with_answer
from voice.hear.guard import is_invented, without_loops
from voice.hear.level import raised
from voice.hear.readings import joined
from voice.hear.recogniser import SAMPLE_RATE, Enough, Hearing, Hypothesis, Samples
from voice.hear.script import simplified
from voice.hear.speech import Stretch, probabilities, stretches
from voice.hear.whole_utterance import WholeUtterance
from voice.hear.windows import windows

if TYPE_CHECKING:
    import sherpa_onnx

MODEL, TOKENS = "model.int8.onnx", "tokens.txt"
LANGUAGE = "zh"
"""Told to the model: left to itself it hears a short Mandarin word as Japanese or Cantonese."""
NOBODY = "<|nospeech|>"
"""The model's language for sound in which nobody speaks."""

_METADATA = (
    *("vocab_size", "lfr_window_size", "lfr_window_shift", "normalize_samples", "with_itn"),
    *("without_itn", "lang_auto", "lang_zh", "lang_en", "lang_ja", "lang_ko", "lang_yue"),
    *("neg_mean", "inv_stddev"),
)
"""What sherpa-onnx reads from the model; it ends the whole process where one of them is missing."""
_MARK = re.compile(r"<\|[^|]*\|>|▁")
"""The model's words for moods and events, and the word boundary of Latin pieces."""


class SenseVoice:
    """A loaded SenseVoice. Thread-safe as long as one utterance is heard at a time."""

    name = "sense-voice"
    streaming = False

    def __init__(self, folder: Path, threads: int = 2) -> None:
        """Load from ``folder`` and decode a second of sound, so that the first question is as quick.

        Raises:
            ModelError: a file of the model is missing (``model_missing``) or is not what it should
                be (``model_altered``).
        """
        import sherpa_onnx

        _check(folder)
        try:
            self._engine: sherpa_onnx.OfflineRecognizer | None = (
                sherpa_onnx.OfflineRecognizer.from_sense_voice(
                    str(folder / MODEL),
                    str(folder / TOKENS),
                    num_threads=threads,
                    language=LANGUAGE,
                    use_itn=False,
                )
            )
        except RuntimeError as error:
            raise _altered(folder, MODEL) from error
        try:
            self._decode(np.zeros(SAMPLE_RATE, np.float32))
        except EngineError as error:
            raise _altered(folder, TOKENS) from error

    def session(
        self,
        phrases: tuple[str, ...] = (),
        *,
        yes_no: bool = False,  # noqa: ARG002 -- this engine cannot weigh answers
        enough: Enough | None = None,  # noqa: ARG002 -- it hears no better with more time
    ) -> WholeUtterance:
        """Begin an utterance. Words that sound like one of ``phrases`` are spelled like it."""
        return WholeUtterance(
            lambda whole: with_answer(self.transcribe(whole), phrases, _no_scores)
        )

    def transcribe(self, samples: Samples) -> Hearing:
        """Hear a whole recording: 16 kHz mono, values -1 to 1, any length.

        Stretches without speech are never decoded; longer speech is cut at its pauses. There is one reading,
        scored -inf: the library tells no probability.
        """
        self._loaded()
        found = stretches(probabilities(samples))
        return joined([self._window(samples, each, found) for each in windows(found, len(samples))])

    def close(self) -> None:
        """Free the model; hearing afterwards raises EngineError."""
        self._engine = None

    def _window(self, samples: Samples, window: Stretch, found: tuple[Stretch, ...]) -> Hearing:
        # The model compares loudness with what it was trained on, so a quiet voice is raised first.
        text, language = self._decode(raised(samples[window.start : window.end]))
        voiced = sum(max(0, min(s.end, window.end) - max(s.start, window.start)) for s in found)
        text = without_loops(simplified(_MARK.sub(" ", text)))
        if language == NOBODY or not text or is_invented(text, voiced / SAMPLE_RATE):
            return Hearing((), 1.0)
        return Hearing((Hypothesis(text, -math.inf),))

    def _decode(self, piece: Samples) -> tuple[str, str]:
        """The text of a piece, and the model's mark for its language."""
        engine = self._loaded()
        try:
            stream = engine.create_stream()
            stream.accept_waveform(SAMPLE_RATE, piece)
            engine.decode_stream(stream)
            return str(stream.result.text), str(stream.result.lang)
        except (RuntimeError, ValueError, IndexError, UnicodeDecodeError) as error:
            message = f"SenseVoice stopped while decoding ({error}): start the assistant again"
            raise EngineError(message, engine=self.name) from error

    def _loaded(self) -> sherpa_onnx.OfflineRecognizer:
        if self._engine is None:
            raise EngineError("SenseVoice was closed: load it again", engine=self.name)
        return self._engine


def _no_scores(texts: tuple[str, ...]) -> tuple[float, ...]:
    """No phrase is more likely than another by its sound: only what was read counts."""
    return tuple(-math.inf for _ in texts)


def _check(folder: Path) -> None:
    """Look for what makes the library end the process instead of raising an error."""
    missing = [part for part in (MODEL, TOKENS) if not (folder / part).is_file()]
    if missing:
        message = f"{folder} lacks {', '.join(missing)}: run `python3 scripts/run.py models fetch sense-voice`"
        raise ModelError(message, name=folder.name)
    try:
        tokens = [line.split() for line in (folder / TOKENS).read_bytes().splitlines()]
        with (folder / MODEL).open("rb") as file:
            view = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            with view:
                # Names of metadata follow the weights, so a search from the end is short.
                whole = all(view.rfind(key.encode()) >= 0 for key in _METADATA)
    except (OSError, ValueError) as error:
        raise _altered(folder, f"{MODEL} or {TOKENS}") from error
    if not whole:
        raise _altered(folder, MODEL)
    if not tokens or not all(len(each) in (1, 2) and each[-1].isdigit() for each in tokens):
        raise _altered(folder, TOKENS)


def _altered(folder: Path, file: str) -> ModelError:
    message = f"{file} in {folder} is no SenseVoice model: run `python3 scripts/run.py models fetch sense-voice`"
    return ModelError(message, code="model_altered", name=folder.name)
