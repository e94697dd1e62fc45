"""Marking by element: each right, partly right, wrong or missing, with authority and reason.

A weight is accepted within one step of the model where the passages cited are those that show it
(more where the trainer has left the factor open to judgment). A right result for a wrong reason
does not pass: `Verdict.why_not` says what stood in the way. Totals come second.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from advisor.document.words import provision_words
from advisor.rulebook.model import WEIGHTS
from advisor.training.answers import (
    BalanceAnswer,
    Contest,
    ElementAnswer,
    FactorAnswer,
    NoticeAnswer,
    PartAnswer,
    Worked,
)
from advisor.training.exercise import Exercise
from advisor.training.hints import PRICE
from advisor.training.model import BalanceModel, Element, FactorModel, PartModel, same_answer

Status = Literal["right", "partly", "wrong", "missing"]
POINTS: dict[Status, float] = {"right": 1.0, "partly": 0.5, "wrong": 0.0, "missing": 0.0}
_NONE = BalanceAnswer()


@dataclass(frozen=True)
class Mark:
    """One element marked. `key` is its name: part/group/name, notice/name or letter/name."""

    key: str
    group: str
    label: str
    status: Status
    given: str
    model: str
    reason: str
    authority: tuple[str, ...] = ()
    points: tuple[str, ...] = ()  # learning points that it shows


@dataclass(frozen=True)
class Verdict:
    """Whether a part (or the notice, or the letter) passes, and if not why."""

    part: str
    why_not: tuple[str, ...]

    @property
    def passes(self) -> bool:
        return not self.why_not


@dataclass(frozen=True)
class Marked:
    """The answers to one case, marked."""

    case: str
    title: str
    level: str
    trainee: str
    marks: tuple[Mark, ...]
    verdicts: tuple[Verdict, ...]
    hints: int
    contests: tuple[Contest, ...]

    @property
    def passed(self) -> bool:
        return all(verdict.passes for verdict in self.verdicts)

    @property
    def score(self) -> int:
        """Out of 100: the elements, less the price of the hints. Secondary to the verdicts."""
        if not self.marks:
            return 0
        whole = 100 * sum(POINTS[one.status] for one in self.marks) / len(self.marks)
        return max(0, round(whole) - PRICE * self.hints)


def mark(exercise: Exercise, worked: Worked, trainee: str) -> Marked:
    """The answers to a case, marked against its model."""
    marks: list[Mark] = []
    verdicts: list[Verdict] = []
    for model in exercise.model.parts:
        own = list(_part(model, worked.part(model.id)))
        marks.extend(own)
        verdicts.append(Verdict(model.id, tuple(_why_not(model, worked.part(model.id), own))))
    marks.extend(_notice(exercise, worked.notice or NoticeAnswer()))
    if exercise.letter:
        letter = list(_letter(exercise, worked))
        marks.extend(letter)
        missed = sum(one.status != "right" for one in letter)
        why = (
            (f"{missed} of the letter's faults missed or wrongly found",)
            if missed * 2 > len(letter)
            else ()
        )
        verdicts.append(Verdict("letter", why))
    return Marked(
        exercise.case.reference,
        exercise.case.title,
        exercise.teaching.level or "",
        trainee,
        tuple(_with_points(exercise, marks)),
        tuple(verdicts),
        worked.hints,
        worked.contests,
    )


def _with_points(exercise: Exercise, marks: Iterable[Mark]) -> Iterator[Mark]:
    from dataclasses import replace

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
    return (
        given
        if given.result in ("maintain", "disclose") and given.result != balance.result
        else None
    )


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
        f"{model.id}/outcome", "outcome", f"Outcome of {model.id}", status,
        answer.outcome or "", outcome, model.why, model.authority,
    )  # fmt: skip
    yield from _provisions(model, answer, provisions)
    for element in model.elements:
        yield _element(model, element, answer.elements.get(element.fact))
    for balance in model.balances:
        yield from _balance(model, balance, getattr(answer, balance.key) or _NONE)
    for key in ("public_interest", "public_interest_confirm_or_deny"):
        claimed = getattr(answer, key)
        if claimed is not None and all(one.key != key for one in model.balances):
            yield from _no_such_balance(model, key, claimed)
    for fact, reason, authority in model.not_counted:
        named = fact in answer.not_counted
        yield Mark(
            f"{model.id}/not_counted/{fact}", "not-counted", f"Not to be counted: {fact}",
            "right" if named else "missing", fact if named else "", fact, reason, authority,
        )  # fmt: skip


def _provisions(model: PartModel, answer: PartAnswer, wanted: tuple[str, ...]) -> Iterator[Mark]:
    group, start = "provisions", f"{model.id}/provisions"
    given = [one.replace(" ", "") for one in dict.fromkeys(answer.provisions)]
    if not wanted and not given:
        said = answer.outcome is not None
        yield Mark(f"{start}/none", group, "No provision", "right" if said else "missing", "none"
                   if said else "", "none", "Nothing is relied on here.")  # fmt: skip
    for one in wanted:
        named = one in given
        above = next((g for g in given if one.startswith(g + "(")), None)
        text = f"{provision_words(one)} is relied on."
        if above and not named:
            text = f"{provision_words(above)} does not say which limb; {text}"
        status: Status = "right" if named else "partly" if above else "missing"
        yield Mark(f"{start}/{one}", group, f"Provision {provision_words(one)}", status,
                   one if named else above or "", one, text, (f"FOIA 2000 {one}",))  # fmt: skip
    for one in given:
        if one not in wanted and not any(w.startswith(one + "(") for w in wanted):
            text = f"{provision_words(one)} cannot be relied on here."
            yield Mark(f"{start}/{one}", group, f"Provision {provision_words(one)}", "wrong", one,
                       "not relied on", text, model.authority)  # fmt: skip


def _element(model: PartModel, element: Element, answer: ElementAnswer | None) -> Mark:
    status: Status = "missing"
    text = f"The answer is {element.answer}{_on(element.passages)}."
    if answer is not None:
        status = "wrong"
        if same_answer(answer.answer, element.answer):
            fits = _fits(answer.on, element.passages)
            status = "right" if fits else "partly"
            if not fits:
                text = f"Right answer, but it rests on something else: {text}"
    return Mark(
        f"{model.id}/elements/{element.fact}", "elements", element.fact, status,
        _given(answer.answer, answer.on) if answer else "", element.answer, text, element.authority,
    )  # fmt: skip


def _fits(on: tuple[int, ...], passages: frozenset[int]) -> bool:
    """Whether the passages cited show it: one at least does, and not fewer than do not."""
    if not passages:  # no passage shows it, so none need be cited
        return True
    hits = len(passages & {*on})
    return hits > 0 and hits >= len({*on} - passages)


def _on(passages: frozenset[int]) -> str:
    return f", as passage {', '.join(map(str, sorted(passages)))} shows" if passages else ""


def _given(text: str, on: tuple[int, ...]) -> str:
    return f"{text} on {', '.join(map(str, on[:20]))}" if on else text


# A balance


def _balance(model: PartModel, balance: BalanceModel, answer: BalanceAnswer) -> Iterator[Mark]:
    start = f"{model.id}/{balance.key}"
    for factor in balance.factors:
        yield _factor(start, factor, answer)
    known = {factor.name for factor in balance.factors}
    for side in ("maintain", "disclose"):
        for name, claimed in getattr(answer, side).items():
            if name not in known and claimed.weight != "none":
                yield _unfounded(start, side, name, claimed)
    result = answer.result
    right = result == balance.result or (bool(balance.open) and result in ("maintain", "disclose"))
    text = f"The model says: {balance.result}."
    if balance.open:
        text = f"Open to judgment. {balance.open} {text}"
    status: Status = "missing" if result is None else "right" if right else "wrong"
    yield Mark(f"{start}/result", "result", balance.question, status, result or "",
               balance.result, text, balance.authority)  # fmt: skip


def _factor(start: str, factor: FactorModel, answer: BalanceAnswer) -> Mark:
    other = "disclose" if factor.side == "maintain" else "maintain"
    claimed: FactorAnswer | None = getattr(answer, factor.side).get(factor.name)
    turned: FactorAnswer | None = getattr(answer, other).get(factor.name)
    low, high = factor.lightest, factor.heaviest
    model = WEIGHTS[low] if low == high else f"{WEIGHTS[low]} to {WEIGHTS[high]}"
    text = f"{factor.reason} It weighs for the side that would {factor.side}{_on(factor.passages)}."
    status: Status = "missing"
    given = ""
    if claimed is not None and turned is None:
        given = _given(claimed.weight, claimed.on)
        step = WEIGHTS.index(claimed.weight)
        off = max(low - step, step - high, 0)
        status, remark = _weighed(off, _fits(claimed.on, factor.passages), factor.steps)
        text = f"{remark} {text}"
    elif turned is not None:
        given, status, text = f"for {other}", "wrong", f"It stands on the other side. {text}"
    return Mark(f"{start}/{factor.name}", "factors", factor.title, status, given,
                f"{factor.side}: {model}", text, factor.authority)  # fmt: skip


def _weighed(off: int, fits: bool, steps: int) -> tuple[Status, str]:
    """The status of a weight that is `off` steps from the model's, and what to say of it."""
    if fits and off <= steps:
        return "right", "" if not off else "Accepted: near enough, and the reason fits."
    if fits:
        return "partly", "The reason fits; the weight is too far off."
    if not off:
        return "partly", "The weight is right; the passages cited do not show it."
    return "wrong", "Neither the weight nor the reason fits."


def _unfounded(start: str, side: str, name: str, claimed: FactorAnswer) -> Mark:
    light = claimed.weight == "slight"
    text = "Nothing in the facts raises it" + (", though little was made of it." if light else ".")
    return Mark(f"{start}/{name}", "factors", name.replace("_", " "), "partly" if light else "wrong",
                f"for {side}: {_given(claimed.weight, claimed.on)}", "none", text)  # fmt: skip


def _no_such_balance(model: PartModel, key: str, claimed: BalanceAnswer) -> Iterator[Mark]:
    if claimed.maintain or claimed.disclose or claimed.result:
        yield Mark(f"{model.id}/{key}/result", "result", "A balance that is not struck", "wrong",
                   claimed.result or "weighed", "none", "No balance of this kind is reached here: "
                   "the matter is decided before it.", model.authority)  # fmt: skip


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


# The notice and the letter


def _notice(exercise: Exercise, answer: NoticeAnswer) -> Iterator[Mark]:
    model = exercise.model
    if model.notice_needed is not None:
        wanted = "yes" if model.notice_needed else "no"
        status: Status = (
            "missing"
            if answer.needed is None
            else ("right" if answer.needed == wanted else "wrong")
        )
        yield Mark("notice/needed", "needed", "Whether a refusal notice is needed", status,
                   answer.needed or "", wanted, exercise.teaching.notice or "Section 17 asks for "
                   "one where an exemption, section 12 or section 14 is relied on.",
                   ("FOIA 2000 s.17",))  # fmt: skip
    if model.due is not None:
        status = (
            "missing" if answer.due is None else "right" if answer.due == model.due else "wrong"
        )
        yield Mark("notice/due", "due", "By when", status, str(answer.due or ""),
                   model.due.isoformat(), model.due_reason, ("FOIA 2000 s.10",))  # fmt: skip
    wanted_ids = {one.id for one in model.must_say}
    for one in model.must_say:
        named = one.id in answer.must_say
        yield Mark(f"notice/{one.id}", "notice", f"The notice: {one.id}", "right" if named else
                   "missing", one.id if named else "", one.id, one.text, one.authority)  # fmt: skip
    entries = {one.id: one.entry for one in exercise.law.requirements}
    for key in dict.fromkeys(answer.must_say):
        # What is good practice is never wrong to promise.
        if key not in wanted_ids and entries[key].severity in "MC":
            yield Mark(f"notice/{key}", "notice", f"The notice: {key}", "wrong", key, "none",
                       f"Not asked of this notice: {entries[key].text}",
                       tuple(exercise.law.cites(entries[key].authority)))  # fmt: skip


def _letter(exercise: Exercise, worked: Worked) -> Iterator[Mark]:
    letter = exercise.teaching.letter
    arguable = {*letter.arguable} if letter else set()
    entries = {one.id: one.entry for one in exercise.law.requirements}
    for one in exercise.model.faults:
        named = one.id in worked.faults
        yield Mark(f"letter/{one.id}", "letter", f"Fault {one.id}", "right" if named else "missing",
                   one.id if named else "", one.id, one.text, one.authority)  # fmt: skip
    found = {one.id for one in exercise.model.faults} | arguable
    for key in dict.fromkeys(worked.faults):
        if key not in found and entries[key].severity in "MC":
            yield Mark(f"letter/{key}", "letter", f"Fault {key}", "wrong", key, "none",
                       f"The letter is not at fault in this: {entries[key].text}",
                       tuple(exercise.law.cites(entries[key].authority)))  # fmt: skip
