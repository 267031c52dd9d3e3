"""Courses beside each other: each by its size and its share, within the limits that chance alone explains."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from components import palette, release_chart
from engagement import words
from privacy import release_words
from privacy.disclosure import number
from privacy.releases import Cell, Measure, Table
from privacy.statistics import funnel

_LIMITS = ((0.95, "95% limit", "dash"), (0.998, "99.8% limit", "solid"))


def show(whole: Cell, courses: Sequence[Table], measure: Measure) -> None:
    """The plot around the share of everybody at the node, and each course in a table; a sentence if there is none."""
    share = number(whole.shares[measure.name])
    told = [
        (table, cell)
        for table in courses
        if number((cell := table.cells[0]).shares[measure.name]) is not None
    ]
    if share is None or not told:
        st.info("No course here has a share that can be shown.")
        return
    outside = [table.node.name for table, cell in told if _outside(cell, share, measure)]
    st.subheader(finding(outside, len(told), measure), anchor=False)
    _draw(told, share, measure, finding(outside, len(told), measure))
    rows = [
        {
            "Course": table.node.name,
            "Students": table.cells[0].people,
            f"Share {measure.value}": release_words.share(table.cells[0].shares[measure.name]),
            "Beside chance": _said(table.cells[0], share, measure),
        }
        for table in courses
    ]
    st.table(pd.DataFrame(rows).set_index("Course"))
    st.caption(
        f"The limits hold 95 and 99.8 of 100 courses that differ from {share:.0f}% by chance alone (exact binomial). "
        "A course outside them is worth a look, not a verdict."
    )


def finding(outside: Sequence[str], courses: int, measure: Measure) -> str:
    """Which courses lie outside what chance explains."""
    if not outside:
        return f"No course of {courses} differs by more than chance in the share {measure.value}"
    return f"More than chance explains, in the share {measure.value}: {words.listed(outside)}"


def _outside(cell: Cell, share: float, measure: Measure) -> bool:
    low, high = funnel(share / 100, int(cell.people), 0.998)
    return not 100 * low <= (number(cell.shares[measure.name]) or 0) <= 100 * high


def _said(cell: Cell, share: float, measure: Measure) -> str:
    if number(cell.shares[measure.name]) is None:
        return "–"
    return "outside 99.8%" if _outside(cell, share, measure) else "within"


def _draw(told: Sequence[tuple[Table, Cell]], share: float, measure: Measure, said: str) -> None:
    largest = max(int(cell.people) for _, cell in told)
    sizes = list(range(25, largest + 30, 5))
    points = {
        "type": "scatter",
        "mode": "markers",
        "x": [int(cell.people) for _, cell in told],
        "y": [number(cell.shares[measure.name]) for _, cell in told],
        "text": [table.node.name for table, _ in told],
        "marker": {"size": 10, "color": palette.DARK_BLUE},
        "hovertemplate": "%{text}: %{y}% of about %{x}<extra></extra>",
        "showlegend": False,
    }
    layout = release_chart.base(380, bottom=48) | {
        "xaxis": {
            "title": {"text": "Students", "standoff": 8},
            "rangemode": "tozero",
            "gridcolor": palette.RULE,
            "fixedrange": True,
        },
        "yaxis": release_chart.per_cent(f"Share {measure.value}", to=None),
        "showlegend": True,
        "margin": {"l": 52, "r": 24, "t": 44, "b": 48},
    }
    limits = [line for level in _LIMITS for line in _limit(sizes, share, *level)]
    release_chart.draw(
        [*limits, points],
        layout,
        "courses",
        f"Funnel plot of {len(told)} courses by size. {said}. The table below names each.",
    )


def _limit(sizes: Sequence[int], share: float, level: float, name: str, dash: str) -> list[dict[str, Any]]:
    ends = [funnel(share / 100, size, level) for size in sizes]
    line = {"color": palette.QUIET, "width": 1, "dash": dash}
    one = {
        "type": "scatter",
        "mode": "lines",
        "x": list(sizes),
        "line": line,
        "name": name,
        "hoverinfo": "skip",
    }
    return [
        one | {"y": [round(100 * low, 1) for low, _ in ends], "legendgroup": name},
        one | {"y": [round(100 * high, 1) for _, high in ends], "legendgroup": name, "showlegend": False},
    ]
