"""The guide for writers: its examples are a pack without faults, and no field is left out."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from voice.config import CHECKOUT
from voice.content.check import check_pack
from voice.content.entries import Evidence, Kind, Pack
from voice.content.loader import load_pack
from voice.content.schema import EntryFile, StepFile
from voice.content.word_lists import LISTS, ListKind
from voice.errors import ContentError
from voice.understand.understanding import Understanding

TEXT = (CHECKOUT / "content" / "README.md").read_text(encoding="utf-8")


def example(beginning: str) -> str:
    """The indented block of the guide that begins with these words."""
    for block in re.findall(r"(?:^(?:    .*)?\n)+", TEXT, re.MULTILINE):
        plain = re.sub(r"^    ", "", block.strip("\n"), flags=re.MULTILINE)
        if plain.startswith(beginning):
            return plain + "\n"
    raise AssertionError(beginning)


def test_the_examples_are_a_pack_without_faults(teashop: Path) -> None:
    (teashop / "entries" / "price.yaml").write_text(example("id: faq.price"), encoding="utf-8")
    (teashop / "guides" / "brew.yaml").write_text(example("id: guide.brew"), encoding="utf-8")
    assert check_pack(teashop, full=False) == ()
    pack = load_pack(teashop)
    assert pack.entries["faq.price"].topic_words == ("多少钱", "价钱", "贵不贵")
    assert pack.entries["guide.brew"].steps[1].irreversible


def test_every_field_and_every_choice_is_explained() -> None:
    words = [*EntryFile.model_fields, *StepFile.model_fields, *Kind, *Evidence]
    assert [word for word in words if f"`{word}`" not in TEXT and f"`{word}:" not in TEXT] == []


def test_the_word_lists_that_are_explained_are_those_that_are_checked() -> None:
    assert set(_explained()) == set(LISTS)
    pack = load_pack(CHECKOUT / "content" / "unicom")
    own = {each.said for entry in pack.entries.values() for each in entry.follow_ups}
    assert set(pack.lexicon) <= set(LISTS) | own


def _explained() -> list[str]:
    """The names in the table of word lists."""
    table = TEXT[TEXT.index("**lexicon.yaml**") : TEXT.index("**concepts.yaml**")]
    heads = re.findall(r"^\| (`.+?) \|", table, re.MULTILINE)
    return [name for head in heads for name in re.findall(r"`([a-z_]+)`", head)]


@pytest.mark.slow
def test_a_list_that_is_compiled_as_templates_is_checked_as_such(
    unicom: Pack, understanding: Understanding
) -> None:
    compiled, words = set(), set()
    for name in LISTS:
        spoilt = (*unicom.lexicon[name], "(坏")
        pack = replace(unicom, lexicon={**unicom.lexicon, name: spoilt})
        try:
            Understanding.of(pack, understanding.classifier)
        except ContentError:
            compiled.add(name)
        except re.error:
            words.add(name)
    templates = {name for name, kind in LISTS.items() if kind is ListKind.TEMPLATES}
    # These are compiled when they are first asked for.
    later = {"picking_before", "picking_behind", "what_now", "what_to_say", "all_done"}
    later |= {"denying_topic", "sighs", "no_matter"}
    assert templates - compiled == later
    assert compiled <= templates
    # The words around commands are compiled as they are: for them a bracket is none at all.
    assert {LISTS[name] for name in words} <= {ListKind.WORDS}
