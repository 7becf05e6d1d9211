"""Consent is safe: no phrase of refusal, question or doubt is ever taken for a yes."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice.content.command_names import Command
from voice.content.entries import Pack
from voice.understand.consent import beside, classify
from voice.understand.consent_words import Consent, ConsentWords
from voice.understand.normal import normalise

NEGATIONS = (
    "不",
    "别",
    "莫",
    "甭",
    "没",
    "没有",
    "不是",
    "不想",
    "先不",
    "先别",
    "不要",
    "不用",
    "绝不",
    "并不",
    "不愿意",
)
PLAIN = ConsentWords.of(
    ["要", "好", "是的", "听", "没错"],
    ["不要", "不", "不是", "不听", "别说"],
    {"small_words": ["嗯", "那个", "吧", "我"]},
)


def plain(text: str) -> Consent:
    return classify(normalise(text), PLAIN)


@pytest.fixture(scope="module")
def words(unicom: Pack) -> ConsentWords:
    """The phrases that people use."""
    commands = unicom.commands
    return ConsentWords.of(
        commands[Command.YES].phrases, commands[Command.NO].phrases, unicom.lexicon
    )


@pytest.mark.parametrize(
    ("text", "consent"),
    [
        ("要", Consent.YES),
        ("嗯那个要吧", Consent.YES),
        ("要，好", Consent.YES),
        ("没错", Consent.YES),
        ("不要", Consent.NO),
        ("我不要吧", Consent.NO),
        # A comma that a recogniser writes makes no consent.
        ("不，听", Consent.NO),
        ("不，要", Consent.NO),
        ("别说，要", Consent.YES),
        ("不，不要", Consent.NO),
        ("步要", Consent.NO),
        ("要，不要", Consent.NO),
        ("不要，要", Consent.YES),
        ("要不要", Consent.UNCLEAR),
        ("好不好", Consent.UNCLEAR),
        ("不要要", Consent.UNCLEAR),
        ("要月卡", Consent.UNCLEAR),
        ("要，月卡", Consent.UNCLEAR),
        ("月卡", Consent.UNCLEAR),
        ("停", Consent.UNCLEAR),
        ("嗯那个", Consent.UNCLEAR),
        ("", Consent.UNCLEAR),
    ],
)
def test_small_words_change_nothing_and_the_last_clause_decides(
    text: str, consent: Consent
) -> None:
    assert plain(text) is consent


@given(
    st.lists(
        st.sampled_from(["要", "好", "听", "不", "别说", "嗯", "吧", "我", "，", "是", "没"]),
        max_size=8,
    )
)
def test_what_ends_in_a_refusal_is_never_a_yes(pieces: list[str]) -> None:
    assert plain("".join([*pieces, "不要"])) is not Consent.YES
    assert (
        plain("".join([*pieces, "，", "不听"])) is Consent.NO
        or plain("".join(pieces)) is Consent.UNCLEAR
    )


@given(st.text(max_size=40))
def test_any_text_has_an_answer(text: str) -> None:
    assert plain(text) in Consent
    assert beside(normalise(text), PLAIN) in Consent


@pytest.mark.parametrize(
    ("text", "consent"),
    [
        ("要，你讲吧我记一下", Consent.YES),
        ("不要，你讲吧我记一下", Consent.NO),
        ("要不要，你讲", Consent.UNCLEAR),
        ("要", Consent.UNCLEAR),
        ("你讲，要", Consent.YES),
        ("都准备好了，要", Consent.YES),
        ("我耳朵不好使，要，你慢点", Consent.YES),
        ("刚才问我要不要来着，要", Consent.YES),
        ("人家都说要，不要", Consent.NO),
        ("我不要你讲那个，要", Consent.UNCLEAR),
        ("今天先不要吧我看，要", Consent.UNCLEAR),
    ],
)
def test_one_clause_may_answer_beside_a_story(text: str, consent: Consent) -> None:
    assert beside(normalise(text), PLAIN) is consent


def test_a_phrase_that_sounds_like_a_refusal_is_one() -> None:
    words = ConsentWords.of(["布要"], ["不要"], {"small_words": ["不要"]})
    assert classify(normalise("不要"), words) is Consent.NO


def test_no_words_at_all_answer_nothing() -> None:
    assert classify(normalise("要"), ConsentWords.of([], [], {})) is Consent.UNCLEAR


# From here on: the phrases of the pack that people use, one and all.


def test_every_phrase_says_what_it_is_listed_for(unicom: Pack, words: ConsentWords) -> None:
    for name, consent in ((Command.YES, Consent.YES), (Command.NO, Consent.NO)):
        wrong = [
            p for p in unicom.commands[name].phrases if classify(normalise(p), words) is not consent
        ]
        assert not wrong


@pytest.mark.parametrize(
    "text",
    [
        "打哪个号",
        "是哪个号啊",
        "我八十了",
        "号码我还要",
        "我的号被盗了",
        "哎哟，我这腰",
        "你说得好听",
        "我有个事",
        "我刚才说到",
        "不是，我是说",
        "第四的那个",
        "听说",
        "要是",
        "好麻烦",
        "我就是想",
        "你还在不在",
        "你累不累",
        "我七十八了",
    ],
)
def test_what_only_sounds_like_small_words_and_an_answer_is_none(
    words: ConsentWords, text: str
) -> None:
    """A whole clause may be one phrase by its sound; made of several it is to be written as they are listed."""
    assert classify(normalise(text), words) in (Consent.UNCLEAR, Consent.WAIT)


@pytest.mark.parametrize(
    ("text", "consent"),
    [
        ("那就要", Consent.YES),
        ("药听", Consent.YES),
        ("步听", Consent.NO),
        ("那就不听吧", Consent.NO),
    ],
)
def test_an_answer_that_was_misheard_counts_as_one_phrase(
    words: ConsentWords, text: str, consent: Consent
) -> None:
    assert classify(normalise(text), words) is consent


@pytest.mark.parametrize("negation", NEGATIONS)
def test_no_negated_yes_is_a_yes(unicom: Pack, words: ConsentWords, negation: str) -> None:
    listed = set(unicom.commands[Command.YES].phrases)
    taken = [
        phrase
        for phrase in listed
        if classify(normalise(negation + phrase), words) is Consent.YES
        and phrase != "就是"  # 「不就是」 means 「isn't it just」 and is listed
    ]
    assert not taken


def test_no_refusal_is_a_yes_whatever_small_words_stand_around_it(
    unicom: Pack, words: ConsentWords
) -> None:
    around = (
        ("嗯", ""),
        ("那个", "吧"),
        ("好，", "啊"),
        ("可", "啊"),
        ("我", "了"),
        ("", "行"),
        ("行", "的"),
        ("", "好"),
        ("", "听"),
    )
    for phrase, (before, behind) in product(unicom.commands[Command.NO].phrases, around):
        text = before + phrase + behind
        assert classify(normalise(text), words) is not Consent.YES, text


def test_no_yes_behind_which_a_refusal_follows_is_a_yes(unicom: Pack, words: ConsentWords) -> None:
    for phrase, refusal in product(
        unicom.commands[Command.YES].phrases,
        ("不要", "不听", "不用了", "算了", "还是别说了", "不行"),
    ):
        for text in (phrase + refusal, f"{phrase}，{refusal}"):
            assert classify(normalise(text), words) is not Consent.YES, text


@pytest.mark.parametrize(
    "text",
    [
        "要不要",
        "好不好",
        "行不行",
        "对不对",
        "听不听",
        "是不是",
        "能不能",
        "可不可以",
        "要不要听",
        "想不想听",
        "要还是不要",
        "听还是不听",
        "是不是要听",
        "好不好呢",
        "要不要啊",
        "不说行吗",
        "不听可以吗",
        "别说行不行",
        "要好久",
        "要好久嘛",
    ],
)
def test_a_question_is_no_yes(words: ConsentWords, text: str) -> None:
    assert classify(normalise(text), words) is not Consent.YES


@pytest.mark.parametrize(
    "text", ["要吗", "好吗", "是吗", "对吗", "行吗", "可以吗", "要听吗", "真要听吗"]
)
def test_a_question_with_its_particle_is_no_answer(words: ConsentWords, text: str) -> None:
    assert classify(normalise(text), words) is Consent.UNCLEAR
    assert beside(normalise(f"{text}，你说呢"), words) is Consent.UNCLEAR


@pytest.mark.parametrize(
    "text", ["可不要啊", "可不好啊", "可不行了", "可不对啊", "可不听啊", "可不行行"]
)
def test_what_may_be_a_refusal_is_no_yes(words: ConsentWords, text: str) -> None:
    assert classify(normalise(text), words) is not Consent.YES


@pytest.mark.parametrize("text", ["好嘛", "要嘛", "要得嘛", "行嘛"])
def test_a_soft_yes_stays_a_yes(words: ConsentWords, text: str) -> None:
    assert classify(normalise(text), words) is Consent.YES


@pytest.mark.parametrize(
    "text", ["不是不要", "不是不想听", "没有不要", "不是不听", "也不是不要", "我不是不想听"]
)
def test_a_double_negative_is_unclear(words: ConsentWords, text: str) -> None:
    assert classify(normalise(text), words) is Consent.UNCLEAR


@pytest.mark.parametrize(
    "text", ["不是不是", "不要不要", "不不不", "不用不用不用", "不要，不要不要", "不是，不要"]
)
def test_a_repeated_refusal_stays_one(words: ConsentWords, text: str) -> None:
    assert classify(normalise(text), words) is Consent.NO


@pytest.mark.parametrize(
    "text",
    [
        "停",
        "停下",
        "别说了停",
        "要停",
        "好停",
        "取消",
        "取消吧",
        "那就取消",
        "Okay",
        "Okay Okay",
        "字幕由社群提供",
        "谢谢观看",
        "随便",
        "都行",
        "再说一遍",
        "下一步",
        "为什么",
        "怎么取消",
        "呃",
        "那个那个",
        "违约金",
    ],
)
def test_what_answers_nothing_is_no_yes(words: ConsentWords, text: str) -> None:
    assert classify(normalise(text), words) is not Consent.YES


def test_a_polite_word_beside_a_denial_is_no_yes(words: ConsentWords) -> None:
    """好 may mean nothing; 要听 means what it says."""
    assert beside(normalise("我没那个耐心，好吧"), words) is not Consent.YES
    assert beside(normalise("我没那个耐心，可是要听"), words) is Consent.YES
    assert beside(normalise("刚才问我听不听来着，好"), words) is Consent.YES


@pytest.mark.parametrize(
    ("text", "consent"),
    [
        ("用不着，往下说", Consent.NO),
        ("没那个必要，您接着说", Consent.NO),
        ("听还是不听", Consent.WAIT),
        ("我那个，就是", Consent.UNCLEAR),
        ("嗯，就是", Consent.YES),
        ("这步成了", Consent.UNCLEAR),
    ],
)
def test_what_only_goes_on_or_hesitates_agrees_to_nothing(
    words: ConsentWords, text: str, consent: Consent
) -> None:
    assert classify(normalise(text), words) is consent


@pytest.mark.parametrize(
    ("text", "consent"),
    [
        ("那单子上写的是啥，你说说", Consent.UNCLEAR),
        ("那提醒是啥，你说说", Consent.YES),
        ("我哪有那个空，你往下讲", Consent.UNCLEAR),
        ("我没心思弄这个，你讲吧", Consent.UNCLEAR),
        ("肯定要听，不听我心里没底", Consent.YES),
        ("当然要听，钱的事不能马虎", Consent.YES),
    ],
)
def test_an_invitation_counts_for_what_stands_beside_it(
    words: ConsentWords, text: str, consent: Consent
) -> None:
    assert beside(normalise(text), words.about(["提醒", "违约金"])) is consent
