"""Which sounds are merged, and that nothing else is."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice.understand.confusion import (
    FINAL_PAIRS,
    INITIAL_PAIRS,
    class_code,
    class_of_sound,
    codes,
    corrupted,
    split,
    substitutes,
)
from voice.understand.syllables import readings, sounds, toneless

HAN = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5).filter(toneless)
SOUNDS = st.lists(HAN.map(lambda character: toneless(character)[0]), max_size=40).map(tuple)


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("注销", "租销"), ("身份证", "森份增"), ("十", "四"), ("是", "四"),  # zh ch sh
        ("联通", "年通"), ("流量", "牛酿"), ("您", "林"),  # n l
        ("话费", "发费"), ("副卡", "护卡"), ("客服", "克户"), ("人工", "伦工"),  # f hu, r l
        ("停", "廷"), ("生效", "森效"), ("身份", "声奉"), ("停", "听"),  # in ing, en eng
        ("网上", "晚善"), ("方便", "翻便"), ("账单", "占当"),  # an ang
        ("岁", "谁"), ("论", "嫩"),  # medials lost
        ("会", "费"), ("混", "份"), ("回", "飞"), ("花", "发"), ("黄", "房"), ("户", "副"),  # hu and f again
        ("取消", "起消"), ("余额", "移额"),  # ü i
    ],
)  # fmt: skip
def test_accents_are_written_alike(said: str, heard: str) -> None:
    assert [codes(character)[0] for character in said] == [
        codes(character)[0] for character in heard
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("退", "费"),
        ("卡", "打"),
        ("取", "出"),
        ("查", "家"),
        ("办", "看"),
        ("要", "叫"),
        ("停", "电"),
        ("三", "山西"[1]),
    ],
)
def test_other_sounds_stay_apart(one: str, other: str) -> None:
    assert codes(one)[0] != codes(other)[0]


@given(HAN)
def test_a_class_of_a_sound_is_the_class_of_its_syllable(character: str) -> None:
    for syllable in readings(character):
        assert class_of_sound(syllable.toneless) == class_code(syllable)
        assert "".join(split(syllable.toneless)) == syllable.toneless


def test_every_listed_confusion_is_one() -> None:
    for one, other in INITIAL_PAIRS:
        assert f"{other}ang" in substitutes(f"{one}ang")
    for one, other in FINAL_PAIRS:
        assert f"t{other}" in substitutes(f"t{one}")
        assert f"t{one}" in substitutes(f"t{other}")


@given(HAN)
def test_a_substitute_differs_in_one_listed_pair(character: str) -> None:
    sound = toneless(character)[0]
    initial, final = split(sound)
    for other in substitutes(sound):
        kinds = [
            (initial, split(other)[0]) in INITIAL_PAIRS
            or (split(other)[0], initial) in INITIAL_PAIRS,
            any(
                other == initial + b
                for a, b in (*FINAL_PAIRS, *((b, a) for a, b in FINAL_PAIRS))
                if a == final
            ),
            any(other == b + final for a, b in INITIAL_PAIRS if a == initial),
        ]
        assert any(kinds), f"{sound} became {other}"
        assert other != sound


@given(SOUNDS, st.floats(0, 1), st.integers())
def test_corruption_changes_nothing_but_to_substitutes(
    said: tuple[str, ...], share: float, seed: int
) -> None:
    heard = corrupted(said, share, random.Random(seed))
    assert len(heard) == len(said)
    for one, other in zip(said, heard, strict=True):
        assert one == other or other in substitutes(one)


@given(SOUNDS, st.integers())
def test_nothing_or_all_is_corrupted_at_the_ends(said: tuple[str, ...], seed: int) -> None:
    assert corrupted(said, 0.0, random.Random(seed)) == said
    heard = corrupted(said, 1.0, random.Random(seed))
    assert all(a != b for a, b in zip(said, heard, strict=True) if substitutes(a))


@pytest.mark.parametrize("share", [0.1, 0.2, 0.4])
def test_about_the_share_asked_for_is_corrupted(share: float) -> None:
    said = tuple(s for s in sounds("身份证在联通营业厅取消月卡") if substitutes(s)) * 300
    heard = corrupted(said, share, random.Random(1))
    changed = sum(a != b for a, b in zip(said, heard, strict=True)) / len(said)
    assert changed == pytest.approx(share, abs=0.03)


def test_the_same_chance_corrupts_alike() -> None:
    said = sounds("身份证在联通营业厅取消月卡")
    assert corrupted(said, 0.5, random.Random(7)) == corrupted(said, 0.5, random.Random(7))
