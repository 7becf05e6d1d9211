"""What takes over while the assistant speaks, on the real pack."""

from __future__ import annotations

from dataclasses import replace

import pytest

from voice.assistant import Assistant
from voice.content.entries import Pack
from voice.dialogue.state import Reply
from voice.loop.interruption import Verdict
from voice.loop.takeover import Moment, is_own, verdict, warns
from voice.understand.meaning import Reading
from voice.understand.understanding import Understanding

TAKE, LET_PASS, WAIT = Verdict.TAKE, Verdict.LET_PASS, Verdict.WAIT
GUIDE = Moment("接通以后，说转人工。")
HALF = Moment("接通以后，说转人工。", asked=False)
WARNING = Moment("可能要交违约金。", guarded=True)


def _verdict(
    understanding: Understanding,
    words: str,
    moment: Moment,
    *,
    final: bool,
    others: tuple[str, ...] = (),
    clarity: float = 1.0,
) -> Verdict:
    assistant = Assistant(understanding.pack, understanding)
    moment = replace(moment, murmurs=frozenset(understanding.pack.lexicon["small_words"]))
    weight = 1 / (1 + len(others))
    readings = tuple(Reading(text, weight, clarity) for text in (words, *others))
    return verdict(assistant.meaning(readings), readings, moment, final=final)


@pytest.mark.parametrize(
    ("words", "moment", "expected"),
    [
        ("停", GUIDE, TAKE),
        ("别说了", GUIDE, TAKE),
        ("等一下", GUIDE, TAKE),
        ("再说一遍", GUIDE, TAKE),
        ("慢一点", GUIDE, TAKE),
        ("下一步", GUIDE, TAKE),
        ("去营业厅要带什么证件", GUIDE, TAKE),
        ("嗯", GUIDE, LET_PASS),
        ("嗯嗯", GUIDE, LET_PASS),
        ("", GUIDE, LET_PASS),
        ("今天晚上吃什么", GUIDE, LET_PASS),
        ("谢谢", GUIDE, LET_PASS),
        # A nod in the middle is no answer; behind the question it is one.
        ("好的", HALF, LET_PASS),
        ("不要", HALF, LET_PASS),
        ("不要", GUIDE, TAKE),
        # Nothing skips the warning but what is about the speaking itself.
        ("停", WARNING, TAKE),
        ("停", Moment("去营业厅。"), TAKE),
        ("再说一遍", WARNING, TAKE),
        ("大声点", WARNING, TAKE),
        ("再见", WARNING, TAKE),
        ("接着说", WARNING, LET_PASS),
        ("下一步", WARNING, LET_PASS),
        ("说简单点", WARNING, LET_PASS),
        ("从头开始", WARNING, LET_PASS),
        ("去营业厅要带什么证件", WARNING, LET_PASS),
        # Its own words, and what they sound like.
        ("说转人工", GUIDE, LET_PASS),
        ("接通一后说转人工", GUIDE, LET_PASS),
        ("下一步", Moment("做好了，您说下一步。"), LET_PASS),
    ],
)
def test_at_the_end_of_the_turn(
    understanding: Understanding, words: str, moment: Moment, expected: Verdict
) -> None:
    assert _verdict(understanding, words, moment, final=True) is expected


def test_its_own_words_behind_a_likely_answer_are_no_answer(understanding: Understanding) -> None:
    echo = Moment("您直接问就行，不想听了就说再见。")
    assert (
        _verdict(understanding, "再见", echo, final=True, others=("部下听了就说再见",)) is LET_PASS
    )
    assert _verdict(understanding, "再见", GUIDE, final=True, others=("在线",)) is TAKE


def test_what_is_hardly_audible_counts_only_where_it_is_sure(understanding: Understanding) -> None:
    words = "那个月卡的事情怎么说"
    assert _verdict(understanding, words, GUIDE, final=True) is TAKE
    assert _verdict(understanding, words, GUIDE, final=True, clarity=0.4) is LET_PASS
    assert _verdict(understanding, "去营业厅要带什么证件", GUIDE, final=True, clarity=0.4) is TAKE
    assert _verdict(understanding, "再见", GUIDE, final=True, clarity=0.4) is LET_PASS
    assert _verdict(understanding, "停", GUIDE, final=True, clarity=0.4) is TAKE
    assert _verdict(understanding, "不，不", GUIDE, final=True) is TAKE
    assert _verdict(understanding, "不，不", GUIDE, final=True, clarity=0.4) is LET_PASS
    assert _verdict(understanding, "下一步", GUIDE, final=True, clarity=0.4) is LET_PASS


def test_before_it_only_a_stop_acts(understanding: Understanding) -> None:
    for words, expected in (("停", TAKE), ("别说了", TAKE), ("去营业厅", WAIT), ("嗯", WAIT)):
        assert _verdict(understanding, words, GUIDE, final=False) is expected


def test_own_words_are_known_by_their_sound() -> None:
    said = "打幺零零幺零，接通以后说转人工。"
    assert is_own("打幺零零幺零", said)
    assert is_own("借通以后说转人功", said)
    assert not is_own("停", said)
    assert not is_own("去营业厅要带什么", said)
    assert not is_own("", said)
    assert not is_own("打幺零零幺零接通以后说转人工好吗我想问营业厅在哪里", "打幺零零幺零")


def test_a_warning_is_known_by_its_words(unicom: Pack) -> None:
    guarded = [entry for entry in unicom.entries.values() if entry.consent]
    assert guarded
    for entry in guarded:
        assert warns(unicom, entry.answer)
        assert warns(unicom, (*entry.answer, "接着办，说『下一步』。"))
        assert not warns(unicom, entry.answer[1:])
    assert not warns(unicom, Reply().say)
    assert not warns(unicom, unicom.prompts["greeting"])
