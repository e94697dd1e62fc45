"""What the law consists of, as data: the shapes that files in `rules/` are written in.

Every class is a plain frozen dataclass. Pydantic checks a file against them when it is first read
(advisor.rulebook.loading); afterwards they are built from a cache without it, which is what keeps
the command's start short. A rule file may hold any of the sections of `RuleFile`; its folder and
name are the legal address, for people only.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from advisor.rulebook.asking import InCommon as InCommon
from advisor.rulebook.asking import Opening as Opening
from advisor.rulebook.authority import FORBID as FORBID
from advisor.rulebook.authority import WEIGHTS as WEIGHTS
from advisor.rulebook.authority import Authority as Authority
from advisor.rulebook.authority import Weight as Weight
from advisor.rulebook.precedent import Dimension as Dimension
from advisor.rulebook.precedent import Part as Part
from advisor.rulebook.precedent import Precedent as Precedent
from advisor.rulebook.precedent import Stated as Stated
from advisor.rulebook.signs import Reading, TextMistake, TextRequirement, TextSign

Level = Literal["error", "warning", "note"]
Severity = Literal["M", "C", "G", "-"]  # statutory must, conditional must, good practice, no duty


@dataclass(frozen=True)
class Source:
    """A text that rules cite: what it is, where it was read, when, and how much of it."""

    __pydantic_config__ = FORBID
    kind: Literal["statute", "guidance", "policy_line", "decision", "commentary", "unverified"]
    title: str
    ref: str = ""
    url: str = ""
    read: date | None = None
    seen: str = ""  # how much of it was read
    in_force_from: date | None = None
    in_force_until: date | None = None
    overtaken_by: str = ""


@dataclass(frozen=True)
class Rule:
    """When `when` holds, what it stands under holds: a conclusion is yes, a factor has `weight`.

    `because` is the one sentence an officer reads; `limits` says where not to rely on the rule.
    The dates are those of the law; a rule without its own takes those of its file.
    """

    __pydantic_config__ = FORBID
    id: str
    when: Any
    because: str
    authority: tuple[Authority, ...]
    limits: str
    weight: Weight | None = None  # of a factor's rule only
    in_force_from: date | None = None
    in_force_until: date | None = None
    replaces: str = ""


@dataclass(frozen=True)
class Fact:
    """Something the officer is asked. `default` applies until it is answered (added facts only)."""

    __pydantic_config__ = FORBID
    type: Literal["yes_no", "choice", "number", "year", "date", "text"]
    ask: str
    help: str
    authority: tuple[Authority, ...]
    scope: Literal["request", "item"] = "item"
    ask_once: Literal["yes", "no"] = "no"  # of a part: put for all parts at once, where they agree
    choices: dict[str, str] = field(default_factory=dict)  # of a choice: each value in words
    keep: str = ""  # the evidence to keep
    default: str | None = None


@dataclass(frozen=True)
class Derived:
    """A whole number that the law computes from a year, before any rule is looked at.

    It is the number of whole calendar years by which the day of decision is past 1 January of the
    year that `schedule` gives for the year in `of` (negative: not yet). The first step whose
    `through` is not before that year applies: `add` years later, or from `starting` on one year
    later for every `each` years after `since`.
    """

    __pydantic_config__ = FORBID
    of: str
    means: str
    schedule: tuple[Step, ...]
    authority: tuple[Authority, ...]
    limits: str


@dataclass(frozen=True)
class Step:
    __pydantic_config__ = FORBID
    through: int | None = None
    add: int | None = None
    starting: int | None = None
    since: int | None = None
    each: int | None = None


@dataclass(frozen=True)
class Conclusion:
    """A legal question: yes when one of its rules holds, no when all fail, otherwise unknown."""

    __pydantic_config__ = FORBID
    means: str
    rules: tuple[Rule, ...]


@dataclass(frozen=True)
class Factor:
    """One consideration in a balance, and the rules that give it a weight and a reason."""

    __pydantic_config__ = FORBID
    side: Literal["maintain", "disclose"]
    interest: str
    title: str
    weights: tuple[Rule, ...]
    balance: str = "content"
    number: str = ""  # its number in the literature of the rulebook, e.g. F-01


@dataclass(frozen=True)
class NotCounted:
    """A fact that the balance must not count, recorded so that the advisor can say so."""

    __pydantic_config__ = FORBID
    because: str
    authority: tuple[Authority, ...]


@dataclass(frozen=True)
class Balance:
    """A public-interest balance. It is struck when `put` is yes; `decides` is then the finding
    that maintaining outweighs, which rules may read like a conclusion. `act` is what is weighed."""

    __pydantic_config__ = FORBID
    title: str
    act: str
    question: str
    put: str
    decides: str
    authority: tuple[Authority, ...]
    remarks: dict[str, str] = field(default_factory=dict)  # by margin, or by provision


@dataclass(frozen=True)
class Limb:
    """A provision that can be relied on, and the conclusion that shows it engaged."""

    __pydantic_config__ = FORBID
    exemption: str
    title: str
    engaged: str
    authority: tuple[Authority, ...]


@dataclass(frozen=True)
class Exemption:
    """A section of Part II (or of Part I: ss.12, 14) as the map of the Act shows it.

    `limbs` are the provisions below it that a notice must name, empty where it has none.
    `tested` says that this rulebook has rules for it.
    """

    __pydantic_config__ = FORBID
    title: str
    kind: Literal["absolute", "qualified", "either", "not_part_ii"]
    engaged_by: Literal["class", "prejudice", "necessity", "opinion", "other"]
    authority: tuple[Authority, ...]
    limbs: tuple[str, ...] = ()
    tested: Literal["yes", "no"] = "no"


@dataclass(frozen=True)
class Outcome:
    """How an item can end. `kind` is what the whole case's outcome is made of.

    `unasked` is what to say beside the provisions that are not tested and that no answer rules
    out, because the outcome was settled first; without it they are not named.
    """

    __pydantic_config__ = FORBID
    title: str
    kind: Literal["disclosed", "refused", "not_held", "other", "undetermined"]
    means: str
    clock: Literal["runs", "waits"] = "runs"  # whether the time for answering has begun
    unasked: str = ""
    authority: tuple[Authority, ...] = ()  # what `unasked` rests on


@dataclass(frozen=True)
class Gate:
    """One step of the order of decision; the first whose `when` holds decides.

    `provisions` are relied on; `limbs` means every limb that is engaged and considered.
    """

    __pydantic_config__ = FORBID
    id: str
    outcome: str
    when: Any
    because: str
    authority: tuple[Authority, ...]
    limits: str
    provisions: tuple[str, ...] = ()
    limbs: Literal["yes", "no"] = "no"
    in_force_from: date | None = None
    in_force_until: date | None = None


@dataclass(frozen=True)
class Route:
    """A kind of response, and when it is the one to send (RT-01 to RT-12)."""

    __pydantic_config__ = FORBID
    title: str
    when: Any
    authority: tuple[Authority, ...]
    notice: Literal["yes", "no"] = "yes"  # whether section 17 wants a notice on this route
    in_force_from: date | None = None
    in_force_until: date | None = None


@dataclass(frozen=True)
class Requirement:
    """One thing that a refusal notice must (M, C) or should (G) have, and when it applies.

    `needs` are facts that only the notice wants: they change no outcome, and are asked last.
    """

    __pydantic_config__ = FORBID
    provision: str
    severity: Severity
    text: str
    when: Any
    authority: tuple[Authority, ...]
    needs: tuple[str, ...] = ()
    in_force_from: date | None = None
    in_force_until: date | None = None


@dataclass(frozen=True)
class Sign:
    """One way in which a mistake shows: when, how bad it is then, and what to say."""

    __pydantic_config__ = FORBID
    when: Any
    level: Level
    text: str
    in_force_from: date | None = None
    in_force_until: date | None = None


@dataclass(frozen=True)
class Mistake:
    """A mistake to warn of (pitfall-1 ...), with every way in which facts and draft show it."""

    __pydantic_config__ = FORBID
    title: str
    authority: tuple[Authority, ...]
    signs: tuple[Sign, ...]
    scope: Literal["request", "item"] = "item"


@dataclass(frozen=True)
class Companion:
    """A provision that the facts suggest and that this rulebook does not test."""

    __pydantic_config__ = FORBID
    id: str
    provision: str
    when: Any
    why: str
    authority: tuple[Authority, ...]


@dataclass(frozen=True)
class Passage:
    """A paragraph of a letter, with or without a heading. `{name}` in its words is a slot.

    `each` says it once for every provision relied on, or for every consideration of one side of a
    balance. With `of` it is about the provisions at or below that one. Without one of `only_with`
    it is left out. `insert` puts something whole in place of words. `meets` names requirements.
    """

    __pydantic_config__ = FORBID
    id: str
    when: Any = "always"
    heading: str = ""
    lead: str = ""
    text: str = ""
    each: Literal["", "provision", "maintain", "disclose", "silence", "openness"] = ""
    of: str = ""
    insert: Literal["", "request", "decisions", "information"] = ""
    only_with: tuple[str, ...] = ()
    meets: tuple[str, ...] = ()
    in_force_from: date | None = None
    in_force_until: date | None = None


@dataclass(frozen=True)
class Wording:
    """A section of the letter: its passages, in the order in which they are sent.

    With `parts` it is written for each part of the request for which that holds; otherwise once,
    and a condition then holds when it holds for some part. `document` is what it belongs to: the
    letter, the fees notice or the record in place of one, or the short words for a decision.
    """

    __pydantic_config__ = FORBID
    passages: tuple[Passage, ...]
    heading: str = ""
    when: Any = "always"
    parts: Any = None
    document: Literal["letter", "fees", "record", "label"] = "letter"


@dataclass(frozen=True)
class About:
    """What the rulebook is: its version and the day whose law it states.

    A rulebook that `extends` another by its id has that one's entries beside its own, but for those
    that it `overrides` (advisor.rulebook.extending).
    """

    __pydantic_config__ = FORBID
    id: str
    title: str
    version: str
    law_as_at: date
    statement: str = ""
    extends: str = ""
    overrides: tuple[str, ...] = ()


@dataclass(frozen=True)
class RuleFile:
    """One file of the rulebook: any of these sections, each name once in the whole rulebook.

    `accepted` has the warnings of `rules check` that are let stand in this file, and why: the
    name of a check, or with the id that it is about (`unused-id:toms`).
    """

    __pydantic_config__ = FORBID
    title: str = ""
    in_force_from: date | None = None
    in_force_until: date | None = None
    about: About | None = None
    accepted: dict[str, str] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)
    facts: dict[str, Fact] = field(default_factory=dict)
    derived: dict[str, Derived] = field(default_factory=dict)
    conclusions: dict[str, Conclusion] = field(default_factory=dict)
    factors: dict[str, Factor] = field(default_factory=dict)
    not_counted: dict[str, NotCounted] = field(default_factory=dict)
    balances: dict[str, Balance] = field(default_factory=dict)
    limbs: dict[str, Limb] = field(default_factory=dict)
    exemptions: dict[str, Exemption] = field(default_factory=dict)
    outcomes: dict[str, Outcome] = field(default_factory=dict)
    order_of_decision: tuple[Gate, ...] = ()
    order_of_questions: tuple[str, ...] = ()
    openings: dict[str, Opening] = field(default_factory=dict)
    in_common: dict[str, InCommon] = field(default_factory=dict)
    routes: dict[str, Route] = field(default_factory=dict)
    requirements: dict[str, Requirement] = field(default_factory=dict)
    wording: dict[str, Wording] = field(default_factory=dict)
    mistakes: dict[str, Mistake] = field(default_factory=dict)
    not_tested: tuple[Companion, ...] = ()
    dimensions: dict[str, Dimension] = field(default_factory=dict)
    precedents: dict[str, Precedent] = field(default_factory=dict)
    word_lists: dict[str, tuple[str, ...]] = field(default_factory=dict)
    signs_in_text: dict[str, TextSign] = field(default_factory=dict)
    readings_of_text: dict[str, Reading] = field(default_factory=dict)
    requirements_in_text: dict[str, TextRequirement] = field(default_factory=dict)
    mistakes_in_text: dict[str, tuple[TextMistake, ...]] = field(default_factory=dict)
    provisions_of_silence: tuple[str, ...] = ()
