"""The same shares in every census so far: a line for each group that has a number in two of them, and the table."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from components import palette, release_chart
from privacy import release_words
from privacy.disclosure import number
from privacy.releases import Measure, Release, Table

Point = tuple[Release, Table]


def show(series: Sequence[Point], measure: Measure) -> None:
    """The lines, oldest census first, and every figure below them; those who were not counted alike are left out."""
    if len(series) < 2:
        st.info("There is one census with these figures so far. The second will show which way they go.")
        return
    shares = _shares(series, measure)
    lines = {
        name: values for name, values in shares.items() if sum(v is not None for v in map(number, values)) > 1
    }
    st.subheader(finding(lines, measure), anchor=False)
    if lines:
        _draw(series, dict(list(lines.items())[: len(release_chart.SERIES)]), measure)
    days = [release_words.full(release.census) for release, _ in series]
    rows = [
        {"Group": name, **dict(zip(days, map(release_words.share, values), strict=True))}
        for name, values in shares.items()
    ]
    st.table(pd.DataFrame(rows).set_index("Group"))


def finding(lines: dict[str, list[str]], measure: Measure) -> str:
    """Which way the share of all went, from the first census to the last."""
    every = [number(said) for said in lines.get("All students", [])]
    told = [one for one in every if one is not None]
    if len(told) < 2:
        return f"Too little is told of the share {measure.value} to see which way it goes"
    change = round(told[-1] - told[0])
    way = f"{abs(change)} {'point' if abs(change) == 1 else 'points'} {'more' if change > 0 else 'fewer'} than in"
    return f"Of all, {told[-1]:.0f}% {measure.value}: {way if change else 'as in'} the first census shown"


def _shares(series: Sequence[Point], measure: Measure) -> dict[str, list[str]]:
    names = list(dict.fromkeys(release_words.name(cell) for _, table in series for cell in table.cells))
    said = [
        {release_words.name(cell): cell.shares.get(measure.name, "–") for cell in table.cells}
        for _, table in series
    ]
    return {name: [one.get(name, "–") for one in said] for name in names}


def _draw(series: Sequence[Point], lines: dict[str, list[str]], measure: Measure) -> None:
    days = [f"{release.census:%-d %b<br>%Y}" for release, _ in series]
    data = [
        {
            "type": "scatter",
            "mode": "lines+markers",
            "x": days,
            "y": [number(said) for said in values],
            "name": name,
            "connectgaps": False,
            "line": {"color": colour, "width": 2},
            "marker": {"symbol": symbol, "size": 8},
            "hovertemplate": "%{x}, " + name + ": %{y}%<extra></extra>",
        }
        for (name, values), colour, symbol in zip(
            lines.items(), release_chart.SERIES, release_chart.SYMBOLS, strict=False
        )
    ]
    layout = release_chart.base(340) | {
        "xaxis": {"type": "category", "fixedrange": True, "showgrid": False, "linecolor": palette.RULE},
        "yaxis": release_chart.per_cent(f"Share {measure.value}", to=None),
        "showlegend": True,
        "margin": {"l": 44, "r": 24, "t": 44, "b": 48},
    }
    said = "; ".join(
        f"{name}: {', '.join(map(release_words.share, values))}" for name, values in lines.items()
    )
    release_chart.draw(
        data,
        layout,
        "trend",
        f"Line chart of the censuses, a line for each group. {said}. The table below says each.",
    )
