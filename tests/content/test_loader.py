"""Reading a folder: whole packs, and folders with something wrong."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from voice.content.command_names import Command
from voice.content.entries import Kind
from voice.content.loader import load_pack, read_pack, word_list
from voice.errors import ContentError


def test_a_pack_is_read_whole(teashop: Path) -> None:
    pack = load_pack(teashop)
    assert pack.name == "teashop"
    assert pack.entries["guide.brew"].steps[2].irreversible
    assert pack.entries["guide.brew"].file == "guides/brew.yaml"
    assert pack.entries["faq.teas"].options[0].goto == "guide.brew"
    assert [entry.id for entry in pack.by_kind(Kind.ELSEWHERE)] == ["elsewhere.weather"]
    assert "下一步" in pack.commands[Command.NEXT].phrases
    assert pack.prompts["greeting"] == ("这里是茶店。",)
    assert pack.lexicon["fallback_entries"] == ("faq.teas", "faq.hours")
    assert "绿茶" in pack.concepts["tea"]
    assert pack.sections == {}


def test_sections_are_optional_and_read(teashop: Path) -> None:
    text = "sections:\n  7: {title: 茶, entries: [faq.teas], question: 茶呢}\nextra: [faq.hours]\n"
    (teashop / "sections.yaml").write_text(text, encoding="utf-8")
    pack = load_pack(teashop)
    assert pack.sections[7].entries == ("faq.teas",)
    assert pack.extra == ("faq.hours",)


def test_the_digest_follows_every_byte_and_name(teashop: Path) -> None:
    before = load_pack(teashop).digest
    assert load_pack(teashop).digest == before
    weather = teashop / "entries" / "weather.yaml"
    weather.rename(teashop / "weather.yaml")
    moved = load_pack(teashop).digest
    assert moved != before
    (teashop / "weather.yaml").write_bytes((teashop / "weather.yaml").read_bytes() + b"\n")
    assert load_pack(teashop).digest not in {before, moved}


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="no content folder") as caught:
        load_pack(tmp_path / "nothing")
    assert caught.value.code == "content_broken"


@pytest.mark.parametrize(
    "name", ["pack.yaml", "prompts.yaml", "commands.yaml", "lexicon.yaml", "concepts.yaml"]
)
def test_a_missing_file_is_named(teashop: Path, name: str) -> None:
    (teashop / name).unlink()
    assert [fault.file for fault in read_pack(teashop).faults] == [name]


def test_the_first_fault_is_raised_and_the_others_are_counted(teashop: Path) -> None:
    (teashop / "entries" / "boiling.yaml").write_text("id: faq.boiling\n", encoding="utf-8")
    with pytest.raises(ContentError, match=r"entries/boiling.yaml:1: .*1 more"):
        load_pack(teashop)


def test_an_id_used_twice_is_named_at_the_second(teashop: Path) -> None:
    again = (teashop / "entries" / "teas.yaml").read_text(encoding="utf-8")
    (teashop / "entries" / "zz.yaml").write_text(again, encoding="utf-8")
    (fault,) = read_pack(teashop).faults
    assert (fault.file, fault.line) == ("entries/zz.yaml", 1)
    assert "entries/teas.yaml" in fault.what


def test_a_faulty_file_leaves_the_rest_readable(teashop: Path) -> None:
    (teashop / "prompts.yaml").write_text("prompts: [", encoding="utf-8")
    reading = read_pack(teashop)
    assert [fault.file for fault in reading.faults] == ["prompts.yaml"]
    assert "faq.teas" in reading.pack.entries


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads every file")
def test_a_file_that_cannot_be_read_is_named(teashop: Path) -> None:
    (teashop / "entries" / "teas.yaml").chmod(0)
    assert "entries/teas.yaml" in {fault.file for fault in read_pack(teashop).faults}


def test_a_file_name_that_is_not_text_is_no_trouble(teashop: Path) -> None:
    name = os.fsencode(teashop) + b"/\xff.yaml"
    with open(name, "wb") as stream:  # noqa: PTH123 -- Path takes no bytes
        stream.write(b"id: 1\n")
    assert all(str(fault).encode() for fault in read_pack(teashop).faults)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(raw=st.binary(max_size=200))
@pytest.mark.parametrize("name", ["entries/teas.yaml", "commands.yaml", "sections.yaml"])
def test_arbitrary_bytes_are_faults_and_never_raise(teashop: Path, name: str, raw: bytes) -> None:
    (teashop / name).write_bytes(raw)
    assert name in {fault.file for fault in read_pack(teashop).faults}


def test_one_list_is_read_without_the_rest(teashop: Path) -> None:
    (teashop / "prompts.yaml").write_text("prompts: [", encoding="utf-8")
    assert word_list(teashop, "small_words") == ("嗯", "啊", "那个", "吧")
    assert word_list(teashop, "no_such_list") == ()


def test_no_list_is_read_from_a_broken_or_missing_lexicon(teashop: Path) -> None:
    (teashop / "lexicon.yaml").write_text("lexicon: [", encoding="utf-8")
    assert word_list(teashop, "small_words") == ()
    assert word_list(teashop / "nowhere", "small_words") == ()
