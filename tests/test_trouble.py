"""Every trouble has words."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

from voice import errors, trouble
from voice.config import PACKAGE, find_folders
from voice.content.loader import read_pack
from voice.content.prompt_keys import FRONT_END_BLANKS
from voice.errors import ModelError, VoiceError

_CODE = re.compile(r"""\bcode(?:: str)? ?= ?"([a-z_]+)\"""")
_STATE_CODE = re.compile(r"""State\([^)]*"(model_[a-z]+)"\)""")


def _codes() -> set[str]:
    """Every code that stands in the package's source."""
    found: set[str] = set()
    for path in Path(PACKAGE).rglob("*.py"):
        source = path.read_text(encoding="utf-8")
        found |= set(_CODE.findall(source)) | set(_STATE_CODE.findall(source))
    return found


def test_every_code_has_its_sentence() -> None:
    prompts = read_pack(find_folders().content).pack.prompts
    codes = _codes()
    assert {"unknown", "model_missing", "no_microphone", "bad_message"} <= codes
    assert codes - {key.removeprefix("trouble.") for key in prompts} == set()


def test_no_sentence_is_left_without_its_code() -> None:
    prompts = read_pack(find_folders().content).pack.prompts
    told = {key.removeprefix("trouble.") for key in prompts if key.startswith("trouble.")}
    assert told - _codes() == set()


def test_blanks_are_filled_and_unknown_ones_stay_empty() -> None:
    prompts = {"trouble.model_missing": ("少了{name}{other}。",), "trouble.unknown": ("坏了。",)}
    assert trouble.sentence(ModelError("gone", name="耳朵"), prompts) == "少了耳朵。"
    assert trouble.sentence(VoiceError("odd", code="never_seen"), prompts) == "坏了。"
    assert trouble.sentence(VoiceError("odd"), {}) == "odd"


@pytest.mark.parametrize("odd", ["少了{。", "少了{}。", "少了{0}。", "少了{name.x}。", "{name:d}"])
def test_a_sentence_that_cannot_be_filled_is_not_said(odd: str) -> None:
    error = ModelError("gone", name="耳朵")
    assert trouble.sentence(error, {"trouble.model_missing": (odd,)}) == "gone"


def test_every_error_fills_the_blanks_of_its_sentence() -> None:
    raised = list(_raised())
    assert {blank for _, given in raised for blank in given} >= {"name", "file"}
    for code, given in raised:
        assert FRONT_END_BLANKS.get(f"trouble.{code}", frozenset()) <= given, code


def _raised() -> Iterator[tuple[str, set[str]]]:
    """Code and details of every error in the package's source."""
    for path in Path(PACKAGE).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            kind = getattr(errors, getattr(getattr(node, "func", None), "id", ""), None)
            if not isinstance(node, ast.Call) or kind is None:
                continue
            given = {word.arg: word.value for word in node.keywords if word.arg}
            code = given.pop("code", ast.Constant(kind.code))
            if isinstance(code, ast.Constant):
                yield str(code.value), set(given)


def test_sentences_have_only_simple_blanks() -> None:
    prompts = read_pack(find_folders().content).pack.prompts
    for key, lines in prompts.items():
        if key.startswith("trouble."):
            for line in lines:
                names = [name for _, name, _, _ in string.Formatter().parse(line) if name]
                assert all(name.isidentifier() for name in names), key
