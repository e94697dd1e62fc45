"""A document as Markdown. Text that Markdown would read as markup is escaped."""

from __future__ import annotations

import re
from collections.abc import Iterator

from advisor.document.blocks import Block, Bullets, Document, Heading, Paragraph

# What begins or makes markup anywhere, and what does at the start of a line.
_ANYWHERE = re.compile(r"([\\`*_\[\]<>&|~$])")
_AT_START = re.compile(r"^(\s*\d+(?=[.)])|\s*(?=[#+\-=]))", re.MULTILINE)


def escape(text: str) -> str:
    """Text as Markdown that shows just that text."""
    return _AT_START.sub(r"\1\\", _ANYWHERE.sub(r"\\\1", text)).replace("://", ":\\//")


def as_markdown(document: Document) -> str:
    """A document as Markdown, headings from level 1."""
    parts = ("\n".join(_block(block)) for block in document.blocks)
    return "\n\n".join(parts) + "\n"


def _block(block: Block) -> Iterator[str]:
    if isinstance(block, Heading):
        yield f"{'#' * min(block.level, 6)} {escape(' '.join(block.text.split()))}"
    elif isinstance(block, Paragraph):
        yield _led(block.lead, block.text).replace("\n", "  \n")
    elif isinstance(block, Bullets):
        for entry in block.entries:
            margin = "  " * entry.depth
            text = _led(entry.lead, entry.text).replace("\n", f"  \n{margin}  ")
            yield f"{margin}- {text}" + ("  " if entry.note else "")
            if entry.note:
                yield f"{margin}  *{escape(entry.note)}*"
    else:
        if block.caption:
            yield f"**{escape(block.caption)}**\n"
        yield _row(block.header)
        yield _row(("---",) * len(block.header), raw=True)
        for row in block.rows:
            yield _row(row)


def _led(lead: str, text: str) -> str:
    return f"**{escape(lead)}** {escape(text)}" if lead else escape(text)


def _row(cells: tuple[str, ...], *, raw: bool = False) -> str:
    shown = cells if raw else tuple(escape(cell).replace("\n", " ") for cell in cells)
    return f"| {' | '.join(shown)} |"
