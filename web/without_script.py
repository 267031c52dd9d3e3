"""What anybody may read as plain HTML, for a browser that runs no scripts: nothing here is about anybody."""

from collections.abc import Iterable, Iterator
from datetime import date
from html import escape

import policy
from components import contacts, measure_sections, notice_text, support
from engagement import example, explanation, measure, rules
from engagement.example import Example
from engagement.rules import Section
from policy.engagement import Engagement
from policy.notice import Notice


def how_it_works() -> str:
    """The page's text with the worked example as it stands before anybody moves a slider."""
    ours = policy.current()
    sections = [
        *measure_sections.above(ours.engagement, ours.calendar),
        _example(ours.engagement),
        *measure_sections.below(ours.engagement),
        support.section(ours.support),
    ]
    return _page(
        measure_sections.TITLE,
        (rules.PURPOSE, measure_sections.version(ours.engagement)),
        sections,
        "Everything else in Learner Analytics needs JavaScript.",
    )


def notice(in_force: Notice, today: date) -> str:
    """The privacy notice, for every level of study, and whom to ask."""
    sections = [*notice_text.sections(in_force), *notice_text.around(policy.current().institution, today)]
    return _page(notice_text.TITLE, (notice_text.version(in_force),), sections)


def contact(today: date) -> str:
    """Where students get support, and whom to ask."""
    ours = policy.current()
    sections = [support.section(ours.support), contacts.section(contacts.entries(ours.institution, today))]
    return _page(contacts.PAGE, (), sections)


def _page(title: str, lead: Iterable[str], sections: Iterable[Section], last: str = "") -> str:
    body = "".join(line for section in sections for line in _section(section))
    end = f"<p>{escape(last)}</p>" if last else ""
    return f"<main><h1>{escape(title)}</h1>{''.join(_paragraphs(lead))}{body}{end}</main>"


def _example(of: Engagement) -> Section:
    made_up = example.rated(Example(), of)
    word = measure.rating(made_up.score, of.bands)
    table = [
        {"Part": line.part, "What was counted": line.counted, "Sum": line.working, "Weight": line.weight}
        for line in explanation.lines(made_up, of)
    ]
    total = f"Parts by their weights: {explanation.module_sum(made_up, of)}. So: {word}."
    return Section(
        "An example", ("A made-up student on one module, full-time.",), table=table, notes=(total,)
    )


def _section(of: Section) -> Iterator[str]:
    yield f"<h2>{escape(of.title)}</h2>"
    yield from _paragraphs(of.sentences)
    if of.points:
        yield "<ul>" + "".join(f"<li>{escape(point)}</li>" for point in of.points) + "</ul>"
    if of.table:
        yield (
            "<table>"
            + _row("th", of.table[0])
            + "".join(_row("td", row.values()) for row in of.table)
            + "</table>"
        )
    yield from _paragraphs(of.notes)


def _paragraphs(of: Iterable[str]) -> Iterator[str]:
    return (f"<p>{escape(sentence)}</p>" for sentence in of)


def _row(cell: str, of: Iterable[str]) -> str:
    return "<tr>" + "".join(f"<{cell}>{escape(text)}</{cell}>" for text in of) + "</tr>"
