"""Reports: numbers, a page that needs nothing else, and cells that no spreadsheet runs."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from advisor.document.text import as_text
from advisor.training.answers import Contest, PartAnswer, Worked
from advisor.training.charts import as_page
from advisor.training.exercise import Exercise
from advisor.training.marking import mark
from advisor.training.reporting import Report, as_csv, as_document, harmless
from advisor.training.results import Result
from tests.training.perfect import model_answer

Get = Callable[[str], Exercise]


@pytest.fixture
def results(exercise: Get) -> list[Result]:
    one = exercise("TRAIN-101")
    blank = Worked("TRAIN-101", (PartAnswer("log", "disclose"),))
    right = model_answer(one)
    contested = replace(blank, contests=(Contest("log/outcome", "=SUM(A1)"),))
    return [
        replace(Result.of(mark(one, blank, "=Ada"), ""), at="2026-01-02T10:00:00+00:00"),
        replace(Result.of(mark(one, right, "=Ada"), ""), at="2026-01-09T10:00:00+00:00"),
        replace(Result.of(mark(one, contested, "<b>Ben"), ""), at="2026-01-03T10:00:00+00:00"),
    ]  # fmt: skip


def test_a_class_is_summed_up(results: list[Result]) -> None:
    report = Report.of("The class", reversed(results))
    data = report.as_json()
    assert [one["id"] for one in data["trainees"]] == ["<b>Ben", "=Ada"]
    ada = data["trainees"][1]
    assert (ada["attempts"], ada["cases"], ada["passed"], ada["score"]) == (2, 1, 1, 100)
    assert [one["at"][:10] for one in data["attempts"]] == [
        "2026-01-02",
        "2026-01-03",
        "2026-01-09",
    ]
    assert data["errors"][0]["element"] == "log/outcome"
    assert data["errors"][0]["trainees"] == 1  # Ada has put hers right since
    assert {one["id"] for one in data["by_learning_point"]} == {
        "class-then-balance", "name-the-limb", "duty-and-offence",
    }  # fmt: skip
    assert "Contested" in as_text(as_document(report))


def test_an_empty_report_says_so() -> None:
    assert "No results yet" in as_text(as_document(Report.of("The class", [])))
    assert "<svg" not in as_page(Report.of("The class", []))


def test_no_cell_can_act_as_a_formula(results: list[Result]) -> None:
    rows = list(csv.reader(io.StringIO(as_csv(Report.of("The class", results)))))
    assert rows[1][1] == "'=Ada"
    assert any(row[-1] == "'=SUM(A1)" for row in rows)
    assert not [cell for row in rows for cell in row if cell[:1] in ("=", "+", "-", "@", "\t")]
    assert [harmless(cell) for cell in ("=1", "+1", "-1", "@a", "\ta", "a=1", "")] == [
        "'=1", "'+1", "'-1", "'@a", "    a", "a=1", "",
    ]  # fmt: skip


def test_the_page_stands_alone(results: list[Result]) -> None:
    page = as_page(Report.of("The class", results))
    found: list[str] = []

    class Tags(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            found.append(tag)
            for key, value in attrs:
                assert key not in ("src", "href", "onload", "onclick"), (tag, key, value)

    Tags().feed(page)
    assert "svg" in found
    assert "script" not in found
    assert "link" not in found
    assert "<b>Ben" not in page
    assert "http" not in page.replace("http-equiv", "")
    assert "@media print" in page
