"""Understanding beside other ways to find the entry of a question, on the same content.

All learn the same nine tenths of the phrasings and are asked the tenth that none of them saw; a rival refuses below
the likeness at which, on half of that tenth, its right answers minus its wrong ones were most. All are judged on the
other half. (Ours draws its thresholds from the code; how sure it is was calibrated on the whole tenth.) A misheard
question is one in which a fifth of the characters became others whose sound is confused with theirs.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from benches._picture import Chart, drawn
from benches._questions import Content, Guess, Outcome, enlarged, milliseconds, outcome, threshold
from benches._rivals import Rival, rivals
from voice.config import find_folders
from voice.content.loader import load_pack
from voice.understand import index
from voice.understand.examples import Example
from voice.understand.linear import Vocabulary
from voice.understand.meaning import Act
from voice.understand.neighbours import Neighbours
from voice.understand.normal import normalise
from voice.understand.templates import units
from voice.understand.understanding import Understanding

ROOT = Path(__file__).resolve().parents[2]
DOCUMENT, PICTURE = ROOT / "docs" / "understanding.md", ROOT / "docs" / "understanding.svg"
BEGIN, END = (
    "<!-- figures: written by scripts/bench.py understanding -->",
    "<!-- end of figures -->",
)
SHARES = (0.0, 0.1, 0.2, 0.3, 0.4)
LARGE = 100_000
OURS = "ours"
Method = Callable[[str], Guess]


def ours(understanding: Understanding) -> Method:
    """Our understanding as a method: its first guess, and how it decides."""
    classifier = understanding.classifier

    def ask(text: str) -> Guess:
        judged = classifier.judge([(normalise(text), 1.0)])
        first = classifier.classes[int(np.argmax(judged.probabilities))]
        meaning = understanding.understand(text)
        entries = tuple(candidate.entry for candidate in meaning.candidates)
        if meaning.act in (Act.MAYBE, Act.AMONG):
            return Guess(first, 0.0, entries)
        if meaning.act in (Act.OFF_SUBJECT, Act.NOISE):
            return Guess(first, 0.0)
        return Guess(entries[0] if entries else meaning.command or "", 1.0)

    return ask


def nearest(rival: Rival, learned: Sequence[Example]) -> Method:
    """A rival as a method: the entry of the nearest phrasing."""

    def ask(text: str) -> Guess:
        at, sure = rival.nearest(normalise(text).text)
        return Guess(learned[at].entry, sure)

    return ask


def enlarge(understanding: Understanding, known: Sequence[Example]) -> Understanding:
    """Ours with the vocabulary and neighbours of more examples. Its weights are not fitted anew but repeated: the
    time of a query does not depend on what they are.
    """
    classifier = understanding.classifier
    clauses = [normalise(example.text).clauses for example in known]
    vocabulary = Vocabulary.of([classifier.maker.of_text(each) for each in clauses])
    rows = np.resize(classifier.model.rows, (len(vocabulary.index), len(classifier.classes)))
    model = replace(classifier.model, vocabulary=vocabulary, rows=rows)
    sounds = (tuple(s for clause in each for s in units(clause)) for each in clauses)
    neighbours = Neighbours.of(zip((example.entry for example in known), sounds, strict=True))
    return replace(
        understanding, classifier=replace(classifier, model=model, neighbours=neighbours)
    )


STYLES: Mapping[str, Callable[[Example], bool]] = {
    "keyword (to 5)": lambda example: len(normalise(example.text).text) <= 5,
    "short (6 to 12)": lambda example: 6 <= len(normalise(example.text).text) <= 12,
    "long": lambda example: len(normalise(example.text).text) > 12,
}


class Bench:
    """One run."""

    def __init__(self, *, quick: bool) -> None:
        folders = find_folders()
        self.pack = load_pack(folders.content)
        self.understanding = Understanding.of(
            self.pack, index.load_or_build(self.pack, folders.data / "index")
        )
        self.content = Content(self.pack, 100 if quick else 450)
        self.quick = quick
        self.methods = self._methods(self.understanding, self.content.learned)
        self.limits = {name: self._limit(name) for name in self.methods}

    def _methods(self, understanding: Understanding, known: Sequence[Example]) -> dict[str, Method]:
        found = {OURS: ours(understanding)}
        for name, rival in rivals([example.text for example in known]).items():
            found[name] = nearest(rival, known)
        return found

    def _limit(self, name: str) -> float:
        if name == OURS:
            return 0.5
        asked = self.content.tuning
        guesses = [self.methods[name](example.text) for example in asked]
        return threshold(guesses, asked, self.content.strange)

    def of(self, name: str, asked: Sequence[Example]) -> Outcome:
        """How a method does on some questions."""
        guesses = [self.methods[name](example.text) for example in asked]
        return outcome(guesses, asked, self.limits[name], self.content.strange)


def accuracy(bench: Bench) -> list[str]:
    """Right, offered, wrong and refused on the judging half, and what is answered off the subject."""
    inside = bench.content.in_domain(bench.content.judging)
    strange = [e for e in bench.content.judging if e.entry in bench.content.strange]
    rows = [
        f"{len(inside)} questions, {len(strange)} off the subject, per cent:",
        "",
        "| | first guess right | answered right | offered | answered wrong | refused | off the subject, answered |",
        "|---|---|---|---|---|---|---|",
    ]
    for name in bench.methods:
        found, off = bench.of(name, inside), bench.of(name, strange)
        refused = 1 - found.right - found.offered - found.wrong
        figures = (found.top, found.right, found.offered, found.wrong, refused, off.wrong)
        rows.append(_row(name, figures))
    return rows


def styles(bench: Bench) -> list[str]:
    """Right or offered, by how long the question is and whether it was misheard."""
    inside = bench.content.in_domain(bench.content.judging)
    groups = {name: [e for e in inside if belongs(e)] for name, belongs in STYLES.items()}
    groups["misheard"] = bench.content.misheard(inside, 0.2, 1)
    head = " | ".join(f"{name}, {len(asked)}" for name, asked in groups.items())
    rows = ["Answered right or offered, per cent, by the length of the question in syllables:", ""]
    rows += [f"| | {head} |", "|---" * (len(groups) + 1) + "|"]
    for name in bench.methods:
        found = [bench.of(name, asked) for asked in groups.values()]
        rows.append(_row(name, [one.right + one.offered for one in found]))
    return rows


def _row(name: str, shares: Iterable[float]) -> str:
    return f"| {name} | " + " | ".join(f"{100 * share:.1f}" for share in shares) + " |"


def corruption(bench: Bench) -> tuple[list[str], Chart]:
    """First guesses that stay right as more syllables are misheard."""
    inside = bench.content.in_domain(bench.content.judging)
    lines: dict[str, list[tuple[float, float]]] = {name: [] for name in bench.methods}
    for share in SHARES:
        asked = bench.content.misheard(inside, share, 2)
        for name in bench.methods:
            lines[name].append((100 * share, 100 * bench.of(name, asked).top))
    rows = ["First guess right, per cent, when so many syllables are misheard:", ""]
    rows += ["| | " + " | ".join(f"{100 * share:.0f} %" for share in SHARES) + " |"]
    rows += ["|---" * (len(SHARES) + 1) + "|"]
    rows += [_row(name, [y / 100 for _, y in points]) for name, points in lines.items()]
    title = "first guess right, %"
    across = "syllables misheard, %"
    return rows, Chart(title, across, lines, [0, 10, 20, 30, 40], [0, 20, 40, 60, 80, 100])


def growth(bench: Bench) -> tuple[list[str], Chart]:
    """Time a query at the real content, and with made-up phrasings beside it."""
    real = len(bench.content.learned)
    sizes = [real, LARGE] if bench.quick else [real, 30_000, LARGE]
    texts = [example.text for example in bench.content.judging]
    openings = bench.pack.lexicon.get("openings", ("",))
    lines: dict[str, list[tuple[float, float]]] = {name: [] for name in bench.methods}
    found: dict[str, list[str]] = {name: [] for name in bench.methods}
    for size in sizes:
        known = enlarged(bench.content.learned, openings, size)
        large = bench.understanding if size == real else enlarge(bench.understanding, known)
        for name, method in bench._methods(large, known).items():
            count = 300 if name == OURS else 20
            timed = large.understand if name == OURS else method
            median, late = milliseconds(timed, texts[:count])
            lines[name].append((size, median))
            found[name].append(f"{median:.2f} ({late:.2f})")
    head = " | ".join(f"{size:,}" for size in sizes)
    rows = [
        "Milliseconds of processor time a query, median (95th percentile), by the number of phrasings;",
        "",
    ]
    rows[0] += " beyond the first they are made up of openings and halves of real ones:"
    rows += [f"| | {head} |", "|---" * (len(sizes) + 1) + "|"]
    rows += [f"| {name} | " + " | ".join(cells) + " |" for name, cells in found.items()]
    ticks_across, ticks_up = [10_000, 30_000, 100_000], [0.1, 1, 10, 100, 1000]
    chart = Chart("milliseconds a query", "phrasings", lines, ticks_across, ticks_up, True)
    return rows, chart


def write(rows: Sequence[str], charts: Sequence[Chart]) -> None:
    """Put the figures between their marks in the document, and the charts beside it."""
    text = DOCUMENT.read_text(encoding="utf-8")
    before, after = text.split(BEGIN)[0], text.split(END)[1]
    DOCUMENT.write_text(before + "\n".join([BEGIN, *rows, END]) + after, encoding="utf-8")
    PICTURE.write_text(drawn(charts), encoding="utf-8")


def main(words: Sequence[str]) -> int:
    """Run; prints Markdown."""
    parser = argparse.ArgumentParser(
        prog="bench.py understanding",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--quick", action="store_true", help="fewer questions and sizes")
    parser.add_argument(
        "--write", action="store_true", help="write the figures and the picture into docs/"
    )
    args = parser.parse_args(words)
    bench = Bench(quick=args.quick)
    rows = [*accuracy(bench), "", *styles(bench), ""]
    print("\n".join(rows), flush=True)
    worse, how_worse = corruption(bench)
    slower, how_slow = growth(bench)
    print("\n".join([*worse, "", *slower]))
    if args.write:
        write([*rows, *worse, "", *slower], [how_worse, how_slow])
    return 0
