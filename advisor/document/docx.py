"""Blocks as the paragraphs, lists and tables of a Word document, in the styles that it has.

The result is XML for a document's body; which document it goes into, and where, is for whoever
asks (advisor.notice.template). Text is data: it is escaped as XML, and what XML cannot hold is
left out. A table's first row is marked as its header and repeats on every page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from advisor.document.blocks import Block, Bullets, Entry, Heading, Paragraph, Table

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

# The styles, by the names that Word gives them in English, in which blocks are set.
HEADINGS = ("Heading 1", "Heading 2", "Heading 3", "Heading 4")
LISTS = ("List Bullet", "List Bullet 2", "List Bullet 3")
STYLES = ("Normal", *HEADINGS, *LISTS, "Table Grid", "Caption")

_NOT_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_WIDTH = 9000  # of a table's grid, in twentieths of a point; the table is as wide as the text
_LETTER, _MARGINS, _LONGEST_WORD, _LONGEST_LINE = 150, 240, 24, 60
_TIGHT = '<w:spacing w:before="60" w:after="60"/>'  # the space round the text of a cell
_THIN = '<w:spacing w:before="0" w:after="0" w:line="160" w:lineRule="exact"/>'
_TOGETHER = 8  # rows; a table of no more is kept on one page


def missing_styles(document: WordDocument) -> list[str]:
    """The styles that blocks need and a document lacks."""
    there = {style.name for style in document.styles}
    return [name for name in STYLES if name not in there]


def markup(blocks: Iterable[Block], document: WordDocument) -> str:
    """The blocks as XML for the body of `document`, whose styles they name.

    What introduces a list or a table stays with it, and the last two blocks with what follows
    them, so that a signature never stands alone on a page.
    """
    ids = {style.name: style.style_id for style in document.styles}
    listed = list(blocks)
    return "".join(
        part
        for left, (block, then) in zip(
            range(len(listed), 0, -1), zip_longest(listed, listed[1:]), strict=False
        )
        for part in _block(block, ids, keep=left <= 2 or isinstance(then, Bullets | Table))
    )


def _block(block: Block, ids: Mapping[str, str], *, keep: bool) -> Iterator[str]:
    if isinstance(block, Heading):
        style = HEADINGS[min(block.level, len(HEADINGS)) - 1]
        yield _paragraph(ids[style], _run(" ".join(block.text.split())))
    elif isinstance(block, Paragraph):
        text = _run(block.text, bold=block.tone == "strong")
        yield _paragraph(ids["Normal"], _led(block.lead, text), keep=keep)
    elif isinstance(block, Bullets):
        for entry in block.entries:
            yield _entry(entry, ids)
    else:
        yield from _table(block, ids)


def _entry(entry: Entry, ids: Mapping[str, str]) -> str:
    note = f"<w:r><w:br/></w:r>{_run(entry.note, italic=True)}" if entry.note else ""
    style = LISTS[min(entry.depth, len(LISTS) - 1)]
    return _paragraph(ids[style], _led(entry.lead, _run(entry.text)) + note)


def _led(lead: str, text: str) -> str:
    return _run(f"{lead} ", bold=True) + text if lead else text


def _paragraph(style: str, runs: str, *, keep: bool = False, space: str = "") -> str:
    also = "<w:keepNext/>" * keep + space
    return f"<w:p><w:pPr><w:pStyle w:val={quoteattr(style)}/>{also}</w:pPr>{runs}</w:p>"


def _run(text: str, *, bold: bool = False, italic: bool = False) -> str:
    if not text:
        return ""
    marks = "<w:b/>" * bold + "<w:i/>" * italic
    properties = f"<w:rPr>{marks}</w:rPr>" if marks else ""
    lines = escape(_NOT_XML.sub("", text)).split("\n")
    shown = "<w:br/>".join(f'<w:t xml:space="preserve">{line}</w:t>' for line in lines)
    return f"<w:r>{properties}{shown}</w:r>"


def _table(table: Table, ids: Mapping[str, str]) -> Iterator[str]:
    if table.caption:
        yield _paragraph(ids["Caption"], _run(table.caption), keep=True)
    widths = _widths((table.header, *table.rows), len(table.header))
    normal, grid = ids["Normal"], "".join(f'<w:gridCol w:w="{one}"/>' for one in widths)
    yield (
        f"<w:tbl><w:tblPr><w:tblStyle w:val={quoteattr(ids['Table Grid'])}/>"
        '<w:tblW w:w="5000" w:type="pct"/>'
        '<w:tblLook w:val="0420" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0"'
        f' w:noHBand="0" w:noVBand="1"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
    )
    together = len(table.rows) <= _TOGETHER
    yield _row(table.header, widths, normal, header=True, keep=True)
    for i, row in enumerate(table.rows, 1):
        yield _row(row, widths, normal, keep=together and i < len(table.rows))
    # A paragraph after it, so that two tables stay two and a table never ends a document.
    yield f"</w:tbl>{_paragraph(normal, '', space=_THIN)}"


def _row(
    cells: Sequence[str],
    widths: Sequence[int],
    style: str,
    *,
    header: bool = False,
    keep: bool = False,
) -> str:
    repeat = "<w:tblHeader/>" if header else ""
    shown = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>'
        f"{_paragraph(style, _run(cell, bold=header), keep=keep, space=_TIGHT)}</w:tc>"
        for cell, width in zip(cells, widths, strict=False)
    )
    return f"<w:tr><w:trPr><w:cantSplit/>{repeat}</w:trPr>{shown}</w:tr>"


def _widths(rows: Sequence[Sequence[str]], columns: int) -> list[int]:
    """The columns' widths: room for the longest word of each, and the rest by their longest lines.

    A column narrower than a word would cut a reference in two.
    """
    words, lines = [], []
    for i in range(columns):
        cells = [row[i] for row in rows[:1000] if i < len(row)]
        word = max((len(one) for cell in cells for one in cell.split()), default=1)
        words.append(min(word, _LONGEST_WORD) * _LETTER + _MARGINS)
        lines.append(min(max(map(len, cells), default=1), _LONGEST_LINE) + 1)
    rest = max(0, _WIDTH - sum(words))
    return [word + rest * line // sum(lines) for word, line in zip(words, lines, strict=True)]
