"""What is kept of room and speaker between runs."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice.hear.gain import Levels
from voice.hear.habits import FILE, Habits, load, save

LEVEL = st.none() | st.floats(-120.0, 0.0)


@given(room=LEVEL, voice=LEVEL, pause=st.floats(0.0, 10.0))
def test_what_is_kept_comes_back(
    tmp_path_factory: pytest.TempPathFactory, room: float, voice: float, pause: float
) -> None:
    folder = tmp_path_factory.mktemp("data")
    save(folder / "new", Habits(Levels(room, voice), pause))
    assert load(folder / "new") == Habits(Levels(room, voice), pause)
    assert [each.name for each in (folder / "new").iterdir()] == [FILE]


@pytest.mark.parametrize(
    "text",
    [
        "", "[]", "{}", "null", "[" * 100_000,
        '{"room": "loud", "voice": null, "inner_pause": 0}',
        '{"room": NaN, "voice": null, "inner_pause": 0}',
        '{"room": -60, "voice": 3, "inner_pause": 0}',
        '{"room": -60, "voice": -30, "inner_pause": -1}',
        '{"room": -60, "voice": -30, "inner_pause": 1e9}',
        '{"room": -60, "voice": -30}',
        '{"room": -60, "voice": -30, "inner_pause": ' + "9" * 400 + "}",
    ],
)  # fmt: skip
def test_a_broken_file_is_not_believed(tmp_path: Path, text: str) -> None:
    (tmp_path / FILE).write_text(text, encoding="utf-8")
    assert load(tmp_path) == Habits()


def test_no_file_and_no_folder_are_no_habits(tmp_path: Path) -> None:
    assert load(tmp_path / "none") == Habits()
    (tmp_path / "file").write_text("")
    save(tmp_path / "file", Habits(inner_pause=1.0))
    assert (tmp_path / "file").read_text() == ""
