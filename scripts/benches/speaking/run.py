"""The benchmark of speaking from its words to its table."""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import soxr
from tqdm import tqdm

from benches.speaking.chart import chart
from benches.speaking.judge import Said, Score, number_begins, numbers_of, spoken_text
from voice.config import find_folders
from voice.content.loader import load_pack
from voice.errors import VoiceError
from voice.hear.recogniser import SAMPLE_RATE, Samples
from voice.hear.whisper import Whisper
from voice.hear.whisper_model import WhisperOptions
from voice.models import ModelStore, load_manifest
from voice.speak.ahead import replies
from voice.speak.select import ENGINES, load_synthesiser
from voice.speak.shaping import loudness_of
from voice.speak.spoken import plan
from voice.speak.store import SpeechStore, StoredSynthesiser
from voice.speak.synthesiser import DEFAULT_RATE, Manner, Phrase, Synthesiser

ROOT = Path(__file__).resolve().parents[3]
DOCUMENT, PICTURE = ROOT / "docs" / "speaking.md", ROOT / "docs" / "speaking.svg"
BEGIN, END = "<!-- written by scripts/bench.py speaking -->", "<!-- end of the figures -->"
QUICK = 30
QUIET = 0.4
"""Seconds of silence on either side of what is heard, as where it is played: at the very edge words are lost."""


def run(words: list[str]) -> int:
    """Measure, print, and with ``--write`` put the figures into docs; 3 when something is missing."""
    options = _options(words)
    scores: dict[str, Score] = {}
    try:
        folders = find_folders()
        every = _sentences([s for reply in replies(load_pack(folders.content)) for s in reply])
        wanted = _some(every, options.sentences or (QUICK if options.quick else 0))
        model = ModelStore(folders.models, load_manifest(folders.manifest)).path("whisper-base")
        ears = Whisper(model), Whisper(model, WhisperOptions(figures=True))
        for name in options.engine or ENGINES:
            try:
                voice = load_synthesiser(folders.models, name)
            except VoiceError as error:
                print(f"{name}: {error}", file=sys.stderr)
                continue
            for speaker in _voices(voice, options):
                label = f"{name} {speaker}".strip()
                score = scores[label] = Score()
                spoken = measured(voice, Manner(options.rate, speaker), wanted, ears)
                for said in tqdm(spoken, label, len(wanted), unit="sentence", file=sys.stderr):
                    score.said.append(said)
                    if options.show:
                        print(f"  {said.syllables_wrong} {said.text} | {said.heard}", flush=True)
                print(json.dumps({"voice": label, "rate": options.rate, **score.figures()}))
            voice.close()
    except VoiceError as error:
        print(error, file=sys.stderr)
        return 3
    text = table(scores, options.rate)
    print(text)
    if options.write and scores:
        _write(text, scores, options.rate)
    return 0 if scores else 3


def measured(
    voice: Synthesiser, manner: Manner, sentences: Sequence[str], ears: tuple[Whisper, Whisper]
) -> Iterator[Said]:
    """Every sentence, spoken through a store of its own: in haste, as what is spoken ahead, and from the store. The
    second is heard by the first of ``ears``; those with numbers by the second, which writes figures, and for the
    number's sake also by the first, and by both once more from the number on.
    """
    with tempfile.TemporaryDirectory() as folder:
        stored = StoredSynthesiser(voice, SpeechStore(Path(folder)))
        for sentence in sentences:
            phrases = plan([sentence])
            if not phrases:
                continue
            first = _first(voice, phrases, replace(manner, soon=True))
            pieces, _ = _timed(stored, sentence, manner)
            _, again = _timed(stored, sentence, manner)
            sound = np.concatenate(pieces)
            whole = _played(sound, voice)
            begins = number_begins(sentence, phrases)
            # Where it may write no figures, Whisper often ends in front of a number.
            heard = ears[0 if begins is None else 1].transcribe(whole)
            for_numbers: tuple[str, ...] = ()
            if begins is not None:
                number = _played(np.concatenate(pieces[begins:]), voice)
                looks = ((ears[0], whole), *((ear, number) for ear in ears))
                for_numbers = tuple(ear.transcribe(look).text for ear, look in looks)
            yield Said(
                sentence,
                spoken_text(phrases),
                heard.text,
                _seconds(sound, voice),
                loudness_of(sound, voice.sample_rate),
                first,
                again,
                tuple(reading.text for reading in heard.hypotheses),
                for_numbers,
            )


def table(scores: dict[str, Score], rate: int) -> str:
    """The figures of each voice, and its worst sentences, in Markdown."""
    keys = list(Score().figures())
    lines = [
        f"At {rate} characters a minute, {os.cpu_count()} cores:",
        "",
        f"| voice | {' | '.join(keys)} |",
        "|---" * (len(keys) + 1) + "|",
    ]
    for name, score in scores.items():
        figures = score.figures()
        cells = [
            f"{figures[key]:.0f}" if figures[key] == int(figures[key]) else f"{figures[key]:.1f}"
            for key in keys
        ]
        lines.append(f"| {name} | {' | '.join(cells)} |")
    for name, score in scores.items():
        lines += ["", f"Worst of {name}, as said and as heard:", ""]
        lines += [f"- {one.text} — {one.heard or '(nothing)'}" for one in score.worst()]
        wrong = [one for one in score.said if not all(one.numbers)]
        lines += [
            f"- number misheard: {one.text} — {' — '.join((one.heard, *one.for_numbers))}"
            for one in wrong
        ]
    return "\n".join(lines)


def _first(voice: Synthesiser, phrases: tuple[Phrase, ...], manner: Manner) -> float:
    """Seconds to the first sample where somebody waits and nothing is stored."""
    begin = time.perf_counter()
    next(piece for piece in voice.speak(phrases, manner) if len(piece))
    return time.perf_counter() - begin


def _played(sound: Samples, voice: Synthesiser) -> Samples:
    """As a recogniser gets it: 16 kHz, in a moment of silence."""
    heard = soxr.resample(sound, voice.sample_rate, SAMPLE_RATE)
    return np.pad(np.asarray(heard, np.float32), round(QUIET * SAMPLE_RATE))


def _timed(voice: Synthesiser, sentence: str, manner: Manner) -> tuple[list[Samples], float]:
    """The sound of a sentence phrase by phrase, and the seconds from its text to the first sample."""
    begin = time.perf_counter()
    first = 0.0
    pieces: list[Samples] = []
    for piece in voice.speak(plan([sentence]), manner):
        first = first or time.perf_counter() - begin
        pieces.append(piece)
    return pieces, first


def _seconds(sound: Samples, voice: Synthesiser) -> float:
    return len(sound) / voice.sample_rate


def _sentences(every: Sequence[str]) -> list[str]:
    return [sentence for sentence in sorted(set(every)) if plan([sentence])]


def _some(every: list[str], count: int) -> list[str]:
    """``count`` sentences, 0 for all: always the same, a quarter of them with a telephone number."""
    if not 0 < count < len(every):
        return every
    chance = random.Random(1)  # noqa: S311 -- repeatable, not secret
    numbers = [sentence for sentence in every if numbers_of(sentence)]
    chosen = chance.sample(numbers, min(len(numbers), count // 4))
    rest = [sentence for sentence in every if sentence not in chosen]
    return chosen + chance.sample(rest, count - len(chosen))


def _voices(voice: Synthesiser, options: argparse.Namespace) -> tuple[str, ...]:
    if options.all_voices:
        return voice.voices
    named = tuple(name for name in options.voice if name in voice.voices)
    return named or voice.voices[:1] or ("",)


def _write(text: str, scores: dict[str, Score], rate: int) -> None:
    document = DOCUMENT.read_text("utf-8")
    before, _, rest = document.partition(BEGIN)
    after = rest.partition(END)[2]
    title = f"Heard back by Whisper base, {rate} characters a minute"
    _replace(DOCUMENT, f"{before}{BEGIN}\n{text}\n{END}{after}")
    _replace(PICTURE, chart({name: score.figures() for name, score in scores.items()}, title))


def _replace(path: Path, text: str) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
    Path(name).chmod(0o644)
    Path(name).replace(path)


def _options(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="bench.py speaking",
        description="Say every sentence of the content and hear it back with Whisper: errors, telephone numbers, rate, "
        "loudness, time to the first sample.",
    )
    parser.add_argument("--quick", action="store_true", help=f"{QUICK} sentences")
    parser.add_argument("--sentences", type=int, default=0, help="so many sentences; 0 for all")
    parser.add_argument("--engine", action="append", choices=ENGINES, help="may be repeated")
    parser.add_argument("--voice", action="append", default=[], help="a voice; may be repeated")
    parser.add_argument("--all-voices", action="store_true", help="every voice of the engines")
    parser.add_argument("--rate", type=int, default=DEFAULT_RATE, help="characters a minute")
    parser.add_argument("--show", action="store_true", help="print every sentence as it was heard")
    parser.add_argument("--write", action="store_true", help="write docs/speaking.md and its chart")
    return parser.parse_args(words)
