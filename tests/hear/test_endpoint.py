"""Turns on a virtual clock: an hour of listening passes in a moment."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice.hear.endpoint import (
    Event,
    Manners,
    Turn,
    advance,
    learned,
    limit,
    told,
)
from voice.hear.patience import PatienceOptions
from voice.understand.meaning import Completeness

FRAME = 0.032
OPTIONS = PatienceOptions()


class Scene:
    """Plays voice and silence to a turn and notes what it says."""

    def __init__(
        self,
        manners: Manners | None = None,
        said: Completeness | None = None,
        syllables: int = 0,
    ) -> None:
        self.turn = Turn(manners or Manners())
        self.now = 0.0
        self.said = said
        self.syllables = syllables
        self.notes: list[tuple[Event, float]] = []

    def play(self, seconds: float, probability: float) -> Scene:
        for _ in range(round(seconds / FRAME)):
            self.now += FRAME
            self.turn, event = advance(self.turn, self.now, probability, FRAME, OPTIONS)
            if event is not Event.NOTHING:
                self.notes.append((event, self.now))
            if event is Event.LOOK and self.said:
                self.turn = told(self.turn, self.said, self.syllables)
        return self

    def voice(self, seconds: float) -> Scene:
        return self.play(seconds, 0.95)

    def quiet(self, seconds: float) -> Scene:
        return self.play(seconds, 0.02)

    @property
    def events(self) -> list[Event]:
        return [event for event, _ in self.notes]

    def waited(self) -> float:
        """Seconds of silence before the end."""
        return next(at for event, at in self.notes if event is Event.ENDED) - self.turn.last


@pytest.mark.parametrize(
    ("manners", "said", "seconds"),
    [
        (Manners(), Completeness.COMPLETE, OPTIONS.complete),
        (Manners(), Completeness.OPEN, OPTIONS.usual),
        (Manners(), Completeness.TRAILING, OPTIONS.trailing),
        (Manners(yes_no=True), Completeness.OPEN, OPTIONS.yes_no),
        (Manners(yes_no=True), Completeness.COMPLETE, OPTIONS.complete),
        (Manners(yes_no=True), Completeness.TRAILING, OPTIONS.trailing),
        (Manners(slow=True), Completeness.OPEN, OPTIONS.slow),
        (Manners(slow=True), Completeness.TRAILING, OPTIONS.slow),
        (Manners(slow=True, yes_no=True), Completeness.OPEN, OPTIONS.slow),
        (Manners(slow=True), Completeness.COMPLETE, OPTIONS.slow_complete),
        (Manners(inner_pause=1.5), Completeness.OPEN, 1.5 * OPTIONS.learned_factor),
        (Manners(inner_pause=9.0), Completeness.OPEN, OPTIONS.learned_most),
        (Manners(inner_pause=0.5), Completeness.OPEN, OPTIONS.usual),
        (Manners(), Completeness.UNFINISHED, OPTIONS.unfinished),
        (Manners(yes_no=True), Completeness.UNFINISHED, OPTIONS.yes_no),
        (Manners(slow=True), Completeness.UNFINISHED, OPTIONS.slow),
        (Manners(inner_pause=1.7), Completeness.UNFINISHED, 1.7 * OPTIONS.learned_factor),
        (Manners(inner_pause=0.45), Completeness.COMPLETE, OPTIONS.complete),
        (Manners(inner_pause=1.0), Completeness.COMPLETE, 1.0),
        (Manners(yes_no=True, inner_pause=1.0), Completeness.COMPLETE, OPTIONS.complete),
        (Manners(inner_pause=2.0), Completeness.COMPLETE, OPTIONS.learned_complete),
        (Manners(inner_pause=2.0), Completeness.COMMAND, OPTIONS.complete),
        (Manners(slow=True), Completeness.COMMAND, OPTIONS.slow_complete),
        (Manners(), Completeness.COURTESY, OPTIONS.courtesy),
        (Manners(yes_no=True), Completeness.COURTESY, OPTIONS.yes_no),
        (Manners(slow=True), Completeness.COURTESY, OPTIONS.slow),
        (Manners(inner_pause=1.1), Completeness.COURTESY, 1.1),
    ],
)
def test_how_long_it_waits(manners: Manners, said: Completeness, seconds: float) -> None:
    scene = Scene(manners, said).quiet(1).voice(1.5).quiet(5)
    assert scene.events == [Event.BEGAN, Event.LOOK, Event.ENDED]
    assert scene.waited() == pytest.approx(seconds, abs=FRAME)


def test_it_looks_after_a_short_pause() -> None:
    scene = Scene().voice(1).quiet(0.15)
    assert scene.events == [Event.BEGAN]
    scene.quiet(0.1)
    assert scene.events == [Event.BEGAN, Event.LOOK]


@pytest.mark.parametrize("pause", [0.3, 0.8, 1.2, 1.4])
def test_a_pause_inside_a_sentence_does_not_end_the_turn(pause: float) -> None:
    scene = Scene(said=Completeness.OPEN).voice(1).quiet(pause).voice(1)
    assert scene.events == [Event.BEGAN, Event.LOOK, Event.RESUMED]
    assert scene.turn.completeness is Completeness.OPEN


def test_what_was_complete_is_open_again_when_speech_goes_on() -> None:
    scene = Scene(said=Completeness.COMPLETE).voice(1).quiet(0.35).voice(1)
    scene.said = None
    scene.quiet(1.0)
    assert scene.events[-1] is Event.LOOK
    assert limit(scene.turn, OPTIONS) == OPTIONS.usual


@pytest.mark.parametrize("frames", [1])
def test_a_click_neither_begins_nor_resumes_a_turn(frames: int) -> None:
    scene = Scene().quiet(1).voice(frames * FRAME).quiet(1)
    assert scene.events == []
    scene = Scene(said=Completeness.OPEN).voice(1).quiet(0.5).voice(frames * FRAME).quiet(3)
    assert scene.events == [Event.BEGAN, Event.LOOK, Event.ENDED]
    assert scene.waited() == pytest.approx(OPTIONS.usual, abs=FRAME)


def test_a_knock_is_dropped_and_one_syllable_is_not() -> None:
    assert Scene().voice(2 * FRAME).quiet(3).events == [Event.BEGAN, Event.DROPPED]
    assert Scene().voice(4 * FRAME).quiet(3).events == [Event.BEGAN, Event.LOOK, Event.ENDED]


def test_soft_voice_goes_on_what_loud_voice_began() -> None:
    assert Scene().play(3, 0.4).events == []
    assert Scene().voice(0.5).play(3, 0.4).events == [Event.BEGAN]


def test_a_voice_without_end_is_ended() -> None:
    scene = Scene().voice(OPTIONS.longest + 5)
    assert scene.events == [Event.BEGAN, Event.ENDED]


def test_it_learns_how_long_a_speaker_pauses() -> None:
    scene = Scene(said=Completeness.OPEN)
    for _ in range(8):
        scene.voice(0.8).quiet(1.4)
    scene.voice(0.5)
    assert scene.turn.manners.inner_pause == pytest.approx(1.4, abs=2 * FRAME)
    later = Scene(scene.turn.manners, Completeness.OPEN).voice(1).quiet(5)
    assert later.waited() == pytest.approx(1.4 * OPTIONS.learned_factor, abs=0.15)


def test_it_learns_the_longer_pauses_not_the_mean() -> None:
    manners = Manners()
    for pause in (0.8, 2.0) * 20:
        manners = learned(manners, pause, OPTIONS)
    assert 1.5 < manners.inner_pause < 2.0


def test_a_moment_of_thought_is_forgotten_over_fluent_turns() -> None:
    manners = Manners(inner_pause=1.8)
    for _ in range(20):
        manners = Scene(manners, Completeness.COMPLETE).voice(2.5).quiet(5).turn.manners
    assert manners.inner_pause < OPTIONS.complete
    short = Scene(Manners(inner_pause=1.8)).voice(0.5).quiet(5)
    assert short.turn.manners.inner_pause == 1.8
    assert Scene().voice(2.5).quiet(5).turn.manners.inner_pause == 0.0


@pytest.mark.parametrize(
    ("syllables", "said", "seconds"),
    [
        (6, Completeness.COMPLETE, OPTIONS.unhurried_complete),
        (6, Completeness.COMMAND, OPTIONS.complete),
        (6, Completeness.OPEN, OPTIONS.unhurried),
        (6, Completeness.TRAILING, OPTIONS.trailing),
        (11, Completeness.COMPLETE, OPTIONS.complete),
        (11, Completeness.OPEN, OPTIONS.usual),
        (OPTIONS.unhurried_least - 1, Completeness.COMPLETE, OPTIONS.complete),
        (0, Completeness.OPEN, OPTIONS.usual),
    ],
)
def test_who_speaks_slowly_is_given_time(
    syllables: int, said: Completeness, seconds: float
) -> None:
    scene = Scene(said=said, syllables=syllables).voice(2.0).quiet(5)
    assert scene.waited() == pytest.approx(seconds, abs=FRAME)


def test_gaps_between_syllables_teach_nothing() -> None:
    scene = Scene()
    for _ in range(20):
        scene.voice(0.3).quiet(0.19)
    assert scene.turn.manners.inner_pause == 0.0


def test_nothing_can_be_told_when_no_look_was_called_for() -> None:
    scene = Scene().voice(1)
    assert told(scene.turn, Completeness.COMPLETE) == scene.turn


def test_an_ended_turn_stays_ended() -> None:
    scene = Scene().voice(1).quiet(5)
    before = scene.turn
    assert scene.voice(2).turn == before


SCENES = st.lists(st.tuples(st.floats(0.03, 3.0), st.floats(0.0, 1.0)), min_size=1, max_size=30)


@given(
    scenes=SCENES,
    yes_no=st.booleans(),
    slow=st.booleans(),
    said=st.sampled_from(Completeness),
    pause=st.floats(0.0, 30.0),
)
def test_every_turn_is_told_in_order_and_in_bounds(
    scenes: Iterable[tuple[float, float]],
    yes_no: bool,
    slow: bool,
    said: Completeness,
    pause: float,
) -> None:
    scene = Scene(Manners(yes_no, slow, pause), said)
    for seconds, probability in scenes:
        scene.play(seconds, probability)
    follows = {
        None: {Event.BEGAN},
        Event.BEGAN: {Event.LOOK, Event.ENDED, Event.DROPPED},
        Event.LOOK: {Event.RESUMED, Event.ENDED},
        Event.RESUMED: {Event.LOOK, Event.ENDED, Event.DROPPED},
        Event.ENDED: set(),
        Event.DROPPED: set(),
    }
    before = None
    for event in scene.events:
        assert event in follows[before]
        before = event
    if before is Event.ENDED and scene.now < OPTIONS.longest:
        least = min(OPTIONS.complete, OPTIONS.slow_complete)
        most = max(OPTIONS.slow, OPTIONS.learned_most)
        assert least - FRAME <= scene.waited() <= most + FRAME


@given(scenes=SCENES, said=st.sampled_from(Completeness))
def test_silence_always_ends_a_turn(
    scenes: Iterable[tuple[float, float]], said: Completeness
) -> None:
    scene = Scene(said=said)
    for seconds, probability in scenes:
        scene.play(seconds, probability)
    began = scene.turn.began is not None
    scene.quiet(OPTIONS.slow + 1)
    assert scene.turn.ended is began


@given(st.floats(0.0, 100.0), st.booleans(), st.booleans(), st.sampled_from(Completeness))
def test_what_is_finished_never_waits_longer_than_what_is_not(
    pause: float, yes_no: bool, slow: bool, said: Completeness
) -> None:
    turn = Turn(Manners(yes_no, slow, pause), began=0.0, looked=True, completeness=said)
    assert limit(turn, OPTIONS) <= OPTIONS.slow
    commanded = limit(replace(turn, completeness=Completeness.COMMAND), OPTIONS)
    finished = limit(replace(turn, completeness=Completeness.COMPLETE), OPTIONS)
    assert commanded <= finished
    assert (commanded if said is Completeness.COMMAND else finished) <= limit(turn, OPTIONS)
