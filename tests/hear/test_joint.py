"""Where what was played is joined to what is heard."""

from __future__ import annotations

import numpy as np
import pytest

from voice.hear.joint import BEHIND, SLIP, WINDOW, Joint

BURST = 480
"""Samples, 30 ms, by which leads jump to and fro."""


def _leads(middle: int, count: int, seed: int = 1) -> list[int]:
    jumps = np.random.default_rng(seed).integers(-BURST, BURST + 1, count)
    return [middle + int(jump) for jump in jumps]


def _followed(joint: Joint, leads: list[int], *, sounding: bool) -> list[int]:
    places = []
    for lead in leads:
        joint.follow(lead, sounding=sounding)
        places.append(joint.place)
    return places


def test_it_lies_behind_the_usual_lead() -> None:
    joint = Joint()
    places = _followed(joint, _leads(4000, 300), sounding=False)
    assert places[-1] == pytest.approx(4000 - BEHIND, abs=240)


def test_bursts_and_drifting_clocks_do_not_move_it_while_something_sounds() -> None:
    joint = Joint()
    _followed(joint, _leads(4000, WINDOW), sounding=False)
    drifting = [lead - number // 50 for number, lead in enumerate(_leads(4000, 15_000))]
    assert len(set(_followed(joint, drifting, sounding=True))) == 1


def test_it_follows_a_drift_in_the_silence_after() -> None:
    joint = Joint()
    _followed(joint, _leads(4000, WINDOW), sounding=True)
    places = _followed(joint, _leads(2500, 2 * WINDOW), sounding=False)
    assert places[-1] == pytest.approx(2500 - BEHIND, abs=240)


def test_it_follows_a_slip_at_once_known_for_sure() -> None:
    joint = Joint()
    _followed(joint, _leads(4000, WINDOW), sounding=True)
    places = _followed(joint, _leads(4000 - 2 * SLIP, 2 * WINDOW), sounding=True)
    assert places[0] == pytest.approx(4000 - BEHIND, abs=240)
    assert places[-1] == pytest.approx(4000 - 2 * SLIP - BEHIND, abs=SLIP)
