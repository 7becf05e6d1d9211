"""YAML with line numbers: what is read, and what a hostile file cannot do."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice.content.yaml_lines import MAX_BYTES, Document, Fault, read_document


def document(text: str) -> Document:
    found = read_document(text.encode(), "a.yaml")
    assert isinstance(found, Document), found
    return found


def fault(raw: bytes) -> Fault:
    found = read_document(raw, "a.yaml")
    assert isinstance(found, Fault), found
    return found


def test_values_are_text_numbers_flags_lists_and_keys() -> None:
    text = "a: 文字\nb: 12\nc: true\nd: [x, '3', \"no\"]\ne: {f: ~}\ng: 2024-01-01\nh: 1.5\n"
    assert document(text).data == {
        "a": "文字",
        "b": 12,
        "c": True,
        "d": ["x", "3", "no"],
        "e": {"f": None},
        "g": "2024-01-01",
        "h": "1.5",
    }


def test_keys_are_text_even_where_yaml_reads_a_flag_or_a_number() -> None:
    assert document("no: {phrases: [不]}\n3: x\n").data == {"no": {"phrases": ["不"]}, "3": "x"}


def test_every_value_knows_its_line() -> None:
    found = document("a: 1\nb:\n  - x\n  -\n    c: y\n")
    assert found.line(("a",)) == 1
    assert found.line(("b",)) == 2
    assert found.line(("b", 0)) == 3
    assert found.line(("b", 1, "c")) == 5


def test_a_missing_value_is_where_its_surroundings_are() -> None:
    assert document("a: 1\nb: {c: 2}\n").line(("b", "d", 7)) == 2


def test_an_empty_file_holds_nothing() -> None:
    assert document("").data is None
    assert document("# a remark\n").data is None


def test_a_byte_order_mark_is_no_part_of_the_first_key() -> None:
    found = read_document(b"\xef\xbb\xbfid: x\n", "a.yaml")
    assert isinstance(found, Document)
    assert found.data == {"id": "x"}


def test_a_huge_number_stays_text() -> None:
    digits = "9" * 10_000
    assert document(f"a: {digits}\n").data == {"a": digits}


def test_odd_digits_stay_text() -> None:
    assert document("a: ²\nb: --5\nc: ٣\n").data == {"a": "²", "b": "--5", "c": "٣"}


LAUGHS = "a: &a [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{name}: &{name} [{', '.join([f'*{before}'] * 10)}]\n"
    for before, name in zip("abcdefghi", "bcdefghij", strict=True)
)
"""Ten billion words in half a kilobyte."""


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        (LAUGHS, 2, "repeats a value"),
        ("a: &a [*a]\n", 1, "repeats a value"),
        ("a: 1\nb:\n  - " + "[" * 20 + "\n", 3, "nested too deep"),
        ("a: " + "[" * 200_000, 1, "nested too deep"),
        ("a: " + "{b: " * 200_000, 1, "nested too deep"),
        ("a: 1\nb: 2\na: 3\n", 3, "'a' stands here twice"),
        ("a: 1\n[b, c]: 2\n", 2, "a key must be a plain word"),
        ("a:\n\t- b\n", 2, "not YAML"),
        ("a: 'never closed\nb: 2\n", 3, "not YAML"),
        ("a: !!python/object/apply:os.system [ls]\n", 1, "tag"),
        ("a: !!binary aGk=\n", 1, "tag"),
        ("a: 1\n---\nb: 2\n", 2, "second document"),
    ],
)
def test_what_a_content_file_may_not_hold_is_named_with_its_line(
    text: str, line: int, what: str
) -> None:
    found = fault(text.encode())
    assert (found.line, found.file) == (line, "a.yaml")
    assert what in found.what
    assert found.mend


def test_bytes_that_are_not_utf8_are_named_with_their_line() -> None:
    found = fault("a: 1\nb: 联通\n".encode("gbk"))
    assert found.line == 2
    assert "UTF-8" in found.mend


def test_control_characters_are_refused() -> None:
    assert "not YAML" in fault(b"a: \x00\n").what


def test_a_file_may_not_be_huge() -> None:
    assert str(MAX_BYTES) in fault(b"#" * (MAX_BYTES + 1)).what


def test_a_fault_reads_like_a_compiler_message() -> None:
    assert str(Fault("a.yaml", 3, "bad", "mend it")) == "a.yaml:3: bad — mend it"
    assert str(Fault("a.yaml", 0, "bad", "mend it")) == "a.yaml: bad — mend it"


@given(
    st.one_of(
        st.binary(max_size=400),
        st.text(alphabet="ab:-[]{}&*!|>'\"#%@` \n\t,?", max_size=80).map(str.encode),
    )
)
def test_any_bytes_are_a_document_or_a_fault(raw: bytes) -> None:
    assert isinstance(read_document(raw, "a.yaml"), Document | Fault)
