"""What was not understood is written down only when asked for, in bounds, and can be wiped."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voice.commands.journal import described
from voice.errors import VoiceError
from voice.journal import FILE, LONGEST, Journal, Miss, Reason, missed
from voice.understand.meaning import Act, Candidate, Meaning

NOW = datetime(2026, 3, 4, 15, 6, 7).astimezone()
PAIR = (Candidate("guide.app", 0.31234), Candidate("guide.hotline", 0.2))


@pytest.mark.parametrize(
    ("meaning", "reason", "score"),
    [
        (Meaning("谢谢观看", Act.NOISE), Reason.NOISE, 0.0),
        (Meaning("天气", Act.OFF_SUBJECT, 0.9, candidates=PAIR), Reason.OTHER_SUBJECT, 0.9),
        (Meaning("拦后呢", Act.OFF_SUBJECT, 0.1, candidates=PAIR), Reason.TOO_UNLIKELY, 0.312),
        (Meaning("退那个", Act.MAYBE, 0.4, candidates=PAIR), Reason.ASKED_WHETHER, 0.312),
        (Meaning("退那个", Act.AMONG, 0.6, candidates=PAIR), Reason.ASKED_WHICH, 0.312),
    ],
)
def test_a_miss_says_why_and_what_came_near(meaning: Meaning, reason: Reason, score: float) -> None:
    miss = missed(meaning, NOW)
    assert miss is not None
    assert (miss.reason, miss.score, miss.heard) == (reason, score, meaning.heard)
    assert miss.time == NOW.isoformat(timespec="minutes")
    if meaning.candidates:
        assert (miss.best, miss.runner_up, miss.runner_up_score) == (
            "guide.app",
            "guide.hotline",
            0.2,
        )


def test_what_was_understood_is_no_miss() -> None:
    for act in (Act.COMMAND, Act.ASK, Act.SMALLTALK):
        assert missed(Meaning("打电话怎么取消", act, candidates=PAIR), NOW) is None
    assert missed(Meaning("", Act.NOISE), NOW) is None


def a_miss(text: str) -> Miss:
    return Miss("2026-03-04T15:06+08:00", text, Reason.TOO_UNLIKELY, 0.2)


def test_it_keeps_the_latest_within_its_bounds(tmp_path: Path) -> None:
    journal = Journal(tmp_path, most=5)
    for number in range(9):
        journal.add(a_miss(f"第{number}句"))
    assert [miss.heard for miss in journal.misses()] == [f"第{n}句" for n in range(4, 9)]
    Journal(tmp_path, limit=600).add(a_miss("长" * 120))
    assert (tmp_path / FILE).stat().st_size <= 600
    assert [miss.heard for miss in journal.misses()] == ["长" * 120]
    long = missed(Meaning("长" * 5000, Act.NOISE), NOW)
    assert long is not None
    assert len(long.heard) == LONGEST


def test_wiped_is_wiped(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    journal.add(a_miss("退那个"))
    journal.clear()
    assert list(tmp_path.iterdir()) == []
    journal.clear()
    assert journal.misses() == ()
    (tmp_path / FILE).mkdir()
    with pytest.raises(VoiceError) as caught:
        journal.clear()
    assert caught.value.code == "journal_stuck"


@settings(deadline=None, max_examples=30)
@given(st.text(max_size=400))
def test_whatever_was_heard_comes_back(text: str) -> None:
    with TemporaryDirectory() as folder:
        journal = Journal(Path(folder))
        journal.add(a_miss(text))
        assert [miss.heard for miss in journal.misses()] == [text]


def test_lines_that_are_broken_cost_only_themselves(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    journal.add(a_miss("退那个"))
    with (tmp_path / FILE).open("ab") as file:
        file.write(
            b'{"heard": 1}\n[]\nnull\n\xff\xff\n{"reason": "noise", "odd": 1}\n' + b"[" * 9999
        )
    journal.add(a_miss("退这个"))
    assert [miss.heard for miss in journal.misses()] == ["退那个", "退这个"]


@pytest.mark.parametrize("score", ['"a"', "null", "[0.2]", "9" * 400, "9" * 5_000])
def test_a_score_that_is_no_number_costs_only_its_line(score: str, tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    journal.add(a_miss("退那个"))
    line = (tmp_path / FILE).read_text(encoding="utf-8")
    with (tmp_path / FILE).open("a", encoding="utf-8") as file:
        file.write(line.replace("0.2", score))
    assert [described(miss) for miss in journal.misses()] == [described(a_miss("退那个"))]


@pytest.mark.parametrize("text", ["退\ud800那个", "一\n二", "\u2028", "\x00"])
def test_odd_characters_stay_within_their_line(text: str, tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    journal.add(a_miss(text))
    journal.add(a_miss("退那个"))
    assert len(journal.misses()) == 2
