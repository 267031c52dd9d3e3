"""All dimensions at a glance: a colour for each gap of each group, its points in it, the verdict by its frame."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import pandas as pd
import streamlit as st

from components import palette, release_chart
from engagement import words
from privacy import evidence, release_words
from privacy.evidence import Verdict
from privacy.releases import FAVOURABLE, Cell, Measure, Table

_SHORT = {
    Measure.WELL: "Good or High",
    Measure.PARTLY: "Partial",
    Measure.LOW: "Low or Very low",
    Measure.ABSENT: "Under half attended",
    Measure.MISSING: "Missing work",
    Measure.SUGGESTED: "Suggestion",
    Measure.RECOVERED: "Suggestion over",
    Measure.OFFERED: "Offered",
    Measure.MET: "Met",
    Measure.PLANNED: "Plan",
    Measure.CONTINUED: "Went on",
    Measure.COMPLETED: "Completed",
    Measure.UPPER: "First or 2:1",
}


class Square(NamedTuple):
    """One group and one measure: the gap in points, where there is one, and the verdict."""

    dimension: str
    group: str
    measure: Measure
    points: int | None
    verdict: str


def squares(tables: Mapping[str, Table], measures: Sequence[Measure]) -> list[Square]:
    """Every group that is compared with its reference, by every measure."""
    found = []
    for dimension, table in tables.items():
        against = release_words.reference(table)
        for cell in release_words.compared(table):
            if against is not None:
                found += [_square(dimension, cell, against, measure) for measure in measures]
    return found


def show(tables: Mapping[str, Table], measures: Sequence[Measure]) -> None:
    """The squares as a chart, and in a table. Groups none of whose gaps can be told are in the table alone."""
    every = squares(tables, measures)
    likely = [one for one in every if one.verdict == Verdict.LIKELY]
    st.subheader(finding(likely), anchor=False)
    told = {(one.dimension, one.group) for one in every if one.points is not None}
    drawn = [one for one in every if (one.dimension, one.group) in told]
    if drawn:
        _draw(drawn, measures, finding(likely))
    with st.expander("Every gap as a table", icon=":material/table:"):
        rows = [
            {
                "By": one.dimension,
                "Group": one.group,
                "Share": one.measure.value,
                "Gap in points": "–" if one.points is None else f"{one.points:+d}",
                "Evidence": one.verdict or "–",
            }
            for one in every
        ]
        st.dataframe(pd.DataFrame(rows), hide_index=True)


def finding(likely: Sequence[Square]) -> str:
    """How many gaps are likely, and by which characteristics."""
    if not likely:
        return "No gap is likely by any characteristic"
    by = list(dict.fromkeys(one.dimension for one in likely))
    return f"{words.of(len(likely), 'likely gap').capitalize()}, by {words.listed(by)}"


def _square(dimension: str, cell: Cell, against: Cell, measure: Measure) -> Square:
    found = evidence.gap(cell.shares[measure.name], cell.people, against.shares[measure.name], against.people)
    return Square(dimension, cell.group, measure, found[0] if found else None, cell.verdicts[measure.name])


def _draw(every: Sequence[Square], measures: Sequence[Measure], said: str) -> None:
    rows = list(dict.fromkeys((one.dimension, one.group) for one in every))
    columns = [_SHORT[measure] for measure in measures]
    by_place = {(one.dimension, one.group, one.measure): one for one in every}
    grid = [[by_place[dimension, group, measure] for measure in measures] for dimension, group in rows]
    data = {
        "type": "heatmap",
        "x": columns,
        "y": [f"{group}<br><i>{dimension}</i>" for dimension, group in rows],
        "z": [[_worse(one) for one in line] for line in grid],
        "zmin": -20,
        "zmax": 20,
        "colorscale": [[0, palette.TURQUOISE], [0.5, palette.WHITE], [1, palette.ORANGE]],
        "showscale": False,
        "text": [[_text(one) for one in line] for line in grid],
        "texttemplate": "%{text}",
        "hovertemplate": "%{y}<br>%{x}: %{text}<extra></extra>",
        "xgap": 2,
        "ygap": 2,
    }
    layout = release_chart.base(60 + 40 * len(rows), left=170, bottom=8) | {
        "xaxis": {"side": "top", "fixedrange": True, "tickangle": -35, "automargin": True, "showgrid": False},
        "yaxis": {
            "autorange": "reversed",
            "fixedrange": True,
            "automargin": True,
            "showgrid": False,
            "ticks": "",
        },
    }
    alt = f"Groups down, measures across. {said}. The table below says each gap."
    release_chart.draw([data], layout, "glance", alt)
    st.caption(
        "Points above or below the reference group of each characteristic. Orange is less favourable, turquoise "
        "more; **bold** is a likely gap; a dash cannot be told."
    )


def _worse(one: Square) -> float | None:
    if one.points is None:
        return None
    return -one.points if one.measure in FAVOURABLE else one.points


def _text(one: Square) -> str:
    if one.points is None:
        return "–"
    points = f"{one.points:+d}"
    return f"<b>{points}</b>" if one.verdict == Verdict.LIKELY else points
