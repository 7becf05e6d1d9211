"""The schema: each rule broken in one entry, and named with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from voice.content.loader import read_pack

ENTRY = """id: faq.water
kind: faq
title: 水
answer: [用山泉水。]
phrasings: [用什么水]
"""


@pytest.mark.parametrize(
    ("old", "new", "line", "what", "mend"),
    [
        ("id: faq.water", "id: Faq Water", 1, "id: ", "kind.name"),
        ("kind: faq", "kind: fak", 2, "kind: ", ""),
        ("title: 水\n", "", 1, "title: field required", "add it"),
        ("title: 水", "title: ''", 3, "title: ", ""),
        ("title: 水", "title: 5", 3, "title: ", "quotes"),
        ("answer: [用山泉水。]", "answer: 用山泉水。", 4, "answer: ", "list"),
        ("answer: [用山泉水。]", "answr: [用山泉水。]", 4, "answr: extra", "correct its name"),
        ("[用什么水]", "[用什么水, {a: b}]", 5, "phrasings.1: ", "quotes"),
        ("[用什么水]", "[]\nrelated: [wrong id]", 6, "related.0: ", "kind.name"),
        ("[用什么水]", "[]\nsteps: [{say: []}]", 6, "steps.0.say: ", "missing"),
        ("[用什么水]", "[]\nsteps: [{say: [一, 二, 三]}]", 6, "steps.0.say: ", "leave some out"),
        ("[用什么水]", "[]\nsource:\n  sections: [0]", 7, "source.sections.0: ", ""),
        ("[用什么水]", "[]\nconsent: maybe", 6, "consent: ", ""),
        ("[用什么水]", f"[{'水' * 401}]", 5, "phrasings.0: ", "shorten"),
    ],
)
def test_a_broken_rule_is_named_with_its_line(
    teashop: Path, old: str, new: str, line: int, what: str, mend: str
) -> None:
    (teashop / "water.yaml").write_text(ENTRY.replace(old, new), encoding="utf-8")
    faults = read_pack(teashop).faults
    assert ("water.yaml", line) in {(fault.file, fault.line) for fault in faults}
    assert any(fault.what.startswith(what) and mend in fault.mend for fault in faults)


@pytest.mark.parametrize("text", ["", "- a\n- b\n", "just words\n", "7\n"])
def test_a_file_of_another_shape_is_a_fault(teashop: Path, text: str) -> None:
    (teashop / "water.yaml").write_text(text, encoding="utf-8")
    assert {fault.file for fault in read_pack(teashop).faults} == {"water.yaml"}


def test_a_command_that_nothing_obeys_is_a_fault(teashop: Path) -> None:
    path = teashop / "commands.yaml"
    path.write_text(
        path.read_text(encoding="utf-8") + "  nxt: {phrases: [往下]}\n", encoding="utf-8"
    )
    (fault,) = read_pack(teashop).faults
    assert (fault.file, fault.line) == ("commands.yaml", path.read_text("utf-8").count("\n"))
    assert fault.what.startswith("commands.nxt: ")
    assert "'next'" in fault.what


def test_a_number_of_a_section_is_a_number(teashop: Path) -> None:
    text = "sections:\n  one: {title: 茶, entries: [faq.teas], question: 茶呢}\n"
    (teashop / "sections.yaml").write_text(text, encoding="utf-8")
    (fault,) = read_pack(teashop).faults
    assert (fault.file, fault.line) == ("sections.yaml", 2)
