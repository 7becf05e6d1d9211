"""The classifier of a small pack, learned."""

from __future__ import annotations

import numpy as np
import pytest

from voice.content.entries import Pack
from voice.understand.classifier import Classifier
from voice.understand.learning import fit
from voice.understand.normal import normalise


@pytest.fixture(scope="module")
def learned(teashop: Pack) -> Classifier:
    """Fitted once."""
    return fit(teashop)


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("怎么泡绿茶", "guide.brew"),
        ("怎么炮绿查", "guide.brew"),
        ("烫到怎么办", "precaution.scald"),
        ("今天下雨吗", "elsewhere.weather"),
        ("贵不贵", "faq.price"),
    ],
)
def test_what_was_learned_is_known_again_and_by_its_sound(
    learned: Classifier, text: str, entry: str
) -> None:
    judged = learned.judge([(normalise(text), 1.0)])
    assert learned.classes[int(np.argmax(judged.probabilities))] == entry
