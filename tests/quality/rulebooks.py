"""A small rulebook that every check passes, for tests that break it in one place."""

from __future__ import annotations

from pathlib import Path

from advisor.quality.checks import Found, check_rulebook

ABOUT = """\
about: {id: small, title: A small rulebook, version: '1', law_as_at: 2026-01-01}
order_of_questions:
  - held
  - own_investigation
  - duty_to_investigate
  - investigation_status
  - sensitivity
  - latest_record_year
"""

FACTS = """\
facts:
  held:
    type: yes_no
    ask: Is it held?
    help: By you, or for you.
    authority: [{at: FOIA 2000 s.1(1)(a)}]
  own_investigation:
    type: yes_no
    ask: Is the investigation your own?
    help: This authority conducts it.
    authority: [{at: FOIA 2000 s.30(1)}]
  duty_to_investigate:
    type: yes_no
    ask: Had you a duty to investigate?
    help: Under statute or at common law.
    authority: [{at: FOIA 2000 s.30(1)(a)}]
  investigation_status:
    type: choice
    ask: How far has it got?
    help: On the day of the decision.
    choices: {ongoing: Under way, cold: Dormant, closed: At an end}
    authority: [{source: guidance, point: the stage reached}]
  sensitivity:
    type: choice
    ask: How much does it matter?
    help: Read it first.
    choices: {anodyne: Anodyne, central_evidence: Central}
    authority: [{source: guidance, point: sensitivity}]
  latest_record_year:
    type: year
    ask: Of what year is the latest record?
    help: The last one on the file.
    authority: [{at: FOIA 2000 s.62(2)}]
derived:
  record_age_years:
    of: latest_record_year
    means: Years since the latest record.
    schedule: [{add: 0}]
    authority: [{at: FOIA 2000 s.62(2)}]
    limits: Calendar years.
"""

LAW = """\
limbs:
  s30(1)(a):
    exemption: s30
    title: an investigation that it has a duty to conduct
    engaged: s30_1_a_engaged
    authority: [{at: FOIA 2000 s.30(1)(a)}]
exemptions:
  s30:
    title: Investigations
    kind: qualified
    engaged_by: class
    authority: [{at: FOIA 2000 s.30}]
conclusions:
  is_historical:
    means: It is historical.
    rules:
      - id: old
        when: record_age_years >= 20
        because: It is twenty years old.
        authority: [{at: FOIA 2000 s.62(1)}]
        limits: Ends one exemption only.
  s30_1_a_engaged:
    means: The section covers it.
    rules:
      - id: engaged
        when: {all: [own_investigation, duty_to_investigate, {not: is_historical}]}
        because: The authority had a duty to investigate.
        authority: [{at: FOIA 2000 s.30(1)(a)}]
        limits: Says nothing of harm.
"""

WEIGHING = """\
balances:
  content:
    title: in the content
    act: giving it out
    question: Does keeping it outweigh giving it out?
    put: s30_1_a_engaged
    decides: keeping_outweighs
    authority: [{at: FOIA 2000 s.2(2)(b)}]
factors:
  stage:
    side: maintain
    title: the stage reached
    interest: Investigations should run their course.
    weights:
      - id: stage.live
        weight: very_strong
        when: {all: [investigation_status is ongoing, sensitivity is central_evidence]}
        because: It is under way and this is at its heart.
        authority: [{source: guidance, at: paragraph 4}]
        limits: Anodyne details weigh less.
      - id: stage.cold
        weight: some
        when: investigation_status in [ongoing, cold]
        because: It is not at an end.
        authority: [{source: guidance, at: paragraph 5}]
        limits: A dormant case needs little.
  transparency:
    side: disclose
    title: transparency
    interest: Public bodies should be open.
    weights:
      - id: transparency.always
        weight: slight
        when: always
        because: Openness always counts for something.
        authority: [{source: guidance, at: paragraph 1}]
        limits: Light by itself.
"""

DECIDING = """\
outcomes:
  disclose: {title: Disclose, kind: disclosed, means: Nothing stands in the way.}
  withhold: {title: Withhold, kind: refused, means: An exemption covers it.}
  not_held: {title: Not held, kind: not_held, means: It is not held.}
  undetermined: {title: Open, kind: undetermined, means: More than one is possible.}
order_of_decision:
  - id: step.held
    outcome: not_held
    when: {not: held}
    because: It is not held.
    authority: [{at: FOIA 2000 s.1(1)(a)}]
    limits: What others hold is another matter.
  - id: step.exempt
    outcome: withhold
    limbs: yes
    when: keeping_outweighs
    because: An exemption covers it and outweighs.
    authority: [{at: FOIA 2000 s.2(2)(b)}]
    limits: Other exemptions were not tested.
  - id: step.last
    outcome: disclose
    when: always
    because: Nothing stands in the way.
    authority: [{at: FOIA 2000 s.1(1)(b)}]
    limits: Other exemptions were not tested.
"""

SENDING = """\
routes:
  RT-01:
    title: A refusal notice
    when: outcome is withhold
    authority: [{at: FOIA 2000 s.17(1)}]
  RT-02:
    title: An answer
    when: outcome is not_held
    notice: no
    authority: [{at: FOIA 2000 s.1(1)(a)}]
requirements:
  REQ-01:
    provision: s17(1)(b)
    severity: M
    text: Name the exemption.
    when: outcome is withhold
    authority: [{at: FOIA 2000 s.17(1)(b)}]
mistakes:
  pitfall-1:
    title: No exemption named
    authority: [{at: FOIA 2000 s.17(1)(b)}]
    signs:
      - when: {all: [draft_cites_nothing, draft_refuses]}
        level: error
        text: Name the exemption.
not_tested:
  - id: companion.s40
    provision: s40(2)
    when: sensitivity is central_evidence
    why: It may be personal data.
    authority: [{at: FOIA 2000 s.40(2)}]
"""

LETTERS = """\
word_lists:
  names: [section, exemption]
signs_in_text:
  names_exemption:
    means: The letter names an exemption.
    phrases: ["{names} 30"]
    examples: [Section 30 applies.]
    not_examples: [We have it.]
readings_of_text:
  withholds:
    means: The letter withholds something.
    when: {any: [names_exemption, cites_an_exemption]}
requirements_in_text:
  REQ-01:
    title: The exemption
    applies: withholds
    met: names_exemption
    write: Name the exemption.
"""

SOURCES = """\
sources:
  guidance:
    kind: guidance
    title: Guidance
    read: 2026-01-01
    seen: page read
  old:
    kind: guidance
    title: Older guidance
    read: 2020-01-01
    in_force_until: 2023-12-31
    seen: page read
  unverified:
    kind: unverified
    title: Not verified
accepted:
  unused-id: Kept for the tests.
"""

SMALL = {
    "about.yaml": ABOUT,
    "deciding.yaml": DECIDING,
    "facts.yaml": FACTS,
    "law.yaml": LAW,
    "sending.yaml": SENDING,
    "sources.yaml": SOURCES,
    "weighing.yaml": WEIGHING,
}
LETTERED = SMALL | {"letters.yaml": LETTERS}

# A case that the small rulebook decides once the year of its latest record is added.
LIVE_FILE = """\
items:
  - id: file
    facts:
      held: yes
      own_investigation: yes
      duty_to_investigate: yes
      investigation_status: ongoing
      sensitivity: central_evidence
"""


def write(folder: Path, files: dict[str, str]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text)
    return folder


def found(folder: Path) -> list[Found]:
    """What is found and not accepted."""
    return [one for one in check_rulebook(folder) if not one.accepted]
