"""The streaming recogniser: Vosk, with the phrases of the moment as a second, closed listener."""

from __future__ import annotations

import json
import logging
import math
import re
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from voice.errors import EngineError, ModelError
from voice.hear.grammar import Grammar, grammar
from voice.hear.readings import joined
from voice.hear.recogniser import SAMPLE_RATE, Enough, Hearing, Hypothesis, Samples
from voice.hear.script import simplified

if TYPE_CHECKING:
    import vosk

READINGS = 4
"""Alternatives asked for."""

UNKNOWN = "[unk]"
"""Vosk's word for sound that is in no phrase; small models of some languages lack it."""

_NEEDED = ("am/final.mdl", "conf/model.conf", "graph")
_DYNAMIC = ("graph/HCLr.fst", "graph/Gr.fst")
_MARK = re.compile(r"\[[^\]]*\]|<[^>]*>")

_log = logging.getLogger(__name__)


class Vosk:
    """A loaded Vosk model. A new libvosk recogniser is made for each utterance, with the grammar of the
    moment: one that is used again keeps growing. That takes 60 ms of processor time with the small Korean model.
    """

    name = "vosk"
    streaming = True

    def __init__(self, folder: Path) -> None:
        """Load from ``folder``, an unpacked model.

        Raises:
            ModelError: a part of the model is missing (``model_missing``) or broken (``model_altered``).
        """
        import vosk

        missing = [part for part in _NEEDED if not (folder / part).exists()]
        if missing:
            message = f"{folder} lacks {', '.join(missing)}: run `python3 scripts/run.py models fetch` again"
            raise ModelError(message, name=folder.name)
        vosk.SetLogLevel(-1)
        self._model: vosk.Model | None = _open(folder)
        self.dynamic = all((folder / part).is_file() for part in _DYNAMIC)
        """Whether the model takes a grammar at run time; models with a static graph do not."""
        self._known = lru_cache(maxsize=20_000)(self._find)
        self._reported: set[str] = set()

    def session(
        self,
        phrases: tuple[str, ...] = (),
        *,
        yes_no: bool = False,  # noqa: ARG002 -- the grammar weighs the answers in any case
        enough: Enough | None = None,  # noqa: ARG002 -- it hears no better with more time
    ) -> VoskSession:
        """Begin an utterance; ``phrases`` get a listener of their own where the model takes a
        grammar.
        """
        return VoskSession(self.recogniser(), self._closed(phrases))

    def grammar(self, phrases: tuple[str, ...]) -> Grammar:
        """Write phrases in the model's words and name those that it cannot write."""
        return grammar(phrases, self._known)

    def recogniser(self, words: str = "") -> vosk.KaldiRecognizer:
        """A fresh libvosk recogniser; ``words`` is its grammar as JSON, empty for the model's own
        language.
        """
        import vosk

        if self._model is None:
            raise EngineError("Vosk was closed: load it again", engine=self.name)
        rest = (words,) if words else ()
        made = vosk.KaldiRecognizer(self._model, float(SAMPLE_RATE), *rest)
        made.SetMaxAlternatives(READINGS)
        return made

    def close(self) -> None:
        """Free the model once the last session is over."""
        self._model = None
        self._known.cache_clear()

    def _find(self, word: str) -> bool:
        if self._model is None:
            raise EngineError("Vosk was closed: load it again", engine=self.name)
        return int(self._model.vosk_model_find_word(word)) >= 0

    def _closed(self, phrases: tuple[str, ...]) -> Closed | None:
        if not phrases or not self.dynamic:
            return None
        made = self.grammar(phrases)
        self._report(made.uncovered)
        if not made.written:
            return None
        words = [words for _, words in made.written]
        if self._known(UNKNOWN):
            words.append(UNKNOWN)
        return Closed(self.recogniser(json.dumps(words, ensure_ascii=False)), made)

    def _report(self, uncovered: tuple[str, ...]) -> None:
        """Name, once each, the pack's phrases that only the free listener can hear."""
        fresh = [phrase for phrase in uncovered if phrase not in self._reported]
        if fresh:
            self._reported.update(fresh)
            _log.warning("not in the vocabulary of the model: %s", ", ".join(fresh))


def _open(folder: Path) -> vosk.Model:
    """Load a model and see that it can hear.

    libvosk's Python classes raise a bare Exception for a broken file, which nobody can tell from a fault of ours, so
    its C functions are asked as those classes ask them.
    """
    import vosk

    model = vosk.Model.__new__(vosk.Model)
    model._handle = vosk._c.vosk_model_new(str(folder).encode())
    if model._handle != vosk._ffi.NULL:
        probe = vosk._c.vosk_recognizer_new(model._handle, float(SAMPLE_RATE))
        if probe != vosk._ffi.NULL:
            vosk._c.vosk_recognizer_free(probe)
            return model
    message = f"{folder} holds a broken model: run `python3 scripts/run.py models fetch` again"
    raise ModelError(message, code="model_altered", name=folder.name)


class Closed:
    """The listener that knows only the phrases of the moment."""

    def __init__(self, recogniser: vosk.KaldiRecognizer, made: Grammar) -> None:
        self._listener = _Listener(recogniser)
        self._phrases = {words.replace(" ", ""): phrase for phrase, words in made.written}

    def feed(self, pcm: bytes) -> None:
        """Take 16-bit sound."""
        self._listener.feed(pcm)

    def finish(self) -> Hypothesis | None:
        """The phrase that was heard from end to end.

        Vosk reads a grammar as a hint of which word follows which, so mixed phrases come out; they
        are dropped here.
        """
        best = self._listener.finish().hypotheses[:1]
        phrase = self._phrases.get(best[0].text) if best else None
        return Hypothesis(phrase, best[0].score) if phrase else None


class VoskSession:
    """An utterance that is decoded while it is fed."""

    def __init__(self, recogniser: vosk.KaldiRecognizer, closed: Closed | None) -> None:
        self._free = _Listener(recogniser)
        self._closed = closed

    def feed(self, samples: Samples) -> None:
        """Decode the next chunk, of any length."""
        pcm = (np.clip(samples, -1.0, 1.0) * 32_767).astype("<i2").tobytes()
        self._free.feed(pcm)
        if self._closed:
            self._closed.feed(pcm)

    def partial(self) -> str:
        """What was heard so far."""
        return self._free.partial()

    def finish(self) -> Hearing:
        """The free readings, and among them the phrase that the closed listener heard.

        That phrase comes first where the free reading is as long to a character, else second:
        forced onto other speech, a closed listener hears one of its phrases all the same.
        """
        free = self._free.finish()
        phrase = self._closed.finish() if self._closed else None
        if phrase is None:
            return free
        rest = tuple(each for each in free.hypotheses if each.text != phrase.text)
        first = abs(len(free.text) - len(phrase.text)) <= 1
        if free.text == phrase.text or (first and rest):
            return Hearing((phrase, *rest), free.no_speech)
        # Nothing was heard freely: a cough fits some phrase too.
        return Hearing((*rest[:1], phrase, *rest[1:]), free.no_speech) if rest else free


class _Listener:
    """One libvosk recogniser over one utterance, across the ends that it sees itself."""

    def __init__(self, recogniser: vosk.KaldiRecognizer) -> None:
        self._recogniser = recogniser
        self._parts: list[Hearing] = []

    def feed(self, pcm: bytes) -> None:
        if pcm and self._recogniser.AcceptWaveform(pcm):
            self._parts.append(_hearing(json.loads(self._recogniser.Result())))

    def partial(self) -> str:
        now = _text(json.loads(self._recogniser.PartialResult()).get("partial", ""))
        return "".join(part.text for part in self._parts) + now

    def finish(self) -> Hearing:
        last = _hearing(json.loads(self._recogniser.FinalResult()))
        return joined([*self._parts, last])


def _hearing(result: dict[str, Any]) -> Hearing:
    """Read a result of libvosk. Its ``confidence`` is a log likelihood without a scale of its own,
    so a score is the log of the reading's share among the alternatives, per character.
    """
    alternatives = [
        (_text(each["text"]), float(each["confidence"])) for each in result.get("alternatives", ())
    ]
    alternatives = [each for each in alternatives if each[0]]
    if not alternatives:
        return Hearing((), 1.0)
    top = max(value for _, value in alternatives)
    total = top + math.log(sum(math.exp(value - top) for _, value in alternatives))
    found: dict[str, Hypothesis] = {}
    for text, value in alternatives:
        found.setdefault(text, Hypothesis(text, min(0.0, (value - total) / len(text))))
    return Hearing(tuple(found.values()), 0.0)


def _text(words: str) -> str:
    """Vosk's words without its marks for noise, without spaces, in simplified characters."""
    return simplified(_MARK.sub("", words))
