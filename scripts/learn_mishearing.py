#!/usr/bin/env python3
"""Count what the recogniser makes of syllables, for ``voice/understand/mishearing.json``.

Phrasings that the model learns from are said by every voice of Kokoro, near by, in noise, and across made-up rooms;
Whisper hears them, and what it wrote is aligned with what was said. Takes five seconds a phrasing on one core.
Run it again when the recogniser changes: ``.venv/bin/python scripts/learn_mishearing.py [phrasings]``.
"""

from __future__ import annotations

import json
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import zip_longest

import numpy as np
from benches.hearing.conditions import Surroundings, made_room, surroundings
from benches.hearing.speech import Voices, between_silence
from rapidfuzz.distance import Levenshtein
from tqdm import tqdm

from voice.config import find_folders
from voice.content.entries import Kind, Pack
from voice.content.loader import load_pack
from voice.hear.recogniser import Samples
from voice.hear.whisper import Whisper
from voice.models import ModelStore, load_manifest
from voice.speak.tempo import stretch
from voice.understand.confusion import split
from voice.understand.examples import Example
from voice.understand.mishearing import DATA
from voice.understand.normal import normalise
from voice.understand.templates import units

PHRASINGS = 400
LENGTHS = range(5, 29)
"""Characters of the phrasings that are said."""
WORST = 0.75
"""Share of errors from which a sentence is left out: what was written then has nothing to do with it."""
TEMPOS = (0.75, 1.25)
NOISES_DB = (3.0, 15.0)
ECHOES_S = (0.3, 1.5)
DIRECT_DB = (-6.0, 4.0)
"""Ranges that tempo, noise, echo and direct sound are drawn from, evenly."""
ROOMS = 2
"""Rooms in which each phrasing is heard."""

Pair = tuple[str, str]
"""A syllable said and one written; ``""`` where there is none."""


def main(words: Sequence[str]) -> int:
    """Say, hear, count, write."""
    folders = find_folders()
    pack = load_pack(folders.content)
    store = ModelStore(folders.models, load_manifest(folders.manifest))
    voices = Voices(store.path("kokoro"), folders.data / "bench")
    whisper = Whisper(store.path("whisper-base"))
    chance = np.random.default_rng(100)
    said = phrasings(pack, int(words[0]) if words else PHRASINGS)
    pairs: list[Pair] = []
    for text in tqdm(said, unit="phrasing"):
        voice = voices.names[int(chance.integers(len(voices.names)))]
        near = between_silence(stretch(voices.say(text, voice), 16_000, chance.uniform(*TEMPOS)))
        for sound in heard_as(near, chance):
            pairs += aligned(sounds(text), sounds(whisper.transcribe(sound).text))
    DATA.write_text(written(counted(pairs)), "utf-8")
    voices.close()
    return 0


def phrasings(pack: Pack, most: int) -> list[str]:
    """Phrasings in an order of chance; none of those by which the model is judged."""
    found = [
        phrasing
        for entry in pack.entries.values()
        if entry.kind not in (Kind.ELSEWHERE, Kind.SMALLTALK)
        for phrasing in entry.phrasings
        if len(phrasing) in LENGTHS and not Example(phrasing, entry.id).held_back
    ]
    random.Random(5).shuffle(found)  # noqa: S311 -- repeatable, not secret
    return found[:most]


def heard_as(near: Samples, chance: np.random.Generator) -> Iterator[Samples]:
    """What reaches the microphone: near by, in noise, and across rooms."""
    yield near
    around = surroundings((), (), (near,))
    yield around.noisy(near, chance, chance.uniform(*NOISES_DB))
    for _ in range(ROOMS):
        room = made_room(chance.uniform(*ECHOES_S), chance, chance.uniform(*DIRECT_DB))
        yield Surroundings(around.noises, (room,)).far(near, chance)


def sounds(text: str) -> list[str]:
    """The toneless syllables of ``text``."""
    return [unit for unit in units(normalise(text).text) if unit.isascii()]


def aligned(said: Sequence[str], written: Sequence[str]) -> list[Pair]:
    """Each syllable with what was written for it; () where hardly anything fits."""
    if not said or Levenshtein.normalized_distance(said, written) > WORST:
        return []
    pairs: list[Pair] = []
    for block in Levenshtein.opcodes(said, written):
        left = said[block.src_start : block.src_end]
        right = written[block.dest_start : block.dest_end]
        pairs += zip_longest(left, right, fillvalue="")
    return pairs


def counted(pairs: Sequence[Pair]) -> dict[str, dict[str, dict[str, int]] | float]:
    """The counts as ``mishearing.json`` holds them."""
    wrong = [(said, written) for said, written in pairs if said and said != written]
    initials: defaultdict[str, Counter[str]] = defaultdict(Counter)
    finals: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for said, written in wrong:
        if written:
            (initial, final), (begins, ends) = split(said), split(written)
            initials[initial][begins] += 1
            finals[final][ends] += 1
    lost = sum(not written for _, written in wrong)
    added = sum(not said for said, _ in pairs)
    return {
        "initials": {each: dict(initials[each].most_common()) for each in sorted(initials)},
        "finals": {each: dict(finals[each].most_common()) for each in sorted(finals)},
        "lost": round(lost / max(1, len(wrong)), 3),
        "added": round(added / max(1, len(wrong)), 3),
    }


def written(counts: dict[str, dict[str, dict[str, int]] | float]) -> str:
    """JSON with a line for each sound, so that a change can be read."""
    lines = []
    for name, value in counts.items():
        if isinstance(value, dict):
            rows = ",\n".join(f"  {json.dumps(k)}: {json.dumps(v)}" for k, v in value.items())
            lines.append(f' "{name}": {{\n{rows}\n }}')
        else:
            lines.append(f' "{name}": {value}')
    return "{\n" + ",\n".join(lines) + "\n}\n"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
