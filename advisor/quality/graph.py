"""A derivation as a picture: a tree from a conclusion down to the facts, as SVG.

A box for each node, a line each below what it stands for, as wide as a sheet of A4 at the size at
which it is read; so it prints without being made smaller, and a box never falls on two sheets. The
authority stands at the right, as in the margin of an Act. With a case its values are written on
each box, in words as well as colour; without one the boxes show the law alone. A box links to a
page where `link` gives one.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from html import escape
from math import ceil

from advisor.advice.explanation import Node
from advisor.document.cleaning import clean
from advisor.truth import word

WIDTH, SHEET = 718, 1040  # A4 within margins of 10 mm, in CSS pixels of 1/96 inch
_NOTES, _INDENT, _DEEPEST, _GAP, _LINE, _PAD = 230, 22, 12, 8, 15, 7
_TEXT_CHAR, _NOTE_CHAR, _TITLE_CHAR, _TITLE_LINE = 6.9, 6.4, 10.5, 24
_FILL = {"yes": "#d7f0dd", "no": "#f6dcd8", "unknown": "#fff3cd", "": "#f4f5f6"}
_STYLE = (
    "text{font:12px system-ui,sans-serif;fill:#0b0c0c}.id{font-weight:bold}.note{fill:#505a5f;"
    "font-size:11px}rect{stroke:#0b0c0c}path{fill:none;stroke:#505a5f}"
)
_PAGE_STYLE = (
    "@page{size:A4 portrait;margin:10mm}body{font-family:system-ui,sans-serif;margin:1rem}"
    "h1{font-size:16px;line-height:24px;margin:0 0 8px}svg{display:block;max-width:100%;"
    "height:auto}.up{font-size:14px}.sheet{display:none}@media print{body{margin:0}.up{display:"
    "none}section{break-inside:avoid}section+section{break-before:page}svg{max-height:265mm}"
    ".sheet{display:block;font-size:12px;line-height:24px;margin:0;white-space:nowrap;overflow:"
    "hidden;text-overflow:ellipsis}}"
)

Link = Callable[[Node], str | None]


@dataclass(frozen=True)
class _Row:
    """A node; `rails` says of each level above it whether that level goes on below."""

    node: Node
    head: str
    text: list[str]
    notes: list[str]
    fill: str
    rails: tuple[bool, ...]

    @property
    def left(self) -> int:
        return _left(len(self.rails))

    @property
    def height(self) -> int:
        return _LINE * max(1 + len(self.text), len(self.notes)) + 2 * _PAD


def svg(root: Node, *, values: bool, link: Link = lambda node: None) -> str:
    """The picture of a tree, whole. `values` writes yes, no and unknown on the boxes."""
    return _picture(root.text, list(_rows(root, (), values)), link)


def sheets(root: Node, title: str, *, values: bool, link: Link = lambda node: None) -> list[str]:
    """The picture of a tree in pieces that each fit on a sheet of paper below their heading."""
    lines = ceil(len(title) * _TITLE_CHAR / WIDTH)
    room, rows = SHEET - _TITLE_LINE * lines - 2 * _GAP, list(_rows(root, (), values))
    pieces: list[list[_Row]] = [[]]
    for row in rows:
        if pieces[-1] and _height([*pieces[-1], row]) > room:
            pieces.append([])
            room = SHEET - _TITLE_LINE - 2 * _GAP
        pieces[-1].append(row)
    return [_picture(root.text, piece, link) for piece in pieces]


def _rows(node: Node, rails: tuple[bool, ...], values: bool) -> Iterator[_Row]:
    wide = WIDTH - _left(len(rails)) - 2 * _PAD - (_NOTES if node.authority else 0)
    value = word(node.holds) if values and node.kind not in ("outcome", "principle") else ""
    says = clean(node.text if values else node.says)
    grouping = node.kind in ("all", "any", "not")
    named = says if grouping else node.id
    yield _Row(
        node,
        f"{named}: {value}" if value else named,
        [] if grouping else textwrap.wrap(says, int(wide / _TEXT_CHAR)),
        textwrap.wrap(clean("; ".join(node.authority)), int(_NOTES / _NOTE_CHAR) - 1),
        _FILL[value],
        rails,
    )
    for i, child in enumerate(node.children, 1):
        yield from _rows(child, (*rails, i < len(node.children)), values)


def _left(depth: int) -> int:
    return _INDENT * min(depth, _DEEPEST)


def _height(rows: Iterable[_Row]) -> int:
    return sum(row.height + _GAP for row in rows) + _GAP


def _picture(title: str, rows: list[_Row], link: Link) -> str:
    top, body = _GAP, list[str]()
    for row in rows:
        body += _drawn(row, top, link)
        top += row.height + _GAP
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="-1 0 {WIDTH + 2} {top}" '
        f'width="{WIDTH}" height="{top}"><title>{escape(clean(title))}</title>'
        f"<style>{_STYLE}</style>\n" + "\n".join(body) + "\n</svg>\n"
    )


def _drawn(row: _Row, top: int, link: Link) -> Iterator[str]:
    bottom, beside = top + row.height, top + _PAD + _LINE // 2
    for level, goes_on in enumerate(row.rails):
        own, x = level == len(row.rails) - 1, _left(level) + _INDENT // 2
        if own or goes_on:
            yield f'<path d="M{x} {top - _GAP}V{bottom if goes_on else beside}"/>'
        if own:
            yield f'<path d="M{x} {beside}H{row.left}"/>'
    target = link(row.node)
    if target:
        yield f'<a href="{escape(target)}">'
    yield (
        f'<rect x="{row.left}" y="{top}" width="{WIDTH - row.left}" height="{row.height}" rx="4" '
        f'fill="{row.fill}"/>'
    )
    left, right = row.left + _PAD, WIDTH - _NOTES
    words = [("id", left, row.head), *(("", left, one) for one in row.text)]
    for i, (kind, x, text) in [
        *enumerate(words),
        *enumerate(("note", right, n) for n in row.notes),
    ]:
        name = f' class="{kind}"' if kind else ""
        y = top + _PAD + _LINE * (i + 0.8)
        yield f'<text{name} x="{x}" y="{y:.0f}">{escape(clean(text))}</text>'
    if target:
        yield "</a>"


def page(title: str, pieces: list[str], *, up: str = "") -> str:
    """HTML with a heading, its pieces each on a sheet when printed, and a link to `up`."""
    title, count = escape(clean(title)), len(pieces)
    heads = [f"<h1>{title}</h1>"]
    heads += [f'<p class="sheet">Sheet {i} of {count}. {title}</p>' for i in range(2, count + 1)]
    body = "\n".join(
        f"<section>{head}\n{piece}</section>" for head, piece in zip(heads, pieces, strict=True)
    )
    back = f'<p class="up"><a href="{escape(up)}">All pages</a></p>\n' if up else ""
    return (
        '<!doctype html>\n<html lang="en-GB"><head><meta charset="utf-8"><meta name="viewport" '
        f'content="width=device-width, initial-scale=1"><title>{title}</title>'
        f"<style>{_PAGE_STYLE}</style></head>\n<body>{back}{body}</body></html>\n"
    )
