"""An option is chosen by its name or description."""

from __future__ import annotations

import pytest

from voice.understand.choices import named, picked
from voice.understand.meaning import Choice
from voice.understand.normal import normalise

WAYS = (
    Choice("手机App", ("手机上", "软件"), "guide.app"),
    Choice("打电话", ("电话", "10010"), "guide.hotline"),
    Choice("去营业厅", ("营业厅", "柜台", "电话亭"), "guide.store"),
)


@pytest.mark.parametrize(
    ("text", "index"),
    [
        ("打电话", 1),
        ("我看还是打电话吧", 1),
        ("大店话", 1),
        ("柜台", 2),
        ("贵台", 2),
        ("营业廳", 2),
        ("手机上弄", 0),
        ("app", None),
        ("手机app", 0),
        ("幺零零幺零", 1),
        ("电话亭", 2),
        ("软件还是柜台", None),
        ("都行", None),
        ("", None),
        ("手机", None),
        ("听电话", 1),
    ],
)
def test_the_option_named_is_meant(text: str, index: int | None) -> None:
    assert named(normalise(text), WAYS) == index


def test_a_longer_name_beats_a_shorter_one() -> None:
    choices = (Choice("主套餐"), Choice("加的套餐"), Choice("套餐"))
    assert named(normalise("就那个加的套餐"), choices) == 1
    assert named(normalise("套餐"), choices) == 2


def test_nothing_is_named_where_nothing_is_offered() -> None:
    assert named(normalise("打电话"), ()) is None
    assert named(normalise("打电话"), (Choice(""), Choice("，"))) is None


def test_a_name_is_heard_only_from_the_beginning_of_a_syllable() -> None:
    # pao ends in ao: a name must not fit behind half a syllable.
    assert named(normalise("泡"), (Choice("傲"),)) is None


@pytest.mark.parametrize(
    ("text", "index"),
    [
        ("不想去柜台，打电话", 1),
        ("不打电话，也不去柜台", 0),
        ("软件我用不来，柜台吧", 2),
        ("电话老打不通，软件呢", 0),
        ("没有软件，电话", 1),
        ("要不打电话", 1),
        ("还不如打电话", 1),
        ("是不是打电话", 1),
        ("打电话行不行", 1),
        ("不打电话", None),
        ("不打电话，不去柜台，软件也不会用", None),
    ],
)
def test_a_name_that_is_denied_is_not_meant(text: str, index: int | None) -> None:
    assert named(normalise(text), WAYS) == index


def test_of_two_options_the_one_that_is_not_denied_is_left() -> None:
    assert named(normalise("不要软件"), (*WAYS[:1], Choice("柜台"))) == 1
    assert named(normalise("不要软件"), WAYS[:1]) is None


BEFORE, BEHIND = ("那", "还是", "改成", "用"), ("办", "吧", "那个")


@pytest.mark.parametrize(
    ("text", "index"),
    [
        ("打电话", 1),
        ("那还是打电话办吧", 1),
        ("哎哟太远，改成软件那个", 0),
        ("打电话，我看看，柜台吧", 2),
        ("打电话找闺女", None),
        ("我刚打电话", None),
        ("那吧", None),
        ("", None),
    ],
)
def test_a_way_is_picked_by_a_clause_that_says_nothing_else(text: str, index: int | None) -> None:
    assert picked(normalise(text), WAYS, BEFORE, BEHIND) == index
