"""Conversations in people's words, through the whole middle: understanding and dialogue over the real pack."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from _pytest.mark import ParameterSet

from voice.assistant import Assistant
from voice.content.entries import Pack
from voice.dialogue.state import Reply
from voice.dialogue.wording import TURN_LIMIT, spoken_length
from voice.understand.understanding import Understanding

FOLDER = Path(__file__).parent / "golden"
TURN = {"user", "silence", "expects", "intent", "must", "must_not"}
Scenario = dict[str, Any]


def scenarios() -> list[tuple[str, Scenario]]:
    """All scenarios under their names."""
    return [
        (f"{path.stem}: {scenario['name']}", scenario)
        for path in sorted(FOLDER.glob("*.yaml"))
        for scenario in yaml.safe_load(path.read_text(encoding="utf-8"))
    ]


def marked(name: str, scenario: Scenario) -> ParameterSet:
    """The scenario under its name; one that is known to fail says why, and must not pass unnoticed."""
    known = scenario.get("known")
    marks = [pytest.mark.xfail(strict=True, reason=known)] if known else []
    return pytest.param(scenario, id=name, marks=marks)


SCENARIOS = scenarios()


def test_there_are_sixty_and_each_says_what_must_come_of_it() -> None:
    assert len(SCENARIOS) >= 60
    assert len({name for name, _ in SCENARIOS}) == len(SCENARIOS)
    for name, scenario in SCENARIOS:
        turns = scenario["turns"]
        assert all(set(turn) <= TURN for turn in turns), name
        assert any(set(turn) - {"user", "silence"} for turn in turns), name


@pytest.mark.parametrize("scenario", [marked(*named) for named in SCENARIOS])
def test_conversation(unicom: Pack, understanding: Understanding, scenario: Scenario) -> None:
    assistant = Assistant(unicom, understanding)
    account = []
    for turn in scenario["turns"]:
        silent = turn.get("silence")
        reply = assistant.no_input() if silent else assistant.respond_to_text(turn["user"]).reply
        account.append(f"{turn.get('user', '…')} -> [{reply.intent}] {''.join(reply.say)}")
        faults = "; ".join(objections(turn, reply))
        assert not faults, "\n".join([*account, faults])


def objections(turn: Scenario, reply: Reply) -> list[str]:
    """What is wrong with a reply."""
    said = "".join(reply.say)
    found = [f"misses {p}" for p in turn.get("must", ()) if not re.search(p, said)]
    found += [f"must not say {p}" for p in turn.get("must_not", ()) if re.search(p, said)]
    if "expects" in turn and turn["expects"] != reply.expects.value:
        found.append(f"expects {reply.expects.value}, not {turn['expects']}")
    if "intent" in turn and turn["intent"] != reply.intent:
        found.append(f"intent {reply.intent}, not {turn['intent']}")
    if spoken_length(reply.say) > TURN_LIMIT:
        found.append(f"{spoken_length(reply.say)} characters")
    return found
