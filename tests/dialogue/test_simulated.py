"""A thousand simulated users at 15 % confused syllables, over the real pack and its understanding."""

from __future__ import annotations

import random

import pytest

from tests.dialogue.simulated import NOISE, Account, Figures, Persona, World, figures
from voice.content.entries import Pack
from voice.understand.understanding import Understanding

RUNS = 1_000


@pytest.fixture(scope="module")
def world(unicom: Pack, understanding: Understanding) -> World:
    return World(unicom, understanding)


@pytest.fixture(scope="module")
def found(world: World) -> Figures:
    return figures([world.run(seed) for seed in range(RUNS)])


@pytest.mark.slow
def test_they_reach_what_they_wanted(found: Figures) -> None:
    assert found.success >= 0.95, str(found)


@pytest.mark.slow
def test_nobody_hears_the_irreversible_step_without_the_offer(world: World, found: Figures) -> None:
    assert found.missed_offers == 0, str(found)


@pytest.mark.slow
def test_they_hardly_ever_hear_a_wrong_answer(found: Figures) -> None:
    assert found.wrong <= 0.02, str(found)


def test_a_conversation_is_the_same_for_the_same_seed(world: World) -> None:
    assert world.run(7).lines == world.run(7).lines


def test_the_accent_confuses_the_share_it_is_told_to(world: World) -> None:
    chance = random.Random(0)
    words = "联通的月卡怎么取消掉，我不想要了" * 50
    said = world.accent.say(words, NOISE, chance)
    changed = sum(a != b for a, b in zip(words, said, strict=True)) / len(words)
    assert 0.05 <= changed <= NOISE + 0.02


def test_without_an_accent_nothing_is_changed(world: World) -> None:
    account = world.run(3, Persona(noise=0.0))
    assert all(" / " not in line or _unchanged(line) for line in account.lines)


def _unchanged(line: str) -> bool:
    words, _, said = line.partition(" -> ")[0].partition(" / ")
    return words == said


def test_figures_add_up() -> None:
    accounts = [
        Account(1, "a", reached=True, turns=2),
        Account(2, "b", turns=4, wrong=["c"], missed_offer=True),
    ]
    found = figures(accounts)
    assert (found.success, found.turns, found.wrong, found.missed_offers) == (0.5, 3.0, 0.5, 1)
    assert (found.unsuccessful, found.misled) == ((2,), (2,))
