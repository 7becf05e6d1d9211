"""What the model gets of phrases that are spoken in one breath."""

from __future__ import annotations

import numpy as np
import pytest

from voice.speak.breath import NUMBER_PACE, breath
from voice.speak.spoken import plan
from voice.speak.synthesiser import Phrase


def test_the_digits_of_a_telephone_number_are_slower_than_the_words() -> None:
    run = plan(["请打幺零零幺零问。"])
    paces = [part.pace for part in breath(run).parts]
    assert [phrase.text for phrase in run] == ["请打", "幺零零", "幺零", "问"]
    assert paces == [1.0, NUMBER_PACE, NUMBER_PACE, 1.0]


@pytest.mark.parametrize("text", ["零", "一共三步", "二零二一年", "三十分钟"])
def test_other_numbers_are_not(text: str) -> None:
    assert [part.pace for part in breath((Phrase(text, 0.7),)).parts] == [1.0]


def test_every_symbol_and_both_ends_have_a_pace() -> None:
    said = breath((Phrase("打", 0.5), Phrase("幺零", 0.5, joins=True)))
    paces = said.paces(1.2)
    assert paces.shape == (len(said.symbols) + 2,)
    first, number = said.parts
    assert np.allclose(paces[: number.first + 1], 1.2)
    assert np.allclose(paces[number.first + 1 : number.mark + 1], 1.2 * NUMBER_PACE)
    assert first.mark <= number.first
    assert np.allclose(paces[number.mark + 1 :], 1.2)
