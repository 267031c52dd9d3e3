"""How the university responded, group by group: from a suggestion to the end of what gave rise to it."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from components import equality, palette, release_chart
from privacy import release_words
from privacy.disclosure import PROFILES, UNSURE, number
from privacy.releases import RESPONSE, Cell, Measure, Release, Table

_STAGES = {
    Measure.SUGGESTED: "Suggestion",
    Measure.OFFERED: "Offer",
    Measure.MET: "Meeting",
    Measure.PLANNED: "Plan",
    Measure.RECOVERED: "Suggestion over",
}
_FEW = 6


def show(release: Release, table: Table) -> None:
    """The finding, a bar for each stage and group, every figure, and how long an offer took."""
    st.subheader(finding(table), anchor=False)
    cells = [cell for cell in table.cells if _told(cell)][:_FEW]
    if cells:
        _draw(cells, finding(table))
    equality.rows_of([_row(cell) for cell in table.cells])
    said = (mark for one in RESPONSE for mark in release_words.marks(table.cells, one, release.profile))
    for mark in dict.fromkeys(said):
        st.caption(mark)
    st.caption(
        "Each share is of all students of the group. *Days to an offer* is the median from a suggestion to the first "
        f"offer after it, where {PROFILES[release.profile].smallest_mean} students or more had one. Students are "
        "offered conversations, meet their tutor and agree plans without a suggestion too."
    )


def finding(table: Table) -> str:
    """Of all: how many had a suggestion, and how many were offered a conversation."""
    every = table.cells[0]
    suggested, offered = (every.shares[stage.name] for stage in (Measure.SUGGESTED, Measure.OFFERED))
    if number(suggested) is None or number(offered) is None:
        return "Too little is told here of how the university responded"
    return f"{suggested}% had a suggestion to talk, {offered}% were offered a conversation"


def _told(cell: Cell) -> bool:
    return any(number(cell.shares[stage.name]) is not None for stage in RESPONSE)


def _row(cell: Cell) -> dict[str, str]:
    shares = {_STAGES[stage]: release_words.share(cell.shares[stage.name]) for stage in RESPONSE}
    wait = "–" if cell.wait in ("", UNSURE) else cell.wait
    return {
        "Group": release_words.name(cell),
        "Students": cell.people,
        **shares,
        "Days to an offer": wait,
    }


def _draw(cells: Sequence[Cell], said: str) -> None:
    names = [_STAGES[stage] for stage in RESPONSE]
    data: list[dict[str, Any]] = [
        {
            "type": "bar",
            "name": release_words.name(cell),
            "x": names,
            "y": [number(cell.shares[stage.name]) for stage in RESPONSE],
            "marker": {"color": colour, "line": {"color": palette.WHITE, "width": 1}},
            "hovertemplate": "%{x}, " + release_words.name(cell) + ": %{y}%<extra></extra>",
        }
        for cell, colour in zip(cells, release_chart.SERIES, strict=False)
    ]
    layout = release_chart.base(360) | {
        "barmode": "group",
        "xaxis": {"fixedrange": True, "showgrid": False, "linecolor": palette.RULE, "automargin": True},
        "yaxis": release_chart.per_cent("Share of the group", to=None),
        "showlegend": True,
        "margin": {"l": 52, "r": 16, "t": 52, "b": 40},
    }
    alt = f"Bars for each stage, one for each group. {said}. The table below holds every figure."
    release_chart.draw(data, layout, "response", alt)
