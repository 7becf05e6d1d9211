"""What understanding knows of one content pack: the learned classifier and the compiled word lists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from typing import Self

import numpy as np
from numpy.typing import NDArray

from voice.content.command_names import Command
from voice.content.entries import Kind, Pack
from voice.understand.asking import NO_TEMPLATES, UNLISTED, Asking
from voice.understand.beginnings import Beginnings
from voice.understand.classifier import Classifier, Probabilities
from voice.understand.commands import Commands
from voice.understand.concepts import Spotter
from voice.understand.consent_words import ConsentWords
from voice.understand.decide import Thresholds, decide
from voice.understand.declined import Declining
from voice.understand.deeds import Deeds
from voice.understand.demand import Demand
from voice.understand.endings import Endings, learned_from
from voice.understand.meaning import Act, Choice, Expectation, Meaning
from voice.understand.noise import NoiseFilter
from voice.understand.normal import Utterance
from voice.understand.progress import Progress
from voice.understand.templates import Templates, spell_out, units
from voice.understand.wish import Wish
from voice.understand.word_lists import SMALL

ASKED_FOR = tuple(kind for kind in Kind if kind not in (Kind.SMALLTALK, Kind.ELSEWHERE))
"""Kinds of entries that questions ask for."""
DEFAULT_THRESHOLDS = Thresholds()


@dataclass(frozen=True)
class Chances:
    """The probability of each class; they sum to 1."""

    classes: tuple[str, ...]
    strangers: NDArray[np.bool_]
    """Which of them are subjects of other people."""
    probabilities: Probabilities

    def of(self, name: str) -> float:
        """That of one class, 0 where the pack has none of that name."""
        return float(self.probabilities[self.classes.index(name)]) if name in self.classes else 0.0

    def best(self, beginning: str) -> float:
        """That of the likeliest class whose name begins so."""
        likely = zip(self.classes, self.probabilities.tolist(), strict=True)
        return max((chance for name, chance in likely if name.startswith(beginning)), default=0.0)

    @property
    def strange(self) -> float:
        """That of all subjects of other people together."""
        return float(self.probabilities[self.strangers].sum())


@dataclass(frozen=True)
class Knowledge:
    """Everything that is known of one pack; pure once built."""

    pack: Pack
    classifier: Classifier
    commands: Commands
    consent: ConsentWords
    noise: NoiseFilter
    corrections: Templates
    """「不是，我是说……」"""
    taking_back: Templates
    """Clauses that do nothing but take back what was said before: 「哦不对」."""
    returning: Templates
    """Clauses that do nothing but come back to the subject: 「说回月卡」."""
    upset: Templates
    """Words of anger."""
    foreign: Templates
    """Words of other people's subjects, as they are written: many have the sound of words that everybody uses."""
    foreign_cards: Templates
    """The same right before a word that we share with them: 「充电桩那个月卡」."""
    subjects: Spotter
    """Words of our own subject."""
    asking: Asking = UNLISTED
    """What a question holds, and how it ends."""
    about_offer: Templates = NO_TEMPLATES
    """Clauses that ask about what is on offer: 「长不长」."""
    progress: Progress | None = None
    """How people call for the next step; None where the pack does not say."""
    wish: Wish | None = None
    """How they say in whole clauses whether they want to hear something; None where the pack does not say."""
    demand: Demand | None = None
    """How they demand to hear what was offered before; None where the pack does not say."""
    deeds: Deeds | None = None
    """How they speak of the step that cannot be undone; None where nobody compiled it."""
    declining: Declining | None = None
    """How they decline a way of doing it; None where the pack does not say."""
    thresholds: Thresholds = field(default=DEFAULT_THRESHOLDS)
    endings: Endings | None = None
    """Where sentences end; None where nobody listens to speech."""

    @classmethod
    def of(cls, pack: Pack, classifier: Classifier, endings: Endings | None = None) -> Self:
        """Compile the word lists of ``pack``."""
        named, lists = pack.commands, pack.lexicon
        small = lists.get(SMALL, ())
        return cls(
            pack,
            classifier,
            Commands(
                named,
                small,
                lists.get("command_openings", ()),
                lists.get("command_closings", ()),
            ),
            ConsentWords.of(
                named[Command.YES].phrases if Command.YES in named else (),
                named[Command.NO].phrases if Command.NO in named else (),
                lists,
            ),
            NoiseFilter(lists.get("noise", ())),
            Templates(lists.get("corrections", ())),
            Templates(lists.get("taking_back", ())),
            Templates(lists.get("returning", ())),
            Templates(lists.get("anger_words", ())),
            Templates(
                (*lists.get("foreign_subjects", ()), *lists.get("foreign_spelled", ())),
                by_sound=False,
            ),
            Templates(_joined(lists, "foreign_subjects", "shared_subjects"), by_sound=False),
            Spotter({"ours": lists.get("own_subjects", ())}),
            about_offer=Templates(lists.get("asks_about_offer", ())),
            asking=Asking.of(lists),
            progress=Progress.of(lists),
            wish=Wish.of(lists),
            demand=Demand.of(lists),
            deeds=Deeds.of(lists),
            declining=Declining.of(lists, pack.ways),
            endings=endings,
        )

    @cached_property
    def ways(self) -> tuple[Choice, ...]:
        """The guides that may be turned to, as options."""
        return tuple(Choice(option.label, option.names, option.goto) for option in self.pack.ways)

    @cached_property
    def beginnings(self) -> Beginnings:
        """What questions begin with."""
        return Beginnings.of(learned_from(self.pack, *ASKED_FOR))

    def question(
        self,
        heard: Sequence[tuple[Utterance, float]],
        clarity: float,
        barred: frozenset[str] = frozenset(),
    ) -> Meaning:
        """What readings, each with its weight, ask for; ``clarity``, 0 to 1, is how well they were heard. Classes that
        are ``barred`` cannot be meant."""
        total = sum(weight for _, weight in heard)
        weighted = [(utterance, weight / total) for utterance, weight in heard]
        meaning = decide(
            heard[0][0].shown,
            self.classifier.judge(weighted, barred),
            self.classifier.classes,
            self.pack.entries,
            self.thresholds,
            clarity,
        )
        first = heard[0][0]
        if meaning.act is Act.ASK and self.elsewhere(first) and not self._tells_of(meaning, first):
            # 「快递的投诉电话」 has all the words of a question of ours but the subject.
            return replace(meaning, act=Act.MAYBE)
        return meaning

    def _tells_of(self, meaning: Meaning, utterance: Utterance) -> bool:
        """Whether the entry is itself about the subject of other people that is named: 「银行卡号要不要报」."""
        foreign = self.words("foreign_subjects")
        return any(
            word in utterance.text
            and word not in foreign
            and self.foreign.occur_in(spell_out(word))
            for word in self.pack.entries[meaning.candidates[0].entry].topic_words
        )

    def chances(self, utterance: Utterance) -> Chances:
        """How likely the classifier finds each of its classes."""
        judged = self.classifier.judge([(utterance, 1.0)])
        return Chances(self.classifier.classes, self.classifier.strange, judged.probabilities)

    def elsewhere(self, utterance: Utterance) -> bool:
        """Whether it names a subject of other people and none of ours."""
        if not any(map(self.foreign.occur_in, map(spell_out, utterance.clauses))):
            return False
        if any(map(self.foreign_cards.occur_in, map(spell_out, utterance.clauses))):
            return True
        return not any(self.subjects.spot(units(clause)) for clause in utterance.clauses)

    def consent_to(self, expected: Expectation) -> ConsentWords:
        """The words of consent, beside the names of what was asked about."""
        if not expected.about:
            return self.consent
        offered = (*expected.about, *self.words("offered"))
        return self.consent.about(offered, self.words("asked_about"))

    def words(self, name: str) -> tuple[str, ...]:
        """A word list of the pack, empty when it has none of that name."""
        return self.pack.lexicon.get(name, ())

    def templates(self, name: str) -> Templates:
        """A list of templates of the pack, compiled when it is first asked for."""
        return _compiled(self.words(name))


@lru_cache(maxsize=64)
def _compiled(sources: tuple[str, ...]) -> Templates:
    return Templates(sources)


def _joined(lists: Mapping[str, Sequence[str]], first: str, second: str) -> tuple[str, ...]:
    """Template of a word of one list, with little between, before a word of another; none where one is empty."""
    before, behind = "|".join(lists.get(first, ())), "|".join(lists.get(second, ()))
    return (f"({before})(里|的|那|这|个|张|种|办)*({behind})",) if before and behind else ()
