"""The rulebook as pages, pictures and schemas: made from the rules, and saying what they say."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import yaml
from jsonschema import Draft202012Validator

from advisor import Case, Rulebook
from advisor.document.html import as_html
from advisor.document.markdown import as_markdown
from advisor.quality import drawing
from advisor.quality.book import pages
from advisor.quality.schema import schema
from advisor.rulebook.law import Law
from advisor.rulebook.loading import shipped
from advisor.scenarios.finding import case_files
from advisor.scenarios.finding import shipped as shipped_cases


@pytest.fixture(scope="module")
def law() -> Law:
    return Rulebook.load().law(date(2026, 11, 22))


def test_every_rule_factor_question_and_requirement_is_in_the_book(law: Law) -> None:
    text = "\n".join(as_html(page) for page in pages(law).values())
    for rule in law.rules:
        assert f"<h3>{rule.id}</h3>" in text
    for key in (*law.facts, *law.mistakes, *(r.id for r in law.requirements)):
        assert key in text, key


def test_the_book_can_be_markdown_too(law: Law) -> None:
    for name, page in pages(law).items():
        assert as_markdown(page).startswith("# "), name


def test_every_picture_is_well_formed_and_leads_to_pictures(law: Law) -> None:
    found = drawing.pages(law)
    for name, text in found.items():
        for target in re.findall(r'href="([^"]+)"', text):
            assert target in found, (name, target)
        if "<svg" in text:
            ElementTree.fromstring(text[text.index("<svg") : text.index("</svg>") + 6])


def test_a_picture_of_a_case_writes_its_values_in_words(law: Law) -> None:
    case = Case.read(shipped_cases() / "mps-01-foi-23-028157.yaml")
    bare = drawing.draw(law, "s30_1_a_engaged")
    valued = drawing.draw(law, "s30_1_a_engaged", case, "live-offences")
    assert "duty_to_investigate: yes" in valued
    assert "duty_to_investigate: " not in bare


def test_text_of_a_case_cannot_leave_its_box(law: Law) -> None:
    case = Case.parse(
        'case: 1\nreference: "<script>"\nitems: [{id: a, facts: {held: yes}, weights: '
        '{safe_space: {weight: some, reason: "</text><script>x</script>", by: "<b>"}}}]'
    )
    page = drawing.pages(law, case)["exemption_outweighs.html"]
    assert "<script" not in page


@pytest.mark.parametrize("path", case_files([shipped_cases()]), ids=lambda p: p.stem)
def test_every_shipped_case_fits_the_schema_that_editors_use(law: Law, path: Path) -> None:
    errors = [e.message for e in _validator(law, "case").iter_errors(_as_editors_read(path))]
    assert errors == []


def test_every_rule_file_fits_the_schema(law: Law) -> None:
    validator = _validator(law, "rules")
    for path in sorted(shipped().rglob("*.yaml")):
        errors = [
            f"{path.name}: {e.json_path}" for e in validator.iter_errors(_as_editors_read(path))
        ]
        assert errors == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"case": 1, "reference": "R", "items": [{"id": "a", "facts": {"hedl": "yes"}}]},
        {"case": 1, "reference": "R", "items": [{"id": "a", "facts": {"sensitivity": "high"}}]},
        {"case": 1, "reference": "R", "facts": {"held": "yes"}, "items": [{"id": "a"}]},
        {"case": 1, "reference": "R", "items": [{"id": "a", "colour": "red"}]},
    ],
)
def test_the_schema_refuses_what_the_reader_refuses(law: Law, wrong: dict[str, Any]) -> None:
    assert list(_validator(law, "case").iter_errors(wrong))


def _validator(law: Law, kind: Any) -> Draft202012Validator:
    made = json.loads(json.dumps(schema(kind, law)))
    Draft202012Validator.check_schema(made)
    return Draft202012Validator(made)


def _as_editors_read(path: Path) -> Any:
    """YAML 1.2 as an editor reads it: yes and dates are text, numbers are numbers."""

    class Loader(yaml.SafeLoader):
        """Without the words that only YAML 1.1 takes for booleans and dates."""

    unwanted = ("bool", "timestamp")
    Loader.yaml_implicit_resolvers = {
        first: [(tag, found) for tag, found in pairs if not tag.endswith(unwanted)]
        for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }
    return yaml.load(path.read_text(), Loader)
