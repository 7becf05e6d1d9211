"""The whole ear on a stream of real sound."""

from __future__ import annotations

import numpy as np
import pytest

from tests.conftest import Speaker
from voice.hear.endpoint import Event
from voice.hear.habits import Habits
from voice.hear.level import dbfs
from voice.hear.listener import Heard, TurnListener
from voice.hear.patience import PatienceOptions
from voice.hear.recogniser import SAMPLE_RATE, Hearing, Samples
from voice.hear.whisper import Whisper
from voice.understand.meaning import Completeness

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


def still_open(_: Hearing) -> Completeness:
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
    assert listener.habits.inner_pause == 0.0


def test_the_judge_decides_how_long_it_waits(whisper: Whisper, spoken: Speaker) -> None:
    asked: list[str] = []

    def whole(sofar: Hearing) -> Completeness:
        asked.append(sofar.text)
        return Completeness.COMPLETE

    heard = play(TurnListener(whisper, whole), room(1), spoken("下一步"), room(3))
    look, ended = heard[1:]
    assert {*asked} == {look.text} == {ended.text}
    assert ended.time - look.time == pytest.approx(OPTIONS.complete - OPTIONS.look, abs=0.05)


def test_a_voice_that_cannot_be_read_may_go_on(whisper: Whisper, spoken: Speaker) -> None:
    backwards = spoken("下一步")[::-1].copy()
    look, ended = play(TurnListener(whisper, still_open), room(1), backwards, room(4))[1:]
    assert not look.text
    assert ended.time - look.time == pytest.approx(OPTIONS.unfinished - OPTIONS.look, abs=0.05)


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
    assert listener.habits.inner_pause == pytest.approx(1.2, abs=0.3)


def test_turns_follow_each_other_in_any_chunks(whisper: Whisper, spoken: Speaker) -> None:
    parts = (room(1), spoken("下一步"), room(2.5), spoken("再说一遍"), room(2.5))
    runs = [play(TurnListener(whisper, still_open), *parts, chunk=n) for n in (160, 1_600, 50_000)]
    ends = [[(each.text, each.time) for each in r if each.event is Event.ENDED] for r in runs]
    assert len(ends[0]) == 2
    assert ends[0] == ends[1] == ends[2]


def test_yes_or_no_is_waited_for_less_long(whisper: Whisper, spoken: Speaker) -> None:
    listener = TurnListener(whisper, still_open)
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


def at(sound: Samples, level: float) -> Samples:
    """Speech at ``level`` dBFS in a room 20 dB below, as a microphone of 16 bit gives it."""
    faint = sound * np.float32(10 ** ((level - dbfs(sound)) / 20))
    whole = np.pad(faint, (3 * SAMPLE_RATE, 3 * SAMPLE_RATE))
    around = np.random.default_rng(5).normal(0, 10 ** ((level - 20) / 20), len(whole))
    return (np.round((whole + around) * 32_768) / 32_768).astype(np.float32)


@pytest.mark.parametrize("level", [-40.0, -48.0, -55.0])
def test_quiet_voices_are_heard_from_the_first_word_on(
    whisper: Whisper, spoken: Speaker, level: float
) -> None:
    for text in ("不要", "联通月卡怎么取消"):
        kept: list[Habits] = []
        listener = TurnListener(whisper, still_open, keep=kept.append)
        heard = play(listener, at(spoken(text, "zm_yunxi"), level))
        assert [each.event for each in heard if each.event is Event.ENDED] == [Event.ENDED]
        assert heard[-1].trouble is None
        (habits,) = kept
        assert habits.levels.voice == pytest.approx(level, abs=5.0)
        assert habits.levels.room == pytest.approx(level - 20, abs=2.0)
    assert "怎么" in heard[-1].text


def test_a_clipped_voice_is_told_once(whisper: Whisper, spoken: Speaker) -> None:
    listener = TurnListener(whisper, still_open)
    torn = np.clip(40 * spoken("联通月卡怎么取消"), -1, 1)
    heard = play(listener, room(1), torn, room(3), torn, room(3))
    ends = [each for each in heard if each.event is Event.ENDED]
    assert [end.trouble.code if end.trouble else "" for end in ends] == ["microphone_clipped", ""]


def test_pauses_of_an_earlier_run_are_known(whisper: Whisper, spoken: Speaker) -> None:
    listener = TurnListener(whisper, still_open, habits=Habits(inner_pause=1.6))
    heard = play(listener, room(1), spoken("怎么退月卡"), room(4))
    waited = heard[-1].time - heard[-2].time
    assert waited == pytest.approx(OPTIONS.learned_factor * 1.6 - OPTIONS.look, abs=0.05)
