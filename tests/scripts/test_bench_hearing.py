"""What the benchmark of hearing makes of speech, and how it counts."""

from __future__ import annotations

import random
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from benches.hearing.accent import southern
from benches.hearing.chart import chart
from benches.hearing.conditions import mixed, surroundings
from benches.hearing.tally import Tally

from voice.content.command_names import Command
from voice.hear.recogniser import SAMPLE_RATE
from voice.understand.meaning import Act, Candidate, Meaning
from voice.understand.syllables import readings


def test_the_accent_has_no_retroflex_and_no_final_ng_where_there_is_such_a_word() -> None:
    said = southern("上营业厅找客服取消套餐", random.Random(1))
    assert len(said) == 11
    sounds = [readings(character)[0] for character in said]
    assert not {sound.initial for sound in sounds} & {"zh", "ch", "sh"}
    assert str(sounds[1]) == "in2"
    assert said[3] == "厅"  # no word is said as 「tin」
    assert southern("App，10010", random.Random(1)) == "App，10010"


@pytest.mark.parametrize("db", [0.0, 10.0, 20.0])
def test_noise_lies_as_far_below_speech_as_asked(db: float) -> None:
    chance = np.random.default_rng(0)
    speech, noise = (0.01 * chance.standard_normal((2, SAMPLE_RATE))).astype(np.float32)
    left = mixed(speech, noise, db) - speech
    assert 10 * np.log10(np.mean(speech**2) / np.mean(left**2)) == pytest.approx(db, abs=0.1)


def test_surroundings_are_made_where_none_are_given() -> None:
    chance = np.random.default_rng(0)
    speech = (0.1 * chance.standard_normal(SAMPLE_RATE)).astype(np.float32)
    made = surroundings((), (), (speech,))
    assert len(made.noises) == 3
    assert all(np.abs(noise).max() > 0.001 for noise in made.noises)
    far = made.far(speech, chance)
    assert len(far) == len(speech) + SAMPLE_RATE // 2
    assert np.abs(far).max() < 0.5
    assert made.noisy(speech, chance).shape == speech.shape


def test_counting() -> None:
    tally = Tally(seconds=3600.0)
    right = (Candidate("a", 0.9),)
    tally.add(Meaning("", Act.ASK, candidates=right), "a")
    tally.add(Meaning("", Act.ASK, candidates=right), "b")
    tally.add(Meaning("", Act.MAYBE, candidates=right), "a")
    tally.add(Meaning("", Act.COMMAND, command=Command.STOP), "a")
    tally.add(Meaning("", Act.NOISE), "")
    numbers = tally.numbers()
    assert (numbers["right"], numbers["offered"], numbers["wrong"]) == (20.0, 20.0, 40.0)
    assert numbers["wrong_an_hour"] == 2.0


def test_the_picture_is_well_formed_and_has_a_bar_for_each_result() -> None:
    results = {
        "whisper": {"clean": Tally(2, 1), "far": Tally(2, 0)},
        "stock": {"clean": Tally(2, 2)},
    }
    picture = ET.fromstring(chart(results, "right & wrong"))  # noqa: S314 -- our own text
    bars = picture.findall("{http://www.w3.org/2000/svg}rect[@width='23']")
    assert len(bars) == 3
