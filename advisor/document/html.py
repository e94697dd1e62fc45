"""A document as one HTML page that needs nothing else: no script, no network, fit to print."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from advisor.document.blocks import Block, Bullets, Document, Heading, Paragraph, Table

STYLE = """
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 46rem; margin: 2rem auto;
  padding: 0 1rem; color: #0b0c0c; background: #fff; }
h1, h2, h3 { line-height: 1.25; } h2 { border-top: 2px solid #0b0c0c; padding-top: .5rem; }
.note, .quiet { color: #505a5f; font-size: .9rem; }
.bad { color: #942514; } .good { color: #00512f; }
.warn { color: #6a4800; } table { border-collapse: collapse; width: 100%; }
th, td { border-bottom: 1px solid #b1b4b6; padding: .4rem .6rem; text-align: left;
  vertical-align: top; }
caption { text-align: left; font-weight: bold; } @media print { h2 { break-after: avoid; } }
"""


def as_html(document: Document, lang: str = "en-GB") -> str:
    """A document as a whole page."""
    body = "\n".join(line for block in document.blocks for line in _block(block))
    return (
        f'<!doctype html>\n<html lang="{lang}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(document.title)}</title>\n<style>{STYLE}</style>\n</head>\n"
        f"<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
    )


def _block(block: Block) -> Iterator[str]:
    if isinstance(block, Heading):
        level = min(block.level, 6)
        yield f"<h{level}>{escape(block.text)}</h{level}>"
    elif isinstance(block, Paragraph):
        yield f"<p{_tone(block.tone)}>{_led(block.lead, block.text)}</p>"
    elif isinstance(block, Bullets):
        yield "<ul>"
        for entry in block.entries:
            note = f'<br><span class="note">{_lines(entry.note)}</span>' if entry.note else ""
            margin = f' style="margin-left: {1.5 * entry.depth}rem"' if entry.depth else ""
            yield f"<li{_tone(entry.tone)}{margin}>{_led(entry.lead, entry.text)}{note}</li>"
        yield "</ul>"
    else:
        yield from _table(block)


def _table(table: Table) -> Iterator[str]:
    yield "<table>"
    if table.caption:
        yield f"<caption>{escape(table.caption)}</caption>"
    cells = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in table.header)
    yield f"<thead><tr>{cells}</tr></thead>\n<tbody>"
    for row in table.rows:
        yield "<tr>" + "".join(f"<td>{_lines(cell)}</td>" for cell in row) + "</tr>"
    yield "</tbody></table>"


def _tone(tone: str) -> str:
    return "" if tone == "plain" else f' class="{tone}"'


def _led(lead: str, text: str) -> str:
    return f"<strong>{escape(lead)}</strong> {_lines(text)}" if lead else _lines(text)


def _lines(text: str) -> str:
    return escape(text).replace("\n", "<br>")
