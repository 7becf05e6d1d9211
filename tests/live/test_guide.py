"""A whole guide by voice: its steps, a quicker pace, and the warning that is asked about before it is read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.live.marks import NEEDS_DEVICES
from tests.live.sound_server import SoundServer
from tests.live.talking import Talk, talking
from voice import preferences
from voice.dialogue.state import Preferences
from voice.hear.recogniser import Samples

pytestmark = NEEDS_DEVICES

WARNING = "违约金"


def _say(server: SoundServer, talk: Talk, sound: Samples) -> dict[str, Any]:
    """Say something when it listens, once more when it was not understood; the reply, all of which was heard."""
    for _ in range(2):
        server.speak(sound)
        reply = talk.wait_for("reply")
        talk.wait_for_any("listening", "bye")
        if reply["intent"] is not None:
            break
    return reply


def _type(talk: Talk, words: str) -> dict[str, Any]:
    """Type something while it speaks or listens; the reply."""
    talk.type(words)
    return talk.wait_for("reply")


def test_a_guide_is_followed_to_its_warning_which_is_read_to_who_wants_it(
    server: SoundServer, spoken: Callable[..., Samples]
) -> None:
    # Quicker from the beginning, so that the test is: a good minute of it is listening to the answers.
    preferences.save(Path(server.environment["VOICE_DATA"]), Preferences(rate=240))
    with talking(server) as talk:
        talk.begin()
        first = ("打电话怎么取消月卡", "快一点", "下一步")
        replies = [_say(server, talk, spoken(words)) for words in first]
        # The steps between are typed, which takes less time; the question is heard to its end.
        while "要听" not in "".join(replies[-1]["say"]):
            assert len(replies) < 9, [each["say"] for each in replies]
            replies.append(_type(talk, "下一步"))
        talk.wait_for("listening")
        refused = _say(server, talk, spoken("不听"))  # as the question itself suggests
        asked = _type(talk, "取消要交违约金吗")
        talk.wait_for("listening")
        agreed = _say(server, talk, spoken("要听"))
        last = _say(server, talk, spoken("再见"))
    intents = [each["intent"] for each in (*replies[:3], refused, agreed, last)]
    assert intents == [
        "guide.hotline",
        "command.faster",
        "command.next",
        "command.no",
        "command.yes",
        "command.quit",
    ]
    assert not any(WARNING in sentence for sentence in refused["say"])
    assert any(WARNING in sentence for sentence in agreed["say"])
    # What was not interrupted was played to its last word.
    whole = (*replies[:3], replies[-1], refused, asked, agreed)
    said = "".join(event["text"] for event in talk.events if event["event"] == "speaking")
    assert all("".join(each["say"]) in said for each in whole)
    assert "trouble" not in [event["event"] for event in talk.events]
