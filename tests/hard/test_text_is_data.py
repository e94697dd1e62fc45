"""Text from anywhere is data: one test for each face that shows what somebody wrote."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import zipfile
from collections.abc import Callable
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest
import yaml
from markdown_it import MarkdownIt
from typer.testing import CliRunner

from advisor import Case, InputError, Rulebook
from advisor.batch.summary import Summary, as_csv, as_document
from advisor.cli.app import app
from advisor.document.html import as_html
from advisor.register.store import Register
from advisor.training.results import Element, Result, Store
from tests.batch.lines import case_line

ESCAPES = "\x1b[31m\x1b]0;owned\x07\x9b2J\u202egnp\u2066\u200b\r"
MARKUP = (
    "[bold red]x[/] [link=http://a.example]y[/link] <script>alert(1)</script> {{ 7*7 }} {% x %}"
)
WORD = "</w:t></w:r><w:fldSimple w:instr='DDEAUTO c:\\\\cmd.exe'/> ]]> &amp; &lol;"
MARKDOWN = (
    "# h *b* `c` [a](javascript:alert(1)) ![i](http://a.example/i.png) | - 1. http://a.example"
)
EVIL = f"{ESCAPES}{MARKUP} {WORD} {MARKDOWN}"
FORMULA = '=HYPERLINK("http://a.example")'
REFERENCES = [
    "../../x", "CON", "--help", "-o", "a/b\\c:d", "x" * 5000, "a\nb", "FOI'; DROP TABLE events;--",
    "%s{0}", "*?[a]", EVIL, FORMULA, "~", "$(id)", "NUL.txt", "é😀",
]  # fmt: skip
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200b]")


ROOT = Path(__file__).parents[2]
WHOLE = Case.read(ROOT / "cases" / "mps-01-foi-23-028157.yaml")


def written(path: Path, text: str = EVIL) -> Path:
    """A case with that text wherever a case has text of its own."""
    data = {
        "case": "1", "reference": text, "title": text, "received": "2026-02-09",
        "authority": {"name": text, "kind": "police"}, "decided": "2026-03-02", "request": text,
        "facts": dict(WHOLE.facts),
        "items": [
            {
                "id": text, "description": text, "notes": {"held": text}, "disclose": text,
                "facts": {**WHOLE.items[0].facts, "duty_source": text, "offence": text},
                "weights": {"safe_space": {"weight": "very_strong", "reason": text, "by": text}},
                "balance": {"result": "maintain", "reason": text, "by": text},
                "expect": {"outcome": text},
            },
            {"id": "open", "description": text, "facts": dict(WHOLE.items[0].facts)},
        ],
    }  # fmt: skip
    path.write_text(yaml.safe_dump(data, allow_unicode=False), encoding="utf-8")
    return path


@pytest.fixture
def case(tmp_path: Path) -> Path:
    return written(tmp_path / "case.yaml")


def shown(*line: str | Path, status: int = 0) -> str:
    """What a command prints, on both streams."""
    done = CliRunner().invoke(app, list(map(str, line)), env={"ADVISOR_DEBUG": "1"})
    assert not isinstance(done.exception, Exception), done.exception
    assert done.exit_code == status, done.output
    return done.stdout


def is_plain(text: str) -> None:
    """Nothing in it acts on a terminal."""
    assert not CONTROL.search(text)


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}


def is_safe_html(page: str) -> None:
    found = Tags()
    found.feed(page)
    assert not found.tags & {"script", "img", "a", "iframe", "w:fldsimple", "w:r", "link"}
    assert not {one for one in found.attributes if one.startswith("on") or one == "href"}
    assert not CONTROL.search(page)


def is_safe_markdown(text: str) -> None:
    is_safe_html(MarkdownIt("commonmark").render(text))
    assert not CONTROL.search(text)


ASSESS = ("assess", "--no-input", "--engine", "direct")


def test_assess(case: Path) -> None:
    is_plain(text := shown(*ASSESS, case))
    assert "[bold red]x[/]" in " ".join(text.split())
    is_safe_markdown(shown(*ASSESS, case, "--format", "markdown"))
    is_safe_html(shown(*ASSESS, case, "--format", "html"))
    is_plain(text := shown(*ASSESS, case, "--format", "json"))
    assert json.loads(text)["reference"] == EVIL


def test_what_is_read_is_not_written_over(case: Path, tmp_path: Path) -> None:
    letter, lines = tmp_path / "letter.txt", tmp_path / "in.jsonl"
    letter.write_text("Refused.")
    lines.write_text("{}\n")
    for command in (
        (*ASSESS, case, "-o", case),
        ("explain", case, "-o", case),
        ("check-notice", letter, "-o", letter),
        ("batch", lines, "-o", tmp_path / "out", "--csv", lines),
        ("train", case, "--sheet", "-o", case),
    ):
        read = case if case in command else letter if letter in command else lines
        before = read.read_bytes()
        refused = CliRunner().invoke(app, list(map(str, command))).exception
        assert isinstance(refused, InputError)
        assert refused.problems[0].file == "--out"
        assert read.read_bytes() == before


def test_the_sheet_of_an_exercise(case: Path) -> None:
    is_plain(sheet := shown("train", case, "--sheet"))
    assert yaml.safe_load(sheet)["cases"][0]["case"] == EVIL


def test_explain_next_and_whatif(case: Path) -> None:
    is_plain(shown("explain", case))
    is_plain(shown("next", case))
    is_plain(shown("whatif", case, "--item", "open"))


def test_cases(case: Path) -> None:
    is_plain(shown("cases", "list", case))
    is_plain(shown("cases", "show", case))
    is_plain(shown("cases", "check", case, status=1))
    report = shown("cases", "check", case, "--format", "junit", status=1)
    assert not CONTROL.search(report)
    assert ElementTree.fromstring(report).iter("failure")


def test_the_register(tmp_path: Path) -> None:
    path = tmp_path / "register.db"
    with Register(path) as register:
        for reference in REFERENCES:
            register.create(reference, by=EVIL)
        assert register.references() == sorted(REFERENCES)
    at = ("--register", path)
    is_plain(shown("register", "list", *at))
    assert {one["ref"] for one in json.loads(shown("register", "list", "--format", "json", *at))} \
        == set(REFERENCES)  # fmt: skip
    for reference in REFERENCES:
        is_plain(shown("register", "show", *at, "--", reference))
        text = shown("register", "export", "--audit", *at, "--", reference)
        assert not CONTROL.search(text.replace("\n", ""))
        assert yaml.safe_load(text)["reference"] == reference
        shown("register", "verify", *at, "--", reference)
        shown("register", "delete", "--yes", *at, "--", reference)
    is_plain(shown("register", "list", "--deleted", *at))
    assert {one.name for one in tmp_path.iterdir()} <= {
        "register.db", "register.db-wal", "register.db-shm",
    }  # fmt: skip


@pytest.mark.parametrize("kind", ["md", "html", "docx"])
def test_the_letter(case: Path, tmp_path: Path, kind: str) -> None:
    out = tmp_path / f"letter.{kind}"
    shown("letter", case, "--to", kind, "-o", out, "--engine", "direct")
    if kind == "md":
        is_safe_markdown(out.read_text(encoding="utf-8"))
    elif kind == "html":
        is_safe_html(out.read_text(encoding="utf-8"))
    else:
        with zipfile.ZipFile(out) as archive:
            assert not any("vba" in one or "embed" in one.lower() for one in archive.namelist())
            body = archive.read("word/document.xml").decode()
        tree = ElementTree.fromstring(body)
        names = {one.tag.rsplit("}")[-1] for one in tree.iter()}
        assert not names & {"fldSimple", "instrText", "fldChar", "hyperlink", "altChunk"}
        assert "7*7" in "".join(tree.itertext())
        assert not CONTROL.search(body.replace("\r", ""))


def test_training_report(tmp_path: Path) -> None:
    path = tmp_path / "results.jsonl"
    for text in (EVIL, FORMULA, "\t=1", "+1", "@x", "-1"):
        one = Element("e", "outcome", text, "wrong", text, text, (text,))
        Store(path).add(
            Result("2026-03-02T09:00:00+00:00", text, text, text, text, False, 1, 0, (one,),
                   (("e", text),), text, ((text, text),))
        )  # fmt: skip
    line = ("train", "report", "--results", path)
    is_plain(shown(*line))
    shown(*line, "--html", tmp_path / "a.html", "--csv", tmp_path / "a.csv")
    is_safe_html((tmp_path / "a.html").read_text(encoding="utf-8"))
    cells((tmp_path / "a.csv").read_text(encoding="utf-8"))


def cells(text: str) -> None:
    """No cell acts as a formula or hides what it is."""
    for row in csv.reader(io.StringIO(text)):
        for cell in row:
            assert not cell.lstrip().startswith(("=", "+", "-", "@", "\t")), cell
            assert not CONTROL.search(cell.replace("\r", ""))


def test_batch_summary() -> None:
    found = Summary(lines=1, items=1, drafts=1)
    for text in (EVIL, FORMULA, " =1", "+1", "-1", "@x", "\t=1", "\u200b=1"):
        found.outcomes[text] += 1
        found.provisions[text] += 1
        found.warnings[text] += 1
        found.differ[text, text] += 1
    law = Rulebook.load().law(date(2026, 3, 2))
    cells(as_csv(found, law))
    is_safe_html(as_html(as_document(found, law)))


def test_the_letter_to_be_checked(case: Path, tmp_path: Path) -> None:
    for name, text in (("a.txt", EVIL), ("a.md", f"# {EVIL}\n\nWe refuse under s.30(1). {EVIL}")):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        for options in ((), ("--case", case)):
            done = CliRunner().invoke(app, ["check-notice", str(path), *map(str, options)])
            assert done.exit_code in (0, 1), done.output
            is_plain(done.stdout)


def test_the_annex(case: Path, tmp_path: Path) -> None:
    for kind in ("html", "md", "txt"):
        out = tmp_path / f"annex.{kind}"
        shown("letter", case, "--engine", "direct", "-o", tmp_path / "l.md", "--annex", out)
        text = out.read_text(encoding="utf-8")
        if kind == "html":
            is_safe_html(text)
        elif kind == "md":
            is_safe_markdown(text)
        assert not CONTROL.search(text)


def test_the_diary(tmp_path: Path) -> None:
    path = tmp_path / "due.ics"
    line = ("deadline", "--received", "2026-03-02", "--reference", f"{EVIL}\nEND:VEVENT\nX:1")
    is_plain(shown(*line, "--ics", path))
    diary = path.read_bytes().decode()
    assert not CONTROL.search(diary.replace("\r\n", "\n"))
    assert diary.count("\r\nEND:VEVENT") == 1
    assert "\r\nX:1" not in diary


def test_a_new_case(case: Path, tmp_path: Path) -> None:
    out = tmp_path / "new.yaml"
    is_plain(shown("cases", "new", "--from", case, "-o", out))
    text = out.read_text(encoding="utf-8")
    assert not CONTROL.search(text)
    assert yaml.safe_load(text)["items"]


def test_a_batch(case: Path, tmp_path: Path) -> None:
    source, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    bad = json.dumps({"case": 1, "reference": "R", "items": [{"id": "a", "facts": {EVIL: EVIL}}]})
    source.write_text(f"{case_line(Case.read(case))}\n{bad}\n{EVIL}\n", encoding="utf-8")
    csv_file, page = tmp_path / "s.csv", tmp_path / "s.html"
    is_plain(shown("batch", source, "-o", out, "--csv", csv_file, "--html", page))
    cells(csv_file.read_text(encoding="utf-8-sig"))
    is_safe_html(page.read_text(encoding="utf-8"))
    assert len(out.read_text(encoding="utf-8").splitlines()) == 3


def test_a_rulebook(tmp_path: Path) -> None:
    """Rulebooks come from anybody as well: their pages show their text."""
    rules = tmp_path / "rules"
    shutil.copytree(ROOT / "rules", rules)
    quoted = json.dumps(MARKUP + WORD + ESCAPES)
    for path in (rules / "foia" / "s30").glob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        path.write_text(re.sub(r"(?m)^(\s+means: ).*$", lambda m: m[1] + quoted, text), "utf-8")
    for kind in ("html", "md"):
        out = tmp_path / kind
        shown("rules", "book", "--rules", rules, "--to", kind, "-o", out)
        written = [one.read_text(encoding="utf-8") for one in out.rglob("*.*")]
        assert any("7*7" in one.replace("\\", "") for one in written)
        for text in written:
            found = Tags()
            found.feed(text if kind == "html" else MarkdownIt("commonmark").render(text))
            assert "script" not in found.tags
            assert not CONTROL.search(text)
    is_plain(shown("rules", "list", "--rules", rules))
    is_plain(shown("rules", "show", "s30_1_a_engaged", "--rules", rules))


def test_the_graph(case: Path, tmp_path: Path) -> None:
    shown("rules", "graph", case, "--item", EVIL, "-o", tmp_path / "graph")
    pages = list((tmp_path / "graph").iterdir())
    assert pages
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert "<script>alert" not in text
        assert not CONTROL.search(text)


def test_precedents(case: Path) -> None:
    is_plain(shown("precedents", "near", case))
    json.loads(shown("precedents", "near", case, "--format", "json"))


def test_an_error_names_the_text_and_does_not_act_on_the_terminal(tmp_path: Path) -> None:
    from advisor.document.blocks import clean

    path = tmp_path / "case.yaml"
    path.write_text('case: 1\n"\\e[31mhedl": "\\u202e"\n', encoding="utf-8")
    with pytest.raises(InputError) as told:
        Case.read(path)
    assert "hedl" in str(told.value)
    assert not CONTROL.search(clean(str(told.value)))


NAMES: list[Callable[[Path], Path]] = [
    lambda folder: folder / "--help.yaml",
    lambda folder: folder / "[red]x.yaml",
    lambda folder: folder / "é😀 'a' \"b\" $(id).yaml",
    lambda folder: folder / "a\x1b[31mb\nc.yaml",
]


@pytest.mark.parametrize("name", NAMES)
def test_a_file_name_is_data(tmp_path: Path, name: Callable[[Path], Path]) -> None:
    try:
        path = written(name(tmp_path), "FOI/1")
    except OSError:
        pytest.skip("this system has no such names")
    is_plain(shown("cases", "list", path.parent))
    is_plain(shown(*ASSESS, path))
