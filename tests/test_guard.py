"""What nobody thought of is told by its kind and place, and never by what somebody said."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from pathlib import Path
from queue import SimpleQueue

import pytest

from voice.config import PACKAGE
from voice.dialogue.state import Preferences
from voice.errors import EngineError, ModelError, VoiceError
from voice.guard import guarded
from voice.hear.listener import TurnListener
from voice.loop.attention import Attention, Attentive, Failing
from voice.speak.maker import Maker
from voice.speak.mouth import Failed, Mouth, SpeechNews
from voice.speak.output import Played
from voice.speak.speaker import Caption
from voice.speak.synthesiser import Samples

SAID = "我老伴住院了"


def _break() -> Samples:
    raise KeyError(SAID)


def test_its_kind_and_its_frames_are_told(caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(VoiceError, match="the loop failed: KeyError"), guarded("the loop"):
        _break()
    assert "in _break" in caplog.text
    assert SAID not in caplog.text


def test_what_is_foreseen_passes(caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(ModelError, match="no model"), guarded("the loop"):
        raise ModelError("no model")
    assert not caplog.text


class _Faulty:
    """A voice that fails with the words in its error."""

    def say(
        self,
        sentences: tuple[str, ...],
        preferences: Preferences,  # noqa: ARG002
        caption: Caption | None = None,  # noqa: ARG002
        halted: object = None,  # noqa: ARG002
    ) -> Played:
        raise KeyError(sentences)

    def prepare(self, *_: object) -> None: ...

    def stop(self) -> None: ...

    def pause(self) -> None: ...

    def resume(self) -> None: ...

    def close(self) -> None: ...


def _spoken() -> VoiceError:
    news: SimpleQueue[SpeechNews] = SimpleQueue()
    mouth = Mouth(_Faulty(), news.put)
    mouth.say((SAID,), Preferences())
    failed = news.get(timeout=10)
    mouth.close()
    assert isinstance(failed, Failed)
    return failed.error


def _heard() -> VoiceError:
    def build() -> TurnListener:
        raise KeyError(SAID)

    news: SimpleQueue[Attentive] = SimpleQueue()
    Attention(build, news.put)
    failing = news.get(timeout=10)
    assert isinstance(failing, Failing)
    return failing.error


def _made() -> VoiceError:
    maker = Maker((_break() for _ in range(1)), lambda *_: True)
    maker.start()
    with pytest.raises(EngineError) as raised:
        maker.finish()
    return raised.value


@pytest.mark.parametrize("fail", [_spoken, _heard, _made])
def test_no_thread_logs_words(
    fail: Callable[[], VoiceError], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    error = fail()
    assert "KeyError" in str(error)
    assert SAID not in caplog.text + str(error)


def test_nothing_else_catches_everything() -> None:
    catching = re.compile(r"except (Base)?Exception\b.*as |except:")
    found = [
        path.name
        for path in Path(PACKAGE).rglob("*.py")
        if catching.search(path.read_text("utf-8"))
    ]
    assert found == ["guard.py"]
