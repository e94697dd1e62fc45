"""No input of any reader ends in anything but an InputError; what was found once is kept here.

The long run is `python -m tests.benchmarks.fuzz`.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from advisor import Case, InputError
from advisor.batch.partition import assess_lines
from advisor.notice import reading
from advisor.rulebook import phrases
from advisor.rulebook.loading import load
from advisor.sources import MAX_VALUES, MOST_PROBLEMS
from tests.hard import readers

HEAD = "case: 1\nreference: R\nreceived: 2026-02-09\nrequest: r\n"
ITEMS = "items: [{id: a}]\n"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


@pytest.mark.parametrize("reader", readers.READERS)
def test_a_whole_input_taken_apart_is_read_or_refused(reader: str) -> None:
    whole = readers.seeds(reader)

    @settings(max_examples=15, deadline=None, derandomize=True, database=None,
              suppress_health_check=list(HealthCheck))  # fmt: skip
    @given(st.sampled_from(whole), st.randoms(use_true_random=False))
    def attack(seed: bytes, rng: Random) -> None:
        with TemporaryDirectory() as folder:
            readers.attempt(reader, readers.mutated(seed, rng), Path(folder))

    attack()


@pytest.mark.parametrize("reader", readers.READERS)
@settings(max_examples=15, deadline=None, derandomize=True, database=None,
          suppress_health_check=list(HealthCheck))  # fmt: skip
@given(raw=st.binary(max_size=400) | st.text(max_size=200).map(lambda text: text.encode()))
def test_bytes_of_any_kind_are_read_or_refused(reader: str, raw: bytes) -> None:
    with TemporaryDirectory() as folder:
        readers.attempt(reader, raw, Path(folder))


def test_what_the_long_run_kept_is_read_or_refused(tmp_path: Path) -> None:
    kept = sorted((Path(__file__).parent / "corpus").glob("*/*"))
    assert {path.parent.name for path in kept} <= set(readers.READERS)
    for number, path in enumerate(kept):
        (folder := tmp_path / str(number)).mkdir()
        readers.attempt(path.parent.name, path.read_bytes(), folder)


# What was found: each took minutes, or more than 500 MB, or ended the process.


@pytest.mark.parametrize(
    "text",
    [
        HEAD + ITEMS + "".join(f"k{i}: x\n" for i in range(90_000)),
        HEAD + ITEMS + "facts:\n" + "".join(f" hel{i}: x\n" for i in range(70_000)),
        HEAD + ITEMS + "a: b\n" * 200_000,
        HEAD + "items:\n" + "".join(f"- {{id: a{i}}}\n" for i in range(24_000)),
        "- &a b\n" * 120_000,
        "[" * 900_000,
    ],
    ids=["unknown keys", "unknown facts", "twice", "items", "anchors", "brackets"],
)
def test_a_case_with_very_much_wrong_is_refused_at_once(tmp_path: Path, text: str) -> None:
    path = tmp_path / "case.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as told:
        readers.book().read(path)
    assert 1 <= len(told.value.problems) <= 2 * (MOST_PROBLEMS + 1)


def test_of_many_problems_the_first_are_told_and_that_there_are_more() -> None:
    with pytest.raises(InputError) as told:
        Case.parse(HEAD + ITEMS + "".join(f"k{i}: x\n" for i in range(500)))
    assert len(told.value.problems) == MOST_PROBLEMS + 1
    assert "more wrong" in told.value.problems[-1].text


@pytest.mark.parametrize(
    "line",
    [
        '{"case": 1, "reference": "\\ud800", "received": "2026-02-09", "items": [{"id": "a"}]}',
        '{"case": 1, "reference": "R", "\\udfff": 1}',
        json.dumps({"case": 1, "items": [{"id": str(i)} for i in range(MAX_VALUES)]}),
        json.dumps({"case": 1, "reference": "R", "items": [{"id": str(i)} for i in range(9_000)]}),
        '{"case": ' + "9" * 5000 + "}",
    ],
)
def test_a_line_of_a_batch_that_cannot_be_is_reported(line: str) -> None:
    (answer,) = assess_lines([line], readers.book())
    assert json.loads(answer.encode())["problems"]


@pytest.mark.parametrize(
    "phrase",
    ["{la}", "a b " * 100_000 + " " * 600_000, "x" + " (a | b)" * 3_000],
    ids=["lists of lists", "blanks at the end", "brackets"],
)
def test_a_phrase_without_end_is_refused_at_once(phrase: str) -> None:
    letters = "abcdefghijklmnopqrstuvwxyz"
    nested = {f"l{a}": (f"{{l{b}}} {{l{b}}}",) for a, b in pairwise(letters)}
    with pytest.raises(phrases.PhraseError):
        phrases.parse(phrase, {**nested, "lz": ("x",)})


def word(body: str, name: str = "word/document.xml") -> bytes:
    made, parts = io.BytesIO(), {**readers._word()}
    parts[name] = f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'.encode()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for one, content in parts.items():
            archive.writestr(one, content)
    return made.getvalue()


@pytest.mark.parametrize(
    "body",
    [
        lambda: "<a/>" * 7_000_000,
        lambda: '<a b="" c="" d=""/>' * 700_000,
        lambda: "<w:p>" * 5_000,
    ],
    ids=["elements", "attributes", "depth"],
)
def test_a_word_file_that_swells_is_refused_at_once(
    tmp_path: Path, body: Callable[[], str]
) -> None:
    path = tmp_path / "letter.docx"
    path.write_bytes(word(body()))
    with pytest.raises(InputError):
        reading.read(path)


def test_the_words_of_a_box_in_a_box_are_read_once(tmp_path: Path) -> None:
    def text(words: str) -> str:
        return f"<w:r><w:t>{words}</w:t></w:r>"

    boxes, ends = "<w:p><w:txbxContent>" * 90, "</w:txbxContent></w:p>" * 90  # found: 2^90 steps
    inner = f"{boxes}<w:p>{text('inner')}</w:p>{ends}"
    outer = f"<w:p>{text('outer')}<w:txbxContent>{inner}</w:txbxContent></w:p>"
    path = tmp_path / "letter.docx"
    path.write_bytes(word(f"<w:p>{text('around')}<w:txbxContent>{outer}</w:txbxContent></w:p>"))
    lines = [line.text for line in reading.read(path).lines]
    assert lines[:3] == ["around", "outer", "inner"]
    assert lines.count("inner") == 1


def test_a_letter_of_very_many_lines_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("a\n" * 2_000_000)
    with pytest.raises(InputError):
        reading.read(path)


def test_a_rule_file_that_is_no_file_or_too_large_is_refused(tmp_path: Path) -> None:
    (tmp_path / "rules.yaml").write_bytes(b"#" * 3_000_000)
    with pytest.raises(InputError):
        load(tmp_path)
    (tmp_path / "folder.yaml").mkdir()
    with pytest.raises(InputError):
        load(tmp_path)
