"""The gap chart: the share of each group with its interval, a line at the reference; from released cells alone."""

from typing import Any

import plotly.graph_objects as go
import streamlit as st

from components import equality_words, palette
from privacy.disclosure import number
from privacy.releases import Cell, Measure, Table
from privacy.statistics import wilson


def show(table: Table, measure: Measure, reference: str) -> None:
    """A row for each group with a number, the largest on top of the order they are told in."""
    cells = [cell for cell in table.cells if number(cell.shares[measure.name]) is not None]
    if len(cells) < 2:
        return
    figure = go.Figure(_points(cells, measure))
    shares = {cell.category: number(cell.shares[measure.name]) for cell in cells}
    if (line := shares.get(reference)) is not None:
        figure.add_vline(line, line_dash="dot", line_color=palette.QUIET)
    figure.update_layout(
        height=60 + 38 * len(cells),
        margin={"l": 8, "r": 16, "t": 8, "b": 40},
        xaxis={"title": f"Share {measure.value}, in per cent", "rangemode": "tozero", "zeroline": False},
        yaxis={"autorange": "reversed"},
        plot_bgcolor="white",
        showlegend=False,
    )
    figure.update_xaxes(gridcolor=palette.RULE)
    st.plotly_chart(
        figure,
        key=f"gaps-{table.dimension}-{measure.name}",
        config={"displayModeBar": False, "staticPlot": True},
        alt=f"{equality_words.finding(table, measure)}. The table below holds every figure.",
    )


def _points(cells: list[Cell], measure: Measure) -> Any:
    """Intervals are worked out from the published headcount and share, not from what they were made of."""
    said = [number(cell.shares[measure.name]) or 0.0 for cell in cells]
    people = [int(number(cell.people) or 0) for cell in cells]
    ends = [
        wilson(round(n * one / 100), n) if n else (one / 100, one / 100)
        for n, one in zip(people, said, strict=True)
    ]
    return go.Scatter(
        x=said,
        y=[equality_words.name(cell) for cell in cells],
        mode="markers",
        marker={"size": 11, "color": palette.DARK_BLUE},
        error_x={
            "type": "data",
            "symmetric": False,
            "array": [100 * high - one for (_, high), one in zip(ends, said, strict=True)],
            "arrayminus": [one - 100 * low for (low, _), one in zip(ends, said, strict=True)],
            "color": palette.DARK_BLUE,
            "thickness": 1.5,
        },
        hoverinfo="skip",
    )
