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
from advisor.advice.explanation import lines
from advisor.cli.quality import SchemaKind
from advisor.document.html import as_html
from advisor.document.markdown import as_markdown
from advisor.quality import drawing
from advisor.quality.book import pages, site
from advisor.quality.schema import for_editor, schema
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
            for picture in re.findall(r"<svg.*?</svg>", text, re.DOTALL):
                ElementTree.fromstring(picture)


def test_every_picture_fits_its_sheets_at_the_size_at_which_it_is_read(law: Law) -> None:
    for name, text in drawing.pages(law, _mps()).items() | drawing.pages(law).items():
        (title,) = re.findall(r"<h1>(.*?)</h1>", text)
        heading = 24 * -(-len(title) // 75)
        for svg in map(ElementTree.fromstring, re.findall(r"<svg.*?</svg>", text, re.DOTALL)):
            width, height = int(svg.attrib["width"]), int(svg.attrib["height"])
            assert width <= 718, name  # A4 within margins of 10 mm, at 96 dots to the inch
            assert height + heading <= 1047, name
            heading = 24  # of the sheets that follow
            for box in svg.iter("{http://www.w3.org/2000/svg}rect"):
                for at, size, within in (("x", "width", width), ("y", "height", height)):
                    start = float(box.attrib[at])
                    assert 0 <= start < start + float(box.attrib[size]) <= within, name
        sizes = [int(one) for one in re.findall(r"(?:font:|font-size:)(\d+)px", text)]
        assert min(sizes) * 0.75 >= 8  # points


def test_no_node_is_lost_between_the_pages_of_a_conclusion(law: Law) -> None:
    found = drawing.pages(law)
    for name, tree in drawing.trees(law).items():
        drawn, todo = set[str](), [f"{name}.html"]
        seen = set(todo)
        while todo:
            text = found[todo.pop()]
            drawn.update(re.findall(r'class="id"[^>]*>([^<]*)<', text))
            linked = set(re.findall(r'href="([^"]+)"', text)) - {"index.html"} - seen
            seen |= linked
            todo += linked
        wanted = {n.id for _, n in lines([tree]) if n.kind not in ("all", "any", "not")}
        assert wanted <= drawn, name


def test_a_balance_leads_to_a_page_for_each_factor(law: Law) -> None:
    found = drawing.pages(law)
    for finding, balance in law.findings.items():
        for factor in law.balance_factors[balance]:
            assert f'href="{factor.id}.html"' in found[f"{finding}.html"]
            for rule in factor.rules:
                assert f">{rule.id}<" in found[f"{factor.id}.html"]


def test_a_picture_of_a_case_writes_its_values_in_words(law: Law) -> None:
    bare = drawing.draw(law, drawing.trees(law), "s30_1_a_engaged", values=False)
    trees = drawing.trees(law, _mps(), "live-offences")
    valued = drawing.draw(law, trees, "s30_1_a_engaged", values=True)
    assert "duty_to_investigate: yes" in valued
    assert "duty_to_investigate: " not in bare


def test_a_page_of_a_case_says_which_part_it_is_about(law: Law) -> None:
    case = _mps()
    first = drawing.pages(law, case)
    other = drawing.pages(law, case, "live-offences")
    for name, text in first.items():
        (title,) = re.findall(r"<h1>(.*?)</h1>", text)
        assert title.startswith(f"{case.reference}, part {case.items[0].id}: ")
        assert name not in other or "live-offences" in other[name]


def test_text_of_a_case_cannot_leave_its_box(law: Law) -> None:
    case = Case.parse(
        'case: 1\nreference: "<script>"\nitems: [{id: a, facts: {held: yes}, weights: '
        '{safe_space: {weight: some, reason: "</text><script>x</script>\\e[31m", by: "<b>"}}}]'
    )
    found = drawing.pages(law, case)
    picture = drawing.draw(law, drawing.trees(law, case), "exemption_outweighs", values=True)
    for text in (*found.values(), picture):
        assert not re.search(r"<script|<b>|\x1b", text)
    assert "&lt;script&gt;x" in found["content.safe_space.html"]


def _mps() -> Case:
    return Case.read(shipped_cases() / "mps-01-foi-23-028157.yaml")


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


def test_the_page_about_editors_has_every_schema_and_its_files(law: Law) -> None:
    text = (ROOT / "docs" / "editors.md").read_text(encoding="utf-8")
    kinds = dict(re.findall(r"advisor rules schema (\w+) -o (\S+)", text))
    assert set(kinds) == {one.value for one in SchemaKind} == set(FILES)
    (settings,) = re.findall(r"```json\n(.*?)```", text, re.DOTALL)
    made = for_editor(law)
    assert json.loads(settings) == made["settings.json"]
    assert set(made) == {*kinds.values(), "settings.json"}


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
