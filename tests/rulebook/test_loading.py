"""Loading a rulebook: what is shipped is sound, what is not is refused, the cache says the same."""

from __future__ import annotations

import inspect
import shutil
from dataclasses import is_dataclass
from datetime import date
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest

from advisor.rulebook import kept, loading, model
from advisor.rulebook.checking import findings
from advisor.rulebook.law import Law
from advisor.sources import InputError

MINIMAL = """\
about: {id: t, title: T, version: '1', law_as_at: 2026-01-01}
facts:
  held: {type: yes_no, ask: Held?, help: H, authority: [{at: s.1}]}
order_of_questions: [held]
outcomes: {disclose: {title: D, kind: disclosed, means: M},
           undetermined: {title: U, kind: undetermined, means: M}}
conclusions:
  covered:
    means: It is covered.
    rules:
      - {id: r1, when: held, because: B, authority: [{at: s.1}], limits: L}
order_of_decision:
  - {id: last, outcome: disclose, when: always, because: B, authority: [{at: s.1}], limits: L}
openings:
  clarified: {ask: When?, after: held, authority: [{at: s.1}]}
in_common:
  inquiry: {ask: The same?, again: These too?, help: H, facts: [held]}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "rules.yaml").write_text(MINIMAL)
    return tmp_path


def broken(folder: Path, old: str, new: str) -> list[tuple[str, int]]:
    path = folder / "rules.yaml"
    assert old in MINIMAL
    path.write_text(MINIMAL.replace(old, new, 1))
    try:
        book = loading.parse(folder)
    except InputError as error:
        return [("schema", problem.line) for problem in error.problems]
    return [(one.check, one.problem.line) for one in findings(book)]


def test_the_shipped_rulebook_has_nothing_wrong() -> None:
    assert findings(loading.parse()) == []


def test_a_minimal_rulebook_loads(folder: Path) -> None:
    law = Law(loading.load(folder, cached=False), date(2026, 1, 1))
    assert [rule.id for rule in law.rules] == ["r1"]


@pytest.mark.parametrize(
    ("old", "new", "check", "line"),
    [
        ("when: held", "when: hold", "dangling-id", 11),
        ("when: held", "when: held is yes", "schema", 11),
        ("when: held", "when: held >= 3", "schema", 11),
        ("when: held", "when: outcome is disclose", "dangling-id", 11),
        ("when: held", "when: {both: [held]}", "schema", 11),
        ("when: held", "when: covered", "cycle", 9),
        ("outcome: disclose", "outcome: disclosed", "dangling-id", 13),
        ("when: always", "when: held", "schema", 13),
        ("[held]", "[held, hold]", "dangling-id", 4),
        ("[held]", "[]", "schema", 3),
        ("{at: s.1}]}", "{source: toms}]}", "dangling-id", 3),
        ("because: B", "becuase: B", "schema", 11),
        ("limits: L}", "limits: L, weight: slight}", "schema", 11),
        ("yes_no", "choice", "schema", 3),
        ("2026-01-01", "2026-02-30", "schema", 1),
        ("clarified:", "clarify:", "dangling-id", 15),
        ("after: held", "after: hold", "dangling-id", 15),
        ("facts: [held]", "facts: [hold]", "dangling-id", 17),
        ("help: H, facts", "facts", "schema", 17),
        ("yes_no, ask", "yes_no, scope: request, ask_once: yes, ask", "schema", 3),
    ],
)
def test_each_fault_is_found_where_it_stands(
    folder: Path, old: str, new: str, check: str, line: int
) -> None:
    assert (check, line) in broken(folder, old, new)


def test_an_id_is_never_shared_between_files(folder: Path) -> None:
    again = MINIMAL[MINIMAL.index("conclusions:") : MINIMAL.index("order_of_decision")]
    (folder / "second.yaml").write_text(again)
    found = findings(loading.parse(folder))
    assert {one.check for one in found} == {"duplicate-id"}
    assert {Path(one.problem.file).name for one in found} == {"second.yaml"}


def test_a_broken_rulebook_is_never_used(folder: Path) -> None:
    broken(folder, "when: held", "when: hold")
    with pytest.raises(InputError):
        loading.load(folder)


def test_the_cached_copy_is_the_same_rulebook(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    fresh, second = loading.load(), loading.load()
    assert list(tmp_path.rglob("rulebook-*.json")), "a copy was made"
    assert second.files == fresh.files == loading.load(cached=False).files
    assert second.digest == fresh.digest


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"digest": "x", "files": {}}'])
def test_a_damaged_copy_is_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    good = loading.load()
    for copy in tmp_path.rglob("rulebook-*.json"):
        copy.write_bytes(content)
    assert loading.load().files == good.files


def test_a_copy_in_which_anything_was_changed_is_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    good = loading.load()
    (copy,) = tmp_path.rglob("rulebook-*.json")
    copy.write_bytes(copy.read_bytes().replace(b'"facts": {', b'"facts": {"held": {}, ', 1))
    assert loading.load().files == good.files


def test_the_digest_follows_the_content_and_not_the_line_ends(tmp_path: Path) -> None:
    copy = tmp_path / "rules"
    shutil.copytree(loading.shipped(), copy)
    assert loading.parse(copy).digest == loading.parse().digest
    file = copy / "rulebook.yaml"
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert loading.parse(copy).digest == loading.parse().digest
    file.write_text(file.read_text() + "# a remark\n")
    assert loading.parse(copy).digest != loading.parse().digest


def test_rules_are_in_force_from_and_until(folder: Path) -> None:
    dated = "limits: L, in_force_from: 2020-01-01, in_force_until: 2020-12-31}"
    (folder / "rules.yaml").write_text(MINIMAL.replace("limits: L}", dated, 1))
    book = loading.load(folder, cached=False)
    days = (date(2019, 12, 31), date(2020, 1, 1), date(2020, 12, 31), date(2021, 1, 1))
    assert [len(Law(book, day).rules) for day in days] == [0, 1, 1, 0]


@pytest.mark.parametrize("content", [None, "", "facts: ["])
def test_a_folder_without_usable_rules_is_one_message(tmp_path: Path, content: str | None) -> None:
    if content is not None:
        (tmp_path / "a.yaml").write_text(content)
    with pytest.raises(InputError) as raised:
        loading.load(tmp_path)
    assert str(tmp_path) in str(raised.value)


def test_a_copy_is_made_anew_when_the_shape_of_anything_in_it_changes() -> None:
    seen: set[type] = set()

    def shapes(hint: Any) -> None:
        for inner in get_args(hint):
            shapes(inner)
        if is_dataclass(hint) and hint not in seen:
            assert isinstance(hint, type)
            seen.add(hint)
            for one in get_type_hints(hint).values():
                shapes(one)

    shapes(model.RuleFile)
    assert {Path(inspect.getfile(one)).parent for one in seen} == {Path(kept.__file__).parent}
