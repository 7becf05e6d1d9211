"""Which of the assistant's own words may be in the microphone just now."""

from __future__ import annotations

import time

from voice.dialogue.state import Reply
from voice.loop.saying import AUDIBLE, COMING, Saying
from voice.understand.meaning import Expect

REPLY = Reply(
    ("打电话取消，一共四步。", "第一步，拿好要取消的那张卡。", "做好了，您说下一步。"), Expect.STEP
)


def test_words_about_to_be_heard_count_too() -> None:
    saying = Saying(1, REPLY)
    assert saying.moment(frozenset()).saying == saying.text[:COMING]
    saying.phrased("打电话取消，")
    assert saying.moment(frozenset()).saying == saying.text[: len("打电话取消，") + COMING]


def test_while_it_is_paused_no_word_grows_old() -> None:
    saying = Saying(1, REPLY)
    now = time.monotonic()
    saying.phrases = [("打电话取消，", now - 9.0), ("一共四步。", now - 8.0)]
    assert "打电话取消" not in saying.moment(frozenset()).saying
    saying.paused = now - 8.0 + AUDIBLE / 2
    assert "打电话取消" in saying.moment(frozenset()).saying


def test_the_question_is_asked_once_all_words_began() -> None:
    saying = Saying(1, REPLY)
    assert not saying.moment(frozenset()).asked
    saying.phrased(saying.text)
    assert saying.moment(frozenset()).asked


def test_who_greets_has_asked_nothing() -> None:
    saying = Saying(1, Reply(("您好，您想问什么？",)))
    saying.phrased(saying.text)
    assert not saying.moment(frozenset()).asked
