"""What a content pack holds, as frozen data.

The loader builds these from YAML (``content/README.md`` shows the files); understanding and
dialogue read nothing else. All sentences are display text in simplified Chinese with numbers written in characters.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from voice.content.command_names import Command


class Kind(StrEnum):
    """What an entry is, what people ask for most first; also the first part of most intents of the machine protocol."""

    CHANNELS = "channels"
    GUIDE = "guide"
    FAQ = "faq"
    PRECAUTION = "precaution"
    BACKGROUND = "background"
    HANDOFF = "handoff"
    SMALLTALK = "smalltalk"
    ELSEWHERE = "elsewhere"


class Evidence(StrEnum):
    """What a statement rests on, strongest first."""

    LAW = "law"
    """Official, standards, news-agency or peer-reviewed text."""
    SUMMARY = "summary"
    """A public legal summary that links the official page."""
    ARTICLE = "article"
    """The source article alone."""
    GENERAL = "general"
    """General knowledge."""
    THIRD_PARTY = "third_party"
    """Web pages that are not trustworthy alone: spoken with a hedge."""


@dataclass(frozen=True)
class Option:
    """One thing the listener may choose."""

    label: str
    """What is read out, short enough to remember."""
    names: tuple[str, ...]
    """Other words by which the listener may pick it."""
    goto: str
    """Id of the entry it leads to."""


@dataclass(frozen=True)
class Step:
    """One step of a guide: at most two sentences."""

    say: tuple[str, ...]
    simple: tuple[str, ...] = ()
    """Shorter words for the same step, for 「说简单点」."""
    more: tuple[str, ...] = ()
    """More help with the step, for 「说详细点」."""
    names: tuple[str, ...] = ()
    """What people name who ask about this step while the guide is under way: 「套餐管理」, 「按几」."""
    irreversible: bool = False
    """True when the step cannot be undone: the penalty warning is offered before it."""


@dataclass(frozen=True)
class FollowUp:
    """What people say right behind an entry, in words that mean nothing elsewhere: 「给了」 behind 「谁要都别给」."""

    said: str
    """Name of the word list of the pack that holds it, as templates of whole clauses."""
    goto: str
    """Id of the entry that answers them."""


@dataclass(frozen=True)
class Source:
    """Where the facts of an entry come from."""

    sections: tuple[int, ...] = ()
    """Section numbers (1 to 34) of the source article."""
    evidence: Evidence = Evidence.ARTICLE
    caution: str = ""
    """Why the entry hedges, for whoever maintains it; never spoken."""


@dataclass(frozen=True)
class Entry:
    """One idea that can be asked for."""

    id: str
    """The intent of the machine protocol, e.g. ``faq.fastest``."""
    kind: Kind
    title: str
    """A noun phrase that fits into 「您是想问……吗」."""
    answer: tuple[str, ...] = ()
    """The spoken answer; empty for ``elsewhere`` entries, which the standard refusal answers."""
    simple: tuple[str, ...] = ()
    """The answer in fewer words."""
    more: tuple[str, ...] = ()
    """The longer form, for 「说详细点」."""
    phrasings: tuple[str, ...] = ()
    """How people ask for it."""
    topic_words: tuple[str, ...] = ()
    """Words typical of this entry and of few others."""
    related: tuple[str, ...] = ()
    """Ids of entries that a listener may want next."""
    offers: str = ""
    """Id of an entry that is offered (yes or no) after the answer."""
    then: str = ""
    """Id of an entry whose answer and options follow at once."""
    question: str = ""
    """What is asked before ``options``."""
    options: tuple[Option, ...] = ()
    """At most three; the listener is asked to choose one."""
    consent: bool = False
    """True when the answer is read only after the listener agreed to hear it."""
    consent_question: str = ""
    """The question that asks for that agreement."""
    steps: tuple[Step, ...] = ()
    """The steps of a guide, in order."""
    done: tuple[str, ...] = ()
    """What is said when a guide is finished."""
    warning: str = ""
    """For a guide: id of the entry that is offered before an irreversible step."""
    follow_ups: tuple[FollowUp, ...] = ()
    """What is said right behind it, and what answers that."""
    urgent: bool = False
    """True where an answer nobody needed does no harm, and one that is a turn late does: it is given without asking
    back."""
    lays_aside: bool = False
    """For small talk: True when who says so lays aside what is under way. An open question is not asked again."""
    source: Source = Source()
    file: str = ""
    """The YAML file it was read from, for messages."""


@dataclass(frozen=True)
class CommandPhrases:
    """How one command is said."""

    name: Command
    phrases: tuple[str, ...]
    """Whole utterances, compared by sound, never fuzzily."""
    parts: tuple[str, ...] = ()
    """Telling fragments: an otherwise short utterance that contains one is this command."""
    examples: tuple[str, ...] = ()
    """Plain sentences that mean this command: what the classifier learns its sound from."""


@dataclass(frozen=True)
class Section:
    """One section of the text that a pack retells: what proves that nothing in it was left out."""

    title: str
    """What the section is about, in the pack's own words."""
    entries: tuple[str, ...]
    """Ids of the entries that tell what it says."""
    question: str
    """A question that is no phrasing of any entry and must reach one of these entries."""


@dataclass(frozen=True)
class Pack:
    """A whole content folder."""

    name: str
    folder: str
    entries: Mapping[str, Entry]
    """By id, in file order."""
    commands: Mapping[Command, CommandPhrases]
    prompts: Mapping[str, tuple[str, ...]]
    """Sentences of the assistant itself, by key; ``{placeholders}`` are filled by the dialogue."""
    digest: str
    """SHA-256 of every file of the pack: the key of caches."""
    lexicon: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Named word lists, such as fillers, openings, subject words and foreign subjects."""

    concepts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Words of one meaning under the name of the meaning: what understanding sees of unknown wording."""
    sections: Mapping[int, Section] = field(default_factory=dict)
    """By number; empty when the pack retells no text. Read by whoever checks the pack, never by the dialogue."""
    extra: tuple[str, ...] = ()
    """Ids of entries that rest on no section of the text."""

    def by_kind(self, *kinds: Kind) -> tuple[Entry, ...]:
        """The entries of these kinds, in file order."""
        return tuple(entry for entry in self.entries.values() if entry.kind in kinds)

    @property
    def ways(self) -> tuple[Option, ...]:
        """The guides, as the entry that lists them offers them; none where no entry does."""
        return next((entry.options for entry in self.by_kind(Kind.CHANNELS)), ())
