"""Words and what is expected now, to a meaning."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from voice.content.entries import Pack
from voice.understand import choices, consent
from voice.understand.classifier import Classifier
from voice.understand.commands import Commands, Found
from voice.understand.consent import Consent, ConsentWords
from voice.understand.decide import Thresholds, decide
from voice.understand.meaning import Act, Expect, Expectation, Meaning
from voice.understand.noise import NoiseFilter
from voice.understand.normal import Utterance, normalise
from voice.understand.templates import Template, compile_all, spell

DEFAULT_THRESHOLDS = Thresholds()


@dataclass(frozen=True)
class Reading:
    """One reading of what was said, with its weight among the others."""

    text: str
    weight: float = 1.0


@dataclass(frozen=True)
class Understanding:
    """Everything that understanding knows of one pack; pure once built."""

    pack: Pack
    classifier: Classifier
    commands: Commands
    consent: ConsentWords
    noise: NoiseFilter
    corrections: tuple[Template, ...]
    thresholds: Thresholds = field(default=DEFAULT_THRESHOLDS)

    @classmethod
    def of(cls, pack: Pack, classifier: Classifier) -> Understanding:
        """Compile the word lists of ``pack``."""
        small = pack.lexicon.get("small_words", ())
        named = pack.commands
        return cls(
            pack,
            classifier,
            Commands(named, small),
            ConsentWords.of(
                named["yes"].phrases if "yes" in named else (),
                named["no"].phrases if "no" in named else (),
                small,
            ),
            NoiseFilter(pack.lexicon.get("noise", ())),
            compile_all(pack.lexicon.get("corrections", ())),
        )

    def understand(self, text: str, expected: Expectation = Expectation()) -> Meaning:
        """The meaning of typed text, or of the one reading a recogniser gave."""
        return self.understand_readings((Reading(text),), expected)

    def understand_readings(
        self, readings: Sequence[Reading], expected: Expectation = Expectation()
    ) -> Meaning:
        """The meaning of an utterance with several readings, best first, weights summing to 1."""
        heard = [(normalise(reading.text), reading.weight) for reading in readings]
        heard = [(utterance, weight) for utterance, weight in heard if utterance.text]
        if not heard or self.noise.is_noise(heard[0][0]):
            return Meaning(heard[0][0].shown if heard else "", Act.NOISE)
        best = heard[0][0]
        for utterance, _ in heard:
            if (found := self._certain(utterance, expected)) is not None:
                return found
        asked = self._question(heard)
        if (option := self._option(best, asked, expected)) is not None:
            return option
        if (command := self._command_inside(best, asked, expected)) is not None:
            return command
        if expected.expects is Expect.YES_NO and asked.act not in (Act.ASK,):
            first = consent.leading(best, self.consent)
            if first is not Consent.UNCLEAR:
                return Meaning(best.shown, Act.COMMAND, 0.9, command=first.value)
        return asked

    def _certain(self, utterance: Utterance, expected: Expectation) -> Meaning | None:
        """Answers and commands that the whole utterance consists of."""
        choosing = expected.expects is Expect.CHOICE
        agreed = consent.classify(utterance, self.consent)
        if agreed is not Consent.UNCLEAR and expected.expects is Expect.YES_NO:
            return Meaning(utterance.shown, Act.COMMAND, 1.0, command=agreed.value)
        found = self.commands.covering(utterance, choosing=choosing)
        if found is not None:
            return _command(utterance, found, 1.0)
        if agreed is not Consent.UNCLEAR:
            command = agreed.value
            if agreed is Consent.YES and expected.expects is Expect.STEP and not expected.paused:
                command = "next"
            return Meaning(utterance.shown, Act.COMMAND, 1.0, command=command)
        return None

    def _question(self, heard: Sequence[tuple[Utterance, float]]) -> Meaning:
        total = sum(weight for _, weight in heard)
        weighted = [(utterance, weight / total) for utterance, weight in heard]
        utterance, judged = heard[0][0], self.classifier.judge(weighted)
        meaning = decide(
            utterance.shown, judged, self.classifier.classes, self.pack.entries, self.thresholds
        )
        return replace(meaning, correction=self._corrects(utterance))

    def _corrects(self, utterance: Utterance) -> bool:
        spelled = spell(utterance.text)
        return any(template.found_in(spelled) for template in self.corrections)

    def _option(
        self, utterance: Utterance, asked: Meaning, expected: Expectation
    ) -> Meaning | None:
        """The option named, unless the words ask more surely for something else."""
        if expected.expects is not Expect.CHOICE:
            return None
        goals = [choice.goto for choice in expected.choices]
        if asked.act is Act.ASK and asked.candidates[0].entry in goals:
            index: int | None = goals.index(asked.candidates[0].entry)
        elif asked.act is Act.ASK and len(utterance.text) > SHORT:
            return None
        else:
            index = choices.named(utterance, expected.choices)
        if index is None:
            return None
        return Meaning(utterance.shown, Act.COMMAND, 0.9, command=f"choose_{index + 1}")

    def _command_inside(
        self, utterance: Utterance, asked: Meaning, expected: Expectation
    ) -> Meaning | None:
        """A command beside other words, unless those words are surely a question."""
        choosing = expected.expects is Expect.CHOICE
        found = self.commands.inside(utterance, choosing=choosing)
        if found is None:
            return None
        if asked.act is Act.ASK and found.share < 0.5:
            return None
        return _command(utterance, found, float(np.clip(0.5 + found.share, 0, 0.95)))


SHORT = 10
"""Characters up to which an answer to a choice is taken for the name of an option."""


def _command(utterance: Utterance, found: Found, score: float) -> Meaning:
    return Meaning(
        utterance.shown, Act.COMMAND, score, command=found.name, number=found.number
    )
