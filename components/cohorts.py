"""Cohort engagement on the page: how ratings are distributed from week to week, and at every node right below."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from components import equality, palette, release_chart
from engagement import words
from privacy import release_words
from privacy.disclosure import number
from privacy.releases import RATED, Cell, Measure, Release, Table

EMPTY = (
    "No week is published yet. The first comes once information compliance has approved the census of a term, and "
    "then one comes every week."
)
WHAT = (
    "How the ratings of all students are spread, week by week, and how that differs between schools, courses and "
    "stages. Figures that could tell of a few are left out, so a bar may not reach 100%."
)
_NAMES = {
    Measure.WELL: "Good or High",
    Measure.PARTLY: "Partial",
    Measure.LOW: "Low or Very low",
}
_COLOURS = {
    Measure.WELL: palette.DARK_BLUE,
    Measure.PARTLY: palette.TURQUOISE,
    Measure.LOW: palette.ORANGE,
}
Week = tuple[Release, Cell]


def show(name: str, weeks: Sequence[Week]) -> None:
    """The finding, a bar for each week, and every figure; the oldest week first."""
    st.subheader(finding(name, weeks), anchor=False)
    if any(number(cell.shares[Measure.WELL.name]) is not None for _, cell in weeks):
        _draw(weeks, finding(name, weeks))
    with st.expander("Every week as a table", icon=":material/table:"):
        equality.rows_of(
            [{"Week to": release_words.full(one.census), **_shares(cell)} for one, cell in weeks]
        )


def below(release: Release, tables: Sequence[Table]) -> None:
    """The last week at the nodes right below, one a row."""
    if tables:
        rows = [{"Where": table.node.name, **_shares(table.cells[0])} for table in tables]
        equality.rows_of(rows)
        for mark in dict.fromkeys(
            m for table in tables for m in release_words.marks(table.cells, Measure.WELL, release.profile)
        ):
            st.caption(mark)


def source(release: Release) -> None:
    """Whose figures they are, and how often they come."""
    st.caption(
        "The students of the last census, the same in every week, by their rating at the end of it. No "
        "characteristic of anybody is in it. Last published week: "
        f"{release_words.full(release.census)}; approved by "
        f"{release.approved_by}. {release_words.rules(release)}."
    )


def finding(name: str, weeks: Sequence[Week]) -> str:
    """How many are rated well, and how that was a week before."""
    now = number(weeks[-1][1].shares[Measure.WELL.name])
    if now is None:
        return f"{name}: too few students for a share"
    before = number(weeks[-2][1].shares[Measure.WELL.name]) if len(weeks) > 1 else None
    change = "" if before is None else f", {_change(now - before)}"
    low = weeks[-1][1].shares[Measure.LOW.name]
    said = f", {low}% Low or Very low" if number(low) is not None else ""
    return f"{name}: {now:.0f}% rated Good or High{change}{said}"


def _change(points: float) -> str:
    if not points:
        return "as the week before"
    more = "more" if points > 0 else "fewer"
    return f"{words.of(round(abs(points)), 'point')} {more} than the week before"


def _shares(cell: Cell) -> dict[str, str]:
    shares = {_NAMES[one]: release_words.share(cell.shares[one.name]) for one in RATED}
    return {"Students": cell.people, **shares, "Not enough data": _rest(cell)}


def _rest(cell: Cell) -> str:
    told = [number(cell.shares[one.name]) for one in RATED]
    known = [one for one in told if one is not None]
    return f"about {max(0, 100 - sum(known)):.0f}%" if len(known) == len(told) else "–"


def _draw(weeks: Sequence[Week], said: str) -> None:
    names = [f"{one.census:%-d %b}" for one, _ in weeks]
    data: list[dict[str, Any]] = [
        {
            "type": "bar",
            "name": _NAMES[measure],
            "x": names,
            "y": [number(cell.shares[measure.name]) for _, cell in weeks],
            "marker": {"color": _COLOURS[measure], "line": {"color": palette.WHITE, "width": 1}},
            "hovertemplate": "Week to %{x}: %{y}% " + _NAMES[measure] + "<extra></extra>",
        }
        for measure in RATED
    ]
    layout = release_chart.base(340) | {
        "barmode": "stack",
        "xaxis": {
            "type": "category",
            "title": {"text": "Week to"},
            "fixedrange": True,
            "showgrid": False,
            "automargin": True,
        },
        "yaxis": release_chart.per_cent("Share of students"),
        "showlegend": True,
        "margin": {"l": 52, "r": 16, "t": 44, "b": 56},
    }
    alt = f"Bars for each week, in three parts by rating. {said}. The table below holds every figure."
    release_chart.draw(data, layout, "weeks", alt)
