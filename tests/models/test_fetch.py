"""Fetching whole models: sources in order, kills, races, and what a disk refuses."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest
import yaml
from pydantic import TypeAdapter

from tests.models.conftest import ModelMaker, Site
from voice.errors import ModelError
from voice.models.fetch import Fetcher
from voice.models.manifest import Archive, Manifest, Model, PackageSource, UrlSource
from voice.models.store import STAMP, ModelStore

FILES = {"a.bin": bytes(range(256)) * 8000, "deep/b.bin": b"beta" * 5000}
FETCH = """
import sys
from pathlib import Path
from voice.models import Fetcher, ModelStore, load_manifest
folder, manifest = map(Path, sys.argv[1:])
print(Fetcher(ModelStore(folder, load_manifest(manifest))).fetch("small"))
"""


@pytest.fixture
def store(tmp_path: Path, site: Site, manifest_of: ModelMaker) -> ModelStore:
    site.files |= {f"/{path}": body for path, body in FILES.items()}
    source = UrlSource(kind="url", base=site.base)
    return ModelStore(tmp_path / "models", manifest_of(FILES, source))


def _leftovers(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.name != ".locks")


def _start(store: ModelStore, tmp_path: Path) -> subprocess.Popen[str]:
    """Fetch in a process of its own."""
    path = tmp_path / "manifest.yaml"
    listed = TypeAdapter(Manifest).dump_python(store.manifest, mode="json", exclude_none=True)
    path.write_text(yaml.safe_dump(listed), encoding="utf-8")
    command = [sys.executable, "-c", FETCH, str(store.folder), str(path)]
    root = Path(__file__).resolve().parents[2]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=root)


def test_a_model_arrives_whole_and_leaves_nothing_behind(store: ModelStore) -> None:
    place = Fetcher(store).fetch("small")
    assert {p: (place / p).read_bytes() for p in FILES} == FILES
    assert _leftovers(store.folder) == ["small"]


def test_a_model_that_is_there_is_not_asked_for(store: ModelStore, site: Site) -> None:
    Fetcher(store).fetch("small")
    site.asked.clear()
    Fetcher(store).fetch("small")
    assert site.asked == []


def test_the_next_source_is_tried(
    tmp_path: Path, site: Site, manifest_of: ModelMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_PROXY", "*")
    site.files |= {f"/good/{path}": body for path, body in FILES.items()}
    site.files |= {"/bad/a.bin": b"?" * len(FILES["a.bin"])}
    bases = (
        "https://nowhere.invalid/",
        f"{site.base}absent/",
        f"{site.base}bad/",
        f"{site.base}good/",
    )
    sources = [UrlSource(kind="url", base=base) for base in bases]
    store = ModelStore(tmp_path, manifest_of(FILES, *sources))
    Fetcher(store).fetch("small")
    assert store.verify("small").whole


def test_an_altered_file_is_never_accepted(store: ModelStore, site: Site) -> None:
    site.files["/a.bin"] = b"?" * len(FILES["a.bin"])
    with pytest.raises(ModelError, match="altered") as caught:
        Fetcher(store).fetch("small")
    assert caught.value.code == "model_fetch_failed"
    assert not store.has("small")


def test_a_package_with_another_content_is_not_used_again(
    tmp_path: Path, manifest_of: ModelMaker
) -> None:
    source = PackageSource(kind="pypi", packages=("small==1.0",))
    store = ModelStore(tmp_path, manifest_of(FILES, source))
    packages = tmp_path / ".small.part" / "packages"
    (packages / "small-1-0").mkdir(parents=True)
    with zipfile.ZipFile(packages / "small-1-0" / "small.whl", "w") as wheel:
        for path, body in FILES.items():
            wheel.writestr(path, b"?" * len(body))
    with pytest.raises(ModelError, match="arrived altered"):
        Fetcher(store).fetch("small")
    assert not packages.exists()


def test_only_the_damaged_file_is_fetched_again(store: ModelStore, site: Site) -> None:
    place = Fetcher(store).fetch("small")
    (place / "deep" / "b.bin").write_bytes(b"x")
    site.asked.clear()
    Fetcher(store).fetch("small")
    assert [path for path, _ in site.asked] == ["/deep/b.bin"]
    assert store.verify("small").whole


def test_a_killed_fetch_goes_on_where_it_was(store: ModelStore, site: Site, tmp_path: Path) -> None:
    site.stall_after = 600_000
    process = _start(store, tmp_path)
    arriving = store.folder / ".small.part" / "arriving" / "a.bin"
    deadline = time.monotonic() + 30
    while not (arriving.exists() and arriving.stat().st_size) and time.monotonic() < deadline:
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    got = arriving.stat().st_size
    assert 0 < got <= 600_000
    assert not store.has("small")
    assert _leftovers(store.folder) == [".small.part"]
    site.resume.set()
    site.asked.clear()
    Fetcher(store).fetch("small")
    assert site.asked[0] == ("/a.bin", f"bytes={got}-")
    assert _leftovers(store.folder) == ["small"]


def test_a_kill_just_before_the_move_costs_no_second_fetch(store: ModelStore, site: Site) -> None:
    place = Fetcher(store).fetch("small")
    part = store.folder / ".small.part"
    part.mkdir()
    place.rename(part / "ready")
    site.asked.clear()
    Fetcher(store).fetch("small")
    assert site.asked == []
    assert store.has("small")


def test_two_processes_fetch_it_once(store: ModelStore, site: Site, tmp_path: Path) -> None:
    site.stall_after = 1000
    processes = [_start(store, tmp_path) for _ in range(2)]
    deadline = time.monotonic() + 30
    while not site.asked and time.monotonic() < deadline:
        time.sleep(0.01)
    site.resume.set()
    outputs = [process.communicate(timeout=60)[0] for process in processes]
    assert [process.returncode for process in processes] == [0, 0]
    assert outputs[0] == outputs[1]
    assert sorted(path for path, _ in site.asked) == ["/a.bin", "/deep/b.bin"]


def _archived(store: ModelStore, site: Site, body: bytes, sha256: str | None) -> ModelStore:
    listed = store.manifest.get("small")
    model = Model(
        name="small",
        purpose="hearing",
        about="",
        licence="",
        need=listed.need,
        archive=Archive(bytes=len(body), sha256=sha256, root="m-1.0", holds=("conf/x",)),
        sources=(UrlSource(kind="url", base=f"{site.base}m.zip"),),
    )
    site.files["/m.zip"] = body
    return ModelStore(store.folder, Manifest(version=1, models=(model,)))


def _zip_of(tmp_path: Path) -> bytes:
    source = tmp_path / "made"
    (source / "m-1.0" / "conf").mkdir(parents=True)
    (source / "m-1.0" / "conf" / "x").write_text("y", encoding="utf-8")
    return Path(shutil.make_archive(str(tmp_path / "m"), "zip", source)).read_bytes()


def test_an_archive_is_unpacked_and_later_verified(
    store: ModelStore, site: Site, tmp_path: Path
) -> None:
    import hashlib

    body = _zip_of(tmp_path)
    archived = _archived(store, site, body, hashlib.sha256(body).hexdigest())
    place = Fetcher(archived).fetch("small")
    assert (place / "conf" / "x").read_text(encoding="utf-8") == "y"
    assert archived.verify("small").whole
    (place / "conf" / "x").write_text("z", encoding="utf-8")
    assert archived.state("small").code == "model_altered"
    (place / STAMP).unlink()
    assert not archived.has("small")


def test_an_archive_with_another_hash_is_not_unpacked(
    store: ModelStore, site: Site, tmp_path: Path
) -> None:
    archived = _archived(store, site, _zip_of(tmp_path), "0" * 64)
    with pytest.raises(ModelError, match="altered"):
        Fetcher(archived).fetch("small")
    assert not list(store.folder.rglob("conf"))


def test_without_a_hash_nothing_is_fetched(store: ModelStore, site: Site, tmp_path: Path) -> None:
    archived = _archived(store, site, _zip_of(tmp_path), None)
    with pytest.raises(ModelError) as caught:
        Fetcher(archived).fetch("small")
    assert caught.value.code == "model_unpinned"
    assert site.asked == []


def test_a_full_disk_is_one_sentence(store: ModelStore, monkeypatch: pytest.MonkeyPatch) -> None:
    full = type(shutil.disk_usage("/"))(10, 10, 0)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: full)
    with pytest.raises(ModelError, match="not enough room") as caught:
        Fetcher(store).fetch("small")
    assert caught.value.code == "disk_full"


def test_a_fetch_that_is_nearly_done_asks_for_little_room(
    store: ModelStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    ready = store.folder / ".small.part" / "ready"
    ready.mkdir(parents=True)
    (ready / "a.bin").write_bytes(FILES["a.bin"])
    rest = 2 * len(FILES["deep/b.bin"])
    little = type(shutil.disk_usage("/"))(rest, 0, rest)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: little)
    Fetcher(store).fetch("small")
    assert store.has("small")


def test_a_folder_that_cannot_be_made_is_one_sentence(
    tmp_path: Path, manifest_of: ModelMaker
) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    store = ModelStore(tmp_path / "file" / "models", manifest_of(FILES))
    with pytest.raises(ModelError, match="VOICE_MODELS") as caught:
        Fetcher(store).fetch("small")
    assert caught.value.code == "folder_readonly"


def test_a_disk_that_fills_on_the_way_leaves_no_model(store: ModelStore, tmp_path: Path) -> None:
    script = FETCH.replace(
        "import sys\n",
        "import sys, resource, signal\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (300000, 300000))\n",
    )
    path = tmp_path / "manifest.yaml"
    listed = TypeAdapter(Manifest).dump_python(store.manifest, mode="json", exclude_none=True)
    path.write_text(yaml.safe_dump(listed), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", script, str(store.folder), str(path)],
        capture_output=True,
        text=True,
        cwd=Path(__file__).resolve().parents[2],
        check=False,
    )
    assert f"cannot be written into {store.folder}: {os.strerror(errno.EFBIG)}" in done.stderr
    assert not store.has("small")
