"""What the listener set by voice, across runs."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest

from voice import preferences
from voice.commands.chat import converse, new_assistant
from voice.config import find_folders
from voice.content.entries import Pack
from voice.dialogue.state import Brevity, Preferences
from voice.preferences import FILE, SPOILT, Kept
from voice.understand.understanding import Understanding

CHOSEN = Preferences(rate=130, volume=6, brevity=Brevity.BRIEF, voice=2, journal=True)


def test_what_was_set_is_there_again(tmp_path: Path) -> None:
    assert preferences.load(tmp_path / "new") == Kept(fresh=True)
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
    for _ in range(2):
        assert preferences.load(tmp_path) == Kept(broken=True)
    preferences.told(tmp_path)
    assert preferences.load(tmp_path) == Kept(fresh=True)
    assert (tmp_path / SPOILT).read_bytes() == content
    preferences.told(tmp_path)
    assert preferences.load(tmp_path) == Kept()


def test_a_broken_file_that_gave_way_to_a_new_one_is_still_told(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("{", encoding="utf-8")
    preferences.save(tmp_path, CHOSEN)
    assert preferences.load(tmp_path) == Kept(CHOSEN, broken=True)
    preferences.told(tmp_path)
    assert preferences.load(tmp_path) == Kept(CHOSEN)
    assert (tmp_path / SPOILT).read_text(encoding="utf-8") == "{"


def test_a_folder_in_the_place_of_the_file_does_no_harm(tmp_path: Path) -> None:
    (tmp_path / FILE).mkdir()
    assert preferences.load(tmp_path).preferences == Preferences()
    preferences.save(tmp_path, CHOSEN)
    assert preferences.load(tmp_path).preferences == CHOSEN


@pytest.mark.slow
def test_the_listener_is_told_once_and_what_was_set_by_voice_is_there_the_next_time(
    tmp_path: Path, unicom: Pack, understanding: Understanding, pytestconfig: pytest.Config
) -> None:
    assert understanding.pack is unicom
    assert pytestconfig.cache is not None
    folders = find_folders({"VOICE_DATA": str(tmp_path)})
    (tmp_path / "index").symlink_to(pytestconfig.cache.mkdir("phrase-index"))

    def greeting() -> str:
        return "".join(new_assistant(folders, remembered=True).greeting.say)

    def chat() -> str:
        out = StringIO()
        converse(folders, StringIO(), out)
        return out.getvalue()

    first = "".join(unicom.prompts["settings.first"])
    broken = "".join(unicom.prompts["settings.broken"])
    # What nobody hears, as where a recording is answered, uses nothing up.
    assert all(first in greeting() for _ in range(2))
    assert first in chat()
    assert first not in chat()
    assistant = new_assistant(folders, remembered=True)
    assistant.respond_to_text("慢而短")
    assistant.respond_to_text("大声一点")
    again = new_assistant(folders, remembered=True)
    assert again.preferences == Preferences(rate=150, volume=6, brevity=Brevity.BRIEF)
    (tmp_path / FILE).write_text("{", encoding="utf-8")
    assert all(broken in greeting() for _ in range(2))
    assert broken in chat()
    assert broken not in chat()
