"""The models on this disk: where each lies and whether it is whole."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass
from pathlib import Path

from voice.errors import ModelError
from voice.models.manifest import Manifest, Model, ModelFile, load_manifest

STAMP = ".verified.json"
"""Beside a model's files once their hashes were right: sizes, times and hashes at that moment."""
BLOCK = 1 << 20


def file_sha256(path: Path) -> str:
    """Return the SHA-256 of a file in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@dataclass(frozen=True)
class State:
    """How a model stands."""

    whole: bool
    reason: str
    """What is wrong, one English clause; ``""`` when whole."""
    code: str = "model_missing"
    """Key of the Mandarin sentence when it is not whole: ``model_missing`` or ``model_altered``."""


WHOLE = State(whole=True, reason="")


class ModelStore:
    """A folder with one folder a model."""

    def __init__(self, folder: Path, manifest: Manifest | None = None) -> None:
        """Look at ``folder`` through ``manifest`` (without one, that of this copy)."""
        self.folder = folder
        self.manifest = load_manifest() if manifest is None else manifest

    def place(self, name: str) -> Path:
        """Say where a model lies or would lie; raises ModelError for a name that is not listed."""
        return self.folder / self.manifest.get(name).name

    def path(self, name: str) -> Path:
        """Return the folder of a whole model.

        Files are compared with the stamp (size and time of change), which takes microseconds; only where that
        does not match, or there is no stamp yet, they are hashed.

        Raises:
            ModelError: it is missing or altered; the message says how to mend it.
        """
        state = self.state(name)
        if state.whole:
            return self.place(name)
        advice = f"fetch it with: python3 scripts/run.py models fetch {name}"
        message = f"The model {name} {state.reason}; {advice}"
        raise ModelError(message, code=state.code, name=name)

    def has(self, name: str) -> bool:
        """Whether :meth:`path` would return."""
        return self.state(name).whole

    def state(self, name: str) -> State:
        """Judge a model by its stamp, by its hashes where the stamp does not do."""
        model = self.manifest.get(name)
        folder = self.place(name)
        if not folder.is_dir():
            return State(False, f"is not in {self.folder}")
        stamped = _read_stamp(folder, model)
        if stamped is not None and _unchanged(folder, stamped):
            return WHOLE
        return self.verify(name)

    def verify(self, name: str) -> State:
        """Hash every file of a model; leaves a stamp when all are right."""
        model = self.manifest.get(name)
        folder = self.place(name)
        if not folder.is_dir():
            return State(False, f"is not in {self.folder}")
        files = model.files or _archive_files(folder, model)
        if not files:
            return State(False, "is not whole: its list of files is gone", "model_altered")
        for file in files:
            if fault := fault_of(folder, file):
                return State(False, f"is not whole: {file.path} {fault}", "model_altered")
        write_stamp(folder, model, files)
        return WHOLE


def fault_of(folder: Path, file: ModelFile) -> str:
    """Say what is wrong with a file, ``""`` when nothing is."""
    path = folder / file.path
    try:
        size = path.stat().st_size
        if size != file.bytes:
            return f"has {size} bytes instead of {file.bytes}"
        return "" if file_sha256(path) == file.sha256 else "was altered"
    except FileNotFoundError:
        return "is missing"
    except OSError as error:
        return f"cannot be read ({error.strerror})"


def write_stamp(folder: Path, model: Model, files: tuple[ModelFile, ...]) -> None:
    """Note that the hashes of ``files`` were just found right; a read-only folder stays without."""
    entries = {
        file.path: [file.bytes, file.sha256, (folder / file.path).stat().st_mtime_ns]
        for file in files
    }
    temporary = folder / f"{STAMP}.{os.getpid()}"
    try:
        temporary.write_text(json.dumps({"pin": pin_of(model), "files": entries}), encoding="utf-8")
        temporary.replace(folder / STAMP)
    except OSError:
        temporary.unlink(missing_ok=True)


def pin_of(model: Model) -> str:
    """Return one hash over what the manifest pins, so that a stamp ends with the pin it was made for."""
    pins = [model.archive.sha256] if model.archive else [f.path + f.sha256 for f in model.files]
    return hashlib.sha256("\n".join(pin or "" for pin in pins).encode()).hexdigest()


def _read_stamp(folder: Path, model: Model) -> dict[str, tuple[int, str, int]] | None:
    try:
        stamp = json.loads((folder / STAMP).read_text(encoding="utf-8"))
        if stamp["pin"] != pin_of(model):
            return None
        return {
            path: (int(size), str(sha256), int(time))
            for path, (size, sha256, time) in stamp["files"].items()
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _unchanged(folder: Path, stamped: dict[str, tuple[int, str, int]]) -> bool:
    try:
        stats = {path: (folder / path).stat() for path in stamped}
    except OSError:
        return False
    return all(
        (stats[path].st_size, stats[path].st_mtime_ns) == (size, time)
        for path, (size, _, time) in stamped.items()
    )


def _archive_files(folder: Path, model: Model) -> tuple[ModelFile, ...]:
    """List an archive model's files as they were when the archive's own hash was right."""
    stamped = _read_stamp(folder, model) or {}
    return tuple(ModelFile(path=p, bytes=s, sha256=h) for p, (s, h, _) in stamped.items() if s)
