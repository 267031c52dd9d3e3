"""The figure of the last weeks' loads: rows taken in and quarantined on each day, a lane for each system."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import plotly.graph_objects as go

from components import palette
from engagement import words
from engagement.feeds import Load
from policy.days import london_day
from privacy.labels import SYSTEMS, Source

_HEIGHT, _GAP, _DAY = 480, 0.09, 86_400_000  # a day in milliseconds, as plotly counts
_FONT = {"family": "Source Sans, Source Sans Pro, sans-serif", "size": 13, "color": palette.INK}
_TAKEN, _REFUSED = "Rows taken in", "Rows quarantined"

Day = tuple[int, int]


def alt(loads: Sequence[Load], first: date, today: date) -> str:
    """The chart in words, for those who do not see it."""
    said = []
    for system, days in _by_day(loads).items():
        taken, refused = (sum(counts) for counts in zip(*days.values(), strict=True))
        said.append(
            f"{system.words}: loaded on {words.of(len(days), 'day')}, {taken:,} taken in, {refused:,} quarantined"
        )
    return (
        f"Chart of the rows that were loaded each day, {words.days(first, today)}, a lane for each system. "
        f"{'; '.join(said)}. The table below the chart has every load."
    )


def figure(loads: Sequence[Load], first: date, today: date) -> go.Figure:
    """Bars of the rows taken in; a triangle above marks each day on which rows were quarantined."""
    found = _by_day(loads)
    traces = [trace for n, system in enumerate(SYSTEMS, 1) for trace in _lane(n, found.get(system, {}))]
    named: set[str] = set()
    for trace in traces:  # the legend names each kind once, with the first lane that has it
        trace["showlegend"] = bool(trace["x"]) and trace["name"] not in named
        named |= {trace["name"]} if trace["x"] else set()
    return go.Figure({"data": traces, "layout": _layout(first, today)}, _validate=False)


def _by_day(loads: Sequence[Load]) -> dict[Source, dict[date, Day]]:
    found: dict[Source, dict[date, Day]] = defaultdict(dict)
    for load in loads:
        taken, refused = found[load.system].get(london_day(load.at), (0, 0))
        again = 0 if load.mended else load.quarantined  # what waits on was counted when it came
        found[load.system][london_day(load.at)] = (taken + load.accepted, refused + again)
    return found


def _lane(number: int, days: dict[date, Day]) -> list[dict[str, Any]]:
    x, axis = [day.isoformat() for day in days], "y" if number == 1 else f"y{number}"
    bad = {day: counts for day, counts in days.items() if counts[1]}
    hover = "%{x|%a %-d %b}: %{y:,}<extra>"
    bar = {"type": "bar", "x": x, "yaxis": axis, "width": 0.7 * _DAY}
    return [
        bar
        | {
            "y": [taken for taken, _ in days.values()],
            "name": _TAKEN,
            "legendgroup": _TAKEN,
            "marker": {"color": palette.DARK_BLUE},
            "hovertemplate": f"{hover}taken in</extra>",
        },
        {
            "type": "scatter",
            "mode": "markers",
            "x": [day.isoformat() for day in bad],
            "y": [taken + refused for taken, refused in bad.values()],
            "customdata": [refused for _, refused in bad.values()],
            "yaxis": axis,
            "name": _REFUSED,
            "legendgroup": _REFUSED,
            "cliponaxis": False,
            "marker": {
                "symbol": "triangle-up",
                "size": 12,
                "color": palette.ORANGE,
                "line": {"color": palette.INK, "width": 1},
            },
            "hovertemplate": "%{x|%a %-d %b}: %{customdata:,}<extra>quarantined</extra>",
        },
    ]


def _layout(first: date, today: date) -> dict[str, Any]:
    height = (1 - _GAP * (len(SYSTEMS) - 1)) / len(SYSTEMS)
    tops = [1 - n * (height + _GAP) for n in range(len(SYSTEMS))]
    return {
        "height": _HEIGHT,
        "margin": {"l": 64, "r": 8, "t": 34, "b": 34},
        "font": _FONT,
        "paper_bgcolor": palette.WHITE,
        "plot_bgcolor": palette.WHITE,
        "barmode": "overlay",
        "dragmode": False,
        "hovermode": "closest",
        "hoverlabel": {"bgcolor": palette.WHITE, "bordercolor": palette.RULE, "font": _FONT, "align": "left"},
        "legend": {
            "orientation": "h",
            "x": 0,
            "y": 1.05,
            "yanchor": "bottom",
            "itemclick": False,
            "itemdoubleclick": False,
        },
        "xaxis": _days(first, today),
        "annotations": [_title(system, top) for system, top in zip(SYSTEMS, tops, strict=True)],
        **{f"yaxis{n if n > 1 else ''}": _rows(top, height) for n, top in enumerate(tops, 1)},
    }


def _days(first: date, today: date) -> dict[str, Any]:
    return {
        "type": "date",
        "range": [first.isoformat(), (today + timedelta(days=1)).isoformat()],
        "tickformat": "%-d %b",
        "dtick": 14 * _DAY,
        "tick0": first.isoformat(),
        "tickangle": 0,
        "ticks": "outside",
        "ticklen": 8,
        "tickcolor": palette.RULE,
        "fixedrange": True,
        "showgrid": False,
        "linecolor": palette.RULE,
        "anchor": "free",
        "position": 0,
    }


def _rows(top: float, height: float) -> dict[str, Any]:
    """The axis of one lane; between lanes there is room for a title."""
    return {
        "domain": [max(top - height, 0), top - 0.04],
        "rangemode": "tozero",
        "nticks": 3,
        "gridcolor": palette.RULE,
        "zerolinecolor": palette.RULE,
        "fixedrange": True,
        "tickformat": ",",
    }


def _title(system: Source, top: float) -> dict[str, Any]:
    return {
        "text": f"<b>{system.words}</b>",
        "x": 0,
        "xref": "paper",
        "xanchor": "left",
        "y": top,
        "yref": "paper",
        "yanchor": "middle",
        "showarrow": False,
    }
