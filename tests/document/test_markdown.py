"""Markdown reads as the text it is, and a reader of Markdown shows that text and no markup."""

from __future__ import annotations

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from advisor.document.blocks import Block, Bullets, Document, Entry, Heading, Paragraph, Table
from advisor.document.markdown import as_markdown

READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
PLAIN = [
    "https://ico.org.uk/make-a-complaint/",
    "[placeholder: the name of whoever signs]",
    "section 30(1)(a)(i) [S17-02]",
    "over_cost_limit, A&E, R & D, 5 < 6 > 4, #let, C# and -5",
    "2 March 2026. Then: a-b, x=y (and so on)!",
    "Smith's 50% share, C:\\temp, a/b",
]
MARKUP = [
    "# heading", "- entry", "+ entry", "1. first", "12) twelfth", "> quoted", "---", "===",
    "a\n===", "- - -", "___", "***", "| a | b |\n| --- | --- |", "a\n:--", "[x] done",
    "[a]: http://a.example", "[a](http://a.example)", "![i](x)", "**b** _i_ `c` ~~s~~ ~s~ $m$",
    "<b>x</b> <!-- y --> &amp; &#65;", "<http://a.example>", "    code", "a\\",
    "\\[x\\] \\a \\\\", "```\ncode\n```", "a #", "##", "a  \nb", "[a\nb]: /x", "[^1]: note",
    "[a][b]\n\n[b]: /x", "Sum\n:", "1.\n-\n+",
]  # fmt: skip
ENTRY = {"ul", "li", "p", "br", "strong", "em"}
TABLE = {"table", "thead", "tbody", "tr", "th", "td"}
TEXT = st.text(alphabet="ab1 \n\\`*_[]()<>&|~$#+-=:.!;/x", max_size=30)


def shown(*blocks: Block) -> tuple[str, str]:
    """What a reader of Markdown shows of blocks, single-spaced, and as what it is marked."""
    page = READER.render(as_markdown(Document("", blocks)))
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", page)).split()), page


def spaced(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("text", PLAIN)
def test_plain_text_is_written_as_it_is(text: str) -> None:
    assert as_markdown(Document("", (Paragraph(text),))) == f"{text}\n"
    assert as_markdown(Document("", (Heading(2, text),))) == f"## {text}\n"


def shows_only_its_text(text: str) -> None:
    for block, said, also in (
        (Paragraph(text), text, {"p", "br"}),
        (Paragraph(text, "Lead:"), f"Lead: {text}", {"p", "br", "strong"}),
        (Paragraph("text", f"{text}x"), f"{text}x text", {"p", "br", "strong"}),
        (Bullets((Entry(text),)), text, ENTRY),
        (Bullets((Entry(text, "L:", "n"),)), f"L: {text} n", ENTRY),
        (Heading(3, text), text, {"h3"}),
        (Table(("H", text), ((text, "z"),)), f"H {text} {text} z", TABLE),
    ):  # fmt: skip
        words, page = shown(block)
        assert words == spaced(said), page
        assert set(re.findall(r"</?([a-z]+\d?)", page)) <= also, page


@pytest.mark.parametrize("text", MARKUP)
def test_what_looks_like_markup_is_shown_as_text(text: str) -> None:
    shows_only_its_text(text)


@given(TEXT)
def test_whatever_is_written_is_shown_as_text(text: str) -> None:
    shows_only_its_text(text)


def test_what_one_block_says_changes_no_other() -> None:
    words, _ = shown(
        Paragraph("[a] and [b][a]"), Paragraph("[a]: http://a.example"), Heading(1, "x")
    )
    assert words == "[a] and [b][a] [a]: http://a.example x"
