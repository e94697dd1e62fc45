"""Text from a case in a letter: set out where it is a list or a table, and otherwise only text."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pytest
from docx import Document

from advisor import Case
from advisor.document.blocks import Bullets, Paragraph, Table
from advisor.document.html import as_html
from advisor.document.markdown import as_markdown
from advisor.notice.letter import Letter
from advisor.notice.set_out import blocks
from advisor.notice.template import as_docx
from tests.notice.drafting import CASES, drafted, of_html, of_word, rulebook, words

LIVE = CASES / "routes" / "rt-03-live-investigation.yaml"

HOSTILE = [
    "{{ 7 * 7 }} {% for x in y %} {# gone #}",
    "{{ self.__init__.__globals__ }} {{p body }} {_{ x }_}",
    "{offence} {reference} {received.__class__} {0} {note.held} %(x)s $x",
    "<script>alert(1)</script> <img src=x onerror=alert(1)>",
    "</w:t></w:r></w:p><w:p><w:r><w:t>injected",
    "]]> <!-- a comment --> &amp; &#65; <?xml version='1.0'?>",
    "# heading\n- entry\n| a | b |",
    "**bold** [link](javascript:alert(1)) `code` ![x](y)",
    '#let x = 1; $ x^2 $ @label <label> #eval("1")',
    "mark \u202eevil\u202c and \u200bzero\u200b width and \ufeffmark",
    "مرحبا בעולם 日本語 Ünïcödé 👍",
    "bell \x07 null \x00 escape \x1b[31m vertical \x0b \x85",
    "[placeholder: nothing]",
    "advisor-body",
]


def with_text(text: str) -> Case:
    """The same text wherever a case has text that a letter shows."""
    case = rulebook().read(LIVE)
    first, second = case.items
    facts = {**first.facts, "duty_source": text, "offence": text}
    items = (
        replace(first, description=text, facts=facts),
        replace(second, description=text, disclose=text),
    )
    return replace(case, items=items, request=text, reference=f"R/1 {text}")


def letters() -> list[Letter]:
    return [drafted(with_text(text)) for text in HOSTILE]


@pytest.mark.parametrize("text", HOSTILE)
def test_text_from_a_case_is_shown_and_does_nothing(text: str) -> None:
    found = drafted(with_text(text))
    usual = drafted(with_text("plain words"))
    word = Document(BytesIO(as_docx(found)))
    shown = of_word(as_docx(found))
    page = as_html(found.document())
    assert "<script>" not in page
    assert "<img" not in page
    assert "49" not in " ".join(shown).replace("R/1", "")
    headings = [one.text for one in word.paragraphs if one.style.name == "Heading 2"]
    expected = [
        one.text
        for one in Document(BytesIO(as_docx(usual))).paragraphs
        if one.style.name == "Heading 2"
    ]
    assert headings == expected
    # Every line of the document says the same in each format.
    assert " ".join(of_html(page)) == " ".join(words(found).split())
    if "{_{" not in text:  # docxtpl reads this sign of its own in the short fields
        assert " ".join(shown) == " ".join(words(found).split())


@pytest.mark.parametrize("text", HOSTILE)
def test_hidden_and_controlling_characters_reach_no_format(text: str) -> None:
    found = drafted(with_text(text))
    for written in (as_html(found.document()), as_markdown(found.document())):
        bad = [
            c for c in written if (ord(c) < 32 and c not in "\n") or c in "\u202e\u200b\ufeff\x85"
        ]
        assert bad == []


@pytest.mark.parametrize("text", HOSTILE)
def test_a_pdf_shows_them_too(text: str) -> None:
    pytest.importorskip("typst")
    from advisor.document.typst import as_pdf
    from advisor.sources import InputError

    found = drafted(with_text(text))
    try:
        made = as_pdf(found.document())
    except InputError as error:
        # Without a face that has the characters no accessible PDF is made, and the message says so.
        message = str(error)
    else:
        message = ""
        assert made.startswith(b"%PDF")
    assert not message or ("日" in text and "could not be displayed" in message)


def test_ten_thousand_rows_are_in_every_format() -> None:
    rows = "\n".join(f"| {n} | Burglary in street {n} | closed |" for n in range(10_000))
    case = rulebook().read(LIVE)
    item = replace(case.items[1], disclose=f"| No | Offence | Result |\n| - | - | - |\n{rows}")
    found = drafted(case.with_item(item))
    made = as_docx(found)
    assert len(as_html(found.document())) > 500_000
    assert len(as_markdown(found.document())) > 300_000
    table = Document(BytesIO(made)).tables[-1]
    assert len(table._tbl.tr_lst) == 10_001


def test_a_long_request_is_whole() -> None:
    case = replace(rulebook().read(LIVE), request="word " * 180_000)
    made = as_docx(drafted(case))
    assert len(max(of_word(made), key=len)) > 800_000


def test_lines_run_on_and_lists_and_tables_are_set_out() -> None:
    found = blocks(
        "One line\nand the next.\n\n1. first\n2. second\n- a\n  more of a\n- b\n\n"
        "| H | I |\n| --- | :-: |\n| 1 | 2 \\| 3 |\n| only one |\nAfter."
    )
    assert found == [
        Paragraph("One line and the next."),
        Paragraph("1. first\n2. second"),
        Bullets(found[2].entries),
        Table(("H", "I"), (("1", "2 | 3"), ("only one", ""))),
        Paragraph("After."),
    ]
    assert [one.text for one in found[2].entries] == ["a more of a", "b"]


@pytest.mark.parametrize(
    "text", ["| a | b |", "| a |\n| b |\n| c |", "|\n|", "a | b\n--- | ---", "***\n===\n> x"]
)
def test_what_is_not_quite_a_table_or_a_list_stays_text(text: str) -> None:
    found = blocks(text)
    assert all(isinstance(one, Paragraph) for one in found)
    assert "".join("".join(f"{one.text}" for one in found).split()) == "".join(text.split())
