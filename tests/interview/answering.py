"""An officer for tests: answers whatever an interview asks, from a table, else with a default."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from advisor import Case, Rulebook
from advisor.interview.dialogue import Interview
from advisor.interview.prompts import Prompt
from advisor.interview.record import Notebook
from advisor.register.plain import as_yaml

TODAY = date(2026, 11, 22)
RULEBOOK = Rulebook.load()

# A police file on a live investigation: withheld under section 30(1)(a)(i).
LIVE_FILE = {
    "reference": "FOI/2026/0417",
    "authority_name": "Borchester Constabulary",
    "authority_kind": "police",
    "received": "9 February 2026",
    "decided": "2/3/2026",
    "request": "The statements.",
    "valid_request": "yes",
    "held": "yes",
    "held_for_investigation": "yes",
    "particular_investigation": "yes",
    "own_investigation": "yes",
    "criminal_offence": "yes",
    "duty_to_investigate": "yes",
    "purpose_whether_to_charge": "yes",
    "latest_record_year": "2025",
    "investigation_status": "ongoing",
    "sensitivity": "central_evidence",
    "information_kind": "witness_statements",
    "already_public": "none",
    "identifies_witness_or_informant": "yes",
    "reveals_lines_of_enquiry": "yes",
    "duty_source": "The duty at common law",
    "offence": "Burglary",
    "review_procedure_exists": "yes",
    "by": "A. Officer",
}


def begun(record: Notebook | None = None, *, walked: bool = True, officer: str = "") -> Interview:
    """An interview on the shipped rulebook."""
    record = record if record is not None else Notebook()
    return Interview(RULEBOOK, record, today=TODAY, walked=walked, officer=officer)


def said_to(prompt: Prompt, answers: Mapping[str, str]) -> str:
    """What to say to a prompt: as in the table, else nothing, `no`, or the first choice."""
    step = prompt.step
    if step.key in answers:
        return answers[step.key]
    if step.kind == "conclude":
        return "agree"
    if prompt.blank:
        return ""
    values = [one.value for one in prompt.choices]
    return "no" if "no" in values else values[0] if values else "As it was said."


def asked_until(
    interview: Interview, stop: str, answers: Mapping[str, str] = LIVE_FILE
) -> list[Prompt]:
    """Every prompt answered until one whose key or kind is `stop`, which is left standing."""
    asked: list[Prompt] = []
    while stop not in (interview.prompt.step.key, interview.prompt.step.kind):
        prompt = interview.prompt
        assert prompt.step.kind != "done", f"nothing asks for {stop}"
        asked.append(prompt)
        reply = interview.answer(said_to(prompt, answers))
        assert reply.ok, (prompt, reply)
        assert len(asked) < 200
    return asked


def outcomes(interview: Interview) -> dict[str, str]:
    """What each part is advised to be."""
    case = Case.parse(as_yaml(interview.case))
    return {one.id: one.outcome for one in RULEBOOK.assess(case, engine="direct").items}
