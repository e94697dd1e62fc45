"""`advisor rules`: the rulebook, for those who write and review it."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import Annotated, Any

import typer

from advisor.cli import quality
from advisor.cli.exits import DOES_NOT_HOLD
from advisor.cli.options import Format, FormatOption, OutOption, RulesOption, rulebook
from advisor.cli.output import as_json, put, write_new
from advisor.document.cleaning import clean

app = typer.Typer(help="The rulebook: check it, list it, show an entry.", no_args_is_help=True)

DirArgument = Annotated[
    Path | None,
    typer.Argument(
        metavar="[DIR]", help="A folder of rules (default: the shipped one, or --rules)."
    ),
]


@app.command("check")
def check(
    folder: DirArgument = None,
    explain: Annotated[
        str | None,
        typer.Option("--explain", metavar="NAME", help="Explain a check instead of running any."),
    ] = None,
    form: FormatOption = Format.text,
    out: OutOption = None,
    rules: RulesOption = None,
) -> None:
    """Check a rulebook: what is broken, what contradicts, what nobody needs; exit 1 on an error."""
    from advisor.quality.checks import check_rulebook

    if explain is not None:
        _explain(explain, form, out)
        return
    if sys.stderr.isatty():
        print("Checking the rulebook ...", file=sys.stderr)
    found = check_rulebook(folder or rules)
    problems = [one for one in found if not one.accepted]
    errors = sum(one.severity == "error" for one in problems)
    overrides = [] if errors else _overrides(folder or rules)
    if form is Format.json:
        answer: dict[str, Any] = {"problems": [one.as_json() for one in problems]}
        put(as_json(answer | ({"overrides": overrides} if overrides else {})), out)
    else:
        lines = [f"{one.problem} [{one.check}, {one.severity}]" for one in problems]
        lines += [f"overrides {o['id']} ({o['kind']}), in {o['file']}" for o in overrides]
        accepted = Counter((one.problem.file, one.check, one.accepted) for one in found)
        lines += [
            f"{file}: {count} accepted [{name}]: {reason}"
            for (file, name, reason), count in accepted.items()
            if reason
        ]
        lines.append(f"{errors} errors, {len(problems) - errors} warnings.")
        put(clean("\n".join(lines)) + "\n", out)
    if errors:
        raise typer.Exit(DOES_NOT_HOLD)


def _explain(name: str, form: Format, out: Path | None) -> None:
    from advisor.quality.checks import CHECKS, NAMES, explanation
    from advisor.sources import InputError, Problem, nearest

    if name not in NAMES:
        right = nearest(name, NAMES) or f"checks: {', '.join(NAMES)}"
        raise InputError(Problem("--explain", 0, 0, f"no check '{name}'", right))
    page = explanation(name)
    if form is Format.json:
        severity = next(one.SEVERITY for one in CHECKS if name == one.NAME)
        page = as_json({"check": name, "severity": severity, "text": page})
    put(page, out)


def _overrides(folder: Path | None) -> list[dict[str, str]]:
    from advisor.rulebook.extending import overridden

    found = overridden(rulebook(folder).book) if folder is not None else []
    return [{"id": key, "kind": section, "file": file} for key, section, file in found]


@app.command("new")
def new(
    what: Annotated[
        str,
        typer.Argument(
            metavar="PROVISION|ID", help="A provision, such as s31(1)(a), or a factor's new name."
        ),
    ],
    folder: Annotated[
        Path,
        typer.Option("--out", "-o", metavar="DIR", help="Where rules/, cases/ and docs/ are."),
    ] = Path(),
) -> None:
    """Begin a rule: its file, cases that show it yes, no and unknown, and its page."""
    from advisor.quality.scaffold import scaffold

    files = scaffold(what, folder)
    write_new(files)
    for path in files:
        print(path)


@app.command("list")
def list_entries(
    kind: Annotated[
        str | None, typer.Option("--kind", help="Only entries of this kind, such as fact or rule.")
    ] = None,
    overrides: Annotated[
        bool,
        typer.Option(
            "--overrides", help="Only what these rules put in place of the rulebook they extend."
        ),
    ] = False,
    form: FormatOption = Format.text,
    out: OutOption = None,
    rules: RulesOption = None,
) -> None:
    """List every entry of the rulebook: id, kind, what it says, file."""
    from advisor.quality.catalogue import catalogue
    from advisor.sources import InputError, Problem, nearest

    book = rulebook(rules).book
    entries = catalogue(book)
    kinds = list(dict.fromkeys(one.kind for one in entries))
    if kind is not None and kind not in kinds:
        right = nearest(kind, kinds) or f"kinds: {', '.join(kinds)}"
        raise InputError(Problem("--kind", 0, 0, f"no kind '{kind}'", right))
    chosen = [one for one in entries if kind in (None, one.kind)]
    if overrides:
        from advisor.rulebook.extending import overridden

        own = {(file, key) for key, _, file in overridden(book)}
        chosen = [one for one in chosen if (one.file, one.name) in own]
    if form is Format.json:
        put(
            as_json([{"id": o.id, "kind": o.kind, "text": o.text, "file": o.file} for o in chosen]),
            out,
        )
        return
    listed = "".join(f"{one.id}  ({one.kind}, {one.file})\n    {one.text}\n" for one in chosen)
    put(clean(listed), out)


@app.command("show")
def show(
    key: Annotated[
        str, typer.Argument(metavar="ID", help="The id of a rule, fact, factor, conclusion ...")
    ],
    form: FormatOption = Format.text,
    out: OutOption = None,
    rules: RulesOption = None,
) -> None:
    """Show every entry with an id, whole, and the file that it stands in."""
    from advisor.quality.catalogue import everything
    from advisor.sources import InputError, Problem, nearest

    entries = everything(rulebook(rules).book)
    found = [one for one in entries if one.id == key]
    if not found:
        right = nearest(key, [one.id for one in entries])
        raise InputError(Problem("advisor rules show", 0, 0, f"no entry '{key}'", right))
    if form is Format.json:
        put(
            as_json(
                [
                    {"id": o.id, "kind": o.kind, "file": o.file, "entry": _plain(o.entry)}
                    for o in found
                ]
            ),
            out,
        )
        return
    import yaml

    shown = ""
    for one in found:
        body = yaml.safe_dump(
            {one.id: _plain(one.entry)}, sort_keys=False, allow_unicode=True, width=78
        )
        shown += f"# {one.kind}, in {one.file}\n{body}"
    put(clean(shown), out)


def _plain(entry: Any) -> Any:
    """An entry as plain data, without what it leaves out."""
    from advisor.plain import plain

    return plain(entry)


quality.add_to(app)  # after this file's own commands, as the help shows them
