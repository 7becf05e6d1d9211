"""A simulated user: somebody with a wish, little patience, an accent, and other things on the mind.

The words are phrasings that understanding never learned from (its held-back tenth), and a share of the syllables of
everything said is replaced by ones they are confused with, written in a common character of that sound.
Run as a program it prints the figures: ``python -m tests.dialogue.simulated [runs] [first seed]``.
"""

from __future__ import annotations

import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from tests.dialogue.talk import text
from voice.assistant import Assistant, load_understanding
from voice.config import find_folders
from voice.content.entries import Entry, Kind, Pack
from voice.dialogue.state import AskConfirm, AskConsent, Reply
from voice.dialogue.wording import prompt
from voice.understand.confusion import corrupted
from voice.understand.examples import examples
from voice.understand.meaning import Act, Expect, Meaning
from voice.understand.syllables import sounds, toneless
from voice.understand.understanding import Understanding

NOISE = 0.15
"""Share of the syllables that are confused."""
YES, NO = ("要", "好", "听吧", "要听", "是的", "你说吧"), ("不要", "不听", "不用了", "不想听")
RIGHT, WRONG = ("对", "是的", "对的"), ("不对", "不是", "不是这个")
NEXT = ("下一步", "好了，下一步", "然后呢", "弄好了", "接下来呢")
BACK = ("接着说", "接着说步骤", "继续说刚才的步骤")
UNCLEAR = ("这个嘛", "我也不知道", "随便吧", "你等我想想")
HURRY = ("快一点", "说简单点")
NONE_OF_THEM = ("都不是", "都不要")


@dataclass(frozen=True)
class Persona:
    """What somebody is like; all are chances from 0 to 1 in a turn, but ``patience`` counts own turns."""

    noise: float = NOISE
    patience: int = 10
    silence: float = 0.05
    hurry: float = 0.03
    jump: float = 0.06
    unclear: float = 0.08
    wants_warning: float = 0.5


@dataclass
class Account:
    """What came of one conversation."""

    seed: int
    goal: str
    reached: bool = False
    turns: int = 0
    wrong: list[str] = field(default_factory=list)
    """Entries answered at once that were not asked for."""
    missed_offer: bool = False
    lines: list[str] = field(default_factory=list)


class Accent:
    """Replaces syllables by confused ones, in the characters people would read there."""

    def __init__(self, pack: Pack) -> None:
        counted = Counter(c for example in examples(pack) for c in example.text)
        self._character: dict[str, str] = {}
        for character, _ in counted.most_common():
            for sound in toneless(character)[:1]:
                self._character.setdefault(sound, character)

    def say(self, words: str, share: float, chance: random.Random) -> str:
        """``words`` with about ``share`` of the syllables confused."""
        return "".join(self._one(character, share, chance) for character in words)

    def _one(self, character: str, share: float, chance: random.Random) -> str:
        sound = sounds(character)
        other = corrupted(sound, share, chance)
        return self._character.get(other[0], character) if other != sound else character


class World:
    """What all simulated users share."""

    def __init__(self, pack: Pack, understanding: Understanding) -> None:
        self.pack, self.understanding, self.accent = pack, understanding, Accent(pack)
        words: dict[str, list[str]] = defaultdict(list)
        for example in examples(pack):
            if example.held_back and example.entry in pack.entries:
                words[example.entry].append(example.text)
        strange = (Kind.ELSEWHERE, Kind.SMALLTALK)
        self.words = {k: v for k, v in words.items() if pack.entries[k].kind not in strange}

    def run(self, seed: int, persona: Persona = Persona()) -> Account:
        """One conversation."""
        chance = random.Random(seed)
        guides = [g.id for g in self.pack.by_kind(Kind.GUIDE) if g.id in self.words]
        goal = chance.choice(guides if chance.random() < 0.3 else list(self.words))
        return User(self, persona, self.pack.entries[goal], chance, seed).talk()


class User:
    """One simulated user in one conversation."""

    def __init__(
        self, world: World, persona: Persona, goal: Entry, chance: random.Random, seed: int
    ) -> None:
        self.world, self.persona, self.goal, self.chance = world, persona, goal, chance
        self.assistant = Assistant(world.pack, world.understanding)
        self.account = Account(seed, goal.id)
        self._ways = chance.sample(world.words[goal.id], len(world.words[goal.id]))
        self._offered = False
        self._begun = False

    def talk(self) -> Account:
        """Speak until the wish is fulfilled or the patience is over."""
        reply = self.ask_for_it()
        allowed = self.persona.patience + 3 * len(self.goal.steps)
        while not self.account.reached and not reply.ended and self.account.turns < allowed:
            reply = self.answer(reply)
        return self.account

    def answer(self, reply: Reply) -> Reply:
        """What somebody like this says to ``reply``."""
        dice, persona = self.chance.random(), self.persona
        if (dice := dice - persona.silence) < 0:
            return self.heard(self.assistant.no_input(), "…")
        if (dice := dice - persona.hurry) < 0:
            return self.say(self.one_of(HURRY))
        if self._begun and (dice := dice - persona.jump) < 0:
            return self.jump()
        if reply.expects is Expect.YES_NO:
            return self.say(self.one_of(UNCLEAR) if dice < persona.unclear else self.yes_or_no())
        if reply.expects is Expect.CHOICE:
            return self.choose(reply)
        if self._begun:
            return self.say(self.one_of(BACK if self.assistant.state.paused else NEXT))
        return self.ask_for_it()

    def ask_for_it(self) -> Reply:
        """The wish, each time in other words."""
        words = self._ways[self.account.turns % len(self._ways)]
        return self.say(words, wanted=self.goal)

    def jump(self) -> Reply:
        """Something else comes to mind."""
        other = self.one_of(sorted(self.world.words))
        if self.world.pack.entries[other].kind is Kind.GUIDE:
            return self.say(self.one_of(NEXT))
        return self.say(self.one_of(self.world.words[other]), wanted=self.world.pack.entries[other])

    def yes_or_no(self) -> str:
        question = self.assistant.state.question
        if isinstance(question, AskConfirm):
            return self.one_of(RIGHT if self.leads_on(question.entry) else WRONG)
        if isinstance(question, AskConsent):
            wants = self.goal.consent or self.chance.random() < self.persona.wants_warning
            return self.one_of(YES if wants else NO)
        return self.one_of(NO)

    def choose(self, reply: Reply) -> Reply:
        for index, option in enumerate(reply.options):
            if self.leads_on(option.goto):
                by_number = self.chance.random() < 0.5
                return self.say("第" + "一二三"[index] + "个" if by_number else option.label)
        if self.chance.random() < 0.5:
            return self.say(self.one_of(NONE_OF_THEM))
        return self.ask_for_it()

    def leads_on(self, entry_id: str) -> bool:
        """True when this entry is the wish, or asks the question that leads to it."""
        options = self.world.pack.entries[entry_id].options
        return entry_id == self.goal.id or self.goal.id in (option.goto for option in options)

    def say(self, words: str, wanted: Entry | None = None) -> Reply:
        """Say ``words``, with the accent, and listen."""
        said = self.world.accent.say(words, self.persona.noise, self.chance)
        self.account.turns += 1
        turn = self.assistant.respond_to_text(said)
        if (wrong := self.wrong_answer(turn.meaning, wanted)) is not None:
            self.account.wrong.append(
                f"{words} / {said}: {wrong} for {wanted.id if wanted else ''}"
            )
        return self.heard(turn.reply, f"{words} / {said}")

    def wrong_answer(self, meaning: Meaning, wanted: Entry | None) -> str | None:
        """The entry that was answered at once and not asked for."""
        if meaning.act is not Act.ASK:
            return None
        answered = meaning.candidates[0].entry
        if wanted is None:
            return answered
        options = (option.goto for option in self.world.pack.entries[answered].options)
        return None if answered == wanted.id or wanted.id in options else answered

    def heard(self, reply: Reply, words: str) -> Reply:
        """Take in what was said."""
        said = text(reply.say)
        self.account.lines.append(f"{words} -> [{reply.intent}] {said}")
        self.watch_for_the_offer(said)
        guide = self.assistant.state.guide
        self._begun = self._begun or (guide is not None and guide.guide == self.goal.id)
        forms = (self.goal.done,) if self.goal.steps else (self.goal.answer, self.goal.simple)
        self.account.reached |= any(form and text(form) in said for form in forms)
        return reply

    def watch_for_the_offer(self, said: str) -> None:
        """Whoever hears a step that cannot be undone must have been offered the warning in this run."""
        pack = self.world.pack
        for guide in pack.by_kind(Kind.GUIDE):
            title, count = guide.title, len(guide.steps)
            if text(prompt(pack, "guide_intro", title=title, count=count)) in said:
                self._offered = False
            for step in guide.steps if guide.warning else ():
                heard = any(form and form[0] in said for form in (step.say, step.simple))
                if step.irreversible and heard and not self._offered:
                    self.account.missed_offer = True
        if text(prompt(pack, "consent_in_guide")) in said:
            self._offered = True

    def one_of(self, words: Iterable[str]) -> str:
        return self.chance.choice(list(words))


@dataclass(frozen=True)
class Figures:
    """What came of many conversations; shares from 0 to 1."""

    runs: int
    success: float
    turns: float
    """Mean number of the user's turns."""
    wrong: float
    """Share of the runs in which an entry was answered that nobody asked for."""
    missed_offers: int
    unsuccessful: tuple[int, ...]
    """Seeds."""
    misled: tuple[int, ...]
    """Seeds of the runs with a wrong answer."""

    def __str__(self) -> str:
        return (
            f"{self.runs} runs: reached {self.success:.1%}, mean turns {self.turns:.1f}, wrong answer heard in"
            f" {self.wrong:.1%}, missed offers {self.missed_offers}\n"
            f"not reached, seeds: {self.unsuccessful}\nwrong answer, seeds: {self.misled}"
        )


def figures(accounts: list[Account]) -> Figures:
    """Sum up."""
    runs = len(accounts)
    misled = tuple(account.seed for account in accounts if account.wrong)
    return Figures(
        runs,
        sum(account.reached for account in accounts) / runs,
        sum(account.turns for account in accounts) / runs,
        len(misled) / runs,
        sum(account.missed_offer for account in accounts),
        tuple(account.seed for account in accounts if not account.reached),
        misled,
    )


def main(runs: int = 200, first: int = 0) -> None:
    """Print the figures and what went wrong most."""
    folders = find_folders()
    world = World(*load_understanding(folders.content, folders.data))
    accounts = [world.run(seed) for seed in range(first, first + runs)]
    print(figures(accounts))
    failed = [account for account in accounts if not account.reached]
    print("not reached:", Counter(account.goal for account in failed).most_common(20))
    for account in failed[:8]:
        print(f"--- seed {account.seed}, {account.goal}", *account.lines, sep="\n")
    print("wrong answers:", *(w for account in accounts for w in account.wrong), sep="\n")


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[2]))
    main(*map(int, sys.argv[1:]))
