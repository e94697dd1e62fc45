"""A letter as numbered lines of text, from a .txt, .md or .docx file.

A line of a text or Markdown file is the file's own. A Word file has no lines until it is printed,
so there a line is a paragraph that has words in it, counted from the top; a row of a table counts
as one paragraph, and headers, footers, footnotes and endnotes come after the body.

What a file could do to the reader is settled before its text is looked at: it is of bounded size
(a Word file also once it is unpacked, whatever it says of its own size), no entity of its XML is
expanded, and characters that hide or reorder text are taken out.
"""

from __future__ import annotations

import re
import unicodedata
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any, Literal

from advisor.document.blocks import clean
from advisor.sources import InputError, Problem, read_text

MAX_BYTES = 6_000_000
MAX_UNPACKED, MAX_XML, MAX_FILES = 80_000_000, 30_000_000, 2_000
# Of a Word file, elements and attributes: each takes two hundred bytes once it is read.
MAX_MARKS, MAX_LINES = 1_000_000, 200_000
SHORT = 120  # characters, of which a refusal may have no everyday word
SPARSE = 15  # words to an everyday one; a letter in English has three to six, and more with tables

# Other characters that end a line somewhere, or are white space that `clean` would drop.
_SPACES = dict.fromkeys([0x0B, 0x0C, 0x1C, 0x1D, 0x1E, 0x85, 0x2028, 0x2029], " ")
_AFTER_THE_BODY = ("header", "footer", "footnotes", "endnotes")

# No "in", "on", "no", "an", "was" or "will", which other languages have as well.
_EVERYDAY = re.compile(
    r"\b(?:the|of|to|and|we|you|your|our|for|that|not|this|be|by|are|with|from|has|have|if)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]{2,}")
READABLE = "check the English text of the letter, and no encoded file"

_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")  # what Markdown writes with a backslash before it

Unit = Literal["line", "paragraph"]


@dataclass(frozen=True)
class Line:
    """One line, counted from 1, without what hides or reorders text."""

    number: int
    text: str


@dataclass(frozen=True)
class Letter:
    """A letter's lines, and what its numbers count."""

    name: str
    lines: tuple[Line, ...]
    unit: Unit = "line"


def read(path: Path | str) -> Letter:
    """The letter in a file. Raises InputError, in one sentence, where it cannot be read."""
    name = str(path)
    kind = Path(path).suffix.lower()
    if kind == ".docx":
        found = _of_word(name, _bytes(path))
        letter = Letter(name, _numbered(found), "paragraph")
    elif kind in (".txt", ".text", ".md", ".markdown"):
        text = read_text(path, MAX_BYTES)
        _not_too_long(name, text.count("\n") + text.count("\r"))
        if "\0" in text:
            raise InputError(Problem(name, 0, 0, "is not text", "save the letter as .docx or .txt"))
        marked_up = kind in (".md", ".markdown")
        letter = of_text(_ESCAPED.sub(r"\1", text) if marked_up else text, name)
    else:
        known = ".docx, .md or .txt"
        text = f"'{kind}' is not a kind of file that can be read" if kind else "has no ending"
        raise InputError(Problem(name, 0, 0, text, f"save the letter as {known}"))
    _not_too_long(name, len(letter.lines))
    if not any(line.text.strip() for line in letter.lines):
        raise InputError(Problem(name, 0, 0, "has no words in it"))
    if not _in_english(letter.lines):
        raise InputError(Problem(name, 0, 0, "does not read as a letter in English", READABLE))
    return letter


def _in_english(lines: tuple[Line, ...]) -> bool:
    """Whether a text of some length has enough of the words that English does not do without.

    In another language, or an encoded attachment, nothing could be found, and it would be said that
    the letter refuses nothing. A letter in Welsh names an Act and a regulator in English too.
    """
    if sum(len(line.text) for line in lines) < SHORT:
        return True
    everyday, words = (
        sum(len(one.findall(line.text)) for line in lines) for one in (_EVERYDAY, _WORD)
    )
    return 0 < words <= SPARSE * everyday


def _not_too_long(name: str, lines: int) -> None:
    if lines > MAX_LINES:
        raise InputError(Problem(name, 0, 0, f"has more than {MAX_LINES:,} lines", "split it"))


def of_text(text: str, name: str = "letter") -> Letter:
    """The letter in a text.

    >>> [line.text for line in of_text("Refusal Not\\u200bice\\r\\nSection 30").lines]
    ['Refusal Notice', 'Section 30']
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return Letter(name, tuple(Line(i, _shown(line)) for i, line in enumerate(lines, 1)))


def _shown(line: str) -> str:
    shown = clean(line.translate(_SPACES))
    if shown.isascii():
        return shown
    return "".join(one for one in shown if unicodedata.category(one) != "Cf")


def _numbered(lines: Iterator[str]) -> tuple[Line, ...]:
    shown = (" ".join(_shown(line).split()) for line in lines)
    return tuple(Line(i, line) for i, line in enumerate(filter(None, shown), 1))


def _bytes(path: Path | str) -> bytes:
    name = str(path)
    try:
        with open(path, "rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise InputError(Problem(name, 0, 0, "there is no such file")) from None
    except OSError as error:
        raise InputError(Problem(name, 0, 0, f"cannot be read: {error.strerror}")) from None
    if len(raw) > MAX_BYTES:
        raise InputError(Problem(name, 0, 0, f"is larger than {MAX_BYTES:,} bytes", "split it"))
    return raw


def _of_word(name: str, raw: bytes) -> Iterator[str]:
    """The paragraphs of a Word file."""
    if not raw:
        raise InputError(Problem(name, 0, 0, "is empty"))
    _refuse_a_bomb(name, raw)
    from docx import Document

    try:
        document = Document(BytesIO(raw))
        found = list(_paragraphs(document.element.body))
        for part in document.part.package.iter_parts():
            if any(part.partname.rsplit("/", 1)[-1].startswith(one) for one in _AFTER_THE_BODY):
                found.extend(_paragraphs(_root(part.blob)))
    except Exception:  # python-docx names no error of its own for most of what can be wrong
        raise _not_word(name) from None
    return iter(found)


def _root(blob: bytes) -> Any:
    from docx.oxml import parse_xml

    return parse_xml(blob)


def _not_word(name: str) -> InputError:
    right = "open it in Word and save it as .docx again"
    return InputError(Problem(name, 0, 0, "is not a Word document that can be read", right))


def _refuse_a_bomb(name: str, raw: bytes) -> None:
    """Refuse what unpacks to more than a letter can be: by what it says, then by what it is."""
    too_large = InputError(
        Problem(name, 0, 0, "unpacks to more than a letter can hold", "take large pictures out")
    )
    try:
        with zipfile.ZipFile(BytesIO(raw)) as archive:
            entries = archive.infolist()
            said = sum(one.file_size for one in entries)
            if len(entries) > MAX_FILES or said > MAX_UNPACKED:
                raise too_large
            total = xml = marks = 0
            for one in entries:
                with archive.open(one) as file:
                    while chunk := file.read(1 << 20):
                        total += len(chunk)
                        xml += len(chunk) if one.filename.endswith((".xml", ".rels")) else 0
                        # In every part: what is XML is for its content type to say.
                        marks += chunk.count(b"<") + chunk.count(b"=")
                        if total > MAX_UNPACKED or xml > MAX_XML or marks > MAX_MARKS:
                            raise too_large
    except InputError:
        raise
    except Exception:  # whatever a damaged or encrypted archive makes the unpacker say
        raise _not_word(name) from None


def _paragraphs(container: Any) -> Iterator[str]:
    """The text of the paragraphs and rows below an element, in the order of the document."""
    for child in container:
        tag = _tag(child)
        if tag == "p":
            yield _words(child)
            # A text box is anchored in a paragraph and has paragraphs of its own.
            for box in _boxes(child):
                yield from _paragraphs(box)
        elif tag == "tr":
            cells = (" ".join(_paragraphs(cell)) for cell in child if _tag(cell) in ("tc", "sdt"))
            yield " | ".join(cells)
        elif tag != "sectPr":  # a table, a content control, a note: whatever holds paragraphs
            yield from _paragraphs(child)


def _boxes(element: Any) -> Iterator[Any]:
    """The text boxes below an element; those in a box are that box's own."""
    for child in element:
        tag = _tag(child)
        if tag == "txbxContent":
            yield child
        elif tag != "Fallback":  # what an older program would show instead
            yield from _boxes(child)


def _tag(element: Any) -> str:
    tag = element.tag
    return tag.rsplit("}", 1)[-1] if isinstance(tag, str) else ""


def _words(paragraph: Any) -> str:
    """The text of a paragraph: without what was struck out, and without its text boxes'."""
    parts: list[str] = []

    def walk(element: Any) -> None:
        for child in element:
            tag = _tag(child)
            if tag == "t":
                parts.append(child.text or "")
            elif tag in ("tab", "br", "cr"):
                parts.append(" ")
            elif tag == "noBreakHyphen":
                parts.append("-")
            elif tag not in ("txbxContent", "del", "moveFrom", "pPr", "rPr", "instrText"):
                walk(child)

    walk(paragraph)
    return "".join(parts)
