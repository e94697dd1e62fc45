"""A document as a tagged PDF (PDF/UA-1), by way of Typst: the optional extra `pdf`.

Nothing that a document says is ever read as Typst. The page is set by a fixed program,
`document.typ`, which takes the document as JSON and shows its texts as texts.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from advisor.document.blocks import Block, Bullets, Document, Heading, Paragraph
from advisor.sources import InputError, Problem

_PROGRAM = Path(__file__).with_name("document.typ")


def as_pdf(document: Document) -> bytes:
    """A document as a PDF. Raises InputError where the extra is not there or cannot set it."""
    try:
        import typst
    except ImportError:
        text = "a PDF needs the extra 'pdf', which is not installed"
        right = "pip install 'foi-exemption-advisor[pdf]', or draft the letter as docx"
        raise InputError(Problem("--to pdf", 0, 0, text, right)) from None
    shown = {"title": document.title, "blocks": [_block(one) for one in document.blocks]}
    try:
        made: bytes = typst.compile(
            _PROGRAM.read_bytes(),
            format="pdf",
            pdf_standards="ua-1",
            sys_inputs={"document": json.dumps(shown)},
        )
    except typst.TypstError as error:
        text = f"no accessible PDF can be made of this: {error.args[0]}"
        raise InputError(Problem("--to pdf", 0, 0, text, "draft the letter as docx")) from None
    return made


def _block(block: Block) -> dict[str, Any]:
    if isinstance(block, Heading):
        return {"kind": "heading", "level": block.level, "text": " ".join(block.text.split())}
    if isinstance(block, Paragraph):
        strong = block.tone == "strong"
        return {"kind": "paragraph", "lead": block.lead, "text": block.text, "strong": strong}
    if isinstance(block, Bullets):
        entries = [
            {"lead": one.lead, "text": one.text, "note": one.note, "depth": one.depth}
            for one in block.entries
        ]
        return {"kind": "bullets", "entries": entries}
    rows = [list(row) for row in block.rows]
    return {"kind": "table", "header": list(block.header), "rows": rows, "caption": block.caption}
