"""The page about one student on paper: what the PDF holds, as values, and the link that leads to it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from components import timeline_choice, timeline_rows
from engagement import comparison, explanation, looking, research_words, score_line, sentences, words
from engagement.freshness import Freshness
from engagement.standing import Standing
from engagement.timeline import Timeline
from policy.days import LONDON, london_day
from policy.engagement import Engagement

ADDRESS = "/timeline.pdf"
_COLUMNS = ("Part", "What was counted", "Sum", "Weight")

Table = dict[str, list[Any]]


def link(timeline: Timeline) -> None:
    """A link to the PDF of what is seen."""
    asked = {"student": timeline.id} | timeline_choice.address(timeline.view, timeline)
    st.link_button(
        "Download as PDF",
        f"{ADDRESS}?{urlencode(asked)}",
        icon=":material/download:",
        help="What this page shows now, with every figure in tables. Opening it is written into the access log.",
    )


def content(
    timeline: Timeline,
    fresh: Sequence[Freshness],
    rules: Engagement,
    institution: str,
    made: tuple[str, datetime],
    *,
    own: bool,
) -> dict[str, Any]:
    """All that stands on the paper, as JSON can hold it. `made` is who asked for it, and when.

    On a student's `own` paper the first words are about their own weeks, as on their page.
    """
    by, at = made
    stands = [_standing(standing) for standing in timeline.standings]
    return {
        "title": f"Engagement timeline: {timeline.name}",
        "institution": institution,
        "lead": [comparison.own(timeline)] if own else stands,
        "finding": looking.finding(timeline),
        "figures": " ".join(said for said in (looking.figures(timeline), looking.narrowed(timeline)) if said),
        "days": looking.span_words(timeline.view.first, timeline.view.last),
        "tables": _tables(timeline),
        "middle": score_line.EXPLAINED if timeline.middle else "",
        "worked": [_worked(standing, rules) for standing in timeline.standings],
        "fresh": "Data up to: " + "; ".join(_fresh(one) for one in fresh) + ".",
        "made": f"Made by {by} on {_when(at)}. It holds personal data: keep it as you keep a student's record.",
    }


def _standing(standing: Standing) -> str:
    studies = f"{standing.course}, stage {standing.stage}, {standing.mode}"
    why = sentences.why(standing)
    return f"{studies}. {standing.rating}, {sentences.rating(standing)}. {why}"


def _tables(timeline: Timeline) -> list[Table]:
    return [
        _table(heading, rows)
        for heading, rows in (
            (f"{timeline.view.by} up to {words.short_day(timeline.today)}", timeline_rows.begun(timeline)),
            ("Work by the day it is due", timeline_rows.work(timeline)),
            ("Marked on single days", timeline_rows.marks(timeline)),
        )
        if rows
    ]


def _table(heading: str, rows: Sequence[dict[str, str]]) -> Table:
    return {"heading": heading, "head": list(rows[0]), "rows": [list(row.values()) for row in rows]}  # type: ignore[dict-item]


def _worked(standing: Standing, rules: Engagement) -> dict[str, Any]:
    """How the rating was worked out: a table for each module, of a research student one, and the sums."""
    word = f"{explanation.bands(rules)}. So: {standing.rating}."
    if standing.research:
        lines = research_words.lines(standing.research, rules.research)
        tables = [_parts("The parts of the score", lines)]
        total = research_words.total(standing.research, rules.research)
    else:
        tables = [
            _parts(f"{m.title} ({m.code}, {m.credits} credits)", explanation.lines(m, rules))
            | {"after": f"Parts by their weights: {explanation.module_sum(m, rules)}"}
            for m in standing.modules
        ]
        total = explanation.total(standing)
    if standing.as_of is None:
        return {"heading": standing.course, "said": ["No module has been rated lately."], "tables": []}
    return {
        "heading": standing.course,
        "tables": tables,
        "said": [f"All together: {total}", f"The word: {word}", f"Rules {standing.rule}."],
    }


def _parts(heading: str, lines: Sequence[explanation.Line]) -> dict[str, Any]:
    rows = [[line.part, line.counted, line.working, line.weight] for line in lines]
    return {"heading": heading, "head": list(_COLUMNS), "rows": rows, "after": ""}


def _fresh(one: Freshness) -> str:
    up_to = "no feed yet" if one.up_to is None else words.short_day(one.up_to)
    return f"{one.system.words} {up_to}"


def _when(at: datetime) -> str:
    on = london_day(at)
    return f"{words.day(on)} {on.year}, {at.astimezone(LONDON):%H:%M}"
