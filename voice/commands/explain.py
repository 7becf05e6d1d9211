"""``voice explain``: how a sentence is understood, stage by stage."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from voice.assistant import load_understanding
from voice.config import find_folders
from voice.content.entries import Pack
from voice.errors import EXIT_DONE
from voice.understand.normal import Utterance, normalise
from voice.understand.templates import spell, units
from voice.understand.understanding import Understanding

SHOWN = 5
"""Candidates and features that are listed."""


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command ``explain``."""
    about = "show how a sentence is understood"
    parser = subparsers.add_parser("explain", help=about, description=about.capitalize() + ".")
    parser.add_argument("sentence", metavar="SENTENCE")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print readings, evidence, candidates and the decision."""
    folders = find_folders()
    pack, understanding = load_understanding(folders.content, folders.data)
    for line in explained(pack, understanding, args.sentence):
        print(line)
    return EXIT_DONE


def explained(pack: Pack, understanding: Understanding, sentence: str) -> Iterator[str]:
    """The stages of understanding, one line each."""
    utterance = normalise(sentence)
    yield f"text       {' | '.join(utterance.clauses)}"
    yield f"sound      {' | '.join(spell(clause).strip() for clause in utterance.clauses)}"
    yield f"noise      {understanding.noise.is_noise(utterance)}"
    yield from _concepts(understanding, utterance)
    classifier = understanding.classifier
    judged = classifier.judge([(utterance, 1.0)])
    ranked = sorted(zip(judged.probabilities, classifier.classes, strict=True), reverse=True)[
        :SHOWN
    ]
    for probability, name in ranked:
        title = pack.entries[name].title if name in pack.entries else ""
        yield f"candidate  {probability:.3f}  {name}  {title}"
        yield f"           because of {'  '.join(_evidence(understanding, utterance, name))}"
    yield f"trust      {judged.trust:.3f}"
    yield f"margin     {ranked[0][0] - ranked[1][0]:.3f}"
    meaning = understanding.understand(sentence)
    chosen = meaning.command or ", ".join(c.entry for c in meaning.candidates)
    yield f"decision   {meaning.act.value} {chosen} ({meaning.score:.3f})"


def _concepts(understanding: Understanding, utterance: Utterance) -> Iterator[str]:
    sounds = [units(clause) for clause in utterance.clauses]
    for prefix, spotter in understanding.classifier.maker.spotters.items():
        found = [name for clause in sounds for name in spotter.spot(clause)]
        yield f"{prefix:<10} {' '.join(found) or '-'}"


def _evidence(understanding: Understanding, utterance: Utterance, name: str) -> list[str]:
    """The features that speak loudest for the entry ``name``."""
    classifier = understanding.classifier
    model = classifier.model
    column = model.classes.index(name)
    features = classifier.maker.of_text(utterance.clauses)
    at, values = model.vocabulary.vector(features)
    known = [feature for feature in features if feature in model.vocabulary.index]
    weighed = sorted(zip(values * model.rows[at, column], known, strict=True), reverse=True)
    return [f"{feature} {weight:+.2f}" for weight, feature in weighed[:SHOWN]]
