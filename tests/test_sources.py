"""The one reader: what it keeps, what it refuses, and where it says that a problem stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from advisor.case import Case
from advisor.sources import MAX_DEPTH, InputError, parse, read

CASE = """\
case: 1
reference: R
items:
  - id: one
    facts: {held: yes}
"""


def problems(text: str) -> list[tuple[int, int, str]]:
    with pytest.raises(InputError) as raised:
        Case.parse(text, "f.yaml")
    return [(one.line, one.column, one.text) for one in raised.value.problems]


def test_every_scalar_stays_the_text_that_was_written() -> None:
    data = parse("a: no\nb: 30.10\nc: 2026-02-30\nd: 0x1F\ne: '1'\n", "f").data
    assert data == {"a": "no", "b": "30.10", "c": "2026-02-30", "d": "0x1F", "e": "1"}


def test_a_value_and_its_key_keep_their_places() -> None:
    document = parse("a:\n  b: [x, y]\n", "f")
    assert document.at(("a", "b", 1)) == (2, 10)
    assert document.key_at(("a", "b")) == (2, 3)
    assert document.at(("a", "b", 7, "z")) == (2, 6), "the longest part that exists"


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("a: 1\na: 2\n", 2, 1),
        ("a: &x 1\n", 1, 4),
        ("a: *x\n", 1, 4),
        ("a: !!str 1\n", 1, 4),
        ("a: [1\n", 2, 1),
        ("a: 1\n---\nb: 2\n", 2, 1),
        ("? [a]\n: 1\n", 1, 3),
        ("a: \x01\n", 1, 4),
        ("", 1, 1),
        ("---\n", 1, 1),
        ("# only a comment\n", 1, 1),
    ],
)
def test_what_is_refused_says_where(text: str, line: int, column: int) -> None:
    with pytest.raises(InputError) as raised:
        parse(text, "f.yaml")
    (problem,) = raised.value.problems
    assert (problem.file, problem.line, problem.column) == ("f.yaml", line, column)


def test_depth_is_bounded_before_anything_recursive_happens() -> None:
    assert parse("a: " + "[" * (MAX_DEPTH - 1) + "]" * (MAX_DEPTH - 1), "f").data["a"]
    for text in ("[" * 100_000, "{a: " * 100_000):
        with pytest.raises(InputError) as raised:
            parse(text, "f.yaml")
        assert "deep" in str(raised.value)


def test_files_that_cannot_be_read_are_one_message(tmp_path: Path) -> None:
    large, binary = tmp_path / "large.yaml", tmp_path / "binary.yaml"
    large.write_text("a: " + "x" * 1_000_001)
    binary.write_bytes(b"ok: 1\n\xff\xfe\x00")
    for path in (large, binary, tmp_path, tmp_path / "none.yaml"):
        with pytest.raises(InputError) as raised:
            read(path)
        (problem,) = raised.value.problems
        assert str(path) in str(problem)
    with pytest.raises(InputError) as raised:
        read(binary)
    assert (raised.value.problems[0].line, raised.value.problems[0].column) == (2, 1)


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path: Path) -> None:
    path = tmp_path / "bom.yaml"
    path.write_bytes(b"\xef\xbb\xbfa: 1\n")
    assert read(path).data == {"a": "1"}


def test_all_problems_of_a_file_are_said_at_once_in_their_order() -> None:
    found = problems(
        "case: 2\nreference: R\nreceivd: 2026-01-01\nreceived: 2026-02-30\n"
        "authority: {kind: polis}\nitems:\n  - facts: {held: yes}\n"
    )
    assert [(line, column) for line, column, _ in found] == [
        (1, 7),
        (3, 1),
        (4, 11),
        (5, 19),
        (7, 5),
    ]


def test_the_nearest_right_name_is_offered() -> None:
    with pytest.raises(InputError) as raised:
        Case.parse(CASE.replace("reference", "referance"), "f.yaml")
    assert any("'reference'" in problem.right for problem in raised.value.problems)


@pytest.mark.parametrize(
    "text",
    [
        "[]",
        "just text",
        "case: 1\nreference: R\nitems: []",
        "case: 1\nreference: R\nitems: {}",
        "case: 1\nreference: ' '\nitems: [{id: a}]",
        "case: 1\nreference: R\nitems: [{id: a}, {id: a}]",
        "case: 1\nreference: R\nitems: [{id: a, facts: {held: }}]",
        "case: 1\nreference: R\nitems: [{id: a, facts: {held: [yes]}}]",
        "case: 1\nreference: R\nitems: [{id: a, weights: {mosaic: {weight: some, reason: ''}}}]",
        "case: 1\nreference: R\nitems: [{id: a, weights: {safe_space: {weight: slight}}}]",
        "case: 1\nreference: R\nitems: [{id: a, weights: {safe_space: {weight: big, reason: x}}}]",
        "case: 1\nreference: R\nitems: [{id: a, balance: {result: maintain}}]",
        "case: 1\nreference: R\nreceived: 2026-03-01\ndecided: 2026-02-01\nitems: [{id: a}]",
        "case: 1\nreference: R\nfee_received: 2026-02-01\nitems: [{id: a}]",
    ],
)
def test_a_case_that_cannot_be_meant_is_refused(text: str) -> None:
    assert problems(text)


@pytest.mark.parametrize("day", ["1770595200", "2026-02-09T00:00:00", "20260209", "2026-W07-1"])
def test_a_day_is_written_in_one_way(day: str) -> None:
    with pytest.raises(InputError) as caught:
        Case.parse(f"case: 1\nreference: R\nreceived: {day}\nitems: [{{id: a}}]\n")
    (problem,) = caught.value.problems
    assert (problem.line, problem.column) == (3, 11)
