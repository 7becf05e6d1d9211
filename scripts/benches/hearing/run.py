"""The benchmark of hearing from its words to its table."""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

from benches.hearing.accent import southern
from benches.hearing.chart import chart
from benches.hearing.conditions import Surroundings, recordings, surroundings
from benches.hearing.engines import engines
from benches.hearing.patience import paused, report
from benches.hearing.sentences import Sentence, held_back
from benches.hearing.speech import SLOW, Voices, between_silence
from benches.hearing.tally import Hear, Tally, judged
from voice.assistant import Assistant, load_understanding
from voice.config import find_folders
from voice.errors import VoiceError
from voice.hear.recogniser import SAMPLE_RATE, Samples
from voice.models import ModelStore, load_manifest

ROOT = Path(__file__).resolve().parents[3]
CONDITIONS = ("clean", "noise", "far", "slow", "accent", "pauses")
QUICK = 120
"""Sentences in a quick run."""
PIECE = 4
"""Seconds in which noise alone is listened to."""
COLUMNS = (
    "said",
    "right",
    "offered",
    "wrong",
    "wrong_an_hour",
    "compute_median",
    "compute_p95",
    "wait_median",
)


class Bench:
    """What is said, by whom and where, and who understands it."""

    def __init__(self, options: argparse.Namespace) -> None:
        folders = find_folders()
        pack, understanding = load_understanding(folders.content, folders.data)
        self.assistant = Assistant(pack, understanding)
        self.store = ModelStore(folders.models, load_manifest(folders.manifest))
        self.voices = Voices(self.store.path("kokoro"), folders.data / "bench")
        self.sentences = held_back(pack, 0 if options.all else options.sentences)
        self.speech = recordings(options.speech)
        self.noise = recordings(options.noise)
        self.around = self._around(options)

    def _around(self, options: argparse.Namespace) -> Surroundings:
        rooms = [
            sound / max(1e-9, float(np.abs(sound).max())) for _, sound in recordings(options.rooms)
        ]
        chatter = [
            self.voices.say(s.text, self._voice(i)) for i, s in enumerate(self.sentences[:4])
        ]
        return surroundings([sound for _, sound in self.noise], rooms, chatter)

    def said(self, condition: str) -> Iterator[tuple[Sentence, Samples]]:
        """Every sentence under a condition; the same sound in every run."""
        change = _CHANGES[condition]
        for place, sentence in enumerate(self.sentences):
            yield sentence, change(self, sentence.text, self._voice(place), place)

    def typed(self) -> Tally:
        """The same sentences typed: what perfect hearing would reach."""
        tally = Tally()
        for sentence in self.sentences:
            self.assistant.reset()
            tally.add(self.assistant.respond_to_text(sentence.text).meaning, sentence.entry)
        return tally

    def _voice(self, place: int) -> str:
        return self.voices.names[place % len(self.voices.names)]


Change = Callable[[Bench, str, str, int], Samples]
_CHANGES: dict[str, Change] = {
    "clean": lambda b, text, voice, _: between_silence(b.voices.say(text, voice)),
    "noise": lambda b, text, voice, n: b.around.noisy(
        between_silence(b.voices.say(text, voice)), np.random.default_rng(n)
    ),
    "far": lambda b, text, voice, n: b.around.far(
        between_silence(b.voices.say(text, voice)), np.random.default_rng(n)
    ),
    "slow": lambda b, text, voice, _: between_silence(b.voices.say(text, voice, SLOW)),
    "accent": lambda b, text, voice, n: between_silence(
        b.voices.say(southern(text, random.Random(n)), voice)  # noqa: S311 -- repeatable, not secret
    ),
    "pauses": lambda b, text, voice, n: between_silence(paused(b.voices, text, voice, n).sound),
}


def run(words: list[str]) -> int:
    """Measure and print; 3 when something it needs is missing."""
    options = _options(words)
    try:
        bench = Bench(options)
        found = {
            name: _measured(bench, name, hear, options)
            for name, hear in engines(bench.store, options.engine, stock=options.stock)
        }
        if options.patience:
            report(bench.assistant, bench.voices, bench.store, bench.sentences, options.engine)
    except VoiceError as error:
        print(error, file=sys.stderr)
        return 3
    if options.picture:
        asked = {
            name: {condition: tallies[condition] for condition in options.conditions}
            for name, tallies in found.items()
        }
        title = f"{len(bench.sentences)} held-back questions, 8 voices: answered right, percent"
        options.picture.write_text(chart(asked, title), "utf-8")
    bench.voices.close()
    return 0


def _measured(bench: Bench, name: str, hear: Hear, options: argparse.Namespace) -> dict[str, Tally]:
    """All conditions with one engine, printed as they come."""
    print(f"\n{name}\n{'':12}" + "".join(f"{column:>15}" for column in COLUMNS))
    found = {"typed": bench.typed()}
    _print(name, "typed", found["typed"])
    for condition in options.conditions:
        tally = found[condition] = Tally()
        for sentence, sound in bench.said(condition):
            meaning = judged(bench.assistant, hear, sound, sentence.entry, tally)
            if options.show:
                got = meaning.candidates[0].entry if meaning.candidates else meaning.command
                print(
                    f"  {sentence.text} | {meaning.heard} | {sentence.entry} | {meaning.act} {got}"
                )
        _print(name, condition, tally)
    for condition, sounds in (
        ("strangers", bench.speech),
        ("noise alone", _pieces(bench.around.noises)),
    ):
        if sounds:
            tally = found[condition] = Tally()
            for label, sound in sounds:
                meaning = judged(bench.assistant, hear, sound, "", tally)
                if options.show:
                    print(f"  {label} | {meaning.heard} | {meaning.act} {meaning.score:.2f}")
            _print(name, condition, tally)
    return found


def _print(engine: str, condition: str, tally: Tally) -> None:
    numbers = tally.numbers()
    print(f"{condition:12}" + "".join(f"{numbers[column]:>15}" for column in COLUMNS), flush=True)
    print(json.dumps({"engine": engine, "condition": condition, **numbers}), file=sys.stderr)


def _pieces(noises: tuple[Samples, ...]) -> tuple[tuple[str, Samples], ...]:
    size = PIECE * SAMPLE_RATE
    return tuple(
        (f"{number}", noise[start : start + size])
        for number, noise in enumerate(noises)
        for start in range(0, len(noise), size)
    )


def _options(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="bench.py hearing",
        description="Say the held-back questions with every voice of Kokoro under several conditions, and see what is "
        "understood. The lines on standard error are JSON.",
    )
    parser.add_argument(
        "--sentences", type=int, default=QUICK, help="how many questions (default %(default)s)"
    )
    parser.add_argument("--all", action="store_true", help="every held-back question; takes hours")
    parser.add_argument(
        "--engine", action="append", default=[], help="only this recogniser; may be repeated"
    )
    parser.add_argument("--stock", action="store_true", help="faster-whisper as it comes, too")
    parser.add_argument("--conditions", nargs="+", choices=CONDITIONS, default=list(CONDITIONS))
    parser.add_argument(
        "--speech", type=Path, help="folder of real speech that has nothing to do with the subject"
    )
    parser.add_argument("--noise", type=Path, help="folder of real noise")
    parser.add_argument("--rooms", type=Path, help="folder of room impulse responses")
    parser.add_argument("--patience", action="store_true", help="when turns end, too")
    parser.add_argument("--picture", type=Path, help="write the result as an SVG file")
    parser.add_argument(
        "--show", action="store_true", help="print every sentence and what became of it"
    )
    return parser.parse_args(words)
