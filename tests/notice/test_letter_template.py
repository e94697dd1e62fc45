"""The Word template: the shipped one, the authority's own, and what is refused with its name."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn

from advisor.notice.template import FIELDS, MAX_UNPACKED, SHIPPED, as_docx
from advisor.notice.templates.make import make
from advisor.sources import InputError
from tests.notice.drafting import CASES, drafted, of_word

LIVE = CASES / "routes" / "rt-03-live-investigation.yaml"


def changed(folder: Path, change: Callable[[Any], object]) -> Path:
    """The shipped template with a change made to it."""
    document = Document(str(SHIPPED))
    change(document)
    target = folder / "own.docx"
    document.save(str(target))
    return target


def paragraph(document: Any, text: str) -> Any:
    return next(one for one in document.paragraphs if text in one.text)


def refused(template: Path) -> str:
    with pytest.raises(InputError) as caught:
        as_docx(drafted(LIVE), template)
    return str(caught.value)


def test_the_shipped_template_is_what_its_maker_makes(tmp_path: Path) -> None:
    made = tmp_path / "letter.docx"
    make(made)
    with zipfile.ZipFile(made) as new, zipfile.ZipFile(SHIPPED) as old:
        assert new.namelist() == old.namelist()
        assert [new.read(one) for one in new.namelist()] == [
            old.read(one) for one in old.namelist()
        ]


def test_the_letter_is_accessible() -> None:
    document = Document(BytesIO(as_docx(drafted(LIVE))))
    levels = [
        int(one.style.name.removeprefix("Heading "))
        for one in document.paragraphs
        if one.style.name.startswith("Heading ")
    ]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    for table in document.tables:
        first, *rest = table._tbl.tr_lst
        assert first.find(qn("w:trPr")).find(qn("w:tblHeader")) is not None
        assert all(row.find(qn("w:trPr")).find(qn("w:tblHeader")) is None for row in rest)
    languages = {one.get(qn("w:val")) for one in document.styles.element.iter(qn("w:lang"))}
    assert languages == {"en-GB"}
    bullets = [one for one in document.paragraphs if one.style.name == "List Bullet"]
    assert bullets
    assert document.styles["List Bullet"].element.pPr.numPr is not None
    properties = document.core_properties
    assert properties.title == "Your request for information: ROUTE/03"
    assert properties.language == "en-GB"


def test_a_signature_never_stands_alone_on_a_page() -> None:
    paragraphs = Document(BytesIO(as_docx(drafted(LIVE)))).paragraphs
    end = next(i for i, one in enumerate(paragraphs) if one.text == "Yours faithfully")
    assert all(one.paragraph_format.keep_with_next for one in paragraphs[end - 1 : end + 1])
    assert not paragraphs[end - 2].paragraph_format.keep_with_next
    assert paragraphs[end + 1].text == "A. Woolley"


def test_an_authoritys_own_template_is_used(tmp_path: Path) -> None:
    def change(document: Any) -> None:
        document.paragraphs[0].insert_paragraph_before("OFFICIAL, from {{ authority_name|upper }}")
        document.sections[0].footer.paragraphs[0].text = "{{ reference }}, {{ date }}"

    own = changed(tmp_path, change)
    made = as_docx(drafted(LIVE), own)
    assert of_word(made)[0] == "OFFICIAL, from BORCHESTER CONSTABULARY"
    footer = Document(BytesIO(made)).sections[0].footer.paragraphs[0].text
    assert footer == "ROUTE/03, 2 March 2026"


@pytest.mark.parametrize(
    ("field", "there"),
    [("body", "{{p body }}"), ("reference", "{{ reference }}"), ("date", "{{ date }}")],
)
def test_a_template_that_lacks_a_field_is_refused_with_its_name(
    tmp_path: Path, field: str, there: str
) -> None:
    def change(document: Any) -> None:
        line = paragraph(document, there)
        line._p.getparent().remove(line._p)

    message = refused(changed(tmp_path, change))
    assert f"has no field '{field}'" in message
    assert "own.docx" in message


def test_every_unknown_field_is_named_wherever_it_stands(tmp_path: Path) -> None:
    def change(document: Any) -> None:
        document.add_paragraph("{{ applicant_name }} {{ sender }}")
        document.sections[0].footer.paragraphs[0].text = "{{ page_colour }}"

    message = refused(changed(tmp_path, change))
    for name in ("applicant_name", "sender", "page_colour"):
        assert f"unknown field '{name}'" in message


@pytest.mark.parametrize("text", ["{{ body }}", "The letter: {{ body }}"])
def test_a_body_that_does_not_stand_alone_is_refused(tmp_path: Path, text: str) -> None:
    def change(document: Any) -> None:
        paragraph(document, "{{p body }}").text = text

    assert "the field 'body' does not stand alone" in refused(changed(tmp_path, change))


def test_two_bodies_are_refused(tmp_path: Path) -> None:
    message = refused(changed(tmp_path, lambda document: document.add_paragraph("{{p body }}")))
    assert "the field 'body' does not stand alone" in message


def test_a_style_that_the_template_lacks_is_named(tmp_path: Path) -> None:
    def change(document: Any) -> None:
        style = document.styles["List Bullet"].element
        style.getparent().remove(style)

    assert "has no style 'List Bullet'" in refused(changed(tmp_path, change))


@pytest.mark.parametrize(
    "text",
    [
        "{{ reference.__class__.__mro__ }}",
        "{{ ''.__class__.__base__.__subclasses__() }}",
        "{{ reference.format(x=1).__init__.__globals__ }}",
        "{% for n in range(999999999) %}x{% endfor %}",
        "{{ 1 // 0 }}",
        "{{ reference[7:] + 1 }}",
        "{{ reference",
        "{% if %}",
        "{% include '/etc/passwd' %}",
        "{% import 'os' as os %}",
    ],
)
def test_a_template_can_reach_nothing(tmp_path: Path, text: str) -> None:
    message = refused(changed(tmp_path, lambda document: document.add_paragraph(text)))
    assert "own.docx" in message
    assert "Traceback" not in message


@pytest.mark.parametrize("content", [b"", b"not a zip", b"PK\x03\x04 broken"])
def test_what_is_no_word_document_is_refused(tmp_path: Path, content: bytes) -> None:
    template = tmp_path / "own.docx"
    template.write_bytes(content)
    assert "is not a Word document" in refused(template)


def test_a_zip_that_is_no_word_document_is_refused(tmp_path: Path) -> None:
    template = tmp_path / "own.docx"
    with zipfile.ZipFile(template, "w") as archive:
        archive.writestr("a.txt", "a")
    assert "is not a Word document" in refused(template)


def test_a_template_that_is_not_there_is_refused(tmp_path: Path) -> None:
    assert "there is no such template" in refused(tmp_path / "none.docx")
    assert "cannot be read" in refused(tmp_path)


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    template = tmp_path / "own.docx"
    with zipfile.ZipFile(template, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"\0" * (MAX_UNPACKED + 1))
    assert "too large" in refused(template)


def test_the_fields_of_a_template_are_documented() -> None:
    page = (Path(__file__).parents[2] / "docs" / "letters.md").read_text()
    for name in FIELDS:
        assert f"`{name}`" in page
