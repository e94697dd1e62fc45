"""Marking by element: each right, partly right, wrong or missing, with authority and reason.

A weight is accepted within one step of the model where the passages cited are those that show it
(more where the trainer has left the factor open to judgment). A right result for a wrong reason
does not pass: `Verdict.why_not` says what stood in the way. Totals come second.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from advisor.document.words import first_upper, provision_words
from advisor.training.answers import BalanceAnswer, ElementAnswer, NoticeAnswer, PartAnswer, Worked
from advisor.training.exercise import Exercise
from advisor.training.marking_balance import balance_marks
from advisor.training.marking_notice import letter_marks, notice_marks
from advisor.training.marks import Mark, Marked, Status, Verdict, as_given, fits, shown_on
from advisor.training.model import Element, PartModel, same_answer

_NONE = BalanceAnswer()


def mark(exercise: Exercise, worked: Worked, trainee: str) -> Marked:
    """The answers to a case, marked against its model."""
    marks: list[Mark] = []
    verdicts: list[Verdict] = []
    for model in exercise.model.parts:
        own = list(_part(model, worked.part(model.id)))
        marks.extend(own)
        verdicts.append(Verdict(model.id, tuple(_why_not(model, worked.part(model.id), own))))
    notice = list(notice_marks(exercise, worked.notice or NoticeAnswer()))
    marks.extend(notice)
    verdicts.append(Verdict("notice", tuple(_why_not_notice(notice))))
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
        names = {one.group, one.key.rsplit("/", 1)[-1]}
        if "/public_interest_confirm_or_deny/" in one.key:
            names.add("confirm-or-deny")
        found = (p.id for p in exercise.teaching.learning_points if names & {*p.tests})
        yield replace(one, points=tuple(found))


# Which answer is accepted


def _judged(model: PartModel, answer: PartAnswer) -> BalanceAnswer | None:
    """The trainee's balance of content, where its result is open and the trainee turned it."""
    balance = next((one for one in model.balances if one.key == "public_interest"), None)
    given = answer.public_interest
    if balance is None or not balance.open or given is None:
        return None
    turned = given.result in ("maintain", "disclose") and given.result != balance.result
    return given if turned else None


def _accepted(model: PartModel, answer: PartAnswer) -> tuple[str, tuple[str, ...]]:
    """The outcome and provisions that the model has, or those of the judgment that was open."""
    turned = _judged(model, answer)
    if turned is None:
        return model.outcome, model.provisions
    return ("withhold", model.covered) if turned.result == "maintain" else ("disclose", ())


# One part of the request


def _part(model: PartModel, answer: PartAnswer) -> Iterator[Mark]:
    outcome, provisions = _accepted(model, answer)
    status: Status = "missing"
    if answer.outcome is not None:
        status = "right" if answer.outcome == outcome else "wrong"
    yield Mark(
        f"{model.id}/outcome",
        "outcome",
        f"Outcome of {model.id}",
        status,
        answer.outcome or "",
        outcome,
        model.why,
        model.authority,
    )
    yield from _provisions(model, answer, provisions)
    for element in model.elements:
        yield _element(model, element, answer.elements.get(element.fact))
    for balance in model.balances:
        yield from balance_marks(model, balance, getattr(answer, balance.key) or _NONE)
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


def _provisions(model: PartModel, answer: PartAnswer, wanted: tuple[str, ...]) -> Iterator[Mark]:
    group, start = "provisions", f"{model.id}/provisions"
    given = [one.replace(" ", "") for one in dict.fromkeys(answer.provisions)]
    if not wanted and not given:
        said = answer.outcome is not None
        yield Mark(
            f"{start}/none",
            group,
            "No provision",
            "right" if said else "missing",
            "none" if said else "",
            "none",
            "Nothing is relied on here.",
        )
    for one in wanted:
        named = one in given
        above = next((g for g in given if one.startswith(g + "(")), None)
        text = f"{first_upper(provision_words(one))} is relied on."
        if above and not named:
            text = f"{first_upper(provision_words(above))} does not say which limb. {text}"
        status: Status = "right" if named else "partly" if above else "missing"
        yield Mark(
            f"{start}/{one}",
            group,
            f"Provision {provision_words(one)}",
            status,
            one if named else above or "",
            one,
            text,
            (f"FOIA 2000 s.{one[1:]}",),
        )
    for one in given:
        if one not in wanted and not any(w.startswith(one + "(") for w in wanted):
            text = f"{first_upper(provision_words(one))} cannot be relied on here."
            yield Mark(
                f"{start}/{one}",
                group,
                f"Provision {provision_words(one)}",
                "wrong",
                one,
                "not relied on",
                text,
                model.authority,
            )


def _element(model: PartModel, element: Element, answer: ElementAnswer | None) -> Mark:
    status: Status = "missing"
    text = f"The answer is {element.answer}{shown_on(element.passages)}."
    if answer is not None:
        status = "wrong"
        if same_answer(answer.answer, element.answer):
            fit = fits(answer.on, element.passages)
            status = "right" if fit else "partly"
            if not fit:
                text = f"Right answer, but it rests on something else: {text}"
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


def _why_not_notice(marks: list[Mark]) -> Iterator[str]:
    """What keeps the answer about the notice from passing."""
    for one in marks:
        if one.group in ("needed", "due") and one.status != "right":
            yield one.label[:1].lower() + one.label[1:]
    listed = [one for one in marks if one.group == "notice"]
    if listed and sum(one.status == "right" for one in listed) * 2 <= len(listed):
        yield "too little of what it must say, or too much besides"


def _why_not(model: PartModel, answer: PartAnswer, marks: list[Mark]) -> Iterator[str]:
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
        result = getattr(answer, balance.key).result if getattr(answer, balance.key) else None
        deciding = balance.deciding(result if balance.open and result else balance.result)
        if deciding and all(
            of[f"{start}/{d.name}"].status in ("wrong", "missing") for d in deciding
        ):
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
