"""`advisor train`: a trainee works a case, and what a trainee or a class has achieved."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from advisor.cli.exits import WRONG_INPUT
from advisor.cli.options import Format, FormatOption, OutOption, RulesOption, rulebook
from advisor.cli.output import as_json, put, put_document, say, spare

if TYPE_CHECKING:
    from advisor.advice.rulebook import Rulebook
    from advisor.sources import InputError, Problem
    from advisor.training.answers import Answers
    from advisor.training.exercise import Exercise
    from advisor.training.marks import Marked
    from advisor.training.results import Store


class CaseOrCommand(TyperGroup):
    """`advisor train CASE` works a case; `advisor train report` is a command of its own."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        if args and args[0] not in self.commands and args[0] not in ("-h", "--help"):
            args = ["work", *args]
        return list(super().parse_args(ctx, args))


app = typer.Typer(
    cls=CaseOrCommand,
    help="Work a case and have the answer marked (advisor train CASE), or report on results.",
    no_args_is_help=True,
)

ResultsOption = Annotated[
    Path | None,
    typer.Option(
        "--results",
        metavar="PATH",
        envvar="ADVISOR_RESULTS",
        help="Keep results in another file (default: in your data folder).",
    ),
]


@app.command("work")
def work(
    case: Annotated[
        str,
        typer.Argument(
            metavar="CASE",
            help="A case file, a folder of them, or the reference of a shipped case.",
        ),
    ],
    answers: Annotated[
        list[Path] | None,
        typer.Option(
            "--answers", metavar="FILE", help="Mark answers in a file or a folder; may be repeated."
        ),
    ] = None,
    trainee: Annotated[
        str | None,
        typer.Option(
            "--name", "--trainee", metavar="NAME", help="Who works the case (asked if left out)."
        ),
    ] = None,
    blank: Annotated[
        bool, typer.Option("--sheet", help="Print a blank answer sheet, and nothing else.")
    ] = False,
    keep: Annotated[
        bool, typer.Option("--keep/--no-keep", help="Whether to keep the result.")
    ] = True,
    form: FormatOption = Format.text,
    out: OutOption = None,
    results: ResultsOption = None,
    rules: RulesOption = None,
) -> None:
    """Work a case: on a terminal question by question, or from answer files for a whole class."""
    from advisor.training.exercise import Exercise

    book = rulebook(rules)
    paths = _cases(case)
    spare((*paths, *(answers or ())), (out,))
    exercises = [Exercise.of(book.read(path), book) for path in paths]
    if blank and answers:
        raise _refused("--sheet", "not with --answers", "choose one of the two")
    _warn(exercises)
    if blank:
        from advisor.training.sheet import sheet

        put(sheet(exercises, trainee or ""), out)
        return
    store = _store(results) if keep else None
    if answers:
        _from_files(exercises, answers, trainee, store, book, form, out)
    elif len(exercises) == 1 and sys.stdin.isatty() and form is Format.text and out is None:
        from advisor.cli.training_session import at_a_terminal

        folder = store.path.with_suffix(".unfinished") if store else None
        at_a_terminal(exercises[0], trainee, folder, lambda one: _keep(one, store, book))
    else:
        _show(exercises, form, out)


@app.command("report")
def report(
    trainee: Annotated[
        str | None,
        typer.Option("--trainee", "--name", metavar="NAME", help="Only this trainee."),
    ] = None,
    whole_class: Annotated[
        bool, typer.Option("--class", help="The whole class (as without --trainee).")
    ] = False,
    case: Annotated[
        str | None, typer.Option("--case", metavar="REF", help="Only results of this case.")
    ] = None,
    form: FormatOption = Format.text,
    out: OutOption = None,
    csv: Annotated[
        Path | None, typer.Option("--csv", metavar="FILE", help="Write every mark to a CSV file.")
    ] = None,
    html: Annotated[
        Path | None, typer.Option("--html", metavar="FILE", help="Write a page with charts.")
    ] = None,
    results: ResultsOption = None,
) -> None:
    """Report on a trainee or a class: by element, by learning point, common errors, over time."""
    from advisor.sources import nearest
    from advisor.training import reporting

    if trainee is not None and whole_class:
        raise _refused("--class", "not with --trainee", "choose one of the two")
    kept = _store(results).read()
    chosen = [one for one in kept.results if case in (None, one.case)]
    if case is not None and not chosen:
        cases = sorted({one.case for one in kept.results})
        right = nearest(case, cases) or (f"there are {', '.join(cases)}" if cases else "")
        raise _refused("--case", f"no results of '{case}'", right)
    names = sorted({one.trainee for one in chosen})
    if trainee is not None and trainee not in names:
        right = nearest(trainee, names) or (f"there are {', '.join(names)}" if names else "")
        raise _refused("--trainee", f"no results of '{trainee}'", right)
    own = [one for one in chosen if trainee in (None, one.trainee)]
    title = f"Training report: {trainee}" if trainee else "Training report: the class"
    made = reporting.Report.of(title, own, kept.unreadable)
    for one in kept.unreadable:
        say(str(one))
    if csv is not None:
        put(reporting.as_csv(made), csv)
    if html is not None:
        from advisor.training.charts import as_page

        put(as_page(made), html)
    if form is Format.json:
        put(as_json(made.as_json()), out)
    elif out is not None or (csv is None and html is None):
        put_document(reporting.as_document(made), "text", out)


# What a case is given as


def _cases(given: str) -> list[Path]:
    """A case file, the cases in a folder, or the shipped case of a reference."""
    from advisor.scenarios.finding import a_case, case_files

    path = Path(given)
    return case_files([path]) if path.is_dir() else [a_case(given)]


def _refused(where: str, text: str, right: str) -> InputError:
    from advisor.sources import InputError, Problem

    return InputError(Problem(where, 0, 0, text, right))


def _warn(exercises: list[Exercise]) -> None:
    """Say which cases do not hold: their model answers are not what their writers expected."""
    from advisor.scenarios.expectations import failures

    for one in exercises:
        if failures(one.case, one.assessment):
            say(
                f"{one.case.reference}: what the case expects does not hold, and it is marked by "
                "what the law says of it; see `advisor cases check`."
            )


def _store(path: Path | None) -> Store:
    from advisor.training.results import Store, default_path

    return Store(path or default_path())


# Working and marking


def _show(exercises: list[Exercise], form: Format, out: Path | None) -> None:
    """The exercise alone, where nobody can be asked and no answers are given."""
    from advisor.document.blocks import Document
    from advisor.training.exercise import as_document

    if form is Format.json:
        shown: list[dict[str, Any]] = [
            {
                "ref": one.case.reference,
                "title": one.case.title,
                "level": one.teaching.level,
                "request": one.case.request,
                "passages": [passage.text for passage in one.passages],
                "items": [{"id": i.id, "description": i.description} for i in one.case.items],
            }
            for one in exercises
        ]
        put(as_json(shown), out)
        return
    documents = [as_document(one) for one in exercises]
    blocks = tuple(block for one in documents for block in one.blocks)
    put_document(Document.of(documents[0].title, blocks), "text", out)
    say("To answer: `advisor train CASE --sheet -o FILE`, fill it in, then `--answers FILE`.")


def _from_files(
    exercises: list[Exercise],
    files: list[Path],
    trainee: str | None,
    store: Store | None,
    book: Rulebook,
    form: Format,
    out: Path | None,
) -> None:
    """Mark every file that can be; what is wrong with one harms no other."""
    from advisor.document.blocks import Document
    from advisor.sources import InputError
    from advisor.training.answers import Answers, check_answers, check_contests
    from advisor.training.feedback import as_document as feedback
    from advisor.training.marking import mark

    problems: list[Problem] = []
    done: list[tuple[Exercise, Marked]] = []
    for path in _answer_files(files):
        try:
            read = Answers.read(path)
            made = []
            for exercise, place in _answered(read, exercises):
                parts, passages = exercise.parts, len(exercise.passages)
                worked = check_answers(read, place, exercise.law, parts, passages)
                marked = mark(exercise, worked, trainee or read.trainee)
                check_contests(read, place, (one.key for one in marked.marks))
                made.append((exercise, marked))
            for _, marked in made:
                _keep(marked, store, book)
            done.extend(made)
        except InputError as error:
            problems.extend(error.problems)
    if form is Format.json:
        put(as_json([_as_json(marked) for _, marked in done]), out)
    elif done:
        documents = [feedback(marked, exercise) for exercise, marked in done]
        blocks = tuple(block for one in documents for block in one.blocks)
        put_document(Document.of(documents[0].title, blocks), "text", out)
    if problems:
        for one in problems:
            say(str(one))
        raise typer.Exit(WRONG_INPUT)


def _answer_files(given: list[Path]) -> list[Path]:
    found: list[Path] = []
    for path in given:
        inside = sorted(path.glob("*.yaml")) if path.is_dir() else [path]
        if not inside:
            raise _refused(str(path), "holds no answers", "answers are *.yaml files")
        found.extend(inside)
    return found


def _answered(answers: Answers, exercises: list[Exercise]) -> list[tuple[Exercise, int]]:
    """The exercises that a file answers, each with the place of its answers. Raises InputError."""
    known = {one.case.reference: one for one in exercises}
    wanted = [one.case for one in answers.cases if one.case in known] or list(known)[:1]
    return [(known[reference], answers.to(reference)) for reference in wanted]


def _keep(marked: Marked, store: Store | None, book: Rulebook) -> None:
    from advisor.training.results import Result

    if store is not None:
        store.add(Result.of(marked, book.digest))


def _as_json(marked: Marked) -> dict[str, Any]:
    return {
        "ref": marked.case,
        "trainee": marked.trainee,
        "passed": marked.passed,
        "score": marked.score,
        "hints": marked.hints,
        "parts": [
            {"id": one.part, "passes": one.passes, "why_not": list(one.why_not)}
            for one in marked.verdicts
        ],
        "marks": [
            {
                "id": one.key,
                "kind": one.group,
                "status": one.status,
                "given": one.given,
                "model": one.model,
                "reason": one.reason,
                "authority": list(one.authority),
                "learning_points": list(one.points),
            }
            for one in marked.marks
        ],
        "contests": [{"element": o.element, "because": o.because} for o in marked.contests],
    }
