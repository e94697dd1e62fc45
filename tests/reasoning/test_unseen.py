"""The rules on decided matters that their authors had not seen (docs/precedents.md)."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from hashlib import sha256
from pathlib import Path

import pytest

from advisor import Rulebook
from advisor.quality.decided import Report, Retried, check_precedents, retry
from advisor.rulebook.dates import day_of
from advisor.rulebook.loading import with_matters

UNSEEN = Path(__file__).parent / "unseen"
PAGE = Path(__file__).parents[2] / "docs" / "precedents.md"


@cache
def whole() -> Report:
    """The library and the unseen matters, as `advisor precedents check` runs them."""
    return check_precedents(Rulebook(with_matters(Rulebook.load().book, [UNSEEN])))


@cache
def unseen() -> Report:
    shipped = {ref for _, ref, _ in Rulebook.load().book.entries("precedents")}
    return Report(tuple(one for one in whole().retried if one.ref not in shipped), ())


def section() -> str:
    return PAGE.read_text().split("## Unseen matters")[1].split("\n## ")[0]


def test_the_records_are_those_that_were_sealed_before_the_rules_were_run() -> None:
    sealed = [line.split() for line in (UNSEEN / "SEALED").read_text().splitlines()[1:]]
    written = {
        one.name: sha256(one.read_text().encode()).hexdigest() for one in UNSEEN.glob("*.yaml")
    }
    assert written == {name: digest for digest, name in sealed}


def test_each_is_run_and_none_is_in_the_library() -> None:
    library = {entry.published for _, _, entry in Rulebook.load().book.entries("precedents")}
    entries = {one.ref: one.matter for one in unseen().retried}
    assert len(entries) == 13
    assert not library & {entry.published for entry in entries.values()}
    assert all(one.possible["read"] and one.possible["neutral"] for one in unseen().retried)
    assert len(unseen().scored) + len(unseen().too_thin) == len(unseen().retried) == 14


def test_the_figures_on_the_page_are_those_of_the_run() -> None:
    names = {"withhold": "withheld or silence", "disclose": "disclosed or answered"}
    for basis, words in (("read", "as read"), ("neutral", "neutral")):
        for way, name in names.items():
            figures = " | ".join(map(str, unseen().counts(basis, way).values()))
            assert f"| unseen, {name}, {words} | {figures} |" in section()


def test_every_one_that_does_not_agree_is_explained_with_its_verdict() -> None:
    def under(heading: str) -> set[str]:
        (found,) = [part for part in section().split("\n### ") if part.startswith(heading)]
        return {one.ref for one in unseen().retried if one.ref in found}

    def refs(many: tuple[Retried, ...], verdict: str) -> set[str]:
        return {one.ref for one in many if one.verdict("neutral") == verdict}

    assert under("Against the rules") == refs(unseen().scored, "disagrees")
    assert under("Open") == refs(unseen().scored, "undetermined")
    assert under("Without a provision") == {one.ref for one in unseen().too_thin}


@pytest.mark.parametrize(
    ("ref", "more", "verdict"),
    [
        ("UKFTT-EA-2014-0012", "serious_public_concern: yes, sensitivity: moderate", "agrees"),
        (
            "UKFTT-EA-2014-0012",
            "unproven_allegations_identify: no, sensitivity: moderate",
            "agrees",
        ),
        ("UKFTT-2024-166", "existence_officially_confirmed: yes", "agrees"),
        ("UKFTT-2024-168", "existence_officially_confirmed: yes", "agrees"),
        ("UKFTT-2024-166", "would_confirming_reveal: unknown", "undetermined"),
        ("UKFTT-2024-168", "would_confirming_reveal: unknown", "undetermined"),
        ("UKFTT-2024-536", "confirming_would_alert: yes, investigation_status: ongoing", "agrees"),
        ("FS50459156", "sensitivity: moderate", "agrees"),
        ("FS50459156", "sensitivity: anodyne", "disagrees"),
        ("UKFTT-2023-692", "sensitivity: central_evidence", "agrees"),
        ("UKFTT-2023-692", "identifies_witness_or_informant: yes", "agrees"),
        ("UKFTT-EA-2011-0185", "sensitivity: central_evidence", "agrees"),
        ("UKFTT-EA-2011-0185", "identifies_witness_or_informant: yes", "agrees"),
        ("FS50530384", "sensitivity: anodyne", "agrees"),
        ("FS50530384", "sensitivity: moderate", "disagrees"),
        (
            "FS50530384",
            "sensitivity: moderate, wrongdoing_by_authority: established",
            "agrees",
        ),
        (
            "ICO-MPS-croydon-2010",
            "sensitivity: anodyne, significant_public_spending: yes",
            "agrees",
        ),
        (
            "ICO-northumbria-2009",
            "sensitivity: anodyne, significant_public_spending: yes",
            "agrees",
        ),
    ],
)
def test_what_the_page_says_would_have_turned_a_result_does(
    ref: str, more: str, verdict: str
) -> None:
    (one,) = [one for one in unseen().retried if one.ref == ref]
    law = Rulebook.load().law(day_of(one.matter.decided))
    facts = one.part.facts | dict(pair.split(": ") for pair in more.split(", "))
    facts = {name: answer for name, answer in facts.items() if answer != "unknown"}
    again = retry(law, ref, one.matter, replace(one.part, facts=facts))
    assert again.verdict("neutral") == verdict


def test_they_contradict_nothing_that_the_library_treats_as_settled() -> None:
    assert whole().holds
