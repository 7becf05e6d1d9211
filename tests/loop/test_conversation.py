"""The loop on a clock of its own: real ears and real questions, an arranged room, and a mouth that only hums."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from queue import SimpleQueue
from typing import Any

import numpy as np
import pytest

from voice.assistant import Assistant
from voice.config import DialogueOptions, find_folders
from voice.content.loader import load_pack
from voice.errors import AudioInputError, AudioOutputError, EngineError, ModelError, VoiceError
from voice.hear.ear import judge_by
from voice.hear.listener import TurnListener
from voice.hear.recogniser import SAMPLE_RATE, Enough, Recogniser, Samples, Session
from voice.hear.whisper import Whisper
from voice.keys import Key, Pressed, Typed
from voice.loop import Devices, Inbox, Loop, hardware, hearing
from voice.loop.leaving import Leave
from voice.speak.mouth import Mouth
from voice.speak.outlet import Device, Outlet
from voice.speak.output import Begun, Played
from voice.speak.speaker import Speaker
from voice.speak.synthesiser import Manner, Phrase
from voice.understand import index
from voice.understand.syllables import sounds
from voice.understand.understanding import Understanding

pytestmark = pytest.mark.slow

CHUNK = 0.1
"""Seconds of sound in one reading of the arranged microphone."""
GOODBYE = Typed("再见")


class Hum:
    """A voice that hums a little for each phrase, or fails."""

    name = "hum"
    sample_rate = 8_000
    voices: tuple[str, ...] = ("hum",)
    broken = False

    def speak(self, phrases: tuple[Phrase, ...], manner: Manner) -> Iterator[Samples]:  # noqa: ARG002
        for _ in phrases:
            if self.broken:
                raise EngineError("the voice is broken")
            yield np.full(800, 0.1, np.float32)

    def close(self) -> None: ...


class Ceiling:
    """An output that takes a little while for each piece, and stops when it is told to."""

    def __init__(self) -> None:
        self.seconds = 0.001
        self._stopped = False

    def play(
        self,
        pieces: Iterable[Samples],
        sample_rate: int,  # noqa: ARG002
        begun: Begun | None = None,
    ) -> Played:
        self._stopped = False
        count = 0
        for count, _ in enumerate(pieces, 1):
            if begun:
                begun(count - 1)
            until = time.monotonic() + self.seconds
            while time.monotonic() < until and not self._stopped:
                time.sleep(0.001)
            if self._stopped:
                break
        return Played(not self._stopped, 0.0, count)

    def stop(self) -> None:
        self._stopped = True

    def pause(self) -> None: ...

    def resume(self) -> None: ...

    def close(self) -> None: ...


class Hanging:
    """A recogniser that never comes back until it is let go, or that raises where there is nothing to wait for."""

    name = "hanging"
    streaming = False

    def __init__(self, let_go: threading.Event | None) -> None:
        self._let_go = let_go

    def session(
        self,
        phrases: tuple[str, ...] = (),  # noqa: ARG002
        *,
        yes_no: bool = False,  # noqa: ARG002
        enough: Enough | None = None,  # noqa: ARG002
    ) -> Session:
        if self._let_go is None:
            raise LookupError("nobody thought of this")
        self._let_go.wait(120)
        raise EngineError("let go")

    def close(self) -> None: ...


@dataclass
class Room:
    """A microphone in an arranged room: silence, what was put there, and faults."""

    coming: list[Samples | Exception] = field(default_factory=list)
    closed: bool = False

    def say(self, sound: Samples) -> None:
        """Put a saying into the room, between silences."""
        pause = np.zeros(SAMPLE_RATE // 2, np.float32)
        whole = np.concatenate([pause, sound])
        size = round(CHUNK * SAMPLE_RATE)
        self.coming += [whole[at : at + size] for at in range(0, len(whole), size)]

    def read(self, timeout: float) -> Samples | None:  # noqa: ARG002
        time.sleep(0.0005)
        if not self.coming:
            return np.zeros(round(CHUNK * SAMPLE_RATE), np.float32)
        thing = self.coming.pop(0)
        if isinstance(thing, Exception):
            raise thing
        return thing

    def close(self) -> None:
        self.closed = True


@dataclass
class Stage:
    """A loop with everything around it, and the record of what it reported."""

    assistant: Assistant
    whisper: Whisper
    options: DialogueOptions = field(default_factory=DialogueOptions)
    room: Room = field(default_factory=Room)
    hum: Hum = field(default_factory=Hum)
    ceiling: Ceiling = field(default_factory=Ceiling)
    inbox: Inbox = field(default_factory=SimpleQueue)
    outlet: Outlet | None = None
    unplugged: list[AudioInputError] = field(default_factory=list)
    """What opening the microphone raises, the next times."""
    spoiled: Recogniser | None = None
    """What the first listener hears with, in the place of Whisper."""
    unloadable: list[VoiceError] = field(default_factory=list)
    """What loading a listener raises after the first, or where none is spoiled, the next times."""
    events: list[dict[str, Any]] = field(default_factory=list)
    reactions: dict[str, list[Callable[[], None]]] = field(default_factory=dict)

    def on(self, event: str, *reactions: Callable[[], None]) -> None:
        """React to the first, second, … ``event``."""
        self.reactions[event] = list(reactions)

    def play(self) -> list[str]:
        """Run to the end; the names of all events."""
        mouth = Mouth(Speaker(self.hum, self.ceiling), self.inbox.put)

        def listener() -> TurnListener:
            spoiled, self.spoiled = self.spoiled, None
            if spoiled is None and self.unloadable:
                raise self.unloadable.pop(0)
            return TurnListener(spoiled or self.whisper, judge_by(self.assistant.completeness))

        devices = Devices(self._microphone, listener, mouth, self.inbox, self.outlet)
        try:
            Loop(self.assistant, devices, self._emit, self.options).run()
        finally:
            mouth.close()
        return [event["event"] for event in self.events]

    def of(self, event: str) -> list[dict[str, Any]]:
        """The events of one name."""
        return [each for each in self.events if each["event"] == event]

    def _microphone(self) -> Room:
        if self.unplugged:
            raise self.unplugged.pop(0)
        return self.room

    def _emit(self, event: str, /, **fields: Any) -> None:  # noqa: ANN401
        self.events.append({"event": event} | fields)
        if waiting := self.reactions.get(event):
            waiting.pop(0)()


@pytest.fixture(scope="module")
def understanding(pytestconfig: pytest.Config) -> Understanding:
    assert pytestconfig.cache is not None
    pack = load_pack(find_folders().content)
    return Understanding.of(
        pack, index.load_or_build(pack, pytestconfig.cache.mkdir("phrase-index"))
    )


@pytest.fixture
def stage(understanding: Understanding, whisper: Whisper) -> Stage:
    return Stage(Assistant(understanding.pack, understanding), whisper)


def test_a_conversation_by_voice(stage: Stage, spoken: Callable[..., Samples]) -> None:
    sayings = [spoken(text) for text in ("打电话怎么取消月卡", "下一步", "再见")]
    stage.on("listening", *[lambda s=s: stage.room.say(s) for s in sayings])
    names = stage.play()
    turn = ["listening", "speech", "endpoint", "heard", "reply", "speaking", "spoken"]
    once = [name for name, _ in groupby(name for name in names if name not in ("ready", "partial"))]
    assert once == ["reply", "speaking", "spoken", *turn * 3, "bye"]
    assert names.count("ready") == 1
    intents = [reply["intent"] for reply in stage.of("reply")]
    assert intents == [None, "guide.hotline", "command.next", "command.quit"]
    replies = ["".join(reply["say"]) for reply in stage.of("reply")]
    assert "".join(speaking["text"] for speaking in stage.of("speaking")) == "".join(replies)
    assert [each["text"] for each in stage.of("partial")] == [
        each["text"] for each in stage.of("heard")
    ]
    assert all(reply["ms"]["hear"] > 0 for reply in stage.of("reply")[1:])


def test_it_does_not_hear_what_is_said_while_it_speaks(
    stage: Stage, spoken: Callable[..., Samples]
) -> None:
    stage.ceiling.seconds = 0.3
    own = spoken("打电话怎么取消月卡")
    stage.on("speaking", lambda: stage.room.say(own))
    stage.on("listening", lambda: stage.room.say(np.zeros(SAMPLE_RATE, np.float32)))
    stage.on("spoken", lambda: None, lambda: stage.inbox.put(GOODBYE))
    stage.options = DialogueOptions(silences=(3.0,))
    names = stage.play()
    assert "speech" not in names
    assert stage.room.coming == []


def test_silence_is_met_with_help_and_then_with_rest(stage: Stage) -> None:
    stage.options = DialogueOptions(silences=(10.0, 15.0, 15.0))
    ticks = iter(range(10**6))
    read = stage.room.read

    def counted(timeout: float) -> Samples | None:
        # Ten silent minutes of sound, which take no time here; then somebody types.
        if next(ticks) == round(600 / CHUNK):
            stage.inbox.put(GOODBYE)
        return read(timeout)

    stage.room.read = counted  # type: ignore[method-assign]
    stage.play()
    prompts = stage.assistant.pack.prompts
    said = ["".join(reply["say"]) for reply in stage.of("reply")]
    assert said[1:4] == [
        "".join(prompts[key]) for key in ("silence_first", "silence_second", "silence_standby")
    ]
    assert len(said) == 5


def test_typing_takes_over_while_it_speaks(stage: Stage) -> None:
    stage.ceiling.seconds = 5.0
    stage.on("speaking", lambda: stage.inbox.put(Typed("打电话怎么取消月卡")))
    stage.on("reply", lambda: None, lambda: setattr(stage.ceiling, "seconds", 0.001))
    stage.on("spoken", lambda: stage.inbox.put(GOODBYE))
    names = stage.play()
    assert names.count("interrupted") == 1
    assert [each["text"] for each in stage.of("heard")] == ["打电话怎么取消月卡", "再见"]
    assert stage.of("reply")[1]["intent"] == "guide.hotline"


def test_enter_stops_the_voice_and_then_it_listens(stage: Stage) -> None:
    stage.ceiling.seconds = 30.0
    stage.on("speaking", lambda: stage.inbox.put(Typed("")))
    stage.on("interrupted", lambda: setattr(stage.ceiling, "seconds", 0.001))
    stage.on("listening", lambda: stage.inbox.put(GOODBYE))
    names = stage.play()
    assert names.index("interrupted") < names.index("listening")
    assert names[-1] == "bye"


def test_enter_ends_a_turn_at_once(stage: Stage, spoken: Callable[..., Samples]) -> None:
    stage.on("listening", lambda: stage.room.say(spoken("去营业厅要带什么东西")))
    read, spoke = stage.room.read, []
    stage.on("speech", lambda: spoke.append(True))
    ended: list[bool] = []

    def noisy(timeout: float) -> Samples | None:
        # The television goes on behind the question, so no silence ever ends the turn.
        if spoke and not stage.room.coming and not ended:
            ended.append(True)
            stage.inbox.put(Typed(""))
        return read(timeout)

    stage.room.read = noisy  # type: ignore[method-assign]
    stage.on("spoken", lambda: None, lambda: stage.inbox.put(GOODBYE))
    stage.play()
    # By its sound: a recogniser may write 营业听.
    assert sounds("营业厅") == sounds(stage.of("heard")[0]["text"])[1:4]


def test_a_voice_that_fails_leaves_the_words(stage: Stage) -> None:
    stage.hum.broken = True
    stage.on("trouble", lambda: stage.inbox.put(Typed("打电话怎么取消月卡")))
    stage.on("listening", lambda: None, lambda: stage.inbox.put(GOODBYE))
    names = stage.play()
    assert stage.of("trouble")[0]["what"] == "engine_failed"
    assert stage.of("reply")[1]["intent"] == "guide.hotline"
    assert names[-1] == "bye"


def test_a_microphone_that_goes_away_is_told_and_taken_again(
    stage: Stage, spoken: Callable[..., Samples], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hardware, "RETRY", 0.01)
    lost = AudioInputError("gone", code="microphone_lost")
    goodbye = spoken("再见")
    stage.on("listening", lambda: stage.room.coming.append(lost), lambda: stage.room.say(goodbye))
    names = stage.play()
    assert [each["what"] for each in stage.of("trouble")] == ["microphone_lost"]
    assert "麦克风" in stage.of("trouble")[0]["advice"]
    assert stage.of("reply")[-1]["intent"] == "command.quit"
    assert names[-1] == "bye"


def test_a_microphone_that_is_gone_when_the_loudspeaker_was_looked_for_is_told_as_lost(
    stage: Stage, spoken: Callable[..., Samples], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hardware, "RETRY", 0.01)
    goodbye = spoken("再见")

    def nowhere() -> Device:
        raise AudioOutputError("none")

    stage.outlet = Outlet(nowhere)
    gone = AudioInputError("none", code="no_microphone")
    # It is let go of only when nothing is being said, for the sake of the loudspeaker that is missing.
    stage.on("spoken", lambda: stage.unplugged.append(gone))
    stage.on("trouble", lambda: stage.room.say(goodbye))
    names = stage.play()
    assert [each["what"] for each in stage.of("trouble")] == ["microphone_lost"]
    assert stage.of("reply")[-1]["intent"] == "command.quit"
    assert names[-1] == "bye"


def test_a_fault_that_nobody_thought_of_does_not_end_it(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    faults: list[Samples | Exception] = [LookupError("我老伴住院了") for _ in range(3)]
    stage.on("listening", lambda: stage.room.coming.extend(faults))
    stage.on("spoken", lambda: None, lambda: stage.inbox.put(GOODBYE))
    names = stage.play()
    # The same fault three times is told once: a listener needs no litany.
    assert [each["what"] for each in stage.of("trouble")] == ["unknown"]
    assert "LookupError" in caplog.text
    assert "老伴" not in caplog.text
    assert names[-1] == "bye"


def test_a_key_says_the_last_answer_again(stage: Stage) -> None:
    stage.on("listening", lambda: stage.inbox.put(Typed("打电话怎么取消月卡")))
    again = [
        lambda: None,
        lambda: stage.inbox.put(Pressed(Key.REPEAT)),
        lambda: stage.inbox.put(GOODBYE),
    ]
    stage.on("spoken", *again)
    stage.play()
    said = [reply["say"] for reply in stage.of("reply")]
    assert said[1] == said[2]
    assert stage.of("reply")[2]["intent"] == "command.repeat"


def test_a_recogniser_that_hangs_is_replaced(
    stage: Stage, spoken: Callable[..., Samples], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hearing, "HANGS", 3.0)
    let_go = threading.Event()
    stage.spoiled = Hanging(let_go)
    question, goodbye = spoken("打电话怎么取消月卡"), spoken("再见")
    stage.on("listening", lambda: stage.room.say(question), lambda: stage.room.say(goodbye))
    names = stage.play()
    let_go.set()
    assert [each["what"] for each in stage.of("trouble")] == ["recogniser_stuck"]
    assert stage.of("reply")[-1]["intent"] == "command.quit"
    assert names[-1] == "bye"


def test_a_recogniser_that_raises_is_told_and_heard_with_again(
    stage: Stage, spoken: Callable[..., Samples]
) -> None:
    stage.spoiled = Hanging(None)
    question, goodbye = spoken("打电话怎么取消月卡"), spoken("再见")
    stage.on(
        "listening", lambda: stage.room.say(question), lambda: stage.room.say(question),
        lambda: stage.room.say(goodbye),
    )  # fmt: skip
    names = stage.play()
    assert {each["what"] for each in stage.of("trouble")} == {"engine_failed"}
    assert stage.of("reply")[-1]["intent"] == "command.quit"
    assert names[-1] == "bye"


@pytest.mark.parametrize(
    ("ending", "ended"), [(signal.SIGINT, KeyboardInterrupt), (signal.SIGTERM, SystemExit)]
)
def test_whatever_ends_it_the_microphone_is_let_go_of_and_the_end_reported(
    stage: Stage, ending: int, ended: type[BaseException]
) -> None:
    stage.on("listening", lambda: stage.inbox.put(Leave(ending)))
    with pytest.raises(ended):
        stage.play()
    assert stage.room.closed
    assert [event["event"] for event in stage.events].count("bye") == 1
    assert stage.events[-1]["event"] == "bye"


def test_where_nothing_can_listen_the_microphone_is_let_go_of(stage: Stage) -> None:
    stage.unloadable = [ModelError("none")]
    with pytest.raises(ModelError):
        stage.play()
    assert stage.room.closed


def test_one_that_cannot_be_loaded_anew_is_tried_again_soon(
    stage: Stage, spoken: Callable[..., Samples], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hearing, "RETRY", 0.05)
    monkeypatch.setattr(hearing, "LOADS", 10.0)
    stage.spoiled = Hanging(None)
    stage.unloadable = [ModelError("gone for a moment"), ModelError("and still")]
    question, goodbye = spoken("打电话怎么取消月卡"), spoken("再见")
    stage.on(
        "listening", lambda: stage.room.say(question), lambda: stage.room.say(question),
        lambda: stage.room.say(goodbye), lambda: stage.room.say(goodbye),
    )  # fmt: skip
    names = stage.play()
    assert {each["what"] for each in stage.of("trouble")} == {"engine_failed", "model_missing"}
    assert stage.of("reply")[-1]["intent"] == "command.quit"
    assert names[-1] == "bye"
