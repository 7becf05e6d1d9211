"""The whole ear on a stream of real sound."""

from __future__ import annotations

import numpy as np
import pytest

from tests.conftest import Speaker
from voice.hear.endpoint import Completeness, Event, Manners, PatienceOptions
from voice.hear.listener import Heard, TurnListener
from voice.hear.recogniser import SAMPLE_RATE, Samples
from voice.hear.whisper import Whisper

pytestmark = pytest.mark.slow

OPTIONS = PatienceOptions()


def room(seconds: float, seed: int = 0) -> Samples:
    made = np.random.default_rng(seed).normal(0, 0.0008, round(SAMPLE_RATE * seconds))
    return made.astype(np.float32)


def play(listener: TurnListener, *parts: Samples, chunk: int = 1_600) -> list[Heard]:
    sound = np.concatenate(parts)
    return [
        heard
        for start in range(0, len(sound), chunk)
        for heard in listener.feed(sound[start : start + chunk])
    ]


def still_open(_: str) -> Completeness:
    return Completeness.OPEN


def test_a_question_is_one_turn(whisper: Whisper, spoken: Speaker) -> None:
    listener = TurnListener(whisper, still_open)
    heard = play(listener, room(1), spoken("联通月卡怎么取消"), room(3))
    assert [each.event for each in heard] == [Event.BEGAN, Event.LOOK, Event.ENDED]
    began, look, ended = heard
    assert began.time == pytest.approx(1.2, abs=0.25)
    assert ended.time - look.time == pytest.approx(OPTIONS.usual - OPTIONS.look, abs=0.05)
    assert "怎么" in ended.text
    assert ended.hearing.text == ended.text
    assert ended.sound is not None
    assert not listener.speaking
    assert listener.manners.inner_pause == 0.0


def test_the_judge_decides_how_long_it_waits(whisper: Whisper, spoken: Speaker) -> None:
    asked: list[str] = []

    def whole(text: str) -> Completeness:
        asked.append(text)
        return Completeness.COMPLETE

    heard = play(TurnListener(whisper, whole), room(1), spoken("下一步"), room(3))
    look, ended = heard[1:]
    assert asked == [look.text] == [ended.text]
    assert ended.time - look.time == pytest.approx(OPTIONS.complete - OPTIONS.look, abs=0.05)


def test_a_pause_of_thought_does_not_cut_a_slow_speaker_off(
    whisper: Whisper, spoken: Speaker
) -> None:
    listener = TurnListener(whisper, still_open)
    parts = (spoken("我想问一下"), room(1.1), spoken("怎么退月卡"))
    heard = play(listener, room(1), *parts, room(3))
    assert [each.event for each in heard] == [
        Event.BEGAN, Event.LOOK, Event.RESUMED, Event.LOOK, Event.ENDED,
    ]  # fmt: skip
    assert len(heard[-1].text) > len(heard[1].text)
    assert listener.manners.inner_pause == pytest.approx(1.2, abs=0.3)


def test_turns_follow_each_other_in_any_chunks(whisper: Whisper, spoken: Speaker) -> None:
    parts = (room(1), spoken("下一步"), room(2.5), spoken("再说一遍"), room(2.5))
    runs = [play(TurnListener(whisper, still_open), *parts, chunk=n) for n in (160, 1_600, 50_000)]
    ends = [[(each.text, each.time) for each in r if each.event is Event.ENDED] for r in runs]
    assert len(ends[0]) == 2
    assert ends[0] == ends[1] == ends[2]


def test_yes_or_no_is_waited_for_less_long(whisper: Whisper, spoken: Speaker) -> None:
    listener = TurnListener(whisper, still_open, manners=Manners())
    listener.expect(("要", "不要"), yes_no=True)
    heard = play(listener, room(1), spoken("不要"), room(3))
    waited = heard[-1].time - heard[-2].time
    assert waited == pytest.approx(OPTIONS.yes_no - OPTIONS.look, abs=0.05)


def test_noise_is_no_turn(whisper: Whisper) -> None:
    loud = np.random.default_rng(3).normal(0, 0.1, 10 * SAMPLE_RATE).astype(np.float32)
    assert play(TurnListener(whisper, still_open), room(1), loud, room(2)) == []


def test_reset_forgets_a_turn_that_has_begun(whisper: Whisper, spoken: Speaker) -> None:
    listener = TurnListener(whisper, still_open)
    play(listener, room(1), spoken("联通月卡怎么取消"))
    before = listener.speaking
    listener.reset()
    assert (before, listener.speaking) == (True, False)
    assert play(listener, room(3)) == []
