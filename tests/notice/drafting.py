"""What the tests of letters share: drafting one, and the words of what was drafted."""

from __future__ import annotations

import re
from functools import cache
from io import BytesIO
from pathlib import Path

from advisor import Case, Rulebook
from advisor.document.blocks import Block, Bullets, Heading, Paragraph, Table
from advisor.notice.letter import Kind, Letter, letter, now_decided
from advisor.notice.settings import Settings

ROOT = Path(__file__).parents[2]
CASES = ROOT / "cases"
SEED = CASES / "mps-01-foi-23-028157.yaml"
ROUTES = sorted((CASES / "routes").glob("*.yaml"))
# What the Act requires and no words of a letter can meet: that it goes in time, that something is
# left out only where it must be, that others are asked, what a later notice will carry.
NOT_FOR_WORDS = {"S17-02", "S17-31", "S17-60", "S17-61"}

SETTINGS = """
settings: 1
authority:
  name: Borchester Constabulary
  address: |
    Police Headquarters
    Borchester BO1 1AA
  contact: foi@borchester.example
signatory: {name: A. Woolley, title: Information Rights Officer}
review:
  exists: yes
  write_to: The Information Rights Manager, foi-review@borchester.example
  within_working_days: 40
  answered_within_working_days: 20
"""


@cache
def rulebook() -> Rulebook:
    return Rulebook.load()


@cache
def settings() -> Settings:
    from advisor.sources import parse, validated

    return Settings.completed(validated(parse(SETTINGS, "settings.yaml"), Settings))


def route(name: str) -> Case:
    """The case of a route that is shipped."""
    return rulebook().read(CASES / "routes" / f"{name}.yaml")


def every_case() -> list[Path]:
    """Every case that is shipped."""
    return sorted(CASES.rglob("*.yaml"))


def drafted(
    case: Case | Path | str,
    own: Settings | None = None,
    kind: Kind = "auto",
    *,
    annex: bool = False,
) -> Letter:
    """The letter on a case, drafted by the direct evaluator alone."""
    read = case if isinstance(case, Case) else rulebook().read(case)
    read = now_decided(read) if kind == "second" else read
    assessment = rulebook().assess(read, engine="direct")
    law = rulebook().law(assessment.as_at)
    return letter(assessment, read, law, own or settings(), kind=kind, annex=annex)


def words(found: Letter) -> str:
    """All that a letter says, one block a line."""
    return "\n".join(shown for block in found.document().blocks for shown in said(block))


def said(block: Block) -> list[str]:
    """What a block says, as lines of single-spaced words."""
    if isinstance(block, Heading):
        texts = [block.text]
    elif isinstance(block, Paragraph):
        texts = [f"{block.lead} {block.text}"]
    elif isinstance(block, Bullets):
        texts = [f"{one.lead} {one.text} {one.note}" for one in block.entries]
    else:
        assert isinstance(block, Table)
        texts = [cell for row in (block.header, *block.rows) for cell in row]
    return [" ".join(text.split()) for text in texts]


def of_word(content: bytes) -> list[str]:
    """What a Word file says in its body, paragraph by paragraph, cells included."""
    from docx import Document

    body = Document(BytesIO(content)).element.body
    paragraphs = body.iter("{*}p")
    texts = (
        "".join(t.text or "" if t.tag.endswith("}t") else " " for t in p.iter("{*}t", "{*}br"))
        for p in paragraphs
    )
    return [line for text in texts if (line := " ".join(text.split()))]


def of_html(page: str) -> list[str]:
    """What a page says in its body, element by element."""
    import html

    body = page.split("<main>")[1].split("</main>")[0]
    parts = re.split(r"</?(?:p|h\d|li|ul|table|caption|thead|tbody|tr|td|th)\b[^>]*>", body)
    plain = (html.unescape(re.sub(r"<[^>]+>", " ", part)) for part in parts)
    return [line for text in plain if (line := " ".join(text.split()))]


def of_markdown(text: str) -> list[str]:
    """What Markdown shows, block by block, cells of tables apart."""
    lines: list[str] = []
    for paragraph in text.replace("  \n", " ").split("\n"):
        rows = re.split(r"(?<!\\)\|", paragraph) if paragraph.startswith("|") else [paragraph]
        for cell in rows:
            shown = re.sub(r"^(#+ |\s*- )", "", cell).replace("**", "")
            shown = re.sub(r"\\([^A-Za-z0-9\s])", r"\1", shown)
            if (line := " ".join(shown.split())) and not re.fullmatch(r"-+", line):
                lines.append(line)
    return lines
