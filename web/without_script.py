"""The page How the rating works as plain HTML, for a browser that runs no scripts: nothing on it is about anybody."""

from collections.abc import Iterable, Iterator
from html import escape

import policy
from components import measure_sections, support
from engagement import example, explanation, measure, rules
from engagement.example import Example
from engagement.rules import Section
from policy.engagement import Engagement


def how_it_works() -> str:
    """The page's text with the worked example as it stands before anybody moves a slider."""
    ours = policy.current()
    sections = [
        *measure_sections.above(ours.engagement, ours.calendar),
        _example(ours.engagement),
        *measure_sections.below(ours.engagement),
        support.section(ours.support),
    ]
    body = "".join(line for section in sections for line in _section(section))
    return (
        f"<main><h1>{measure_sections.TITLE}</h1>"
        f"<p>{escape(rules.PURPOSE)}</p><p>{escape(measure_sections.version(ours.engagement))}</p>{body}"
        "<p>Everything else in Learner Analytics needs JavaScript.</p></main>"
    )


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
