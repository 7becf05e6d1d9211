"""Findings in plain words, and what came of asking somebody to speak."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from voice import doctor
from voice.commands.doctor import told
from voice.config import Folders, find_folders
from voice.content.entries import Pack
from voice.doctor import Check, Good, Grade, Trial, checks, examine
from voice.errors import AudioInputError
from voice.hear.level import measure
from voice.hear.recogniser import SAMPLE_RATE, Samples

RIGHT = Good("doctor.data_ok")
MARGINAL = Good("doctor.data_unusual", mind=True)


def _missing(_: Folders) -> Good:
    raise AudioInputError("gone", code="no_microphone")


def test_each_finding_has_a_grade_and_a_sentence(unicom: Pack) -> None:
    tried = (
        Check("a", lambda _: RIGHT),
        Check("b", lambda _: MARGINAL),
        Check("c", _missing, needed=False),
        Check("d", _missing),
    )
    found = list(examine(find_folders(), unicom.prompts, tried))
    assert [each.grade for each in found] == [Grade.GOOD, Grade.MIND, Grade.MIND, Grade.BAD]
    assert [each.well for each in found] == [True, True, True, False]
    assert found[3].text == "".join(unicom.prompts["trouble.no_microphone"])


def test_every_check_has_words_for_how_it_ends(unicom: Pack) -> None:
    for check in checks():
        assert any(key.startswith(f"doctor.{check.name}") for key in unicom.prompts), check.name
    for grade in Grade:
        assert "{text}" in "".join(unicom.prompts[f"doctor.line_{grade}"])


def test_a_full_disk_and_little_memory_are_told(
    unicom: Pack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folders = find_folders({"VOICE_DATA": str(tmp_path / "not" / "yet")})
    wanted = [check for check in checks() if check.name in ("space", "memory")]
    monkeypatch.setattr(doctor, "SPACE", 1)
    monkeypatch.setattr(doctor, "MEMORY", 1)
    assert [each.grade for each in examine(folders, unicom.prompts, tuple(wanted))] == [
        Grade.GOOD,
        Grade.GOOD,
    ]
    monkeypatch.setattr(doctor, "SPACE", 1 << 60)
    monkeypatch.setattr(doctor, "MEMORY", 1 << 60)
    found = list(examine(folders, unicom.prompts, tuple(wanted)))
    assert [each.grade for each in found] == [Grade.MIND, Grade.MIND]
    assert "存满" in found[0].text
    assert "内存" in found[1].text
    assert not (tmp_path / "not").exists()


def _tone(decibels: float) -> Samples:
    wave = np.sin(np.arange(SAMPLE_RATE, dtype=np.float32) * np.float32(0.2))
    tone: Samples = (wave * np.float32(np.sqrt(2) * 10 ** (decibels / 20))).astype(np.float32)
    return tone


@pytest.mark.parametrize(
    ("decibels", "points"), [(-70, 0), (-60, 0), (-36, 5), (-12, 10), (-5, 10)]
)
def test_loudness_in_points_of_ten(decibels: float, points: int) -> None:
    assert Trial(measure(_tone(decibels)), "").points == points


def _trials() -> Iterator[tuple[Samples, str, str]]:
    yield _tone(-24), "打电话怎么取消？", "我听到的是：打电话怎么取消。"
    yield _tone(-24), "", "没听出"
    yield _tone(-50), "", "声音太小"
    yield np.clip(_tone(6), -1, 1).astype(np.float32), "取消", "调小"
    yield _tone(-24), "{0} {points}", "我听到的是：{0} {points}。"


@pytest.mark.parametrize(("sound", "text", "part"), list(_trials()))
def test_a_trial_is_told_with_its_advice(
    sound: Samples, text: str, part: str, unicom: Pack
) -> None:
    said = "".join(told(Trial(measure(sound), text), unicom.prompts))
    assert part in said
    assert said.startswith("声音大小，满分十分，有")
