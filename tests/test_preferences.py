"""What the listener set by voice, across runs."""

from __future__ import annotations

from pathlib import Path

import pytest

from voice import preferences
from voice.dialogue.state import Brevity, Preferences
from voice.preferences import FILE, SPOILT, Kept

CHOSEN = Preferences(rate=130, volume=6, brevity=Brevity.BRIEF, voice=2, journal=True)


def test_what_was_set_is_there_again(tmp_path: Path) -> None:
    assert preferences.load(tmp_path / "new") == Kept()
    preferences.save(tmp_path / "new", CHOSEN)
    assert preferences.load(tmp_path / "new") == Kept(CHOSEN)


def test_the_journal_is_off_unless_it_was_asked_for(tmp_path: Path) -> None:
    assert not Preferences().journal
    older = '{"rate": 180, "volume": 0, "brevity": "normal", "voice": 0%s}'
    for more in ("", ', "journal": 1', ', "journal": "true"', ', "journal": null'):
        (tmp_path / FILE).write_text(older % more, encoding="utf-8")
        assert preferences.load(tmp_path) == Kept()


@pytest.mark.parametrize(
    "content",
    [
        b"", b"{", b"[]", b"null", b"\xff\xfe", b"[" * 100_000, b'{"rate": 180}', b'{"rate": 1e999}',
        b'{"rate": 181, "volume": 0, "brevity": "normal", "voice": 0}',
        b'{"rate": 180, "volume": 0, "brevity": "loud", "voice": 0}',
        b'{"rate": "\xe5\xbf\xab", "volume": 0, "brevity": "normal", "voice": 0}',
    ],
)  # fmt: skip
def test_a_broken_file_is_put_aside_and_told_once(content: bytes, tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(content)
    assert preferences.load(tmp_path) == Kept(broken=True)
    assert preferences.load(tmp_path) == Kept()
    assert (tmp_path / SPOILT).read_bytes() == content


def test_a_folder_in_the_place_of_the_file_does_no_harm(tmp_path: Path) -> None:
    (tmp_path / FILE).mkdir()
    assert preferences.load(tmp_path).preferences == Preferences()
    preferences.save(tmp_path, CHOSEN)
    assert preferences.load(tmp_path).preferences == CHOSEN
