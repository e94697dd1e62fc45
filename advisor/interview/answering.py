"""Taking an answer to each kind of prompt."""

from __future__ import annotations

from collections.abc import Callable

from advisor.case import Case, impossible_dates
from advisor.document.dates import day_of, long_date
from advisor.interview import headers, parts, walk
from advisor.interview.forms import Form
from advisor.interview.in_common import ASK_ME
from advisor.interview.prompts import A_DAY, Prompt, Reply, is_name, shortened, tidied
from advisor.interview.standing import Standing
from advisor.reasoning.known import AnswerError, problems_of, value_of
from advisor.register.events import Event, apply


def answered(interview: Standing, prompt: Prompt, typed: str) -> Reply:
    """Take what was typed as the answer to a prompt."""
    text, pasted = tidied(typed, long=prompt.long), "\n" in typed.strip()
    if not text and prompt.now:
        interview.turn(None)
        return Reply(True, f"Kept: {prompt.now}")
    if not text and not prompt.blank:
        right = "type :unknown if you do not know it" if prompt.step.kind == "fact" else ""
        return Reply(False, "this needs an answer", right)
    if text and prompt.choices:
        value = prompt.chosen(text)
        if value is None and pasted:
            return Reply(False, "several lines came at once, and this wants one answer")
        if value is None:
            return Reply(False, *prompt.refused(text))
        text = value
    return _TAKERS[prompt.step.kind](interview, prompt, text)


def _header(interview: Standing, prompt: Prompt, text: str) -> Reply:
    key = prompt.step.key
    if key == "reference":
        text = text or made_up_reference(interview)
        interview.add(Event("opened", {"reference": text}))
        return Reply(True, f"The reference is {text}.")
    try:
        event = headers.event_for(interview.case, key, text, interview.asked, interview.today)
    except ValueError as error:
        return Reply(False, str(error), f"write {A_DAY}")
    doubt = headers.doubt(event, interview.today, interview.law.as_at)
    if doubt and interview.doubted != event:
        interview.doubted = event
        return Reply(False, doubt, "the same again keeps it")
    if problem := _problem(interview, apply(interview.case, event)):
        return problem
    interview.add(event)
    shown = headers.shown(interview.case, key)
    return Reply(True, shown if prompt.form or prompt.choices else "")


def made_up_reference(interview: Standing) -> str:
    """A reference that says when the assessment was begun."""
    from datetime import datetime

    return f"{interview.today:%Y-%m-%d}-{datetime.now():%H%M%S}"


def _problem(interview: Standing, case: Case) -> Reply | None:
    """Why a case with another date in it cannot be: the dates contradict, or an answer does."""
    for _, text, right in impossible_dates(case):
        return Reply(False, text, right)
    law = interview.rulebook.law(interview.as_at or case.decided or interview.today)
    for problem in problems_of(case, law):
        return Reply(False, problem.text, problem.right)
    return None


def _part(interview: Standing, prompt: Prompt, text: str) -> Reply:
    if text:
        event = parts.added(interview.case, text)
        interview.add(event)
        return Reply(True, f"Part {len(interview.case.items)}.")
    if interview.case.items:
        interview.add(parts.finished())
    else:
        interview.add(parts.added(interview.case, parts.THE_WHOLE), parts.finished())
    return Reply(True)


def _described(interview: Standing, prompt: Prompt, text: str) -> Reply:
    interview.add(Event("item_described", {"item": prompt.step.item, "description": text}))
    return Reply(True)


def _split(interview: Standing, prompt: Prompt, text: str) -> Reply:
    interview.add(parts.split(interview.case, prompt.step.item or "", text))
    number = len(interview.case.items)
    return Reply(
        True,
        f"Part {number} begins with the same answers. To change one: :change {number} and its "
        "name; :list shows the names.",
    )


def _every(interview: Standing, prompt: Prompt, text: str) -> Reply:
    interview.add(*interview.once.answered(interview.case, prompt.step, text))
    return Reply(True, next(one.text for one in prompt.choices if one.value == text))


def _shared(interview: Standing, prompt: Prompt, text: str) -> Reply:
    events = interview.sharing.taken_over(interview.case, interview.law, prompt.step, text)
    interview.add(*events)
    if text == ASK_ME:
        return Reply(True)
    return Reply(True, f"{len(events)} answers taken over; :change and its name changes one.")


# What is typed to get past a question that wants words.
_NO_WORDS = {"no", "n", "none", "nil", "nothing", "na", "n/a", "not applicable", "yes", "y", "ok"}


def says_nothing(text: str) -> bool:
    """Whether a text that is to stand in a notice or on the record says nothing."""
    return text.casefold().rstrip(".") in _NO_WORDS or not any(one.isalnum() for one in text)


def _fact(interview: Standing, prompt: Prompt, text: str) -> Reply:
    step = prompt.step
    fact, text = interview.law.facts[step.key], text or prompt.blank
    if text.casefold() == "unknown":
        text = "unknown"
    elif fact.type == "text" and says_nothing(text):
        text = f"this wants words: {fact.help.rstrip('.')}"
        return Reply(False, text, "type :unknown if you do not know it")
    else:
        try:
            if fact.type == "date":
                text = day_of(text, interview.today).isoformat()
            value_of(fact, text, interview.law.as_at)
        except AnswerError as error:
            return Reply(False, error.text, error.right)
        except ValueError as error:
            return Reply(False, str(error), f"write {A_DAY}")
    interview.add(Event("answered", {"item": step.item, "fact": step.key, "value": text}))
    if fact.type in ("text", "date"):
        return Reply(True, f"Kept: {shortened(text)}")
    return Reply(True, next((one.text for one in prompt.choices if one.value == text), ""))


def _factor(interview: Standing, prompt: Prompt, text: str) -> Reply:
    step, choice = prompt.step, text or prompt.blank
    if choice == walk.OTHERWISE:
        interview.fill(Form("weighed", step, _wanted(interview, "weight", "reason")))
        return Reply(True)
    decided = interview.decided(step.item or "")
    all_left = choice == walk.ACCEPT_ALL
    events = walk.accepted(decided, step, interview.agreed, all_left=all_left)
    interview.add(*events)
    if not all_left:
        return Reply(True)
    struck = dict(walk.balances(decided))[step.balance]
    titles = {one.factor: one.title for one in (*struck.maintain, *struck.disclose)}
    weights = (
        f"{titles[one.data['factor']]} ({one.data['accepted'].replace('_', ' ')})" for one in events
    )
    return Reply(True, f"Accepted: {'; '.join(weights)}. :back asks for a weight again.")


def _conclude(interview: Standing, prompt: Prompt, text: str) -> Reply:
    step = prompt.step
    struck = dict(walk.balances(interview.decided(step.item or "")))[step.balance]
    if text == walk.ADD:
        wanted = _wanted(interview, "side", "interest", "weight", "reason")
        interview.fill(Form("considered", step, wanted))
    elif text == walk.OWN:
        interview.fill(Form("concluded", step, _wanted(interview, "result", "reason")))
    else:
        said = {"result": struck.result, "margin": struck.margin or ""}
        form = Form("agreed", step, _wanted(interview), said)
        if struck.result == walk.LEFT_OPEN:
            form = form.filled("by", interview.officer)  # nothing is decided, so nobody is named
        return _go_on(interview, form)
    return Reply(True)


def _wanted(interview: Standing, *fields: str) -> tuple[str, ...]:
    """The fields of a form, the officer's name among them until it is known."""
    return fields if interview.officer else (*fields, "by")


def _form(interview: Standing, prompt: Prompt, text: str) -> Reply:
    assert interview.form is not None
    if prompt.long and says_nothing(text):
        return Reply(False, "this wants a reason, in words")
    if prompt.step.key == "by" and not is_name(text or prompt.blank):
        return Reply(False, "a name has letters")
    return _go_on(interview, interview.form.filled(prompt.step.key, text or prompt.blank))


def _go_on(interview: Standing, form: Form) -> Reply:
    """The next field of a form or, when nothing more is wanted, the record of the whole."""
    if form.wanted:
        interview.fill(form)
        return Reply(True)
    interview.officer = form.data.get("by") or interview.officer
    events, said = [form.event(interview.officer)], ""
    if events[0].by:
        said = f"On record, by {events[0].by}."
    strikes = form.kind in ("agreed", "concluded") and form.data["result"] != walk.LEFT_OPEN
    if strikes and interview.case.decided is None and interview.as_at is None:
        # The balance is struck today; the case is judged by this day from now on.
        today = interview.today.isoformat()
        events.append(Event("header", {"field": "decided", "value": today}))
        said += f" Decided today, {long_date(interview.today, weekday=True)}."
    interview.add(*events)
    return Reply(True, said.strip())


def _done(interview: Standing, prompt: Prompt, text: str) -> Reply:
    right = "type :change and the name of an answer to change it, :list to see them all"
    return Reply(False, "nothing is left to ask", right)


_TAKERS: dict[str, Callable[[Standing, Prompt, str], Reply]] = {
    "header": _header,
    "part": _part,
    "described": _described,
    "split": _split,
    "every": _every,
    "shared": _shared,
    "fact": _fact,
    "factor": _factor,
    "conclude": _conclude,
    "form": _form,
    "done": _done,
}
