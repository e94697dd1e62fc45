"""A report as one HTML page with simple charts drawn in it: no script, no network, fit to print."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from advisor.document.cleaning import clean
from advisor.document.html import as_html
from advisor.training.reporting import KINDS, STATUSES, Report, Tally, as_document
from advisor.training.results import Result

# Told apart by pattern of words and by lightness as well, for those who see no colour.
_FILL = {"right": "#00512f", "partly": "#7fb39b", "wrong": "#942514", "missing": "#b1b4b6"}
# Names of marks are long and have no blanks; a row is not torn between two sheets.
_STYLE = """<style>
td { overflow-wrap: anywhere; min-width: 4.5rem; } tr { break-inside: avoid; }
</style>
"""
_LABEL, _BAR, _ROW = 250, 360, 24


def as_page(report: Report) -> str:
    """The whole page: the charts after the text that says the same in tables."""
    page = as_html(as_document(report)).replace("</head>", f"{_STYLE}</head>", 1)
    charts = "\n".join(_charts(report)) if report.attempts else ""
    return f"{charts}\n</main>".join(page.rsplit("</main>", 1))


def _charts(report: Report) -> Iterator[str]:
    yield "<h2>Charts</h2>"
    rows = [(KINDS.get(one.name, one.name), one) for one in report.by_element]
    yield _bars("Elements: right, partly, wrong and missing", rows)
    if report.by_point:
        yield _bars("Learning points, weakest first", [(o.name, o) for o in report.by_point])
    for name in report.trainees:
        own = [one for one in report.attempts if one.trainee == name]
        if len(own) > 1:
            yield _line(f"{name}: score of each attempt", own)


def _bars(title: str, rows: list[tuple[str, Tally]]) -> str:
    height = _ROW * len(rows) + 30
    parts: list[str] = []
    for i, (name, tally) in enumerate(rows):
        y, x = i * _ROW, float(_LABEL)
        parts.append(_text(_LABEL - 8, y + 16, _short(name), "end"))
        for status in STATUSES:
            width = _BAR * tally.counts[status] / (tally.total or 1)
            if width:
                hover = f"<title>{status}: {tally.counts[status]}</title>"
                parts.append(
                    f'<rect x="{x:.1f}" y="{y + 4}" width="{width:.1f}" height="{_ROW - 8}" '
                    f'fill="{_FILL[status]}">{hover}</rect>'
                )
            x += width
        parts.append(_text(_LABEL + _BAR + 8, y + 16, f"{tally.share}%"))
    x = float(_LABEL)
    for status in STATUSES:
        top = len(rows) * _ROW + 8
        parts.append(f'<rect x="{x}" y="{top}" width="12" height="12" fill="{_FILL[status]}"/>')
        parts.append(_text(x + 16, top + 11, status))
        x += 90
    return _figure(title, _LABEL + _BAR + 50, height, parts)


def _line(title: str, results: list[Result]) -> str:
    """Scores from 0 to 100, in the order of time."""
    width, height, margin = 600, 150, 30
    step = (width - 2 * margin) / max(len(results) - 1, 1)
    points = [
        (margin + i * step, 10 + (height - margin - 10) * (100 - one.score) / 100, one)
        for i, one in enumerate(results)
    ]
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y, _ in points)
    parts = [
        _text(margin - 6, 16, "100", "end"),
        _text(margin - 6, height - margin + 4, "0", "end"),
        f'<polyline points="{path}" fill="none" stroke="#0b0c0c" stroke-width="2"/>',
    ]
    for x, y, one in points:
        verdict = "passed" if one.passed else "not passed"
        about = escape(clean(f"{one.at[:10]} {one.case}: {verdict}, {one.score}"))
        fill = _FILL["right" if one.passed else "wrong"]
        parts.append(
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="5" fill="{fill}"><title>{about}</title></circle>'
        )
    return _figure(title, width, height, parts)


def _figure(title: str, width: int, height: int, parts: list[str]) -> str:
    shown = escape(clean(title))
    inside = "\n".join(parts)
    return (
        f'<figure style="margin: 1rem 0; break-inside: avoid">\n<figcaption>{shown}</figcaption>\n'
        f'<svg role="img" aria-label="{shown}" viewBox="0 0 {width} {height}" width="100%" '
        f'style="max-width: {width}px" font-family="system-ui, sans-serif" font-size="12">\n'
        f"{inside}\n</svg>\n</figure>"
    )


def _text(x: float, y: float, text: str, anchor: str = "start") -> str:
    return f'<text x="{x:.0f}" y="{y:.0f}" text-anchor="{anchor}">{escape(clean(text))}</text>'


def _short(text: str) -> str:
    return text if len(text) <= 38 else text[:37] + "…"
