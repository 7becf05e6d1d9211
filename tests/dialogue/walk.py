"""Random conversations and what must hold in every turn of them."""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace

from tests.dialogue.talk import MUMBLED, NOISE, OFF, about, command, text
from voice.content.command_names import ADJUSTMENTS, Command
from voice.content.entries import Entry, Kind, Pack
from voice.dialogue import policy
from voice.dialogue.state import PROFILES, AskConsent, Preferences, Reply, State
from voice.dialogue.wording import TURN_LIMIT, prompt, spoken_length
from voice.understand.meaning import Act, Expect, Meaning

MANNER = ADJUSTMENTS | {Command.SIMPLER, Command.MORE, Command.VOICE, *PROFILES}
SETTINGS = MANNER | {Command.JOURNAL_ON, Command.JOURNAL_OFF}
SAYS_AGAIN = MANNER | {
    Command.REPEAT, Command.RESUME, Command.YES, Command.NO, Command.STOP, Command.WAIT,
}  # fmt: skip
"""Commands that may say once more what the listener agreed to hear."""


def askable(pack: Pack) -> tuple[Entry, ...]:
    """Entries that understanding takes a question for."""
    others = (Kind.ELSEWHERE, Kind.SMALLTALK)
    return tuple(entry for entry in pack.entries.values() if entry.kind not in others)


class Speaker:
    """Says anything at any time."""

    def __init__(self, pack: Pack, chance: random.Random) -> None:
        self._asked = [entry.id for entry in askable(pack)]
        self._small = [entry.id for entry in pack.by_kind(Kind.SMALLTALK)]
        self._guides = [entry.id for entry in pack.by_kind(Kind.GUIDE)]
        self._grave = [entry.id for entry in askable(pack) if entry.consent or entry.offers]
        self._chance = chance

    def speak(self) -> Meaning:
        """Half the time a command, often about guides and warnings, sometimes nonsense."""
        chance, dice = self._chance, self._chance.random()
        if dice < 0.30:
            return command(chance.choice(("next", "yes", "no", "stop", "resume", "next")))
        if dice < 0.60:
            return command(chance.choice(tuple(Command)), chance.randrange(0, 7))
        correction, upset = chance.random() < 0.2, chance.random() < 0.2
        if dice < 0.75:
            entry = chance.choice(self._guides + self._grave)
            return about(Act.ASK, entry, correction=correction, upset=upset)
        if dice < 0.85:
            entry = chance.choice(self._asked)
            return about(Act.ASK, entry, correction=correction, upset=upset)
        if dice < 0.88:
            return about(Act.MAYBE, chance.choice(self._asked), upset=upset)
        if dice < 0.91:
            several = chance.sample(self._asked, chance.choice((1, 2, 3)))
            return about(Act.AMONG, *several, upset=upset)
        if dice < 0.94:
            return about(Act.SMALLTALK, chance.choice(self._small))
        if dice < 0.97:
            return replace(about(Act.OFF_SUBJECT, *chance.sample(self._asked, 2)), upset=upset)
        return chance.choice((NOISE, OFF, MUMBLED))


@dataclass
class Witness:
    """Follows a conversation by what is said in it, and objects to what must not be.

    It keeps its own account of what was offered and agreed to, and takes nothing of that from the state.
    """

    pack: Pack
    state: State = field(init=False)
    reply: Reply = field(init=False)
    offered: bool = False
    """The warning was offered in this run of the guide."""
    agreed: set[str] = field(default_factory=set)
    """Entries whose hearing was agreed to, and not asked about again since."""
    longest: int = 0

    def __post_init__(self) -> None:
        self.state, self.reply = policy.begin(self.pack, Preferences())
        entries = self.pack.entries.values()
        self._intros = {
            text(prompt(self.pack, "guide_intro", title=guide.title, count=len(guide.steps)))
            for guide in self.pack.by_kind(Kind.GUIDE)
        }
        self._grave = [
            sentences[0]
            for guide in self.pack.by_kind(Kind.GUIDE)
            for step in guide.steps
            for sentences in (step.say, step.simple, step.more)
            if guide.warning and step.irreversible and sentences
        ]
        self._secret = {
            entry.id: [s for form in (entry.answer, entry.simple, entry.more) for s in form]
            for entry in entries
            if entry.consent
        }
        self._offer = text(prompt(self.pack, "consent_in_guide"))

    def hear(self, meaning: Meaning) -> None:
        """One turn."""
        before, last = self.state, self.state.last
        self.state, self.reply = policy.respond(self.pack, before, meaning)
        said = text(self.reply.say)
        assert said, f"nothing said to {meaning} in {before}"
        self._short()
        self._offered_first(said)
        self._agreed_first(before, meaning, said)
        if meaning.act is Act.COMMAND and meaning.command == "repeat":
            assert self.reply.say == last.say
            assert replace(self.state, misses=0, silences=0) == replace(
                before, misses=0, silences=0
            )
        if not (meaning.act is Act.COMMAND and meaning.command in SETTINGS):
            assert self.state.preferences == before.preferences
        if meaning.command == "quit":
            assert self.reply.ended
            assert self.reply.expects is Expect.NOTHING
        else:
            assert self.reply.expects is self.state.expects
        self._small()

    def silence(self) -> None:
        """Nobody speaks: nothing is agreed to, nothing is lost."""
        before = self.state
        self.state, self.reply = policy.no_input(self.pack, before)
        assert replace(self.state, silences=0) == replace(before, silences=0)
        assert self.reply.say or before.silences == 3
        said = text(self.reply.say)
        assert not any(s in said for secret in self._secret.values() for s in secret)
        assert not any(s in said for s in self._grave)
        self._short()

    def ways_out(self, plain: Entry) -> None:
        """From here one can leave, and ask anything else."""
        _, reply = policy.respond(self.pack, self.state, command("quit"))
        assert reply.ended
        _, reply = policy.respond(self.pack, self.state, about(Act.ASK, plain.id))
        said = text(reply.say)
        assert text(plain.answer) in said or text(plain.simple) in said

    def _short(self) -> None:
        length = spoken_length(self.reply.say)
        self.longest = max(self.longest, length)
        assert length <= TURN_LIMIT, f"{length} characters: {self.reply.say}"
        assert len(self.reply.options) <= 3

    def _offered_first(self, said: str) -> None:
        if any(intro in said for intro in self._intros):
            self.offered = False
        if self._offer in said:
            self.offered = True
        for sentence in self._grave:
            assert self.offered or sentence not in said, f"not offered before: {said}"

    def _agreed_first(self, before: State, meaning: Meaning, said: str) -> None:
        if isinstance(before.question, AskConsent) and meaning.command == "yes":
            self.agreed.add(before.question.entry)
        again = meaning.act is Act.COMMAND and meaning.command in SAYS_AGAIN
        for entry, sentences in self._secret.items():
            if any(sentence in said for sentence in sentences):
                assert entry in self.agreed, f"nobody agreed to hear: {said}"
                assert again, f"{meaning} is no wish to hear: {said}"
        if isinstance(self.state.question, AskConsent):
            self.agreed.discard(self.state.question.entry)

    def _small(self) -> None:
        assert self.state.misses < 3
        assert self.state.silences <= 3
        assert len(self.state.last.say) <= 12
        assert len(self.state.options) <= 3


def walk(pack: Pack, turns: int, seed: int) -> Witness:
    """A conversation of ``turns`` turns; raises AssertionError with the seed in reach of the caller."""
    chance = random.Random(seed)
    speaker, witness = Speaker(pack, chance), Witness(pack)
    plain = [e for e in askable(pack) if e.answer and not e.consent and e.kind is not Kind.GUIDE]
    for _ in range(turns):
        if chance.random() < 0.03:
            witness.silence()
        else:
            witness.hear(speaker.speak())
        if chance.random() < 0.2:
            witness.ways_out(chance.choice(plain))
    return witness
