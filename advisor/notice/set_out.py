"""What an officer writes as text, set out: paragraphs, bullet lists and tables. The rest is text.

Lines of a paragraph run on, as they were only broken to fit a file; a blank line, a list, a table
or a number at the start of a line breaks them. A table is rows between bars with a row of dashes
under the first. Whatever is none of these stays what was written, markup included.

    >>> [type(one).__name__ for one in blocks("So:\\n\\n- one\\n\\n| A |\\n| --- |\\n| 1 |")]
    ['Paragraph', 'Bullets', 'Table']
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from advisor.document.blocks import Block, Bullets, Entry, Paragraph, Table, clean

_BULLET = re.compile(r"[-*•]\s+(\S.*)")
_NUMBERED = re.compile(r"(\d{1,3}[.)]|\([a-z0-9]{1,4}\))\s")
_CELL_END = re.compile(r"(?<!\\)\|")
_DASHES = re.compile(r":?-+:?")


def blocks(text: str) -> list[Block]:
    """The blocks that a text is set out in."""
    found: list[Block] = []
    for lines in _chunks(clean(text)):
        table = _table(lines)
        if table is not None:
            found.append(table)
        elif _BULLET.match(lines[0]):
            found.append(Bullets(tuple(_entries(lines))))
        else:
            found.append(Paragraph(_flowing(lines)))
    return found


def _chunks(text: str) -> Iterator[list[str]]:
    """Lines that belong together: of one paragraph, of one list, of one table."""
    chunk: list[str] = []
    kind = ""
    for raw in text.split("\n"):
        line = raw.strip()
        now = _kind(line, kind)
        if chunk and (not line or now != kind):
            yield chunk
            chunk = []
        if line:
            chunk.append(line)
        kind = now
    if chunk:
        yield chunk


def _kind(line: str, before: str) -> str:
    if not line:
        return ""
    if line.startswith("|"):
        return "table"
    if _BULLET.match(line) or before == "list":
        return "list"
    return "text"


def _entries(lines: list[str]) -> Iterator[Entry]:
    entry: list[str] = []
    for line in lines:
        bullet = _BULLET.match(line)
        if bullet and entry:
            yield Entry(" ".join(entry))
            entry = []
        entry.append(bullet[1] if bullet else line)
    yield Entry(" ".join(entry))


def _flowing(lines: list[str]) -> str:
    """The lines as one text, but for what begins with a number, or is a row without a table."""
    text = lines[0]
    for line in lines[1:]:
        apart = _NUMBERED.match(line) or line.startswith("|")
        text += f"\n{line}" if apart else f" {line}"
    return text


def _table(lines: list[str]) -> Table | None:
    """The table that lines are, or None where they are not one."""
    if len(lines) < 2 or not (lines[0].startswith("|") and lines[0].strip("| ")):
        return None
    header, dashes, *rows = map(_cells, lines)
    if not all(_DASHES.fullmatch(cell) for cell in dashes) or len(dashes) != len(header):
        return None
    width = max(len(header), *map(len, rows)) if rows else len(header)
    return Table(_filled(header, width), tuple(_filled(row, width) for row in rows))


def _cells(line: str) -> tuple[str, ...]:
    inner = line.removeprefix("|")
    cells = _CELL_END.split(inner)
    if not cells[-1].strip():  # the bar that closes the row
        cells = cells[:-1]
    return tuple(cell.strip().replace("\\|", "|") for cell in cells)


def _filled(row: tuple[str, ...], width: int) -> tuple[str, ...]:
    return row + ("",) * (width - len(row))
