"""Turns of the user's answered: what was heard, or typed, to a reply that is said, and what is expected next."""

from __future__ import annotations

from collections.abc import Sequence

from voice.assistant import Assistant, Turn
from voice.config import DialogueOptions
from voice.content.command_names import Command
from voice.dialogue.state import Reply
from voice.events import Emit
from voice.hear.ear import weighted
from voice.hear.endpoint import Event
from voice.hear.listener import Heard
from voice.loop.devices import Devices
from voice.loop.hearing import Hearing
from voice.loop.interruption import Verdict
from voice.loop.speaking import Speaking
from voice.loop.takeover import verdict
from voice.loop.troubles import Troubles
from voice.protocol import Timing, reply_fields
from voice.understand.meaning import Reading


class Turns:
    """Joins hearing, the assistant and speaking."""

    def __init__(
        self,
        assistant: Assistant,
        devices: Devices,
        hearing: Hearing,
        speaking: Speaking,
        troubles: Troubles,
        emit: Emit,
        options: DialogueOptions,
    ) -> None:
        self._assistant = assistant
        self._devices = devices
        self._hearing = hearing
        self._speaking = speaking
        self._troubles = troubles
        self._emit = emit
        self._options = options
        self._quiet = 0.0
        self._prompted = 0

    def heard(self, heard: Heard) -> bool:
        """Act on something that the listener noticed; True when what follows it is void."""
        if self._speaking.going_on:
            return self._overheard(heard)
        match heard.event:
            case Event.BEGAN:
                self._emit("speech")
            case Event.LOOK if heard.text:
                self._emit("partial", text=heard.text)
                self._prepare(_readings(heard))
            case Event.ENDED:
                self._emit("endpoint")
                if heard.trouble is not None:
                    self._troubles.write(heard.trouble)
                self.respond(weighted(heard.hearing))
                return True
        return False

    def respond(self, readings: Sequence[Reading]) -> None:
        """Answer one utterance; no reading at all means that nothing could be heard."""
        turn = self._assistant.respond(readings)
        self._emit("heard", text=turn.meaning.heard)
        self._answer(turn)

    def repeat(self) -> None:
        """Say the last answer again."""
        self._answer(self._assistant.obey(Command.REPEAT))

    def say(self, reply: Reply) -> None:
        """Say something that nobody asked for."""
        self._emit("reply", **reply_fields(reply))
        self._speaking.say(reply, self._assistant.preferences)

    def expect(self, *, patient: bool = False) -> None:
        """Get ready for what may be said next."""
        self._hearing.expect(self._assistant.expectation, patient=patient)

    def wait(self, seconds: float) -> None:
        """Nobody spoke for so long, or with 0 somebody does: offer help a few times, then rest."""
        self._quiet = self._quiet + seconds if seconds else 0.0
        limits = self._options.silences
        if self._prompted < len(limits) and self._quiet >= limits[self._prompted]:
            self._quiet = 0.0
            self._prompted += 1
            self.say(self._assistant.no_input())
            self.expect()

    def stay(self, *, anew: bool = False) -> None:
        """Silence is counted from now on; ``anew``: somebody is there, and help may be offered from the beginning."""
        self._quiet = 0.0
        if anew:
            self._prompted = 0

    def _overheard(self, heard: Heard) -> bool:
        """Judge what was said into the assistant's speaking."""
        if heard.event is Event.BEGAN:
            self._emit("speech")
            self._hearing.barge_in.words_come()
        if heard.event not in (Event.LOOK, Event.ENDED, Event.DROPPED):
            return False
        final = heard.event is not Event.LOOK
        found = Verdict.LET_PASS if final else Verdict.WAIT
        if heard.text:
            if not final:
                self._emit("partial", text=heard.text)
            readings = _readings(heard)
            meaning = self._assistant.meaning(readings)
            found = verdict(meaning, readings, self._speaking.moment, final=final)
        if found is Verdict.TAKE:
            self._emit("endpoint")
            self.respond(_readings(heard))
            return True
        return self._hearing.judge(found, self._speaking)

    def _prepare(self, readings: Sequence[Reading]) -> None:
        """Let the voice make the beginning of the likely answer while the turn may still go on."""
        reply, preferences = self._assistant.consider(readings)
        if reply.say:
            self._devices.mouth.prepare(reply.say, preferences)

    def _answer(self, turn: Turn) -> None:
        self.stay(anew=True)
        timing = Timing(self._hearing.take_milliseconds(), turn.understand_ms, turn.decide_ms)
        self._emit("reply", **reply_fields(turn.reply, turn.meaning.heard, timing))
        self._speaking.say(turn.reply, self._assistant.preferences, answers=True)
        # Who asks for time is waited for longer.
        self.expect(patient=turn.meaning.command is Command.WAIT)


def _readings(heard: Heard) -> tuple[Reading, ...]:
    """What was heard, weighted; a streaming recogniser has but one reading before the end."""
    return weighted(heard.hearing) or (Reading(heard.text),)
