"""``voice models``: which models there are, whether they are whole, and fetching them."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import NoReturn, Protocol

from voice.config import find_folders
from voice.errors import EXIT_DONE, EXIT_MISSING, ModelError
from voice.models import Fetcher, Model, ModelStore, load_manifest
from voice.models.download import Progress
from voice.models.manifest import Need

GROUPS = {
    "needed": (Need.DEFAULT,),
    "test": (Need.DEFAULT, Need.TEST),
    "all": (Need.DEFAULT, Need.OPTIONAL, Need.TEST),
}
"""Names that stand for several models."""


class Subparsers(Protocol):
    """What ``ArgumentParser.add_subparsers`` returns, as far as it is used here."""

    def add_parser(self, name: str, *, help: str, description: str) -> argparse.ArgumentParser:  # noqa: A002
        """Add a command."""


def add_parser(subparsers: Subparsers) -> argparse.ArgumentParser:
    """Add the command ``models`` with what it does: ``list``, ``fetch`` and ``verify``."""
    about = "list, fetch and verify the models that hearing and speaking run on"
    parser = subparsers.add_parser("models", help=about, description=about.capitalize() + ".")
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    actions.add_parser("list", help="show every model, its size, licence and state")
    fetch = actions.add_parser("fetch", help="fetch models; what is whole already is left alone")
    fetch.add_argument(
        "names",
        nargs="+",
        metavar="NAME",
        help="models, or 'needed' (what the assistant needs), 'test' (the tests' too), 'all' (what can be verified)",
    )
    verify = actions.add_parser("verify", help="compare every file with its SHA-256")
    verify.add_argument("names", nargs="*", metavar="NAME", help="models; without any, all present")
    parser.set_defaults(run=run)
    return parser


def run(args: argparse.Namespace) -> int:
    """Do what the command line says and return the exit code.

    Raises:
        ModelError: the manifest is broken, or a name is unknown.
    """
    folders = find_folders()
    store = ModelStore(folders.models, load_manifest(folders.manifest))
    if args.action == "list":
        return _list(store)
    if args.action == "fetch":
        return _fetch(store, args.names)
    return _verify(store, args.names)


def _list(store: ModelStore) -> int:
    print(f"{'NAME':<14}{'FOR':<10}{'MB':>5}  {'NEED':<10}{'STATE':<10}LICENCE")
    for model in store.manifest:
        state = store.state(model.name)
        word = "whole" if state.whole else "missing" if state.code == "model_missing" else "altered"
        if word == "missing" and not model.pinned:
            word = "unpinned"
        size = f"{model.bytes / 1e6:.0f}"
        print(
            f"{model.name:<14}{model.purpose:<10}{size:>5}  {model.need:<10}{word:<10}{model.licence}"
        )
        print(f"{'':<14}{model.about}")
        for source in model.sources:
            places = [source.base] if source.kind == "url" else source.packages
            print(f"{'':<14}from {source.kind}: {', '.join(places)}")
    print(f"Folder: {store.folder}")
    return EXIT_DONE


def _fetch(store: ModelStore, names: Sequence[str]) -> int:
    failed: ModelError | None = None
    for model in _chosen(store, names):
        with _bar() as progress:
            try:
                place = Fetcher(store, progress).fetch(model.name)
            except ModelError as error:
                # The others are still worth having; the first trouble is told at the end.
                failed = failed or error
                print(f"{model.name}: {error}", file=sys.stderr)
                continue
        print(f"{model.name}: whole, in {place}")
    if failed:
        raise failed
    return EXIT_DONE


def _verify(store: ModelStore, names: Sequence[str]) -> int:
    chosen = _chosen(store, names) if names else tuple(store.manifest)
    bad = 0
    for model in chosen:
        state = store.verify(model.name)
        missing_freely = (
            not names and state.code == "model_missing" and model.need is not Need.DEFAULT
        )
        bad += not state.whole and not missing_freely
        print(f"{model.name}: {'whole' if state.whole else state.reason}")
    return EXIT_MISSING if bad else EXIT_DONE


def _chosen(store: ModelStore, names: Sequence[str]) -> tuple[Model, ...]:
    chosen: dict[str, Model] = {}
    for name in names:
        if name in GROUPS:
            models = store.manifest.needed(*GROUPS[name])
            chosen |= {model.name: model for model in models if model.pinned}
        else:
            chosen[name] = store.manifest.get(name)
    return tuple(chosen.values())


@contextmanager
def _bar() -> Iterator[Progress]:
    """Show a progress bar on standard error, one for each thing that arrives."""
    from tqdm import tqdm

    bars: dict[str, tqdm[NoReturn]] = {}

    def progress(label: str, done: int, total: int) -> None:
        if label not in bars:
            for bar in bars.values():
                bar.close()
            bars[label] = tqdm(
                desc=label, total=total or None, unit="B", unit_scale=True, mininterval=0.5
            )
        bar = bars[label]
        bar.total = total or bar.total
        bar.update(done - bar.n if total else 0)

    try:
        yield progress
    finally:
        for bar in bars.values():
            bar.close()
