"""Take files out of an archive that may be hostile: nothing outside the folder, no links, bounded size and count."""

from __future__ import annotations

import hashlib
import lzma
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath
from typing import IO, NoReturn, Self

from voice.errors import ModelError
from voice.models.manifest import ModelFile

MAX_MEMBERS = 2000
MAX_TOTAL = 2 * 1024**3
"""Bytes that one archive may unpack to; the largest model here has 265 MB."""
MAX_HEADER = 1 << 16
"""Bytes of a tar's header about the next member, which is read whole; a path has at most 4096."""
HEADERS = (
    tarfile.GNUTYPE_LONGNAME, tarfile.GNUTYPE_LONGLINK,
    tarfile.XHDTYPE, tarfile.XGLTYPE, tarfile.SOLARIS_XHDTYPE,
)  # fmt: skip
BLOCK = 1 << 20

BROKEN = (
    zipfile.BadZipFile, tarfile.TarError, zlib.error, lzma.LZMAError, EOFError, NotImplementedError, ValueError,
    RecursionError,
)  # fmt: skip
"""What the libraries raise over an archive that is damaged, encrypted or of an unknown form."""


class UnpackError(ModelError):
    """An archive is damaged or tries what an archive of a model has no reason to do."""

    code = "model_altered"


@dataclass(frozen=True)
class Member:
    """One regular file of an archive."""

    name: str
    open: Callable[[], IO[bytes]]


class _BoundedInfo(tarfile.TarInfo):
    """A tar's header that takes little memory: tarfile by itself reads as much as a header claims to need."""

    @classmethod
    def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> Self:
        """Read a header; raises UnpackError where what it announces is too large to be a name."""
        info = super().frombuf(buf, encoding, errors)
        if info.type in HEADERS and info.size > MAX_HEADER:
            raise UnpackError(f"The archive has a header of {info.size} bytes.")
        if info.type == tarfile.GNUTYPE_SPARSE:
            cls._proc_gnusparse_10()
        return info

    @staticmethod
    def _proc_gnusparse_10(*_: object) -> NoReturn:
        """Refuse a file with holes before its list of them is read, which has no bound."""
        raise UnpackError("The archive has a file with holes.")


@contextmanager
def open_archive(path: Path) -> Iterator[Iterator[Member]]:
    """Open a zip (also a wheel) or a tar, compressed or not, and go through its regular files.

    Raises:
        UnpackError: on opening or while going through: damaged, too many members, a link, a device, a path that
            leads out.
    """
    try:
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as zipped:
                yield _zip_members(zipped)
        else:
            with tarfile.open(path, tarinfo=_BoundedInfo) as tarred:
                yield _tar_members(tarred)
    except BROKEN as error:
        raise UnpackError(f"The archive {path.name} is damaged: {error}") from error
    except OSError as error:
        # gzip and bz2 report damage as an OSError without a number; one with a number is the disk's.
        if error.errno is not None:
            raise
        raise UnpackError(f"The archive {path.name} is damaged: {error}") from error


def _zip_members(zipped: zipfile.ZipFile) -> Iterator[Member]:
    for count, info in enumerate(zipped.infolist()):
        mode = info.external_attr >> 16
        plain = stat.S_IFMT(mode) in {0, stat.S_IFREG, stat.S_IFDIR}
        _check(info.filename, count, plain=plain and not info.flag_bits & 1)
        if not info.is_dir():
            yield Member(info.filename, partial(zipped.open, info))


def _tar_members(tarred: tarfile.TarFile) -> Iterator[Member]:
    for count, info in enumerate(tarred):
        _check(info.name, count, plain=info.isreg() or info.isdir())
        if info.isreg():
            yield Member(info.name, partial(_open_tarred, tarred, info))


def _open_tarred(tarred: tarfile.TarFile, info: tarfile.TarInfo) -> IO[bytes]:
    stream = tarred.extractfile(info)
    if stream is None:
        raise UnpackError(f"The archive's member {info.name!r} has no content.")
    return stream


def _check(name: str, count: int, *, plain: bool) -> None:
    parts = PurePosixPath(name).parts
    if count >= MAX_MEMBERS:
        raise UnpackError(f"The archive has more than {MAX_MEMBERS} members.")
    if not plain:
        raise UnpackError(f"The archive's member {name!r} is a link, a device or encrypted.")
    if not parts or name.startswith("/") or ".." in parts or "\\" in name or "\0" in name:
        raise UnpackError(f"The archive's member {name!r} leads out of the folder.")


def unpack(archive: Path, folder: Path, root: str) -> tuple[ModelFile, ...]:
    """Unpack what lies under ``root`` of an archive into the new folder ``folder``.

    Returns:
        The files with their sizes and hashes.

    Raises:
        UnpackError: see :func:`open_archive`; also when it unpacks to more than :data:`MAX_TOTAL` or holds nothing
            under ``root``. What was unpacked by then is left in ``folder``.
    """
    folder.mkdir(parents=True)
    files: list[ModelFile] = []
    budget = MAX_TOTAL
    with open_archive(archive) as members:
        for member in members:
            pure = PurePosixPath(member.name)
            if not pure.is_relative_to(root) or pure == PurePosixPath(root):
                continue
            relative = pure.relative_to(root)
            size, sha256 = _copy(member, folder / relative, budget)
            budget -= size
            if size:
                files.append(ModelFile(path=str(relative), bytes=size, sha256=sha256))
    if not files:
        raise UnpackError(f"The archive {archive.name} has nothing under {root}.")
    return tuple(files)


def join_members(archives: Sequence[Path], names: Sequence[str], target: Path, size: int) -> str:
    """Write the members ``names``, one after the other, to ``target``; at most ``size`` bytes.

    Returns:
        The SHA-256 of what was written.

    Raises:
        UnpackError: see :func:`open_archive`; also when a member is missing or they are larger than ``size``.
    """
    digest = hashlib.sha256()
    target.parent.mkdir(parents=True, exist_ok=True)
    left = size
    with target.open("wb") as out:
        for name in names:
            left = _append(archives, name, out, digest.update, left)
    return digest.hexdigest()


def _append(
    archives: Sequence[Path],
    name: str,
    out: IO[bytes],
    update: Callable[[bytes], None],
    left: int,
) -> int:
    for archive in archives:
        with open_archive(archive) as members:
            for member in members:
                if member.name == name:
                    return left - _stream(member, out, update, left)
    raise UnpackError(f"No archive has the member {name!r}.")


def _copy(member: Member, target: Path, budget: int) -> tuple[int, str]:
    digest = hashlib.sha256()
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        out = target.open("xb")
    except (FileExistsError, NotADirectoryError) as error:
        raise UnpackError(f"The archive has {target.name!r} twice.") from error
    with out:
        size = _stream(member, out, digest.update, budget)
    return size, digest.hexdigest()


def _stream(member: Member, out: IO[bytes], update: Callable[[bytes], None], budget: int) -> int:
    """Copy a member block by block: the size in an archive's header is a claim, only what comes out counts."""
    size = 0
    with member.open() as source:
        while block := source.read(BLOCK):
            size += len(block)
            if size > budget:
                raise UnpackError(f"The archive's member {member.name!r} is larger than it may be.")
            out.write(block)
            update(block)
    return size
