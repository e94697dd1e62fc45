"""A document as Markdown. What Markdown would read as markup is escaped, and nothing else is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from advisor.document.blocks import Block, Bullets, Document, Heading, Paragraph

_LETTER = r"[^\W_]"
# What makes markup anywhere. No line of a text can define what a link refers to, so a bracket alone
# is a bracket; an underscore within a word is one too.
_ANYWHERE = re.compile(
    r"[`*|~$]"
    rf"|(?<!{_LETTER})_|_(?!{_LETTER})"
    r"|\\(?=[!-/:-@\[-`{-~]|$)"
    r"|<(?=[A-Za-z/!?])"
    r"|&(?=#?\w+;)"
    r"|(?<=\])[(:]",
    re.MULTILINE,
)
# What begins a heading, a list, a quotation, a rule, a task or a table at the start of a line.
_AT_START = re.compile(
    r"^(\d{1,9})(?=[.)](?:\s|$))"
    r"|^()(?=\#{1,6}(?:\s|$)|[-+](?:\s|$)|>|[-=:][-=: ]*$|\[[ xX]\]\s)",
    re.MULTILINE,
)
_MARGIN = re.compile(r"^[^\S\n]+", re.MULTILINE)  # four spaces would make a line code


def escape(text: str) -> str:
    """Text as Markdown that shows just that text."""
    return _AT_START.sub(lambda start: f"{start[1] or ''}\\", _inline(_MARGIN.sub("", text)))


def _inline(text: str) -> str:
    """Text that begins no line, as Markdown."""
    return _ANYWHERE.sub(r"\\\g<0>", text)


def as_markdown(document: Document) -> str:
    """A document as Markdown, headings from level 1."""
    parts = ("\n".join(_block(block)) for block in document.blocks)
    return "\n\n".join(parts) + "\n"


def _block(block: Block) -> Iterator[str]:
    if isinstance(block, Heading):
        yield f"{'#' * min(block.level, 6)} {_heading(block.text)}"
    elif isinstance(block, Paragraph):
        yield _led(block.lead, block.text).replace("\n", "  \n")
    elif isinstance(block, Bullets):
        for entry in block.entries:
            margin = "  " * entry.depth
            text = _led(entry.lead, entry.text).replace("\n", f"  \n{margin}  ")
            yield f"{margin}- {text}" + ("  " if entry.note else "")
            if entry.note:
                yield f"{margin}  *{_line(entry.note)}*"
    else:
        if block.caption:
            yield f"**{_line(block.caption)}**\n"
        yield _row(block.header)
        yield _row(("---",) * len(block.header), raw=True)
        for row in block.rows:
            yield _row(row)


def _line(text: str) -> str:
    """Text in one line that begins none, as Markdown."""
    return _inline(" ".join(text.split()))


def _heading(text: str) -> str:
    """A number sign that ends a heading would be read as its end."""
    return re.sub(r"(?<!\S)(?=#+$)", r"\\", _line(text))


def _led(lead: str, text: str) -> str:
    return f"**{_line(lead)}** {escape(text)}" if lead else escape(text)


def _row(cells: tuple[str, ...], *, raw: bool = False) -> str:
    shown = cells if raw else tuple(map(_line, cells))
    return f"| {' | '.join(shown)} |"
