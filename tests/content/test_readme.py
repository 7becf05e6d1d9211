"""The guide for writers: its examples are a pack without faults, and no field is left out."""

from __future__ import annotations

import re
from pathlib import Path

from voice.config import CHECKOUT
from voice.content.check import check_pack
from voice.content.entries import Evidence, Kind
from voice.content.loader import load_pack
from voice.content.schema import EntryFile, StepFile

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


def test_every_word_list_of_the_pack_is_explained() -> None:
    pack = load_pack(CHECKOUT / "content" / "unicom")
    assert {name for name in pack.lexicon if f"`{name}`" not in TEXT} == set()
