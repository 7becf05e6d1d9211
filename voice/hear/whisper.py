"""The recogniser that always works: Whisper base, guarded against what it invents."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from voice.errors import EngineError
from voice.hear.closed import LONE, LONGEST, is_one_of, is_short, with_answer
from voice.hear.guard import is_echo, is_invented, without_loops, words_alone
from voice.hear.lead_in import led_in
from voice.hear.level import measure
from voice.hear.readings import joined
from voice.hear.recogniser import SAMPLE_RATE, Enough, Hearing, Hypothesis, Samples
from voice.hear.script import simplified
from voice.hear.speech import Stretch, probabilities, stretches
from voice.hear.whisper_looks import Looks
from voice.hear.whisper_model import Decoded, WhisperModel, WhisperOptions
from voice.hear.whole_utterance import WholeUtterance
from voice.hear.windows import windows

NO_SPEECH = 0.6
"""Whisper's own word that nobody spoke counts from here…"""

NO_SPEECH_SCORE = -1.0
"""…when it is as unsure as this about the text as well (both limits are Whisper's own)."""

WORST_SCORE = -1.6
"""Mean log probability a token below which a reading is a guess into noise."""

_WARM_UP_SECONDS = 1.0


class Whisper:
    """A loaded Whisper. Thread-safe as long as one utterance is heard at a time."""

    name = "whisper"
    streaming = False

    def __init__(
        self,
        folder: Path,
        options: WhisperOptions | None = None,
        *,
        subject: str = "",
        warm: bool = True,
    ) -> None:
        """Load from ``folder`` and, with ``warm``, decode a second of sound, so that the first
        question is as quick.

        ``subject``: a sentence with the words of what people talk about here. Where the first look
        is unsure, the second is taken with it in mind. Never the first: Whisper then hears those
        words in anything.

        Raises:
            ModelError: a file of the model is missing or altered.
        """
        self._model: WhisperModel | None = WhisperModel(folder, options)
        self._subject = subject
        if warm:
            length = round(_WARM_UP_SECONDS * SAMPLE_RATE)
            with self._decoding():
                _ = Looks(self._model, np.zeros(length, np.float32)).quick

    def session(
        self,
        phrases: tuple[str, ...] = (),
        *,
        yes_no: bool = False,
        enough: Enough | None = None,
    ) -> WholeUtterance:
        """Begin an utterance. ``phrases`` are not told to Whisper, which, prompted, hears them in
        noise; a short utterance is compared with each of them. What is ``enough`` is not looked at
        without the room's echo: on far questions that costs 0.8 of 88.8 in 100 that are understood,
        in noise none, and saves half a second.
        """
        return WholeUtterance(
            lambda whole: self.answer(whole, phrases, yes_no=yes_no, enough=enough)
        )

    def transcribe(self, samples: Samples) -> Hearing:
        """Hear a whole recording: 16 kHz mono, values -1 to 1, any length.

        Stretches without speech are never decoded; longer speech is cut at its pauses. The
        readings of one window are best first; readings of several windows are joined in rank
        order.
        """
        return self._transcribed(*led_in(samples, _speech(samples)))

    def answer(
        self,
        samples: Samples,
        phrases: tuple[str, ...],
        *,
        yes_no: bool = False,
        enough: Enough | None = None,
    ) -> Hearing:
        """Hear a recording that may be one of ``phrases``: then that phrase is the first reading.

        The room's echo is taken out only where it was none of them, and nothing that is ``enough``. Where something may
        be enough, somebody waits, and a first look that is exactly one of them, or as short as they are and enough, is
        the only one: as many step words are understood (375 of 456, near and far), in 0.31 s instead of 0.43.
        """
        samples, found = led_in(samples, _speech(samples))
        pieces = windows(found, len(samples))
        voiced = _voiced(found) / SAMPLE_RATE
        if not phrases or not pieces or voiced > LONGEST:
            return self._transcribed(samples, found, enough)
        looks = [Looks(self._loaded(), samples[each.start : each.end]) for each in pieces]
        with self._decoding():
            quick = _joined([(each.quick,) for each in looks], pieces, found)
            # Consent is looked at twice: 「不要」 may have been heard as 「要」.
            if enough is not None and not yes_no:
                if is_one_of(quick.text, phrases):
                    return with_answer(quick, phrases, looks[0].score)
                if quick.text and is_short(quick.text, phrases) and enough(quick):
                    return quick
            # Words of the subject would be held against the answers, which have none.
            free = _joined([each.wider() for each in looks], pieces, found)
            lone = yes_no and voiced <= LONE
            answered = with_answer(free, phrases, looks[0].score, lone=lone)
            if answered is not free or _will_do(free, looks, enough):
                return answered
            return _joined([each.every() for each in looks], pieces, found)

    def close(self) -> None:
        """Free the weights; hearing afterwards raises EngineError."""
        if self._model is not None:
            self._model.close()
        self._model = None

    def _transcribed(
        self, samples: Samples, found: tuple[Stretch, ...], enough: Enough | None = None
    ) -> Hearing:
        model = self._loaded()
        pieces = windows(found, len(samples))
        looks = [Looks(model, samples[each.start : each.end]) for each in pieces]
        with self._decoding():
            first = [each.wider(self._subject) for each in looks]
            heard = _joined(first, pieces, found, self._subject)
            if _will_do(heard, looks, enough, self._subject):
                return heard
            every = [each.every(self._subject) for each in looks]
        return _joined(every, pieces, found, self._subject)

    @contextmanager
    def _decoding(self) -> Iterator[None]:
        try:
            yield
        except (RuntimeError, ValueError) as error:
            message = f"Whisper stopped while decoding ({error}): start the assistant again"
            raise EngineError(message, engine=self.name) from error

    def _loaded(self) -> WhisperModel:
        if self._model is None:
            raise EngineError("Whisper was closed: load it again", engine=self.name)
        return self._model


def _will_do(
    heard: Hearing, looks: Sequence[Looks], enough: Enough | None, subject: str = ""
) -> bool:
    """Whether what was heard is all that there is, or enough."""
    if all(each.settled(subject) for each in looks):
        return True
    return enough is not None and bool(heard.text) and enough(heard)


def _speech(samples: Samples) -> tuple[Stretch, ...]:
    """Where somebody speaks; nowhere in dead sound."""
    return () if measure(samples).dead else stretches(probabilities(samples))


def _voiced(found: Sequence[Stretch], window: Stretch | None = None) -> int:
    """Samples of speech, in ``window`` if one is given."""
    within = window or Stretch(0, max((each.end for each in found), default=0))
    return sum(max(0, min(s.end, within.end) - max(s.start, within.start)) for s in found)


def _joined(
    heard: Sequence[Sequence[Decoded]],
    pieces: Sequence[Stretch],
    found: Sequence[Stretch],
    subject: str = "",
) -> Hearing:
    """What can have been said, from the readings of each piece, the quick look first."""
    parts = [
        _believed(readings, _voiced(found, piece) / SAMPLE_RATE, subject)
        for readings, piece in zip(heard, pieces, strict=True)
    ]
    return joined(parts)


def _believed(readings: Sequence[Decoded], seconds: float, subject: str) -> Hearing:
    """One piece's readings, best first, without what is only invented into ``seconds`` of speech."""
    kept: dict[str, Hypothesis] = {}
    quick = readings[0]
    for reading in sorted(readings, key=lambda each: -each.score):
        text = without_loops(simplified(reading.text))
        echo = reading is not quick and is_echo(text, subject)
        if _believable(reading) and not echo and not is_invented(text, seconds):
            kept.setdefault(words_alone(text), Hypothesis(text, min(0.0, reading.score)))
    return Hearing(tuple(kept.values()), quick.no_speech, math.exp(min(0.0, quick.score)))


def _believable(reading: Decoded) -> bool:
    nobody = reading.no_speech > NO_SPEECH and reading.score < NO_SPEECH_SCORE
    return not nobody and reading.score > WORST_SCORE
