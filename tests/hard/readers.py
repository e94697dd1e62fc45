"""Every reader as a function of bytes, whole inputs for each, and what may not come out of one.

`test_fuzz.py` gives them a little in the suite, `tests.benchmarks.fuzz` for as long as one likes.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date
from functools import cache
from pathlib import Path
from random import Random

from advisor import Case, InputError, Rulebook
from advisor.batch.partition import PROGRAM, assess_lines
from advisor.cli.output import as_json
from advisor.document.html import as_html
from advisor.notice import reading
from advisor.notice.settings import Settings
from advisor.rulebook import conditions, phrases
from advisor.rulebook.loading import load
from advisor.rulebook.model import RuleFile
from advisor.sources import parse, validated
from advisor.training.answers import Answers, check_answers
from advisor.training.results import Store
from tests.batch.lines import case_line
from tests.quality import rulebooks

ROOT = Path(__file__).parents[2]
_WORDS = (
    "yes no unknown null ~ [] {} '' \" | > - : # & * ! %TAG --- ... <<: ? @ ` \t \0 \r \x1b[31m "
    "\u202e \ufeff \u2028 é 😀 -1 0 1e999 NaN 99999999999999999999 2026-02-30 9999-12-31 "
    "0001-01-01 {{x}} {%x%} <w:p> &amp; &lol; ]]> [red] =1+1 s30(1)(a) always not all any in is "
    "cites >= \\ud800 \\u0000 ../../x CON --help true false items facts case reference"
)
WORDS = _WORDS.split(" ")


def _of_case(raw: bytes, folder: Path) -> None:
    path = folder / "case.yaml"
    path.write_bytes(raw)
    book().assess(book().read(path), engine="direct")


def _of_rules(raw: bytes, folder: Path) -> None:
    """A small rulebook of which one file, named by the first byte, is not as it was."""
    names = sorted(rulebooks.SMALL)
    own = rulebooks.write(folder / "rules", rulebooks.SMALL)
    if raw:
        (own / names[raw[0] % len(names)]).write_bytes(raw[1:])
    Rulebook(load(own, cached=False)).law(date(2026, 3, 2))


def _of_shapes(raw: bytes, folder: Path) -> None:
    validated(parse(_text(raw), "rules.yaml"), RuleFile)


def _of_answers(raw: bytes, folder: Path) -> None:
    path = folder / "answers.yaml"
    path.write_bytes(raw)
    found = Answers.read(path)
    for place in range(len(found.cases)):
        check_answers(found, place, book().law(date(2026, 3, 2)), ["log"], 9)


def _of_settings(raw: bytes, folder: Path) -> None:
    path = folder / "settings.yaml"
    path.write_bytes(raw)
    Settings.read(path)


def _of_letter(ending: str) -> Callable[[bytes, Path], None]:
    def read(raw: bytes, folder: Path) -> None:
        path = folder / f"letter{ending}"
        path.write_bytes(raw)
        reading.read(path)

    return read


def _of_parts(raw: bytes, folder: Path) -> None:
    """A Word file whose archive is whole and one part of which is not."""
    ((name, whole),) = _parts(raw)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for one, content in _word().items():
            archive.writestr(one, whole if one == name else content)
    _of_letter(".docx")(made.getvalue(), folder)


def _parts(raw: bytes) -> Iterator[tuple[str, bytes]]:
    name, _, rest = raw.partition(b"\n")
    known = list(_word())
    yield known[sum(name) % len(known)], rest


def _of_line(raw: bytes, folder: Path) -> None:
    (answer,) = assess_lines([raw.decode("utf-8", "replace")], book())
    problems = json.loads(answer.encode()).get("problems", [])
    if any(one.startswith(PROGRAM) for one in problems):
        raise RuntimeError(problems[0])


def _of_results(raw: bytes, folder: Path) -> None:
    from advisor.training.reporting import Report, as_csv, as_document

    path = folder / "results.jsonl"
    path.write_bytes(raw)
    kept = Store(path).read()
    report = Report.of("Report", kept.results, kept.unreadable)
    as_html(as_document(report)).encode()
    as_csv(report).encode()
    as_json(report.as_json()).encode()


def _of_condition(raw: bytes, folder: Path) -> None:
    with suppress(conditions.ConditionError):
        conditions.parse(parse(_text(raw), "condition").data)


def _of_phrase(raw: bytes, folder: Path) -> None:
    with suppress(phrases.PhraseError):
        phrases.parse(_text(raw), {"harm": ("harm*", "{harms}"), "harms": ("prejudic*",)})


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "replace")


READERS: dict[str, Callable[[bytes, Path], None]] = {
    "case": _of_case,
    "rules": _of_rules,
    "shapes": _of_shapes,
    "answers": _of_answers,
    "settings": _of_settings,
    "letter_txt": _of_letter(".txt"),
    "letter_md": _of_letter(".md"),
    "letter_docx": _of_letter(".docx"),
    "docx_parts": _of_parts,
    "batch_line": _of_line,
    "results": _of_results,
    "condition": _of_condition,
    "phrase": _of_phrase,
}


@cache
def book() -> Rulebook:
    """The shipped rulebook, loaded once."""
    return Rulebook.load()


@cache
def _word() -> dict[str, bytes]:
    from docx import Document

    document = Document()
    document.add_heading("Refusal notice", 1)
    document.add_paragraph("We refuse under section 30(1)(a)(i) of the Act.")
    document.add_table(1, 2).rows[0].cells[0].text = "You may complain to us."
    document.sections[0].header.paragraphs[0].text = "FOI/2026/0417"
    made = io.BytesIO()
    document.save(made)
    with zipfile.ZipFile(made) as archive:
        return {one: archive.read(one) for one in archive.namelist()}


@cache
def seeds(reader: str) -> tuple[bytes, ...]:
    """Whole inputs that a reader reads."""
    cases = sorted((ROOT / "cases").rglob("*.yaml"))[::9]
    rules = sorted((ROOT / "rules").rglob("*.yaml"))
    if reader == "case":
        return tuple(one.read_bytes() for one in cases)
    if reader == "rules":
        files = sorted(rulebooks.SMALL.items())
        return tuple(bytes([i]) + text.encode() for i, (_, text) in enumerate(files))
    if reader == "shapes":
        return tuple(one.read_bytes() for one in rules)
    if reader == "answers":
        answers = sorted((ROOT / "tests" / "training" / "answers").glob("*.yaml"))
        return tuple(one.read_bytes() for one in answers)
    if reader == "settings":
        return ((ROOT / "advisor" / "notice" / "settings.yaml").read_bytes(),)
    if reader in ("letter_txt", "letter_md"):
        found = [p for p in (ROOT / "tests" / "notice" / "letters").rglob("*") if p.is_file()]
        return tuple(p.read_bytes() for p in found if p.suffix in (".txt", ".md"))[:20] or (b"a",)
    if reader == "letter_docx":
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in _word().items():
                archive.writestr(name, content)
        return (made.getvalue(),)
    if reader == "docx_parts":
        names = [bytes([i]) for i in range(len(_word()))]
        return tuple(b"%s\n%s" % pair for pair in zip(names, _word().values(), strict=True))
    if reader == "batch_line":
        return tuple(case_line(Case.read(one)).encode() for one in cases)
    if reader == "results":
        return (RESULT,)
    if reader == "condition":
        return (
            b"all: [a is b, {any: [c in [d, e], f >= 3]}, {not: draft cites s31(1)(a)}, always]",
        )
    return (b"would|could prejudic* ... (as soon as | shortly) [not] class-based <s31> {harm} x",)


RESULT = (
    b'{"result": 1, "at": "2026-03-02T09:00:00+00:00", "trainee": "A", "case": "T-1", "title": "t",'
    b' "level": "foundations", "passed": true, "score": 80, "hints": 1, "elements": [{"key":'
    b' "log.outcome", "group": "outcome", "label": "Outcome", "status": "right", "given": "a",'
    b' "model": "b", "points": ["p"]}], "contests": [["log.outcome", "no"]], "rulebook": "r",'
    b' "lessons": [["p", "text"]]}\n'
)


def mutated(seed: bytes, rng: Random) -> bytes:
    """A whole input, taken apart a few times over."""
    raw = bytearray(seed)
    for _ in range(rng.choice((1, 1, 2, 3, 8))):
        at = rng.randrange(len(raw) + 1)
        to = min(len(raw), at + rng.choice((1, 2, 8, 40, 400)))
        how = rng.randrange(8)
        if how == 0:
            del raw[at:to]
        elif how == 1:
            raw[at:at] = rng.choice(WORDS).encode("utf-8", "surrogatepass")
        elif how == 2:
            raw[at:to] = rng.choice(WORDS).encode("utf-8", "surrogatepass")
        elif how == 3 and raw:
            raw[at % len(raw)] ^= 1 << rng.randrange(8)
        elif how == 4:
            raw[at:at] = raw[at:to] * rng.choice((1, 3, 50))
        elif how == 5:
            other = rng.randrange(len(raw) + 1)
            raw[other:other] = raw[at:to]
        elif how == 6:
            lines = bytes(raw).split(b"\n")
            first = rng.randrange(len(lines) + 1)
            lines[:first] = rng.sample(lines[:first], first)
            lines.insert(first, lines[rng.randrange(len(lines))])
            raw = bytearray(b"\n".join(lines))
        else:
            raw[at:at] = bytes(rng.randrange(256) for _ in range(rng.randrange(9)))
    return bytes(raw[:1_500_000])


def attempt(reader: str, raw: bytes, folder: Path) -> None:
    """Give one input to a reader: it is read, or refused with a message; all else is raised."""
    try:
        READERS[reader](raw, folder)
    except InputError as error:
        if not error.problems or not str(error).strip():
            raise AssertionError("an error without a message") from error
