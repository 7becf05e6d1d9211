"""Single transfers from a server that behaves and from servers that do not."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from tests.models.conftest import Site
from voice.models.download import ATTEMPTS, BLOCK, SourceError, download

BODY = bytes(range(256)) * 4000


def _ignore(label: str, done: int, total: int) -> None:
    """No progress wanted."""


def test_a_file_arrives_and_progress_reaches_its_size(site: Site, tmp_path: Path) -> None:
    site.files["/f"] = BODY
    seen: list[tuple[str, int, int]] = []
    download(site.base + "f", tmp_path / "f", len(BODY), lambda *args: seen.append(args))
    assert (tmp_path / "f").read_bytes() == BODY
    assert seen[-1] == ("f", len(BODY), len(BODY))
    assert [done for _, done, _ in seen] == sorted(done for _, done, _ in seen)


def test_a_part_is_gone_on_with(site: Site, tmp_path: Path) -> None:
    site.files["/f"] = BODY
    (tmp_path / "f").write_bytes(BODY[:1000])
    download(site.base + "f", tmp_path / "f", len(BODY), _ignore)
    assert (tmp_path / "f").read_bytes() == BODY
    assert site.asked == [("/f", "bytes=1000-")]


def test_a_server_without_ranges_starts_over(site: Site, tmp_path: Path) -> None:
    site.files["/f"] = BODY
    site.ranges = False
    (tmp_path / "f").write_bytes(b"other" * 200)
    download(site.base + "f", tmp_path / "f", len(BODY), _ignore)
    assert (tmp_path / "f").read_bytes() == BODY


def test_a_line_that_breaks_is_taken_up_again(site: Site, tmp_path: Path) -> None:
    site.files["/f"] = BODY
    site.break_after = len(BODY) // 3 + 1
    download(site.base + "f", tmp_path / "f", len(BODY), _ignore)
    assert (tmp_path / "f").read_bytes() == BODY
    assert 3 <= len(site.asked) <= 4


def test_a_line_that_breaks_for_good_keeps_what_came(site: Site, tmp_path: Path) -> None:
    site.files["/f"] = BODY
    site.break_after = 100_000
    with pytest.raises(SourceError, match="broke off"):
        download(site.base + "f", tmp_path / "f", len(BODY), _ignore)
    kept = (tmp_path / "f").read_bytes()
    assert len(kept) == ATTEMPTS * BLOCK
    assert BODY.startswith(kept)


def test_a_file_larger_than_announced_is_refused(site: Site, tmp_path: Path) -> None:
    site.files["/f"] = BODY
    with pytest.raises(SourceError, match="more than"):
        download(site.base + "f", tmp_path / "f", 1000, _ignore)
    assert (tmp_path / "f").stat().st_size <= 1000


def test_a_file_that_is_not_there(site: Site, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="404"):
        download(site.base + "f", tmp_path / "f", 1000, _ignore)


def test_a_name_that_does_not_resolve(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "*")
    with pytest.raises(SourceError, match="does not resolve"):
        download("https://nowhere.invalid/f", tmp_path / "f", 1000, _ignore)


def test_nobody_listens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "*")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(SourceError, match="broke off"):
        download(f"http://127.0.0.1:{port}/f", tmp_path / "f", 1000, _ignore)
