"""Slower, louder, shorter: the preferences."""

from __future__ import annotations

import pytest

from tests.dialogue.talk import OFF, Talk, ask
from voice.content.entries import Pack
from voice.dialogue.state import PROFILES, RATES, VOLUMES, Brevity, Preferences


@pytest.fixture
def talk(teashop: Pack) -> Talk:
    return Talk(teashop)


def test_slower_says_the_last_once_more(talk: Talk) -> None:
    assert talk.hear(ask("faq.price"), "slower") == "慢些说。价钱写在罐子上。"
    assert talk.state.preferences.rate == 150
    assert talk.hear("repeat") == "价钱写在罐子上。"


@pytest.mark.parametrize(
    ("command", "limit", "name", "value"),
    [
        ("slower", "不能再慢。", "rate", RATES[0]),
        ("faster", "不能再快。", "rate", RATES[-1]),
        ("louder", "不能再大。", "volume", VOLUMES[-1]),
        ("softer", "不能再小。", "volume", VOLUMES[0]),
    ],
)
def test_there_is_an_end_to_it(talk: Talk, command: str, limit: str, name: str, value: int) -> None:
    said = [talk.hear(command) for _ in range(10)]
    assert limit in said[-1]
    assert getattr(talk.state.preferences, name) == value


def test_a_rate_between_two_steps_goes_to_the_next(teashop: Pack) -> None:
    talk = Talk(teashop, Preferences(rate=200))
    talk.hear("faster")
    assert talk.state.preferences.rate == 240


def test_simpler_says_the_same_in_fewer_words_from_now_on(talk: Talk) -> None:
    talk.hear(ask("guide.brew"))
    assert talk.hear("simpler") == "拿杯。"
    assert talk.hear("repeat") == "拿杯。"
    assert talk.state.preferences.brevity is Brevity.BRIEF
    assert talk.hear(ask("faq.hours")).startswith("八点到六点。")


def test_simpler_without_a_short_form_says_the_last_again(talk: Talk) -> None:
    assert talk.hear(ask("faq.price"), "simpler") == "说短些。价钱写在罐子上。"


def test_more_on_an_answer_and_on_a_step(talk: Talk) -> None:
    assert "茉莉" in talk.hear(ask("faq.teas"), "more")
    step = talk.pack.entries["guide.brew"].steps[0]
    assert talk.hear(ask("guide.brew"), "more") == "".join((*step.say, *step.more))
    assert talk.hear(ask("faq.price"), "more") == "就这些了。"


def test_more_tells_nothing_of_a_step_behind_the_offer(talk: Talk) -> None:
    assert "滚开" not in talk.hear(ask("guide.ice"), "more")
    assert "滚开" in talk.hear("no", "more")


def test_preferences_survive_everything_but_their_own_commands(talk: Talk) -> None:
    talk.hear("slower", "louder", "voice")
    kept = talk.state.preferences
    talk.hear(ask("guide.brew"), "restart", OFF, "quit", ask("faq.price"), "restart", "stop")
    talk.silence()
    assert talk.state.preferences == kept


def test_another_voice(talk: Talk) -> None:
    assert talk.hear("voice").startswith("换好了。")
    assert talk.state.preferences.voice == 1


@pytest.mark.parametrize(("command", "rate"), [("slow_short", 150), ("quick_plain", 240)])
def test_a_way_of_speaking_as_a_whole(talk: Talk, command: str, rate: int) -> None:
    talk.hear("louder", "voice", ask("guide.brew"))
    said = talk.hear(command)
    assert said.endswith("少说些。拿杯。")
    kept = talk.state.preferences
    assert (kept.rate, kept.brevity, kept.volume, kept.voice) == (rate, Brevity.BRIEF, 6, 1)
    assert talk.hear("repeat") == "拿杯。"


def test_a_way_of_speaking_leaves_an_open_question_open(talk: Talk) -> None:
    talk.hear(ask("precaution.scald"))
    assert talk.hear("slow_short") == "慢慢说，少说些。烫手的提醒，要听吗？"
    assert "开水烫人" in talk.hear("yes")


def test_every_way_of_speaking_is_one_that_can_be_kept() -> None:
    for rate, brevity in PROFILES.values():
        assert rate in RATES
        assert brevity in Brevity
