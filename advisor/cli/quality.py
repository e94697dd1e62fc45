"""`advisor rules coverage|mutate|diff|graph|schema|book`: whether a rulebook can be trusted."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from advisor.cli.exits import DOES_NOT_HOLD
from advisor.cli.given import PART, part_named
from advisor.cli.options import (
    AsAtOption,
    Format,
    FormatOption,
    OutOption,
    RulesOption,
    a_date,
    rulebook,
)
from advisor.cli.output import as_json, put, say, write_whole
from advisor.document.cleaning import clean
from advisor.sources import InputError, Problem, nearest

if TYPE_CHECKING:
    from advisor.advice.rulebook import Rulebook
    from advisor.case import Case

CasesArgument = Annotated[
    list[Path] | None,
    typer.Argument(metavar="[CASES]...", help="Case files or folders (default: the shipped ones)."),
]
FolderOption = Annotated[
    Path, typer.Option("--out", "-o", metavar="DIR", help="The folder to write the pages to.")
]


NAMED = 5  # of the other pages in a folder, how many are named


class SchemaKind(StrEnum):
    """Which files a schema is for."""

    case = "case"
    rules = "rules"
    answers = "answers"
    settings = "settings"


class PageFormat(StrEnum):
    """How pages are written."""

    html = "html"
    md = "md"


def add_to(app: typer.Typer) -> None:
    """Add this file's commands to `advisor rules`."""
    for command in (coverage, mutate, diff, graph, schema, book):
        app.command(command.__name__)(command)


def _cases(paths: list[Path] | None) -> list[Case]:
    from advisor.case import Case
    from advisor.scenarios.finding import case_files, shipped

    return [Case.read(path) for path in case_files(paths or [shipped()])]


def coverage(
    cases: CasesArgument = None,
    form: FormatOption = Format.text,
    out: OutOption = None,
    rules: RulesOption = None,
    as_at: AsAtOption = None,
) -> None:
    """Say which rules, weights and answers no case exercises, and what would."""
    from advisor.quality import coverage as measured

    found = rulebook(rules)
    day = a_date(as_at, "--as-at") or date.today()
    law = found.law(day)
    shown = measured.coverage(found, _cases(cases))
    if form is Format.json:
        put(as_json(measured.as_json(law, shown, day)), out)
        return
    missing = measured.gaps(law, shown)
    lines = [
        f"{one.kind} {one.id}: {one.missing} is not shown" + _would_cover(one.example)
        for one in missing
    ]
    lines.append(f"{len(law.rules)} rules; {len(missing)} things that no case shows.")
    put(clean("\n".join(lines)) + "\n", out)


def _would_cover(example: dict[str, str] | None) -> str:
    if example is None:
        return ""
    answers = ", ".join(f"{key}: {value}" for key, value in example.items()) or "no answers at all"
    return f"\n    {answers}"


def mutate(
    cases: CasesArgument = None,
    form: FormatOption = Format.text,
    out: OutOption = None,
    rules: RulesOption = None,
    rule: Annotated[
        str | None, typer.Option("--rule", metavar="ID", help="Change only this rule.")
    ] = None,
    reasons: Annotated[
        Path | None,
        typer.Option(
            "--reasons",
            metavar="FILE",
            help="Why some changes may survive: id to reason (default: survivors.yml of a folder).",
        ),
    ] = None,
) -> None:
    """Change the rules one at a time; say which changes no case notices. Exit 1 if any does."""
    from advisor.quality.mutation import survivors

    known, book, pack = _reasons(reasons or _beside(cases)), rulebook(rules), _cases(cases)
    if rule is not None:
        _in_force(rule, book, max(map(book.as_at, pack)))
        known = {key: why for key, why in known.items() if key.startswith(f"{rule}: ")}
    tried = survivors(book, pack, known, _progress(), lambda one: rule in (None, one.rule))
    found = tried.survivors
    stale = sorted(set(known) - {one.mutant.id for one in found})
    unexplained = [one for one in found if not one.reason]
    if form is Format.json:
        put(
            as_json(
                {
                    "tried": tried.count,
                    "survivors": [one.as_json() for one in found],
                    "idle": [one.id for one in tried.idle],
                    "stale": stale,
                }
            ),
            out,
        )
    else:
        lines = [
            one.mutant.id + (f"\n    {one.reason}" if one.reason else _would_cover(one.example))
            for one in found
        ]
        lines += [f"{key}: a reason is given, and this change does not survive" for key in stale]
        lines.append(
            f"{tried.count} changes; {len(tried.idle)} make no difference whatever is answered; "
            f"{len(found)} survive, {len(unexplained)} without a reason."
        )
        put(clean("\n".join(lines)) + "\n", out)
    if unexplained or stale:
        raise typer.Exit(DOES_NOT_HOLD)


def _in_force(rule: str, book: Rulebook, day: date) -> None:
    """Refuse a rule that there is not, or not on the day whose law is changed."""
    from advisor.quality.catalogue import catalogue
    from advisor.quality.mutants import changeable

    if rule in {one.id for one in changeable(book.law(day))}:
        return
    ids = [one.id for one in catalogue(book.book) if one.kind in ("rule", "step", "route")]
    text, right = f"no rule, step or route '{rule}'", nearest(rule, ids)
    if rule in ids:
        text = f"'{rule}' is not in force on {day}, the day of the latest of these cases"
        right = "name cases that are decided while it is"
    raise InputError(Problem("advisor rules mutate", 0, 0, text, right))


def _beside(cases: list[Path] | None) -> Path | None:
    """The reasons that stand in a folder of cases."""
    from advisor.scenarios.finding import SURVIVORS, shipped

    beside = (folder / SURVIVORS for folder in cases or [shipped()])
    return next((path for path in beside if path.is_file()), None)


def _reasons(path: Path | None) -> dict[str, str]:
    if path is None:
        return {}
    from advisor.sources import read

    document = read(path)
    data = document.data
    if not isinstance(data, dict) or not all(isinstance(v, str) for v in data.values()):
        raise InputError(document.problem((), "is not a mapping of changes to reasons"))
    return data


def _progress() -> Callable[[int, int], None]:
    """A line on standard error that counts, where a person is watching."""
    if not sys.stderr.isatty():
        return lambda done, of: None

    def show(done: int, of: int) -> None:
        print(f"{done} of {of}", end="\r" if done < of else "\n", file=sys.stderr, flush=True)

    return show


def diff(
    old: Annotated[Path, typer.Argument(metavar="OLD", help="A folder of rules.")],
    new: Annotated[Path, typer.Argument(metavar="NEW", help="Another.")],
    cases: CasesArgument = None,
    form: FormatOption = Format.text,
    out: OutOption = None,
) -> None:
    """Say what changed in the law as data, and which cases come to something else."""
    from advisor.quality.difference import changes, turned

    before, after = rulebook(old), rulebook(new)
    changed = changes(before.book, after.book)
    cases_turned = turned(before, after, _cases(cases), changed, _progress())
    if form is Format.json:
        put(
            as_json(
                {
                    "changes": [one.as_json() for one in changed],
                    "cases": [one.as_json() for one in cases_turned],
                }
            ),
            out,
        )
        return
    lines = []
    for one in changed:
        lines.append(f"{one.change} {one.kind} {one.id}")
        lines += [f"    {line}" for key, both in one.fields.items() for line in _turn(key, *both)]
    for case in cases_turned:
        parts = [f"{k} {v} -> {case.now[k]}" for k, v in case.was.items() if v != case.now[k]]
        why = f" (through {', '.join(case.why)})" if case.why else ""
        lines.append(f"{case.case}, part {case.item}: {'; '.join(parts)}{why}")
    lines.append(f"{len(changed)} entries changed; {len(cases_turned)} parts of cases differ.")
    put(clean("\n".join(lines)) + "\n", out)


def _turn(key: str, was: object, now: object) -> list[str]:
    """What a field was and is; of two lists only what went and what came."""
    if isinstance(was, list) and isinstance(now, list):
        gone, came = ([x for x in a if x not in b] for a, b in ((was, now), (now, was)))
        if gone or came:
            return [f"{key} - {x}" for x in gone] + [f"{key} + {x}" for x in came]
    return [f"{key}: {was} -> {now}"]


def graph(
    case: Annotated[
        Path | None, typer.Argument(metavar="[CASE]", help="Write this case's values on it.")
    ] = None,
    about: Annotated[
        str | None,
        typer.Option(
            "--about", metavar="CONCLUSION", help="Draw one conclusion, balance or factor, as SVG."
        ),
    ] = None,
    item: Annotated[
        str | None, typer.Option("--item", metavar="ID", help=f"Which part: {PART}")
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", "-o", metavar="DIR|FILE", help="A folder for a page each, or a file."
        ),
    ] = None,
    rules: RulesOption = None,
) -> None:
    """Draw the rulebook: pages from each conclusion down to its facts, or one picture."""
    from advisor.quality.drawing import draw, pages, trees

    found = rulebook(rules)
    read = found.read(case) if case else None
    law = found.law(found.as_at(read) if read else date.today())
    if read:
        item = part_named(item, read, str(case))
    elif item is not None:
        raise InputError(Problem("--item", 0, 0, "no case is given", "name its file before it"))
    if about is not None:
        every = trees(law, read, item)
        if about not in every:
            raise InputError(
                Problem("--about", 0, 0, f"no conclusion '{about}'", nearest(about, every))
            )
        put(draw(law, every, about, values=read is not None), out)
    elif out is None:
        raise InputError(
            Problem("rules graph", 0, 0, "no folder is given", "add -o DIR, or --about")
        )
    else:
        _write_pages(out, pages(law, read, item))


def _write_all(folder: Path, files: dict[str, str], what: str) -> None:
    """Write files to a folder, which is made if it is not there."""
    if folder.is_file():
        raise InputError(Problem(str(folder), 0, 0, "is a file", "name a folder"))
    try:
        for parent in {(folder / name).parent for name in files}:
            parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = error.strerror or str(error)
        raise InputError(Problem(str(folder), 0, 0, f"cannot be made: {reason}")) from None
    for name, text in files.items():
        write_whole(folder / name, text.encode())
    say(f"{len(files)} {what} in {folder}")


def _write_pages(folder: Path, files: dict[str, str]) -> None:
    """Write pages to a folder, and name those in it that are not of them."""
    _write_all(folder, files, "pages")
    written = {folder / name for name in files}
    kinds = {path.suffix for path in written}
    beside = {one for place in {path.parent for path in written} for one in place.iterdir()}
    if old := sorted(one.name for one in beside - written if one.suffix in kinds):
        more = f" and {len(old) - NAMED} more" if len(old) > NAMED else ""
        names = ", ".join(old[:NAMED]).replace("\n", "")
        say(f"Also there, and not written now: {names}{more}")


def schema(
    kind: Annotated[SchemaKind, typer.Argument(help="Which files it is for.")] = SchemaKind.case,
    out: OutOption = None,
    editor: Annotated[
        Path | None,
        typer.Option(
            "--editor", metavar="DIR", help="Set VS Code up for a folder, with every schema."
        ),
    ] = None,
    rules: RulesOption = None,
) -> None:
    """Print the JSON Schema of a kind of file, for an editor to complete and check it."""
    from advisor.quality.schema import for_editor
    from advisor.quality.schema import schema as made

    law = rulebook(rules).law(date.today())
    if editor is None:
        put(as_json(made(kind.value, law)), out)
        return
    folder = editor / ".vscode"
    files = {name: as_json(data) for name, data in for_editor(law).items()}
    own = folder / "settings.json"
    if own.exists():  # it may say other things as well
        wanted = files.pop(own.name)
        if not _has(own, wanted):
            say(f"{own} is there already, and is left as it is; it needs:\n{wanted}")
    _write_all(folder, files, "files")


def _has(own: Path, wanted: str) -> bool:
    """Whether settings that are there already say all that is wanted of them."""
    try:
        settings = json.loads(own.read_text("utf-8-sig"))
        return all(
            places.items() <= settings[key].items() for key, places in json.loads(wanted).items()
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return False  # with comments in it, as an editor allows, it is no JSON


def book(
    out: FolderOption,
    to: Annotated[
        PageFormat, typer.Option("--to", help="How to write the pages.")
    ] = PageFormat.html,
    rules: RulesOption = None,
) -> None:
    """Write the whole law as plain pages for a lawyer to review; HTML with its pictures."""
    from advisor.document.markdown import as_markdown
    from advisor.quality.book import index, pages, site

    law = rulebook(rules).law(date.today())
    if to is PageFormat.html:
        _write_pages(out, site(law))
        return
    found = pages(law)
    every = {**found, "index": index(law, found)}
    _write_pages(out, {f"{name}.md": as_markdown(document) for name, document in every.items()})
