"""What a recogniser wrote down, held against what was said."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median

import numpy as np
from pypinyin import lazy_pinyin
from rapidfuzz.distance import Levenshtein

from voice.speak.spoken import plan
from voice.speak.synthesiser import Phrase
from voice.speak.wording import tokens

_READ = str.maketrans("0123456789著", "零幺二三四五六七八九着")
"""Figures one by one; 著 is how Whisper writes 着 now and then, and read alone it is another syllable."""


@dataclass(frozen=True)
class Said:
    """One sentence, spoken and heard."""

    text: str
    """As displayed."""
    spoken: str
    heard: str
    seconds: float
    loudness: float
    """LUFS."""
    first: float
    """Seconds of work before the first sample, nothing being stored."""
    stored: float
    """The same when it is stored."""
    readings: tuple[str, ...] = ()
    """All that the recogniser thought of, :attr:`heard` among them."""
    for_numbers: tuple[str, ...] = ()
    """As heard where only the number counts: by the same recogniser where it may write no figures, and by both from
    the first number on; empty for sentences without one."""

    @property
    def characters_wrong(self) -> int:
        """Edits between the characters said and heard."""
        return min(int(Levenshtein.distance(self.spoken, read)) for read in read_aloud(self.heard))

    @property
    def syllables_wrong(self) -> int:
        """Edits between the syllables, tones left aside."""
        return self._misheard(self.heard)

    @property
    def syllables_wrong_at_best(self) -> int:
        """The same for the reading that fits best: what the recogniser chose wrongly is its own error."""
        return min(map(self._misheard, (self.heard, *self.readings)))

    def _misheard(self, heard: str) -> int:
        said = syllables(self.spoken)
        return min(int(Levenshtein.distance(said, syllables(read))) for read in read_aloud(heard))

    @property
    def numbers(self) -> tuple[bool, ...]:
        """Whether each telephone number was heard, digit by digit, in figures or in characters."""
        heard = [" ".join(syllables(written(text))) for text in (self.heard, *self.for_numbers)]
        return tuple(
            any(" ".join(syllables(number)) in each for each in heard)
            for number in numbers_of(self.text)
        )


@dataclass
class Score:
    """All sentences of one voice."""

    said: list[Said] = field(default_factory=list)

    def figures(self) -> dict[str, float]:
        """What the table shows; errors in percent, times in milliseconds."""
        total = max(1, sum(len(one.spoken) for one in self.said))
        seconds = max(1e-9, sum(one.seconds for one in self.said))
        checks = [right for one in self.said for right in one.numbers]
        loudness = sorted(one.loudness for one in self.said)
        return {
            "sentences": len(self.said),
            "syllable error %": 100 * sum(one.syllables_wrong for one in self.said) / total,
            "best reading %": 100 * sum(one.syllables_wrong_at_best for one in self.said) / total,
            "character error %": 100 * sum(one.characters_wrong for one in self.said) / total,
            "numbers": len(checks),
            "numbers right": sum(checks),
            "characters a minute": 60 * total / seconds,
            "LUFS median": median(loudness) if loudness else 0.0,
            "LUFS span": loudness[-1] - loudness[0] if loudness else 0.0,
            "first sample ms": 1000 * median([one.first for one in self.said] or [0.0]),
            "its p95": 1000 * float(np.percentile([one.first for one in self.said] or [0.0], 95)),
            "stored ms": 1000 * median([one.stored for one in self.said] or [0.0]),
        }

    def worst(self, count: int = 10) -> list[Said]:
        """The sentences with the largest share of wrong syllables."""
        return sorted(
            self.said, key=lambda one: one.syllables_wrong / max(1, len(one.spoken)), reverse=True
        )[:count]


def written(heard: str) -> str:
    """The Chinese characters of what was heard, digits read out one by one."""
    return "".join(re.findall("[一-鿿]", heard.translate(_READ)))


def read_aloud(heard: str) -> tuple[str, str]:
    """The Chinese characters of what was heard, its figures read out one by one, and as the assistant reads them: 65
    may stand for 六五 and for 六十五."""
    return written(heard), written(spoken_text(plan([heard])))


def syllables(text: str) -> list[str]:
    """Toneless pinyin, a syllable a character; a telephone's one is 幺 in both."""
    return list(lazy_pinyin(text))


def numbers_of(sentence: str) -> tuple[str, ...]:
    """The telephone numbers and codes of a sentence as they are said."""
    return tuple("".join(token.groups) for token in tokens(sentence) if token.number)


def number_begins(sentence: str, phrases: Sequence[Phrase]) -> int | None:
    """Which of the ``phrases`` begins the first number of the sentence; None where there is none."""
    groups = next((token.groups for token in tokens(sentence) if token.number), ())
    texts = [phrase.text for phrase in phrases]
    ends = range(len(groups), len(texts) + 1)
    found = (end - len(groups) for end in ends if tuple(texts[end - len(groups) : end]) == groups)
    return next(found, None) if groups else None


def spoken_text(phrases: Sequence[Phrase]) -> str:
    """All that a plan says."""
    return "".join(phrase.text for phrase in phrases)
