"""What the classifier learns from."""

from __future__ import annotations

import pytest

from voice.content.entries import Pack
from voice.understand.examples import COMMAND, examples


def test_every_phrasing_and_command_is_an_example(teashop: Pack) -> None:
    found = list(examples(teashop))
    questions = [example for example in found if not example.entry.startswith(COMMAND)]
    assert len(questions) == sum(len(entry.phrasings) for entry in teashop.entries.values())
    assert {example.entry for example in questions} == set(teashop.entries)


def test_about_a_tenth_of_many_examples_is_held_back(unicom: Pack) -> None:
    found = list(examples(unicom))
    assert sum(e.held_back for e in found) / len(found) == pytest.approx(0.1, abs=0.02)
