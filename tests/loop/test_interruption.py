"""Interruptions on a clock of the test's own."""

from __future__ import annotations

from dataclasses import dataclass, field

from hypothesis import given
from hypothesis import strategies as st

from voice.loop.interruption import (
    Action,
    InterruptionOptions,
    Phase,
    Verdict,
    Vigil,
    advance,
    judged,
    turn_began,
)

OPTIONS = InterruptionOptions()
FRAME = 0.032
VOICE, ECHO, QUIET = (0.9, -30.0), (0.1, -62.0), (0.01, -75.0)


@dataclass
class Clock:
    """A watch fed frame by frame; keeps what was asked for, and when."""

    vigil: Vigil = field(default_factory=Vigil)
    now: float = 0.0
    asked: list[tuple[float, Action]] = field(default_factory=list)

    def hear(self, seconds: float, what: tuple[float, float]) -> None:
        for _ in range(round(seconds / FRAME)):
            self.now += FRAME
            self.vigil, action = advance(self.vigil, self.now, FRAME, *what, OPTIONS)
            if action is not Action.NOTHING:
                self.asked.append((self.now, action))

    def judge(self, verdict: Verdict) -> None:
        self.vigil, action = judged(self.vigil, verdict)
        if action is not Action.NOTHING:
            self.asked.append((self.now, action))

    @property
    def actions(self) -> list[Action]:
        return [action for _, action in self.asked]


def test_a_voice_pauses_within_a_short_word() -> None:
    clock = Clock()
    clock.hear(3.0, ECHO)
    clock.hear(0.4, VOICE)
    ((when, action),) = clock.asked
    assert action is Action.PAUSE
    assert 3.0 + OPTIONS.voice - FRAME <= when <= 3.0 + OPTIONS.voice + 2 * FRAME


def test_a_voice_full_of_holes_pauses_too() -> None:
    clock = Clock()
    clock.hear(2.0, ECHO)
    for _ in range(4):
        clock.hear(0.064, VOICE)
        clock.hear(0.032, ECHO)
    assert clock.actions == [Action.PAUSE]


def test_a_knock_and_what_is_left_of_the_echo_do_not() -> None:
    clock = Clock()
    for _ in range(20):
        clock.hear(0.096, VOICE)
        clock.hear(1.0, ECHO)
    clock.hear(10.0, (0.9, -60.0))
    assert clock.actions == []


def test_without_a_turn_it_goes_on_soon() -> None:
    clock = Clock()
    clock.hear(0.3, VOICE)
    clock.hear(3.0, QUIET)
    (paused, _), (resumed, action) = clock.asked
    assert action is Action.RESUME
    assert OPTIONS.wordless - FRAME <= resumed - paused <= OPTIONS.wordless + 2 * FRAME


def test_a_turn_is_waited_for_until_the_verdict() -> None:
    clock = Clock()
    clock.hear(0.3, VOICE)
    clock.vigil = turn_began(clock.vigil)
    clock.hear(4.0, VOICE)
    clock.judge(Verdict.WAIT)
    assert clock.actions == [Action.PAUSE]
    clock.judge(Verdict.LET_PASS)
    assert clock.actions == [Action.PAUSE, Action.RESUME]
    assert clock.vigil.phase is Phase.SPEAKING


def test_talk_without_end_does_not_silence_it_for_good() -> None:
    clock = Clock()
    clock.hear(0.3, VOICE)
    clock.vigil = turn_began(clock.vigil)
    clock.hear(OPTIONS.longest + 0.1, VOICE)
    assert clock.actions[:2] == [Action.PAUSE, Action.RESUME]


def test_what_is_nothing_again_and_again_is_not_listened_to_any_more() -> None:
    clock = Clock()
    for _ in range(10):
        clock.hear(0.8, VOICE)
        clock.judge(Verdict.LET_PASS)
        clock.hear(1.0, ECHO)
    assert clock.actions.count(Action.PAUSE) == OPTIONS.most_false
    assert clock.actions.count(Action.RESUME) == OPTIONS.most_false


def test_a_verdict_without_a_pause_asks_for_nothing() -> None:
    clock = Clock()
    clock.judge(Verdict.LET_PASS)
    clock.judge(Verdict.TAKE)
    assert clock.actions == []
    assert clock.vigil == Vigil()


@given(
    st.lists(
        st.one_of(
            st.tuples(st.floats(0, 1), st.floats(-120, 0)),
            st.sampled_from([*Verdict]),
            st.just("began"),
        ),
        max_size=400,
    )
)
def test_pauses_and_resumptions_always_take_turns(events: list[object]) -> None:
    clock = Clock()
    for event in events:
        match event:
            case Verdict():
                clock.judge(event)
            case "began":
                clock.vigil = turn_began(clock.vigil)
            case (float(probability), float(level)):
                clock.hear(FRAME, (probability, level))
    expected = [Action.PAUSE, Action.RESUME] * len(clock.actions)
    assert clock.actions == expected[: len(clock.actions)]
    paused = bool(clock.actions) and clock.actions[-1] is Action.PAUSE
    assert (clock.vigil.phase is Phase.PAUSED) == paused
