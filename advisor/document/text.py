"""A document as text for a terminal, a pipe or a screen reader: top to bottom, nothing beside.

Lines are at most `width` columns and words are never cut. Colour only marks what the words say
already, and only where the terminal has it and NO_COLOR is unset.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import StringIO
from typing import TYPE_CHECKING, TextIO

from advisor.document.blocks import Block, Bullets, Document, Entry, Heading, Paragraph, Table

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

WIDTH = 80
_STYLES = {
    "plain": "", "strong": "bold", "good": "bold green", "bad": "bold red",
    "warn": "bold yellow", "quiet": "dim",
}  # fmt: skip


def console(file: TextIO, width: int | None = None) -> Console:
    """A console that prints data: no markup, no emoji, no highlighting, 80 columns at most."""
    from rich.console import Console

    made = Console(file=file, markup=False, emoji=False, highlight=False, soft_wrap=False)
    made.width = width or (min(made.width, WIDTH) if made.is_terminal else WIDTH)
    return made


def width_of(file: TextIO) -> int:
    """How wide the lines of a file may be: a terminal's own width, and 80 columns at most."""
    return console(file).width


def write(document: Document, file: TextIO, width: int | None = None) -> None:
    """Print a document to a file or a terminal."""
    out = console(file, width)
    for line in _lines(document, out.width):
        out.print(line, soft_wrap=True)


def as_text(document: Document, width: int = WIDTH) -> str:
    """A document as plain text."""
    out = StringIO()
    write(document, out, width)
    return out.getvalue()


def _lines(document: Document, width: int) -> Iterator[Text]:
    from rich.text import Text

    for i, block in enumerate(document.blocks):
        if i and not (isinstance(block, Bullets) and _introduces(document.blocks[i - 1])):
            yield Text("")
        for text, indent, style in _block(block, width):
            yield from _wrapped(text, indent, style, width)


def _introduces(block: Block) -> bool:
    """Whether a list belongs to the block before it: a heading, or a line that only leads in."""
    return isinstance(block, Heading) or (isinstance(block, Paragraph) and not block.text)


Line = tuple["Text", int, str]


def _block(block: Block, width: int) -> Iterator[Line]:
    from rich.text import Text

    if isinstance(block, Heading):
        shown = block.text.upper() if block.level == 1 else block.text
        yield Text(shown), 0 if block.level < 3 else 2, "bold"
    elif isinstance(block, Paragraph):
        for i, line in enumerate(block.text.split("\n")):
            yield _led(block.lead if i == 0 else "", line, block.tone), 2, ""
    elif isinstance(block, Bullets):
        for entry in block.entries:
            yield from _entry(entry, width)
    else:
        yield from _table(block, width)


def _entry(entry: Entry, width: int) -> Iterator[Line]:
    from rich.text import Text

    # Deep trees stop moving to the right, so that there is always room for words.
    indent = 2 + 2 * min(entry.depth, 12, max(2, (width - 28) // 4))
    yield Text("- ").append_text(_led(entry.lead, entry.text, entry.tone)), indent, "hang"
    if entry.note:
        yield Text(entry.note, style="dim"), indent + 4, ""


def _led(lead: str, text: str, tone: str) -> Text:
    from rich.text import Text

    if not lead:
        return Text(text, style=_STYLES[tone])
    return Text.assemble((lead, _STYLES[tone] or "bold"), " ", text)


def _table(table: Table, width: int) -> Iterator[Line]:
    """A table as a screen reader can follow it: a row a line, each cell after its column's name.

    Empty cells are left out."""
    from rich.text import Text

    if table.caption:
        yield Text(table.caption, style="bold"), 2, ""
    for row in table.rows:
        cells = "; ".join(
            f"{name}: {cell}" if name else cell
            for name, cell in zip(table.header, row, strict=False)
            if cell
        )
        yield Text(f"- {cells}"), 2, "hang"


def _wrapped(text: Text, indent: int, style: str, width: int) -> Iterator[Text]:
    from rich.console import Console
    from rich.text import Text

    hang = indent + 2 if style == "hang" else indent
    if style not in ("", "hang"):
        text = Text(text.plain, style=style)
    if not text.plain:
        yield Text("")
        return
    ruler = Console(width=max(width, 20))
    first = True
    for line in text.wrap(ruler, max(width - hang, 16)):
        line.rstrip()
        yield Text(" " * (indent if first else hang)).append_text(line)
        first = False
