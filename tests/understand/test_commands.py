"""Spoken commands, by whole phrases and by telling fragments."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice.content.command_names import ANSWERS, ORDINALS, Command
from voice.content.entries import CommandPhrases, Pack
from voice.understand.commands import Commands, Found, in_context, step_number
from voice.understand.meaning import Expect, Expectation
from voice.understand.normal import normalise

SMALL = Commands(
    {
        Command.REPEAT: CommandPhrases(
            Command.REPEAT, ("[请]再说一遍", "没听清"), ("再说一遍", "再(说|讲)")
        ),
        Command.SLOWER: CommandPhrases(Command.SLOWER, ("慢(一|)点",), ("慢点",)),
        Command.CHOOSE_1: CommandPhrases(Command.CHOOSE_1, ("第一个",), ("第一个",)),
        Command.STEP: CommandPhrases(Command.STEP, ("第(一|二|三)步",), ("第(一|二|三)步",)),
        Command.YES: CommandPhrases(Command.YES, ("要",)),
    },
    ["嗯", "麻烦你"],
)


def covering(text: str, *, choosing: bool = False) -> str | None:
    found = SMALL.covering(normalise(text), choosing=choosing)
    return found.name if found else None


def inside(text: str, *, choosing: bool = False) -> Found | None:
    return SMALL.inside(normalise(text), choosing=choosing)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("再说一遍", "repeat"), ("在说一变。", "repeat"), ("嗯，再说一遍", "repeat"), ("再说一遍，麻烦你", "repeat"),
        ("没听清，再说一遍", "repeat"), ("再说，一遍", "repeat"), ("慢点", "slower"), ("慢点，再说一遍", None),
        ("再说一遍月卡", None), ("嗯", None), ("要", None), ("第一个", None), ("", None),
    ],
)  # fmt: skip
def test_a_command_covers_the_whole_utterance(text: str, name: str | None) -> None:
    assert covering(text) == name


def test_ordinals_count_only_where_there_is_a_choice() -> None:
    assert covering("第一个", choosing=True) == "choose_1"
    assert inside("我看第一个好") is None
    assert inside("我看第一个好", choosing=True) == Found(Command.CHOOSE_1, False, 0.5)


def test_the_longest_fragment_is_meant() -> None:
    assert inside("你慢点再说一遍行吗") == Found(Command.REPEAT, False, 4 / 9)


def test_a_clause_that_is_a_command_counts_as_much_as_a_fragment() -> None:
    assert inside("我耳朵背，没听清") == Found(Command.REPEAT, False, 3 / 7)


@given(st.text(st.sampled_from("慢点再说讲一遍第步二月卡，"), max_size=20))
def test_a_share_is_a_share(text: str) -> None:
    found = inside(text, choosing=True)
    assert found is None or 0 < found.share <= 1


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("第三步", 3),
        ("说说第二步吧", 2),
        ("第一个步骤", 1),
        ("不是第一步，是第三步", 3),
        ("第3步", 3),
        ("下一步", 0),
        ("三步", 0),
    ],
)
def test_a_step_is_named_by_its_number(text: str, number: int) -> None:
    assert step_number(normalise(text)) == number


@pytest.mark.parametrize(
    ("name", "number", "at", "meant"),
    [
        ("step", 3, 2, "next"), ("step", 2, 2, "repeat"), ("step", 2, 3, "previous"), ("step", 1, 3, "restart"),
        ("step", 5, 2, "step"), ("step", 0, 2, "step"), ("step", 2, 0, "step"), ("repeat", 0, 2, "repeat"),
    ],
)  # fmt: skip
def test_a_named_step_is_read_from_where_the_guide_stands(
    name: str, number: int, at: int, meant: str
) -> None:
    assert (
        in_context(Command(name), number, Expectation(Expect.STEP, guide="guide.app", step=at))
        == meant
    )


def test_going_on_in_a_guide_that_runs_is_the_next_step() -> None:
    assert in_context(Command.RESUME, 0, Expectation(Expect.STEP, guide="guide.app")) == "next"
    assert (
        in_context(Command.RESUME, 0, Expectation(Expect.STEP, guide="guide.app", paused=True))
        == "resume"
    )
    assert in_context(Command.RESUME, 0, Expectation()) == "resume"


@pytest.fixture(scope="module")
def commands(unicom: Pack) -> Commands:
    """The commands that people use."""
    return Commands(unicom.commands, unicom.lexicon["small_words"])


def plain(name: Command, unicom: Pack) -> list[str]:
    """Phrases without a sign: each is a sentence."""
    return [p for p in unicom.commands[name].phrases if not set(p) & set("()[]~|（）")]


def test_plain_phrases_are_their_command_or_one_listed_further_up(
    unicom: Pack, commands: Commands
) -> None:
    order = list(unicom.commands)
    for name in order:
        if name in ANSWERS:
            continue
        for phrase in plain(name, unicom):
            found = commands.covering(normalise(phrase), choosing=name in ORDINALS)
            assert found is not None, phrase
            assert order.index(found.name) <= order.index(name), phrase


@pytest.mark.parametrize(
    "text",
    [
        "取消",
        "取消吧",
        "取消了",
        "我要取消",
        "那就取消",
        "取消月卡",
        "怎么取消",
        "给我取消掉",
        "退了",
        "注销",
    ],
)
def test_cancelling_is_never_a_command(commands: Commands, text: str) -> None:
    for choosing in (False, True):
        assert commands.covering(normalise(text), choosing=choosing) is None
        assert commands.inside(normalise(text), choosing=choosing) is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("下一步", "next"), ("上一步", "previous"), ("再说一遍", "repeat"), ("从头开始", "restart"), ("停", "stop"),
        ("接着说", "resume"), ("慢一点", "slower"), ("快一点", "faster"), ("大声点", "louder"), ("小声点", "softer"),
        ("帮助", "help"), ("再见", "quit"), ("第三步", "step"), ("第二个", "choose_2"), ("等一下", "wait"),
        ("夏一步", "next"), ("慢 一点", "slower"), ("大聲點", "louder"), ("嗯，停。", "stop"),
    ],
)  # fmt: skip
def test_the_commands_that_are_taught_are_known(commands: Commands, text: str, name: str) -> None:
    found = commands.covering(normalise(text), choosing=True)
    assert found is not None
    assert found.name == name


def test_listening_is_not_stopping(commands: Commands) -> None:
    for text in ("听", "听听", "我听", "听吧"):
        found = commands.covering(normalise(text), choosing=False)
        assert found is None or found.name != "stop", text
