"""Which way of doing it is declined."""

from __future__ import annotations

import pytest

from voice.content.entries import Pack
from voice.understand.declined import Declining
from voice.understand.normal import normalise


@pytest.fixture(scope="module")
def declining(unicom: Pack) -> Declining:
    found = Declining.of(unicom.lexicon, unicom.ways)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("text", "way"),
    [
        ("我不想用手机弄", 0),
        ("懒得打电话", 1),
        ("除了打热线还有啥办法", 1),
        ("营业厅我不愿去", 2),
        ("不去营业厅行不行", 2),
    ],
)
def test_a_name_and_words_that_decline(declining: Declining, text: str, way: int) -> None:
    assert declining.by(normalise(text).clauses[0]) == way


@pytest.mark.parametrize(
    "text",
    ["打电话怎么退", "要不打电话吧", "去营业厅", "不会用手机", "那现在手机上怎么退", "不想退了"],
)
def test_nothing_else_declines(declining: Declining, text: str) -> None:
    assert declining.by(normalise(text).clauses[0]) is None


def test_a_pack_without_the_words_declines_nothing(unicom: Pack) -> None:
    assert Declining.of({}, unicom.ways) is None
