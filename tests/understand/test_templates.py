"""Templates fit the sound, all of it, or they do not fit."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice.errors import ContentError
from voice.understand.templates import (
    Templates,
    compile_template,
    opposites_apart,
    spell,
    spell_out,
    units,
)

HAN_TEXT = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), max_size=30)


def covers(template: str, text: str) -> bool:
    return compile_template(template).covers(spell(text))


@pytest.mark.parametrize(
    ("template", "text", "fits"),
    [
        ("再说一遍", "再说一遍", True),
        ("再说一遍", "在说一变", True),
        ("再说一遍", "再说一", False),
        ("再说一遍", "再说一遍吧", False),
        ("再说一遍", "请再说一遍", False),
        ("再(说|讲)一遍", "再讲一遍", True),
        ("再(说|讲)一遍", "再念一遍", False),
        ("再(说|讲|)一遍", "再一遍", True),
        ("[请]再说一遍", "再说一遍", True),
        ("[请|麻烦你]再说一遍", "麻烦你再说一遍", True),
        ("[请|麻烦你]再说一遍", "请麻烦你再说一遍", False),
        ("（再|重新）说", "重新说", True),
        ("再~一遍", "再一遍", True),
        ("再~一遍", "再给我好好说一遍", False),
        ("再~一遍", "再给我好说一遍", True),
        ("再 说 一 遍", "再说一遍", True),
        ("(那|就)*走", "走", True),
        ("(那|就)*走", "那就走", True),
        ("(那|就)*走", "那就就那走", True),
        ("(那|就)*走", "那就那就那走", False),
        ("下一步", "上一步", False),
        ("要", "不要", False),
        ("停", "听", False),
        ("听", "停", False),
        ("停", "亭", True),
        ("行", "行", True),
        ("还要", "还要", True),
    ],
)
def test_a_template_covers_what_sounds_the_same(template: str, text: str, fits: bool) -> None:
    assert covers(template, text) is fits


@given(HAN_TEXT.filter(bool))
def test_any_plain_text_covers_itself(text: str) -> None:
    assert covers(text, text)


@given(HAN_TEXT.filter(bool), HAN_TEXT.filter(bool))
def test_nothing_is_matched_nearly(one: str, other: str) -> None:
    if covers(one, other):
        assert len(one) == len(other)
        for a, b in zip(one, other, strict=True):
            # A character without a reading stands for itself alone.
            assert a == b or opposites_apart(b)[0] in opposites_apart(a)


@pytest.mark.parametrize(
    ("template", "text", "span"),
    [
        ("月卡", "我的月卡不要了", (2, 4)),
        ("月卡", "我的约卡不要了", (2, 4)),
        ("退(掉|)", "怎么退掉", (2, 4)),
        ("月卡", "怎么退", None),
        ("月卡", "", None),
        ("卡|月卡", "月卡", (0, 2)),
        ("电话", "打电话别打电话", (1, 3)),
        ("一", "第一一步", (1, 2)),
    ],
)
def test_a_part_is_found_where_it_stands(
    template: str, text: str, span: tuple[int, int] | None
) -> None:
    assert compile_template(template).found_in(spell(text)) == span


@pytest.mark.parametrize("template", ["再(说", "再说)", "[再", "再]说)", ")再("])
def test_unbalanced_brackets_are_named(template: str) -> None:
    with pytest.raises(ContentError, match="not well formed"):
        Templates(["好", template])


@pytest.mark.parametrize("template", ["*", "再*", "[再]*", "(再|又)**", "~*"])
def test_a_repetition_of_no_group_is_named(template: str) -> None:
    with pytest.raises(ContentError, match="behind no group"):
        Templates(["好", template])


@pytest.mark.parametrize("special", ["a.b", "+", "月?卡", "^", "$", "\\"])
def test_other_signs_mean_themselves(special: str) -> None:
    assert covers(special, special)
    assert not covers(special, "月")


@given(HAN_TEXT)
def test_spelling_is_one_syllable_a_character(text: str) -> None:
    assert spell(text).count(" ") == len(text)
    assert len(units(text)) == len(text)


def test_only_listening_and_stopping_keep_their_tone() -> None:
    assert spell("听停") == "ting1 ting2 "
    assert units("听停") == ["ting", "ting"]
    assert spell("卖买") == "mai mai "


MANY = ("再说[一]遍", "(慢|快)一点", "月卡", "[嗯]", "卡~退")


@given(st.text(st.sampled_from("再说一遍慢快点月卡退嗯停"), max_size=12))
def test_many_templates_together_fit_what_each_alone_fits(text: str) -> None:
    each, together, spelled = (
        [compile_template(source) for source in MANY],
        Templates(MANY),
        spell(text),
    )
    assert together.cover(spelled) is any(template.covers(spelled) for template in each)
    spans = [span for template in each if (span := template.found_in(spelled))]
    assert together.occur_in(spelled) is bool(spans)
    assert together.longest_in(spelled) == max((end - start for start, end in spans), default=0)


def test_no_templates_fit_nothing() -> None:
    none = Templates(())
    assert not none.cover("")
    assert not none.occur_in(spell("月卡"))
    assert none.longest_in(spell("月卡")) == 0


def test_templates_may_compare_characters_instead_of_sounds() -> None:
    titles = Templates(["字幕由~提供"], by_sound=False)
    assert titles.occur_in(spell_out("字幕由某某提供"))
    assert not titles.occur_in(spell_out("字母有某某提供"))
