"""The schema of the content files, checked by pydantic, and their translation into entries."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from voice.content.command_names import Command
from voice.content.entries import (
    CommandPhrases,
    Entry,
    Evidence,
    FollowUp,
    Kind,
    Option,
    Section,
    Source,
    Step,
)

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=400)]
Texts = tuple[Text, ...]
EntryId = Annotated[str, StringConstraints(pattern=r"^[a-z]+(\.[a-z][a-z0-9_]*)?$", max_length=60)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class OptionFile(_Strict):
    label: Text
    names: Texts = ()
    goto: EntryId


class StepFile(_Strict):
    say: Texts = Field(min_length=1, max_length=2)
    simple: Texts = ()
    more: Texts = ()
    names: Texts = ()
    irreversible: bool = False


class FollowUpFile(_Strict):
    said: Annotated[str, StringConstraints(pattern=r"^[a-z_]+$", max_length=60)]
    goto: EntryId


class SourceFile(_Strict):
    sections: tuple[Annotated[int, Field(ge=1, le=99)], ...] = ()
    evidence: Evidence = Evidence.ARTICLE
    caution: str = ""


class EntryFile(_Strict):
    id: EntryId
    kind: Kind
    title: Text
    answer: Texts = ()
    simple: Texts = ()
    more: Texts = ()
    phrasings: Texts = ()
    topic_words: Texts = ()
    related: tuple[EntryId, ...] = ()
    offers: EntryId | None = None
    then: EntryId | None = None
    question: str = ""
    options: tuple[OptionFile, ...] = Field(default=(), max_length=3)
    consent: bool = False
    consent_question: str = ""
    steps: tuple[StepFile, ...] = ()
    done: Texts = ()
    warning: EntryId | None = None
    follow_ups: tuple[FollowUpFile, ...] = ()
    urgent: bool = False
    lays_aside: bool = False
    source: SourceFile = SourceFile()

    def entry(self, file: str) -> Entry:
        """The frozen data the rest of the program reads."""
        values: dict[str, Any] = {name: getattr(self, name) for name in type(self).model_fields}
        values |= {
            "offers": self.offers or "",
            "then": self.then or "",
            "warning": self.warning or "",
            "options": tuple(Option(**option.model_dump()) for option in self.options),
            "steps": tuple(Step(**step.model_dump()) for step in self.steps),
            "follow_ups": tuple(FollowUp(**each.model_dump()) for each in self.follow_ups),
            "source": Source(**self.source.model_dump()),
            "file": file,
        }
        return Entry(**values)


class CommandFile(_Strict):
    phrases: Texts = Field(min_length=1)
    parts: Texts = ()
    examples: Texts = ()

    def command(self, name: Command) -> CommandPhrases:
        """The frozen data the rest of the program reads."""
        return CommandPhrases(name, self.phrases, self.parts, self.examples)


class CommandsFile(_Strict):
    commands: dict[Command, CommandFile]


class PromptsFile(_Strict):
    prompts: dict[str, Texts]


class LexiconFile(_Strict):
    lexicon: dict[str, Texts]


class ConceptsFile(_Strict):
    concepts: dict[str, Texts]


class SectionFile(_Strict):
    title: Text
    entries: tuple[EntryId, ...] = Field(min_length=1)
    question: Text

    def section(self) -> Section:
        """The frozen data the rest of the program reads."""
        return Section(self.title, self.entries, self.question)


class SectionsFile(_Strict):
    sections: dict[Annotated[int, Field(ge=1, le=99)], SectionFile]
    extra: tuple[EntryId, ...] = ()


class PackFile(_Strict):
    name: Text
    language: Text = "zh-CN"
    description: str = ""
