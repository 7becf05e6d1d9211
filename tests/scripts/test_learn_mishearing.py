"""Counting what a recogniser makes of syllables."""

from __future__ import annotations

import json

import learn_mishearing as learn

SAID = learn.sounds("打电话怎么取消套餐")


def test_syllables_are_held_against_what_was_written_for_them() -> None:
    pairs = learn.aligned(SAID, learn.sounds("大电话怎么起消套餐"))
    assert [pair for pair in pairs if pair[0] != pair[1]] == [("qv", "qi")]


def test_lost_and_added_syllables_have_no_partner() -> None:
    pairs = learn.aligned(SAID, learn.sounds("打电怎么取消了套餐"))
    assert ("hua", "") in pairs
    assert ("", "le") in pairs


def test_what_has_nothing_to_do_with_it_is_left_out() -> None:
    assert learn.aligned(SAID, learn.sounds("明天下雨吗")) == []
    assert learn.aligned([], SAID) == []


def test_counts_are_of_wrong_syllables_and_can_be_read_back() -> None:
    pairs = [("da", "da"), ("qv", "qi"), ("qv", "chi"), ("hua", ""), ("", "le")]
    counts = json.loads(learn.written(learn.counted(pairs)))
    assert counts["initials"] == {"q": {"q": 1, "ch": 1}}
    assert counts["finals"] == {"v": {"i": 2}}
    assert (counts["lost"], counts["added"]) == (0.333, 0.333)
