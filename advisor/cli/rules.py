"""`advisor rules`: the rulebook, for those who write and review it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from advisor.cli import quality
from advisor.cli.exits import DOES_NOT_HOLD
from advisor.cli.options import Format, FormatOption, OutOption, RulesOption, rulebook
from advisor.cli.output import as_json, put

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
    form: FormatOption = Format.text,
    out: OutOption = None,
    rules: RulesOption = None,
) -> None:
    """Check a rulebook: shapes, names, duplicates, cycles; exit 1 on an error."""
    from advisor.quality.checks import check_rulebook

    found = check_rulebook(folder or rules)
    if form is Format.json:
        put(as_json({"problems": [one.as_json() for one in found]}), out)
    else:
        lines = [f"{one.problem} [{one.check}, {one.severity}]" for one in found]
        errors = sum(one.severity == "error" for one in found)
        lines.append(f"{errors} errors, {len(found) - errors} warnings.")
        put("\n".join(lines) + "\n", out)
    if any(one.severity == "error" for one in found):
        raise typer.Exit(DOES_NOT_HOLD)


@app.command("list")
def list_entries(
    kind: Annotated[
        str | None, typer.Option("--kind", help="Only entries of this kind, such as fact or rule.")
    ] = None,
    form: FormatOption = Format.text,
    out: OutOption = None,
    rules: RulesOption = None,
) -> None:
    """List every entry of the rulebook: id, kind, what it says, file."""
    from advisor.quality.catalogue import catalogue
    from advisor.sources import InputError, Problem, nearest

    entries = catalogue(rulebook(rules).book)
    kinds = list(dict.fromkeys(one.kind for one in entries))
    if kind is not None and kind not in kinds:
        right = nearest(kind, kinds) or f"kinds: {', '.join(kinds)}"
        raise InputError(Problem("--kind", 0, 0, f"no kind '{kind}'", right))
    chosen = [one for one in entries if kind in (None, one.kind)]
    if form is Format.json:
        put(
            as_json([{"id": o.id, "kind": o.kind, "text": o.text, "file": o.file} for o in chosen]),
            out,
        )
        return
    put("".join(f"{one.id}  ({one.kind}, {one.file})\n    {one.text}\n" for one in chosen), out)


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
    from advisor.quality.catalogue import catalogue
    from advisor.sources import InputError, Problem, nearest

    entries = catalogue(rulebook(rules).book)
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

    for one in found:
        body = yaml.safe_dump(
            {one.id: _plain(one.entry)}, sort_keys=False, allow_unicode=True, width=78
        )
        put(f"# {one.kind}, in {one.file}\n{body}", out)


def _plain(entry: Any) -> Any:
    """An entry as plain data, without what it leaves out."""
    from advisor.rulebook.loading import plain

    return plain(entry)


quality.add_to(app)  # after this file's own commands, as the help shows them
