"""Every section of the article, asked about in words that no entry lists, is answered by the entry it should be."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import coverage_table as coverage
import pytest

from voice.assistant import Assistant
from voice.config import find_folders
from voice.content.entries import Pack, Section
from voice.content.loader import load_pack
from voice.understand import index
from voice.understand.understanding import Understanding


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_pack(find_folders().content)


def test_nothing_of_the_article_is_left_out(pack: Pack) -> None:
    assert list(coverage.gaps(pack)) == []


def test_the_document_is_fresh(pack: Pack) -> None:
    assert coverage.DOCUMENT.read_text(encoding="utf-8") == coverage.table(pack)


def test_gaps_are_named(pack: Pack) -> None:
    known = next(iter(pack.entries["guide.app"].phrasings))
    sections = {
        **{number: section for number, section in pack.sections.items() if number not in {5, 12}},
        13: Section("别的", ("guide.app",), "谁也没问过的话"),
        14: replace(pack.sections[14], question=known),
    }
    found = "\n".join(coverage.gaps(replace(pack, sections=sections, extra=())))
    for piece in (
        "section 5 is missing",
        "section 12 is missing",
        "no entry of section 13",
        "question of section 14",
        "background.operators belongs to no section",
        "faq.act_for_me belongs to no section",
    ):
        assert piece in found


def test_the_table_is_written_whole(pack: Pack, tmp_path: Path) -> None:
    coverage.write(pack, tmp_path / "coverage.md")
    assert [path.name for path in tmp_path.iterdir()] == ["coverage.md"]
    text = (tmp_path / "coverage.md").read_text(encoding="utf-8")
    assert text == coverage.table(pack)
    assert text.count("\n| ") == coverage.SECTIONS + 1


@pytest.mark.slow
def test_every_question_reaches_its_section(pack: Pack, pytestconfig: pytest.Config) -> None:
    assert pytestconfig.cache is not None
    classifier = index.load_or_build(pack, pytestconfig.cache.mkdir("phrase-index"))
    assistant = Assistant(pack, Understanding.of(pack, classifier))
    assert list(coverage.misses(pack, assistant)) == []
    wrong = replace(
        pack, sections={1: Section("错", ("background.law",), pack.sections[1].question)}
    )
    assert len(list(coverage.misses(wrong, assistant))) == 1
