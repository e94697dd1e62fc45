"""Marking by element: each right, partly right, wrong or missing, with authority and reason.

A weight is accepted within one step of the model where the passages cited are those that show it
(more where the trainer has left the factor open to judgment). A right result for a wrong reason
does not pass: `Verdict.why_not` says what stood in the way. Totals come second.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from advisor.rulebook.law import Law
from advisor.training.answers import BalanceAnswer, ElementAnswer, NoticeAnswer, PartAnswer, Worked
from advisor.training.exercise import Exercise
from advisor.training.marking_balance import balance_marks
from advisor.training.marking_claims import claim_marks
from advisor.training.marking_letter import letter_marks
from advisor.training.marking_notice import notice_marks
from advisor.training.marking_notice import why_not as why_not_notice
from advisor.training.marking_provisions import provision_marks
from advisor.training.marks import Mark, Marked, Status, Verdict, as_given, fits, misfit, shown_on
from advisor.training.model import Element, PartModel, same_answer

_NONE = BalanceAnswer()


def mark(exercise: Exercise, worked: Worked, trainee: str) -> Marked:
    """The answers to a case, marked against its model."""
    marks: list[Mark] = []
    verdicts: list[Verdict] = []
    model = exercise.model_for(worked)
    for part in model.parts:
        own = list(_part(exercise.law, part, worked.part(part.id)))
        marks.extend(own)
        verdicts.append(Verdict(part.id, tuple(_why_not(part, own))))
    notice = list(notice_marks(exercise.law, model, worked.notice or NoticeAnswer()))
    marks.extend(notice)
    verdicts.append(Verdict("notice", tuple(why_not_notice(model, notice))))
    if exercise.letter:
        letter = list(letter_marks(exercise, worked))
        marks.extend(letter)
        missed = sum(one.status != "right" for one in letter)
        why = f"{missed} of the letter's faults missed or wrongly found"
        verdicts.append(Verdict("letter", (why,) if missed * 2 > len(letter) else ()))
    return Marked(
        exercise.case.reference,
        exercise.case.title,
        exercise.teaching.level or "",
        trainee,
        tuple(_with_points(exercise, marks)),
        tuple(verdicts),
        worked.hints,
        worked.contests,
        tuple((one.id, one.text) for one in exercise.teaching.learning_points),
    )


def _with_points(exercise: Exercise, marks: Iterable[Mark]) -> Iterator[Mark]:
    for one in marks:
        if one.model == one.given == "none" and one.group == "provisions":
            yield one  # nothing was named, so nothing is shown
            continue
        names = {one.group, one.key.rsplit("/", 1)[-1]}
        if "/public_interest_confirm_or_deny/" in one.key:
            names.add("confirm-or-deny")
        found = (p.id for p in exercise.teaching.learning_points if names & {*p.tests})
        yield replace(one, points=tuple(found))


# One part of the request


def _part(law: Law, model: PartModel, answer: PartAnswer) -> Iterator[Mark]:
    status: Status = "missing"
    if answer.outcome is not None:
        status = "right" if answer.outcome == model.outcome else "wrong"
    yield Mark(
        f"{model.id}/outcome",
        "outcome",
        f"Outcome of {model.id}",
        status,
        answer.outcome or "",
        model.outcome,
        model.why,
        model.authority,
    )
    yield from provision_marks(law, model, answer)
    for element in model.elements:
        yield _element(model, element, answer.elements.get(element.fact))
    for balance in model.balances:
        yield from balance_marks(law, model, balance, getattr(answer, balance.key) or _NONE)
    for key in ("public_interest", "public_interest_confirm_or_deny"):
        claimed = getattr(answer, key)
        if claimed is not None and all(one.key != key for one in model.balances):
            yield from _no_such_balance(model, key, claimed)
    for fact, reason, authority in model.not_counted:
        named = fact in answer.not_counted
        yield Mark(
            f"{model.id}/not_counted/{fact}",
            "not-counted",
            f"Not to be counted: {fact}",
            "right" if named else "missing",
            fact if named else "",
            fact,
            reason,
            authority,
        )
    yield from claim_marks(law, model, answer)


def _element(model: PartModel, element: Element, answer: ElementAnswer | None) -> Mark:
    status: Status = "missing"
    text = f"The answer is {element.answer}{shown_on(element.passages)}."
    if answer is not None and element.open:
        status, text = "right", f"Open to judgment. {element.open} {text}"
    elif answer is not None:
        status = "wrong"
        if same_answer(answer.answer, element.answer):
            fit = fits(answer.on, element.passages)
            status = "right" if fit else "partly"
            if not fit:
                text = f"Right answer, but {misfit(answer.on, element.passages)}. {text}"
    return Mark(
        f"{model.id}/elements/{element.fact}",
        "elements",
        element.ask,
        status,
        as_given(answer.answer, answer.on) if answer else "",
        element.answer,
        text,
        element.authority,
    )


def _no_such_balance(model: PartModel, key: str, claimed: BalanceAnswer) -> Iterator[Mark]:
    if claimed.maintain or claimed.disclose or claimed.result:
        yield Mark(
            f"{model.id}/{key}/result",
            "result",
            "A balance that is not struck",
            "wrong",
            claimed.result or "weighed",
            "none",
            "No balance of this kind is reached here: the matter is decided before it.",
            model.authority,
        )


def _why_not(model: PartModel, marks: list[Mark]) -> Iterator[str]:
    """What keeps a part from passing, gravest first."""
    of = {one.key: one for one in marks}
    right_result = of[f"{model.id}/outcome"].status == "right"
    wrong_reasons: list[str] = []
    if any(m.group == "provisions" and m.status != "right" for m in marks):
        wrong_reasons.append("the provision or its limb")
    elements = [m for m in marks if m.group == "elements"]
    seen = [m for m in elements if m.status in ("right", "partly")]
    if any(m.status == "wrong" for m in elements):
        wrong_reasons.append("an element is answered wrongly")
    elif elements and len(seen) * 2 <= len(elements):
        wrong_reasons.append("too few of the elements are shown")
    for balance in model.balances:
        start = f"{model.id}/{balance.key}"
        if of[f"{start}/result"].status != "right":
            wrong_reasons.append("the result of the balance")
        deciding = [of[f"{start}/{one.name}"].status for one in balance.deciding]
        if deciding and not {"right", "partly"} & {*deciding}:
            wrong_reasons.append("the factor that decides the balance")
    if any(m.group == "factors" and m.model == "none" and m.status == "wrong" for m in marks):
        wrong_reasons.append("a factor that nothing in the facts raises")
    if any(m.group == "result" and m.model == "none" for m in marks):
        wrong_reasons.append("a balance is struck that is not reached")
    if not right_result:
        yield "the outcome"
    elif wrong_reasons:
        yield "a right result for a wrong reason"
    yield from wrong_reasons
