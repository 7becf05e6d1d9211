"""What questions begin with."""

from __future__ import annotations

from voice.understand.beginnings import Beginnings

BEGINNINGS = Beginnings.of(["有没有便宜的套餐", "有没有，别的办法", "有没有人接电话", "哪个好"])


def test_a_beginning_is_told_by_its_sound() -> None:
    assert BEGINNINGS.hold("有没有")
    assert BEGINNINGS.hold("又没有")


def test_a_filler_may_stand_before_it() -> None:
    assert BEGINNINGS.hold("你有没有")
    assert not BEGINNINGS.hold("你")


def test_what_few_begin_with_is_none() -> None:
    assert not BEGINNINGS.hold("有没有便")
    assert not BEGINNINGS.hold("便宜的")


def test_a_sentence_with_little_behind_it_has_none() -> None:
    assert not Beginnings.of(["哪个好"] * 9).hold("哪个")
