"""The rulebook as pages, pictures and schemas: made from the rules, and saying what they say."""

from __future__ import annotations

import json
import re
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import yaml
from jsonschema import Draft202012Validator

from advisor import Case, Rulebook
from advisor.cli.quality import SchemaKind
from advisor.document.html import as_html
from advisor.document.markdown import as_markdown
from advisor.quality import drawing
from advisor.quality.book import pages, site
from advisor.quality.schema import schema
from advisor.rulebook.law import Law
from advisor.rulebook.loading import shipped
from advisor.scenarios.finding import case_files
from advisor.scenarios.finding import shipped as shipped_cases

ROOT = Path(__file__).parents[2]


def _answering(part: dict[str, Any]) -> dict[str, Any]:
    items = [{"id": "a", **part}]
    return {"answers": 1, "trainee": "T", "cases": [{"case": "C", "items": items}]}


@pytest.fixture(scope="module")
def law() -> Law:
    return Rulebook.load().law(date(2026, 11, 22))


def test_every_rule_factor_question_and_requirement_is_in_the_book(law: Law) -> None:
    text = "\n".join(as_html(page) for page in pages(law).values())
    for rule in law.rules:
        assert f"<h3>{rule.id}</h3>" in text
    for key in (*law.facts, *law.mistakes, *(r.id for r in law.requirements)):
        assert key in text, key


def test_every_link_of_the_book_leads_to_a_page_of_it(law: Law) -> None:
    files = site(law)
    linked: set[str] = set()
    for name, text in files.items():
        folder = "graph/" if name.startswith("graph/") else ""
        for target in re.findall(r'href="([^"#:]+)"', text):
            found = target.removeprefix("../") if target.startswith("../") else folder + target
            assert found in files, (name, target)
            linked.add(found)
    assert linked == set(files) - {"index.html"}


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


FILES = {
    "case": case_files([shipped_cases()]),
    "rules": sorted(shipped().rglob("*.yaml")),
    "answers": sorted((ROOT / "tests" / "training" / "answers").glob("*.yaml")),
    "settings": [ROOT / "advisor" / "notice" / "settings.yaml"],
}


@pytest.mark.parametrize("kind", FILES)
def test_every_file_fits_the_schema_that_editors_use(law: Law, kind: str) -> None:
    validator = _validator(law, kind)
    for path in FILES[kind]:
        errors = [
            f"{path.name}: {e.json_path}" for e in validator.iter_errors(_as_editors_read(path))
        ]
        assert errors == []


def test_the_page_about_editors_has_every_schema_and_its_files() -> None:
    text = (ROOT / "docs" / "editors.md").read_text(encoding="utf-8")
    kinds = dict(re.findall(r"advisor rules schema (\w+) -o (\S+)", text))
    assert set(kinds) == {one.value for one in SchemaKind} == set(FILES)
    (settings,) = re.findall(r"```json\n(.*?)```", text, re.DOTALL)
    assert set(json.loads(settings)["yaml.schemas"]) == {f"./{one}" for one in kinds.values()}


@pytest.mark.parametrize(
    ("kind", "wrong"),
    [
        ("case", {"case": 1, "reference": "R", "items": [{"id": "a", "facts": {"hedl": "yes"}}]}),
        (
            "case",
            {"case": 1, "reference": "R", "items": [{"id": "a", "facts": {"sensitivity": "x"}}]},
        ),
        ("case", {"case": 1, "reference": "R", "facts": {"held": "yes"}, "items": [{"id": "a"}]}),
        ("case", {"case": 1, "reference": "R", "items": [{"id": "a", "colour": "red"}]}),
        ("case", {"case": 2, "reference": "R", "items": [{"id": "a"}]}),
        ("answers", {"answers": 1, "trainee": "T", "cases": [{"case": "C", "colour": "red"}]}),
        ("answers", _answering({"elements": {"hedl": {"answer": "yes"}}})),
        ("answers", _answering({"elements": {"held": {"answer": "perhaps"}}})),
        ("answers", _answering({"outcome": "hide"})),
        ("answers", _answering({"public_interest": {"maintain": {"x": {"weight": "some"}}}})),
        ("settings", {"settings": 1, "file": "x"}),
        ("settings", {"settings": 1, "review": {"exists": "maybe"}}),
        ("rules", {"title": "T", "facts": {"a": {"type": "colour"}}}),
    ],
)
def test_the_schema_refuses_what_the_reader_refuses(
    law: Law, kind: str, wrong: dict[str, Any]
) -> None:
    assert list(_validator(law, kind).iter_errors(wrong))


@cache
def _validator(law: Law, kind: Any) -> Draft202012Validator:
    made = json.loads(json.dumps(schema(kind, law)))
    Draft202012Validator.check_schema(made)
    return Draft202012Validator(made)


def _as_editors_read(path: Path) -> Any:
    """YAML 1.2 as an editor reads it: yes and dates are text, numbers are numbers."""

    class Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
        """Without the words that only YAML 1.1 takes for booleans and dates."""

    unwanted = ("bool", "timestamp")
    Loader.yaml_implicit_resolvers = {
        first: [(tag, found) for tag, found in pairs if not tag.endswith(unwanted)]
        for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }
    return yaml.load(path.read_text(), Loader)
