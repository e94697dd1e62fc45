"""The blocks that every report, page and letter is made of.

Text in a block is always data: a writer escapes what its format would read as markup, and control
characters are taken out here, so nothing from a file or an officer can act on a terminal.

    >>> Paragraph("a\\x1b[31mb\\u202ec").text
    'a[31mbc'
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from advisor.document.cleaning import clean as clean

Tone = Literal["plain", "strong", "good", "bad", "warn", "quiet"]


@dataclass(frozen=True)
class Heading:
    level: int
    text: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", clean(self.text))


@dataclass(frozen=True)
class Paragraph:
    """Running text; a newline in it starts a new line. `lead` is set before it, and stands out."""

    text: str
    lead: str = ""
    tone: Tone = "plain"

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", clean(self.text))
        object.__setattr__(self, "lead", clean(self.lead))


@dataclass(frozen=True)
class Bullets:
    """A list. Each entry is a paragraph; `notes` under it, such as authorities, are set quietly."""

    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Entry:
    """`depth` is how far below the list's first level it stands."""

    text: str
    lead: str = ""
    note: str = ""
    tone: Tone = "plain"
    depth: int = 0

    def __post_init__(self) -> None:
        for name in ("text", "lead", "note"):
            object.__setattr__(self, name, clean(getattr(self, name)))


@dataclass(frozen=True)
class Table:
    """A table with a header row; every cell is text."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "header", tuple(map(clean, self.header)))
        object.__setattr__(self, "rows", tuple(tuple(map(clean, row)) for row in self.rows))
        object.__setattr__(self, "caption", clean(self.caption))


Block = Heading | Paragraph | Bullets | Table


@dataclass(frozen=True)
class Document:
    """A title and blocks in order."""

    title: str
    blocks: tuple[Block, ...]

    @classmethod
    def of(cls, title: str, blocks: Iterable[Block]) -> Document:
        return cls(clean(title), tuple(blocks))
