"""The pack that people use: complete, honest about what is doubtful, and easy to say aloud."""

from __future__ import annotations

import re

import pytest

from voice.config import find_folders
from voice.content.check import check_pack
from voice.content.entries import Entry, Evidence, Kind, Pack
from voice.content.loader import load_pack

PROPOSALS = {7, 11, 14, 19, 20, 21, 25, 27, 29, 31, 33, 34}
"""Sections of the article that say what might be, or what nobody can check."""
HEDGE = re.compile("建议|将来|可能|不一定|没写")
AMOUNT = re.compile(
    "[零一二两三四五六七八九十百千万几半]+(元|块|毛|角|分钱)|百分之|[一二三四五六七八九]成"
)
FORMULA = re.compile("剩余月份|月数?乘|乘以|按比例|折算|补贴.{0,4}(退|扣)")
PENALTY = re.compile("违约金|赔")
OUTDATED = re.compile("次月|联通官方App|手机营业厅")


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_pack(find_folders().content)


def said(entry: Entry) -> list[str]:
    """Everything an entry says, one string for each thing that is said at once."""
    parts = [entry.answer, entry.simple, entry.more, entry.done, (entry.title,)]
    for step in entry.steps:
        parts += [step.say, step.simple, step.more]
    return ["".join(part) for part in parts if part]


def test_it_has_no_fault() -> None:
    assert [str(fault) for fault in check_pack(find_folders().content)] == []


def test_it_knows_enough_ways_to_ask(pack: Pack) -> None:
    counts = {entry.id: len(entry.phrasings) for entry in pack.entries.values()}
    for entry in (*pack.by_kind(Kind.GUIDE, Kind.CHANNELS), pack.entries["precaution.penalty"]):
        assert counts[entry.id] >= 60, entry.id
    for entry in pack.by_kind(Kind.FAQ, Kind.PRECAUTION, Kind.BACKGROUND):
        assert counts[entry.id] >= 30, entry.id
    for entry in pack.by_kind(Kind.HANDOFF):
        assert counts[entry.id] >= 15, entry.id
    assert sum(counts.values()) >= 2_500


def test_every_section_of_the_article_has_an_entry(pack: Pack) -> None:
    told = {number for entry in pack.entries.values() for number in entry.source.sections}
    assert told == set(range(1, 35))


def test_no_proposal_is_spoken_as_existing(pack: Pack) -> None:
    checked = 0
    for entry in pack.by_kind(Kind.BACKGROUND):
        if set(entry.source.sections) & PROPOSALS:
            checked += 1
            assert HEDGE.search("".join(entry.answer)), entry.id
    assert checked >= 7


def test_one_click_and_tracking_are_never_promised(pack: Pack) -> None:
    for entry in pack.entries.values():
        for text in said(entry):
            if re.search("一键|自助终端|智能客服|大数据", text) and text != entry.title:
                assert HEDGE.search(text) or "设想" in text, (entry.id, text)


def test_no_amount_and_no_formula_of_a_penalty_is_spoken(pack: Pack) -> None:
    checked = 0
    for entry in pack.entries.values():
        for text in said(entry):
            if PENALTY.search(text):
                checked += 1
                assert not AMOUNT.search(text), (entry.id, text)
                assert not FORMULA.search(text), (entry.id, text)
    assert checked > 10


def test_no_price_is_spoken(pack: Pack) -> None:
    for entry in pack.entries.values():
        for text in said(entry):
            for found in AMOUNT.finditer(text):
                surveyed = entry.id == "background.satisfaction"
                assert surveyed or "几块" in found[0], (entry.id, text)


def test_the_question_before_the_warning_does_not_tell_it(pack: Pack) -> None:
    penalty = pack.entries["precaution.penalty"]
    assert penalty.consent
    assert not re.search("违约金|合约期|可能要交", penalty.consent_question)
    assert all(answer not in penalty.consent_question for answer in penalty.answer)
    for guide in pack.by_kind(Kind.GUIDE):
        assert guide.warning == penalty.id
        assert guide.steps[-1].irreversible


def test_the_warning_says_what_it_must_in_order(pack: Pack) -> None:
    text = "".join(pack.entries["precaution.penalty"].answer)
    places = [
        text.index(word) for word in ("合约期", "可能", "违约金", "查不到", "幺零零幺零", "副卡")
    ]
    assert places == sorted(places)


def test_the_law_is_the_law_in_force(pack: Pack) -> None:
    law = "".join(pack.entries["background.law"].answer)
    assert "民法典" in law
    assert re.search("合同法.{0,4}废止", law)


def test_percentages_are_said_with_a_doubt(pack: Pack) -> None:
    text = "".join(pack.entries["background.satisfaction"].answer)
    assert "百分之八十五" in text
    assert "不一定准" in text


def test_what_rests_on_doubtful_pages_is_hedged(pack: Pack) -> None:
    doubtful = [e for e in pack.entries.values() if e.source.evidence is Evidence.THIRD_PARTY]
    assert len(doubtful) >= 5
    for entry in doubtful:
        answer = "".join(entry.answer)
        assert re.search("一般|多半|可能|不一定|查不到|问|说不准", answer), entry.id


def test_what_hands_over_says_to_whom(pack: Pack) -> None:
    someone = re.compile(
        "幺零零幺零|幺零零幺五|营业厅|律师|幺二三四八|客服|家里人|报警|联系不上|只好问联通|不知道"
    )
    for entry in pack.by_kind(Kind.HANDOFF):
        assert someone.search("".join(entry.answer)), entry.id


def test_whoever_calls_first_gets_no_code(pack: Pack) -> None:
    assert re.search("验证码.{0,8}别给", "".join(pack.entries["handoff.scam_call"].answer))


def test_no_outdated_or_misleading_words_are_spoken(pack: Pack) -> None:
    for entry in pack.entries.values():
        for text in said(entry):
            if entry.id != "faq.app_name":
                assert not OUTDATED.search(text), (entry.id, text)
            assert not re.search(r"\d", text), (entry.id, text)
