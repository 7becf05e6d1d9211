"""One spelling for what was heard, however it was written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice.understand.normal import (
    MAX_CHARACTERS,
    fluent,
    normalise,
    shown,
    simplified,
    without_denied,
    without_stammer,
)

HAN_ONLY = {*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000)}
# Ideographic description characters make opencc take what follows for one character.
ANY_TEXT = st.text(st.characters(exclude_characters="".join(map(chr, range(0x2FF0, 0x3000)))))


@given(ANY_TEXT)
def test_any_text_becomes_han_characters_only(text: str) -> None:
    utterance = normalise(text)
    assert "".join(utterance.clauses) == utterance.text
    assert all(utterance.clauses)
    assert all(ord(character) in HAN_ONLY for character in utterance.text)


@given(ANY_TEXT)
def test_a_clause_in_normal_form_stays_as_it_is(text: str) -> None:
    for clause in normalise(text).clauses:
        assert normalise(clause).clauses == (clause,)


@given(ANY_TEXT)
def test_what_is_shown_means_what_was_heard(text: str) -> None:
    utterance = normalise(text)
    assert shown(utterance.shown) == utterance.shown
    assert normalise(utterance.shown) == utterance


@pytest.mark.parametrize(
    "text", ["", " ", "　", "\x00", "。，！", "\ud800", "😀", "\u202e", "\n\t"]
)
def test_nothing_said_is_an_empty_utterance(text: str) -> None:
    assert normalise(text).text == ""
    assert normalise(text).clauses == ()


def test_endless_text_is_cut() -> None:
    assert len(normalise("取消" * 100_000).text) == MAX_CHARACTERS


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("取消聯通月卡要違約金嗎", "取消联通月卡要违约金吗"),
        ("營業廳怎麼走", "营业厅怎么走"),
        ("怎么 取消 月 卡", "怎么取消月卡"),
        ("怎么取消月卡？？？", "怎么取消月卡"),
        ("ＡＰＰ里怎么退", "诶批批里怎么退"),
        ("App里怎么退", "诶批批里怎么退"),
        ("第2步", "第二步"),
    ],
)
def test_spellings_of_one_sentence(written: str, text: str) -> None:
    assert normalise(written).text == text


@pytest.mark.parametrize(
    "number", ["10010", "幺零零幺零", "一零零一零", "１００１０", "一〇〇一〇", "妖洞洞妖洞"]
)
def test_spellings_of_the_hotline(number: str) -> None:
    assert normalise(f"打{number}怎么退").text == "打一零零一零怎么退"


def test_small_numbers_keep_the_words_people_say() -> None:
    assert normalise("两张卡").text == "两张卡"
    assert normalise("幺儿").text == "幺儿"


def test_spaces_part_clauses_where_phrases_stand_between_them() -> None:
    assert normalise("软件装好了 也登上去了 后头呢").clauses == (
        "软件装好了",
        "也登上去了",
        "后头呢",
    )
    assert normalise("我 想 退 月 卡").clauses == ("我想退月卡",)


def test_punctuation_parts_clauses() -> None:
    utterance = normalise("我 眼睛 不好，月卡怎么退？打电话行吗。")
    assert utterance.clauses == ("我眼睛不好", "月卡怎么退", "打电话行吗")
    assert utterance.shown == "我眼睛不好,月卡怎么退?打电话行吗。"


def test_simplified_leaves_simplified_text_alone() -> None:
    assert simplified("联通月卡怎么取消") == "联通月卡怎么取消"


@pytest.mark.parametrize(
    ("said", "once"),
    [
        ("退退退卡", "退卡"),
        ("我想我想我想退卡", "我想退卡"),
        ("谢谢", "谢谢"),
        ("问问看", "问问看"),
    ],
)
def test_a_stammer_is_said_once(said: str, once: str) -> None:
    assert without_stammer(said) == once


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("我，我，我想退卡", "我想退卡"),
        ("那个那个那个月卡怎么退", "那个月卡怎么退"),
        ("打10001000怎么退", "打一零零零一零零零怎么退"),
        ("一百一百一百地扣", "一百一百一百地扣"),
        ("想退卡", "想退卡"),
    ],
)
def test_a_stammer_is_no_part_of_what_is_meant(said: str, meant: str) -> None:
    utterance = fluent(normalise(said))
    assert utterance.text == meant
    assert utterance.shown == normalise(said).shown


@given(st.text(max_size=80))
def test_what_is_fluent_stays_as_it_is(text: str) -> None:
    once = fluent(normalise(text))
    assert set(once.text) <= set(normalise(text).text)
    if without_stammer(once.shown) == once.shown:
        assert fluent(once) == once


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("不是打电话，是用手机，怎么退", "是用手机怎么退"),
        ("喂，我不是要注销，我是要退月卡", "喂我是要退月卡"),
        ("不是说要赔钱吗，是真的不", "不是说要赔钱吗是真的不"),
        ("不是很贵，是不是能退", "不是很贵是不是能退"),
        ("不是这个月退，怎么办", "不是这个月退怎么办"),
        ("我不是要停机，号留着，就是把月卡退了", "号留着就是把月卡退了"),
    ],
)
def test_a_clause_that_is_put_right_is_left_out(said: str, meant: str) -> None:
    assert without_denied(normalise(said)).text == meant


@pytest.mark.parametrize(
    ("text", "spelled"),
    [
        ("热线是24小时的吗", "热线是二十四小时的吗"),
        ("我今年70岁", "我今年七十岁"),
        ("扣了19块", "扣了十九块"),
        ("打10010", "打一零零一零"),
        ("二〇24年", "二零二四年"),
    ],
)
def test_figures_before_what_is_counted_are_read_in_tens(text: str, spelled: str) -> None:
    assert normalise(text).text == spelled
