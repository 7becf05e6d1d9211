"""What is said not to be meant."""

from __future__ import annotations

from dataclasses import replace

import pytest

from voice.content.command_names import Command
from voice.understand.meaning import Act, Expect, Expectation
from voice.understand.understanding import Understanding

ASKED = Expectation(Expect.YES_NO)


@pytest.mark.parametrize("text", ["我不是要换号", "没说要销户", "我又没被骗", "我没说要销号啊"])
def test_who_only_denies_says_no(understanding: Understanding, text: str) -> None:
    assert understanding.understand(text).command is Command.NO
    assert understanding.understand(text, ASKED).command is Command.NO


@pytest.mark.parametrize("text", ["我不是要换号", "没说要销户"])
def test_it_refuses_no_warning_and_stops_no_guide(understanding: Understanding, text: str) -> None:
    offered = replace(ASKED, to_hear=True, guide="guide.hotline")
    assert understanding.understand(text, offered).act is Act.OFF_SUBJECT
    guide = Expectation(Expect.STEP, guide="guide.hotline", topic="guide.hotline", step=1)
    assert understanding.understand(text, guide).command is not Command.NO


@pytest.mark.parametrize(
    "text", ["不是要换号吗", "不是要交违约金嘛，多少", "我不是要换号，我是要退月卡"]
)
def test_who_asks_or_says_what_is_meant_does_not(understanding: Understanding, text: str) -> None:
    assert understanding.understand(text).command is not Command.NO
