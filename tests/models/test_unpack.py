"""Archives that attack, and archives that are broken."""

from __future__ import annotations

import gzip
import io
import stat
import tarfile
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from voice.models import unpack as module
from voice.models.unpack import UnpackError, join_members, unpack

Maker = Callable[[Path], None]


def _zip(*members: tuple[str, bytes], mode: int = 0) -> Maker:
    def make(path: Path) -> None:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
            for name, body in members:
                info = zipfile.ZipInfo(name)
                info.external_attr = mode << 16
                info.compress_type = zipfile.ZIP_DEFLATED
                file.writestr(info, body)

    return make


def _tar(*members: tuple[str, bytes], kind: bytes = tarfile.REGTYPE, mode: str = "w:gz") -> Maker:
    def make(path: Path) -> None:
        with tarfile.open(path, mode) as file:  # type: ignore[call-overload]
            for name, body in members:
                info = tarfile.TarInfo(name)
                info.type = kind
                info.linkname = "/etc/passwd" if kind != tarfile.REGTYPE else ""
                info.size = len(body) if kind == tarfile.REGTYPE else 0
                file.addfile(info, io.BytesIO(body))

    return make


def _headers(kind: bytes, *bodies: bytes, name: str = "././@LongLink") -> Maker:
    """A tar with ``bodies`` as headers of a kind, one behind the other, before a plain file."""

    def make(path: Path) -> None:
        with gzip.open(path, "wb", 1) as file:
            for body in bodies:
                info = tarfile.TarInfo(name)
                info.type, info.size = kind, len(body)
                file.write(info.tobuf(tarfile.USTAR_FORMAT))
                file.write(body + bytes(-len(body) % tarfile.BLOCKSIZE))
            file.write(tarfile.TarInfo("m/ok").tobuf() + bytes(1024))

    return make


def _pax(**values: str) -> bytes:
    text = "".join(f" {key.replace('_', '.')}={value}\n" for key, value in values.items())
    lines = text.splitlines(keepends=True)
    return "".join(f"{len(line) + 2}{line}" for line in lines).encode()


ATTACKS = {
    "zip up": _zip(("m/ok", b"1"), ("m/../../evil", b"x")),
    "zip absolute": _zip(("/evil", b"x")),
    "zip backslash": _zip(("m\\..\\..\\evil", b"x")),
    "zip symlink": _zip(("m/link", b"/etc/passwd"), mode=stat.S_IFLNK | 0o777),
    "zip twice": _zip(("m/a", b"1"), ("m/./a", b"2")),
    "zip file as folder": _zip(("m/a", b"1"), ("m/a/b", b"2")),
    "tar up": _tar(("m/../../evil", b"x")),
    "tar absolute": _tar(("/evil", b"x")),
    "tar symlink": _tar(("m/link", b""), kind=tarfile.SYMTYPE),
    "tar hard link": _tar(("m/link", b""), kind=tarfile.LNKTYPE),
    "tar device": _tar(("m/device", b""), kind=tarfile.CHRTYPE),
    "tar fifo": _tar(("m/fifo", b""), kind=tarfile.FIFOTYPE),
    "tar name upon name": _headers(tarfile.GNUTYPE_LONGNAME, *[b"m/a\0"] * 1500),
    "tar long name": _headers(tarfile.GNUTYPE_LONGNAME, b"m" * 100_000),
    "tar long pax": _headers(tarfile.XHDTYPE, b"m" * 100_000),
    "tar with holes": _headers(tarfile.GNUTYPE_SPARSE, b"1"),
    "tar with holes by pax": _headers(
        tarfile.XHDTYPE, _pax(GNU_sparse_major="1", GNU_sparse_minor="0")
    ),
    "nothing there": _zip(("other/a", b"1")),
}


@pytest.mark.parametrize("name", ATTACKS)
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_an_attack_is_refused_and_nothing_lands_outside(tmp_path: Path, name: str) -> None:
    archive = tmp_path / "archive"
    ATTACKS[name](archive)
    with pytest.raises(UnpackError):
        unpack(archive, tmp_path / "in" / "out", "m")
    assert not list(tmp_path.rglob("evil"))
    assert not [path for path in tmp_path.rglob("*") if path.is_symlink()]


@pytest.mark.parametrize(
    "make", [_zip(("m/bomb", bytes(50_000_000))), _tar(("m/bomb", bytes(50_000_000)))]
)
def test_a_bomb_stops_at_the_limit(
    tmp_path: Path, make: Maker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MAX_TOTAL", 5_000_000)
    archive = tmp_path / "archive"
    make(archive)
    assert archive.stat().st_size < 100_000
    with pytest.raises(UnpackError, match="larger"):
        unpack(archive, tmp_path / "out", "m")
    written = sum(path.stat().st_size for path in (tmp_path / "out").rglob("*") if path.is_file())
    assert written <= 5_000_000


def test_too_many_members(tmp_path: Path) -> None:
    archive = tmp_path / "archive"
    _zip(*((f"m/{n}", b"") for n in range(module.MAX_MEMBERS + 1)))(archive)
    with pytest.raises(UnpackError, match="more than"):
        unpack(archive, tmp_path / "out", "m")


def test_a_name_of_hundreds_of_megabytes_takes_no_memory(tmp_path: Path) -> None:
    archive = tmp_path / "archive"
    _headers(tarfile.GNUTYPE_LONGNAME, bytes(50_000_000))(archive)
    tracemalloc.start()
    with pytest.raises(UnpackError, match="header of 50000000"):
        unpack(archive, tmp_path / "out", "m")
    assert tracemalloc.get_traced_memory()[1] < 5_000_000
    tracemalloc.stop()


@pytest.mark.parametrize("layout", [tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
def test_a_long_path_is_no_attack(tmp_path: Path, layout: int) -> None:
    name = "m/" + "deep/" * 60 + "a"
    info = tarfile.TarInfo(name)
    info.size = 1
    with tarfile.open(tmp_path / "archive", "w:gz", format=layout) as file:
        file.addfile(info, io.BytesIO(b"1"))
    (made,) = unpack(tmp_path / "archive", tmp_path / "out", "m")
    assert made.path == name.removeprefix("m/")


@pytest.mark.parametrize("mode", ["w", "w:gz", "w:bz2", "w:xz"])
def test_a_tar_is_unpacked_below_its_root(tmp_path: Path, mode: str) -> None:
    archive = tmp_path / "archive"
    _tar(("m/a.txt", b"one"), ("m/deep/b.txt", b"two"), ("other/c", b"three"), mode=mode)(archive)
    files = unpack(archive, tmp_path / "out", "m")
    assert {file.path: file.bytes for file in files} == {"a.txt": 3, "deep/b.txt": 3}
    assert (tmp_path / "out" / "deep" / "b.txt").read_bytes() == b"two"


@pytest.mark.parametrize("mode", ["zip", "w", "w:gz", "w:bz2", "w:xz"])
@pytest.mark.parametrize("kept", [0.3, 0.9])
def test_a_truncated_archive_is_told(tmp_path: Path, mode: str, kept: float) -> None:
    archive = tmp_path / "archive"
    body = bytes(range(256)) * 400
    (_zip(("m/a", body)) if mode == "zip" else _tar(("m/a", body), mode=mode))(archive)
    whole = archive.read_bytes()
    archive.write_bytes(whole[: int(len(whole) * kept)])
    with pytest.raises(UnpackError):
        unpack(archive, tmp_path / "out", "m")


def test_a_flipped_byte_is_told(tmp_path: Path) -> None:
    archive = tmp_path / "archive"
    _zip(("m/a", bytes(range(256)) * 400))(archive)
    data = bytearray(archive.read_bytes())
    data[60] ^= 0xFF
    archive.write_bytes(data)
    with pytest.raises(UnpackError):
        unpack(archive, tmp_path / "out", "m")


@pytest.mark.parametrize("body", [b"", b"no archive", bytes(5000)])
def test_what_is_no_archive_is_told(tmp_path: Path, body: bytes) -> None:
    (tmp_path / "archive").write_bytes(body)
    with pytest.raises(UnpackError):
        unpack(tmp_path / "archive", tmp_path / "out", "m")


def test_members_are_joined_in_order(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    _zip(("p/part1", b"abc"))(one)
    _tar(("p/part2", b"def"))(two)
    join_members([one, two], ["p/part1", "p/part2"], tmp_path / "joined", 6)
    assert (tmp_path / "joined").read_bytes() == b"abcdef"
    with pytest.raises(UnpackError, match="larger"):
        join_members([one, two], ["p/part1", "p/part2"], tmp_path / "joined", 5)
    with pytest.raises(UnpackError, match="No archive has"):
        join_members([one, two], ["p/part3"], tmp_path / "joined", 6)
