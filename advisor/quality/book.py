"""The rulebook as a document: plain pages, made from the rules, for a lawyer to review."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from pathlib import PurePosixPath

from advisor.advice.english import entries
from advisor.document.blocks import (
    Block,
    Bullets,
    Document,
    Entry,
    Heading,
    Paragraph,
    Table,
    clean,
)
from advisor.document.dates import long_date
from advisor.document.html import as_html
from advisor.document.words import first_upper, provision_words
from advisor.quality import drawing, graph
from advisor.rulebook.conditions import parse
from advisor.rulebook.law import Law
from advisor.rulebook.model import Authority, RuleFile


def pages(law: Law) -> dict[str, Document]:
    """A page for each file that states law, by its name without ending, and an index."""
    found: dict[str, Document] = {}
    for name, file in law.book.files.items():
        blocks = list(_page(law, file))
        if blocks:
            title = file.title or PurePosixPath(name).stem
            head: list[Block] = [Heading(1, title), Paragraph(f"From {name}.", tone="quiet")]
            found[page_name(name)] = Document.of(title, [*head, *blocks])
    return found


def page_name(file: str) -> str:
    """The name of a file's page: its path in one word."""
    return PurePosixPath(file).with_suffix("").as_posix().replace("/", ".")


def site(law: Law) -> dict[str, str]:
    """The book as HTML files by their names, with an index of links and the pictures in `graph`.

    Each fact in a picture leads to the page of its question.
    """
    found = pages(law)
    files = {f"{name}.html": as_html(document) for name, document in found.items()}
    asked = {
        key: f"../{page_name(file)}.html"
        for file, key, _ in law.book.entries("facts")
        if page_name(file) in found
    }
    pictures = drawing.pages(law, questions=asked)
    links = [(name, document.title) for name, document in found.items()]
    rows = "\n".join(
        f'<li><a href="{escape(name)}.html">{escape(clean(title))}</a></li>'
        for name, title in [("graph/index", "The rulebook as pictures"), *links]
    )
    about = law.about
    head = f"Version {about.version}, the law as on {long_date(about.law_as_at)}."
    text = f"<p>{escape(clean(about.statement))}</p>\n<p>{escape(clean(head))}</p>"
    files["index.html"] = graph.page(about.title, [f"{text}\n<ul>\n{rows}\n</ul>\n"])
    return files | {f"graph/{name}": text for name, text in pictures.items()}


def index(law: Law, found: dict[str, Document]) -> Document:
    """The first page of the book as Markdown: what the rulebook is, and every other page."""
    about = law.about
    rows = tuple((document.title, f"{name}.md") for name, document in found.items())
    return Document.of(
        about.title,
        [
            Heading(1, about.title),
            Paragraph(about.statement),
            Paragraph(f"Version {about.version}, the law as on {long_date(about.law_as_at)}."),
            Table(("Page", "File"), rows),
        ],
    )


def _page(law: Law, file: RuleFile) -> Iterator[Block]:
    for key, limb in file.limbs.items():
        yield Heading(2, first_upper(provision_words(key)))
        yield Paragraph(first_upper(limb.title) + ".")
        yield _authorities(law, limb.authority)
    for key, conclusion in file.conclusions.items():
        yield Heading(2, conclusion.means)
        yield Paragraph(f"Conclusion {key}: yes when one of its rules holds, no when all fail.")
        for rule in conclusion.rules:
            yield from _rule(law, rule)
    for key, balance in file.balances.items():
        yield Heading(2, balance.question)
        yield Paragraph(f"Balance {key}; asked when: {law.conclusions[balance.put].means}")
        yield _authorities(law, balance.authority)
    for key, factor in file.factors.items():
        side = "for keeping it back" if factor.side == "maintain" else "for giving it out"
        yield Heading(2, f"{first_upper(factor.title)}, {side}")
        number = f" ({factor.number})" if factor.number else ""
        yield Paragraph(f"{factor.interest} Factor {key}{number}; the heaviest rule counts.")
        for rule in factor.weights:
            yield from _rule(law, rule)
    for key, excluded in file.not_counted.items():
        yield Heading(2, f"Not counted: {law.facts[key].ask}")
        yield Paragraph(excluded.because)
        yield _authorities(law, excluded.authority)
    for outcome in file.outcomes.values():
        if outcome.unasked:
            yield Heading(2, f"{outcome.title}: what no answer rules out")
            yield Paragraph(outcome.unasked)
            yield _authorities(law, outcome.authority)
    for gate in file.order_of_decision:
        yield Heading(2, f"{law.outcomes[gate.outcome].title} ({gate.id})")
        yield Paragraph(gate.because)
        yield Bullets(tuple(entries(law, parse(gate.when))))
        yield Paragraph(gate.limits, lead="Limits:")
        yield _authorities(law, gate.authority)
    yield from _questions(law, file)
    yield from _notices(law, file)
    yield from _sources(file)


def _rule(law: Law, rule: object) -> Iterator[Block]:
    from advisor.rulebook.model import Rule

    assert isinstance(rule, Rule)
    weight = f"{rule.weight.replace('_', ' ')}: " if rule.weight else ""
    yield Heading(3, rule.id)
    yield Paragraph(f"{weight}{rule.because}")
    yield Paragraph("", lead="When")
    yield Bullets(tuple(entries(law, parse(rule.when))))
    yield Paragraph(rule.limits, lead="Limits:")
    dates = [
        f"{word} {long_date(day)}"
        for word, day in (("from", rule.in_force_from), ("until", rule.in_force_until))
        if day
    ]
    if dates:
        yield Paragraph(f"In force {' '.join(dates)}.")
    yield _authorities(law, rule.authority)


def _questions(law: Law, file: RuleFile) -> Iterator[Block]:
    for key, fact in file.facts.items():
        yield Heading(2, fact.ask)
        yield Paragraph(fact.help)
        if fact.choices:
            yield Bullets(tuple(Entry(words, f"{value}:") for value, words in fact.choices.items()))
        if fact.keep:
            yield Paragraph(fact.keep, lead="Keep:")
        default = f"; taken as {fact.default} until it is answered" if fact.default else ""
        yield Paragraph(f"Fact {key}, of the {fact.scope}{default}.", tone="quiet")
        yield _authorities(law, fact.authority)


def _notices(law: Law, file: RuleFile) -> Iterator[Block]:
    for key, requirement in file.requirements.items():
        yield Heading(2, f"{key}: {provision_words(requirement.provision)}")
        yield Paragraph(requirement.text)
        yield Bullets(tuple(entries(law, parse(requirement.when))))
        yield _authorities(law, requirement.authority)
    for key, route in file.routes.items():
        yield Heading(2, f"{key}: {route.title}")
        yield Bullets(tuple(entries(law, parse(route.when))))
        yield _authorities(law, route.authority)
    for key, mistake in file.mistakes.items():
        yield Heading(2, f"{key}: {mistake.title}")
        for sign in mistake.signs:
            yield Paragraph(sign.text, lead=f"{first_upper(sign.level)}:")
            yield Bullets(tuple(entries(law, parse(sign.when))))
        yield _authorities(law, mistake.authority)
    for companion in file.not_tested:
        yield Heading(2, f"{first_upper(provision_words(companion.provision))}, not tested")
        yield Paragraph(companion.why)
        yield Bullets(tuple(entries(law, parse(companion.when))))
        yield _authorities(law, companion.authority)


def _sources(file: RuleFile) -> Iterator[Block]:
    if file.sources:
        rows = tuple(
            (
                key,
                source.title,
                source.ref,
                long_date(source.read) if source.read else "",
                source.seen,
                source.overtaken_by,
            )
            for key, source in file.sources.items()
        )
        yield Table(("Key", "Title", "Reference", "Read", "How much", "Overtaken by"), rows)


def _authorities(law: Law, authorities: Iterable[Authority]) -> Bullets:
    return Bullets(
        tuple(
            Entry(one.point, f"{law.cite(one)}:" if one.point else law.cite(one))
            for one in authorities
        )
    )
