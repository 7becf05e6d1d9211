"""Whisper base on CTranslate2, a piece of sound at a time, at the piece's own length."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from voice.errors import ModelError
from voice.hear.recogniser import SAMPLE_RATE, Samples
from voice.memory import give_back

if TYPE_CHECKING:
    import ctranslate2

HOP = 160
"""Samples a spectrogram frame: 10 ms at 16 kHz."""

LONGEST_FRAMES = 3000
"""Whisper's window, 30 s."""

_START = ("<|startoftranscript|>", "<|zh|>", "<|transcribe|>", "<|notimestamps|>")
_FILES = ("config.json", "model.bin", "tokenizer.json", "vocabulary.txt")
_END = "。"
_BEFORE = "<|startofprev|>"
"""Opens what was said before, which the decoder goes on from."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class WhisperOptions:
    """How Whisper is run. Figures: 47 real sentences of standard Mandarin, Whisper base, 2
    cores.
    """

    threads: int = 2
    """1.1 × slower with 4 threads on 2 cores."""
    compute: str = "int8"
    """18.1 % character error, 0.21 s, 320 MB; float32 has no less error, 0.46 s and 640 MB."""
    margin: int = 260
    """Frames of padding after the sound. At 100 the decoder repeats the sentence now and then, at
    50 often.
    """
    fewest: int = 400
    """Frames that the encoder sees at least."""
    beam: int = 3
    """Width of the second, wider search and so its number of readings; 1 for none."""
    unsure: float = -0.42
    """Mean log probability a token below which the second look is taken: it costs as much as the
    first. At -0.3 it costs a fifth more over all and brings no more right answers.
    """
    figures: bool = False
    """Whether numbers may be written in figures, as in the texts that Whisper learned from; else they come in the
    characters that people say.
    """
    longest_second: float = 10.0
    """Tokens a second of sound, at most: what ends a decoder that repeats itself."""


@dataclass(frozen=True)
class Decoded:
    """One text that the decoder wrote."""

    text: str
    score: float
    """Mean log probability a token."""
    no_speech: float
    """Probability, 0 to 1, that Whisper gives to nobody speaking."""


class WhisperModel:
    """The loaded weights. Every method takes 16 kHz mono sound of at most 27 s (longer is cut).

    Raises:
        ModelError: a file is missing (``model_missing``) or cannot be read (``model_altered``).
    """

    def __init__(self, folder: Path, options: WhisperOptions | None = None) -> None:
        from faster_whisper.feature_extractor import FeatureExtractor

        from voice.hear.whisper_vocabulary import Vocabulary, load_tokenizer
        from voice.hear.whisper_weights import trimmed

        self.options = options or WhisperOptions()
        missing = [name for name in _FILES if not (folder / name).is_file()]
        if missing:
            message = f"{folder} lacks {', '.join(missing)}: run `python3 scripts/run.py models fetch whisper-base`"
            raise ModelError(message, name="whisper-base")
        try:
            self._vocabulary = Vocabulary(load_tokenizer(folder), figures=self.options.figures)
            self._model = _load(trimmed(folder, self._vocabulary), self.options)
        except (OSError, ValueError, RuntimeError) as error:
            message = f"Whisper cannot be loaded from {folder} ({error}): run `python3 scripts/run.py models verify`"
            raise ModelError(message, code="model_altered", name="whisper-base") from error
        give_back()
        self._mel = FeatureExtractor()
        self._start = [self._numbered(token) for token in _START]

    def encode(self, samples: Samples) -> NDArray[np.float32]:
        """Run the encoder over the sound's own length and the margin; shape (1, frames / 2,
        512).
        """
        import ctranslate2

        mel = self._mel(samples)
        # Zeros here are a middling loudness, not silence: padding with silent sound brings
        # repetitions.
        padding = self.frames(len(samples)) - mel.shape[1]
        padded = np.pad(mel, ((0, 0), (0, max(0, padding))))[np.newaxis, :, :LONGEST_FRAMES]
        features = ctranslate2.StorageView.from_array(np.ascontiguousarray(padded, np.float32))
        return np.array(self._model.encode(features, to_cpu=True), np.float32)

    def frames(self, length: int) -> int:
        """Frames that ``length`` samples are padded to."""
        return min(
            LONGEST_FRAMES, max(self.options.fewest, length // HOP + 1 + self.options.margin)
        )

    def read(
        self, encoded: NDArray[np.float32], length: int, beam: int = 1, before: str = ""
    ) -> tuple[Decoded, ...]:
        """Decode: the ``beam`` best texts of sound that had ``length`` samples, best first.

        ``before``: what may have been said just before; its words are heard more easily.
        """
        tokens = round(length / SAMPLE_RATE * self.options.longest_second) + 8
        start = self._after(before)
        result = self._model.generate(
            _view(encoded),
            [start],
            beam_size=beam,
            num_hypotheses=beam,
            max_length=len(start) + tokens,
            return_scores=True,
            return_no_speech_prob=True,
        )[0]
        return tuple(
            Decoded(self._vocabulary.decode(ids), float(score), float(result.no_speech_prob))
            for ids, score in zip(result.sequences_ids, result.scores, strict=True)
        )

    def score(
        self, encoded: NDArray[np.float32], length: int, phrases: Sequence[str]
    ) -> tuple[float, ...]:
        """Log probability of each phrase as what was said, comparable among phrases of one call.

        The sum over the phrase's tokens and half of that of a full stop after it, so that 对 does
        not win over 对不起. CTranslate2's ``align`` leaves the end token out of its softmax; the full
        stop stands in for it.
        """
        if not phrases:
            return ()
        ids = [self._vocabulary.encode(phrase + _END) for phrase in phrases]
        stacked = np.repeat(encoded, len(phrases), axis=0)
        sizes = [length // HOP] * len(phrases)
        aligned = self._model.align(_view(stacked), self._start[:3], ids, sizes)
        logs = [np.log(np.maximum(np.array(each.text_token_probs), 1e-9)) for each in aligned]
        return tuple(float(each[:-1].sum() + 0.5 * each[-1]) for each in logs)

    def _after(self, before: str) -> list[int]:
        """The tokens that the decoder begins with."""
        if not before:
            return self._start
        return [self._numbered(_BEFORE), *self._vocabulary.encode(before), *self._start]

    def _numbered(self, token: str) -> int:
        number = self._vocabulary.numbered(token)
        if number is None:
            message = f"The tokenizer of Whisper lacks {token}: run `python3 scripts/run.py models verify`"
            raise ModelError(message, code="model_altered", name="whisper-base")
        return number

    def close(self) -> None:
        """Free the weights."""
        self._model.unload_model()


def _load(files: Mapping[str, bytes], options: WhisperOptions) -> ctranslate2.models.Whisper:
    """The model in these files. It reads them from a folder that is gone again at once: what it is given in memory it
    keeps, 92 MB."""
    import ctranslate2

    load = partial(
        ctranslate2.models.Whisper,
        device="cpu",
        compute_type=options.compute,
        intra_threads=options.threads,
    )
    try:
        with TemporaryDirectory() as folder:
            for name, data in files.items():
                Path(folder, name).write_bytes(data)
            return load(folder)
    except OSError as error:
        _log.warning(
            "Whisper takes 92 MB more memory, for want of room for a temporary file: %s", error
        )
        return load("whisper", files=dict(files))


def _view(encoded: NDArray[np.float32]) -> ctranslate2.StorageView:
    import ctranslate2

    return ctranslate2.StorageView.from_array(np.ascontiguousarray(encoded))
