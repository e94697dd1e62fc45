"""A derivation as a picture: one SVG for a conclusion, from it down to the facts.

The tree is drawn from left to right, a row for each leaf. With a case its values are written on
each box, in words as well as colour; without one the boxes show the law alone. Each box that is a
rule, fact or conclusion links to its page of the rulebook where `link` gives one.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape

from advisor.advice.explanation import Node
from advisor.document.blocks import clean
from advisor.truth import word

WIDTH, GAP, LINE, PAD, CHARS = 250, 46, 15, 7, 34
_FILL = {"yes": "#d7f0dd", "no": "#f6dcd8", "unknown": "#fff3cd", "": "#f4f5f6"}
_STYLE = (
    "text{font:12px system-ui,sans-serif;fill:#0b0c0c}.id{font-weight:bold}.note{fill:#505a5f;"
    "font-size:11px}rect{stroke:#0b0c0c}path{fill:none;stroke:#505a5f}"
)

Link = Callable[[Node], str | None]


@dataclass
class _Box:
    node: Node
    lines: list[tuple[str, str]]
    depth: int
    top: float
    height: float
    children: list[_Box]

    @property
    def middle(self) -> float:
        return self.top + self.height / 2


def svg(root: Node, *, values: bool, link: Link = lambda node: None) -> str:
    """The picture of a tree. `values` writes yes, no and unknown on the boxes."""
    box, bottom = _place(root, 0, 10.0, values)
    boxes = list(_every(box))
    width = (max(one.depth for one in boxes) + 1) * (WIDTH + GAP) + 20
    title = escape(clean(root.text))
    body = "\n".join(part for one in boxes for part in _drawn(one, values, link))
    height = round(bottom) + 10
    tall = ' class="tall"' if height > width else ""  # printed over several sheets
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg"{tall} role="img" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}"><title>{title}</title>'
        f"<style>{_STYLE}</style>\n{body}\n</svg>\n"
    )


def _place(node: Node, depth: int, top: float, values: bool) -> tuple[_Box, float]:
    """A node and everything below it, each under the one before; and where the last ends."""
    lines = list(_lines(node, values))
    height = LINE * len(lines) + 2 * PAD
    children: list[_Box] = []
    below = top
    for child in node.children:
        placed, below = _place(child, depth + 1, below, values)
        children.append(placed)
    # A parent stands beside its first child, so that the reading begins at the top left.
    at = children[0].top if children else top
    return _Box(node, lines, depth, at, height, children), max(below, at + height + 8)


def _lines(node: Node, values: bool) -> Iterator[tuple[str, str]]:
    marked = f"{node.id}: {word(node.holds)}" if values else node.id
    yield "id", marked
    for part in textwrap.wrap(clean(node.text if values else node.says), CHARS):
        yield "", part
    for part in textwrap.wrap(clean("; ".join(node.authority)), CHARS + 3):
        yield "note", part


def _every(box: _Box) -> Iterator[_Box]:
    yield box
    for child in box.children:
        yield from _every(child)


def _drawn(box: _Box, values: bool, link: Link) -> Iterator[str]:
    left = 10 + box.depth * (WIDTH + GAP)
    right = left + WIDTH
    for child in box.children:
        bend = right + GAP / 2
        yield (
            f'<path d="M{right} {box.middle:.1f} C{bend} {box.middle:.1f} {bend} '
            f'{child.middle:.1f} {right + GAP} {child.middle:.1f}"/>'
        )
    fill = _FILL[word(box.node.holds) if values else ""]
    target = link(box.node)
    if target:
        yield f'<a href="{escape(target)}">'
    yield (
        f'<rect x="{left}" y="{box.top:.1f}" width="{WIDTH}" height="{box.height}" rx="4" '
        f'fill="{fill}"/>'
    )
    for i, (kind, text) in enumerate(box.lines):
        y = box.top + PAD + LINE * (i + 0.8)
        name = f' class="{kind}"' if kind else ""
        yield f'<text{name} x="{left + PAD}" y="{y:.1f}">{escape(clean(text))}</text>'
    if target:
        yield "</a>"


def page(title: str, picture: str) -> str:
    """A picture as an HTML page that prints on landscape paper."""
    title = escape(clean(title))
    return (
        f'<!doctype html>\n<html lang="en-GB"><head><meta charset="utf-8"><title>{title}'
        "</title><style>@page{size:A4 landscape;margin:10mm}body{font-family:system-ui,sans-serif;"
        "margin:1rem}h1{font-size:1.3rem}svg{display:block}@media print{body{margin:0}"
        "h1{font-size:1rem}svg{max-width:100%;height:auto}svg:not(.tall){max-height:86vh}}"
        "</style></head>\n"
        f"<body><h1>{title}</h1>\n{picture}</body></html>\n"
    )
