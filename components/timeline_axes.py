"""The axes of the chart: the days along it, what stands beside each lane, and the legend of the classes."""

from datetime import timedelta
from typing import Any

from components import palette
from components.timeline_lanes import DAY, WORKS, Kind, Lane, rows, tallest
from engagement.timeline import Timeline
from policy.days import monday

_MONTHLY, _FORTNIGHTLY = 20, 9
"""Weeks in view from which on there is a tick for each month, or each second week."""


def legend(lane: Lane) -> dict[str, Any]:
    """The legend of the classes, just above their bars."""
    return {
        "orientation": "h",
        "x": 0,
        "xanchor": "left",
        "y": lane.at(lane.top - 6),
        "yanchor": "bottom",
        "itemclick": False,
        "itemdoubleclick": False,
        "traceorder": "normal",
        "bgcolor": "rgba(0,0,0,0)",
        "font": {"size": 11.5},
        "entrywidth": 58,
    }


def axis(lane: Lane, timeline: Timeline) -> dict[str, Any]:
    """The lane's vertical axis."""
    top = tallest(lane, timeline)
    shown: dict[str, Any] = {
        "domain": [lane.at(lane.bottom), lane.at(lane.top)],
        "fixedrange": True,
        "zeroline": False,
        "gridcolor": palette.RULE,
        "range": [0, top],
    }
    if lane.kind is Kind.WORK:
        return shown | _rows([label for _, label, _, _ in reversed(WORKS)])
    if lane.kind is Kind.MARKS:
        return shown | _rows(list(reversed(rows(timeline)))) | {"tickfont": {"size": 11}}
    if lane.kind is Kind.SCORE:
        return shown | {"range": [-4, 104], "tickmode": "array", "tickvals": [0, 20, 40, 60, 80, 100]}
    step = top if top % 2 else top // 2
    return shown | {"tickmode": "array", "tickvals": list(range(0, top + 1, step))}


def _rows(labels: list[str]) -> dict[str, Any]:
    places = [n + 0.4 for n in range(len(labels))]
    return {"tickmode": "array", "tickvals": places, "ticktext": labels, "showgrid": False}


def days(timeline: Timeline) -> dict[str, Any]:
    """The axis of days, with a tick each month, each second Monday or each Monday, as there is room."""
    view = timeline.view
    after = view.last + timedelta(days=1)
    if view.weeks >= _MONTHLY:
        apart: dict[str, Any] = {
            "dtick": "M1" if view.weeks <= 52 else "M2",
            "tickformat": "%b",
            "ticklabelmode": "period",
        }
    else:
        weeks = 4 if view.weeks > _FORTNIGHTLY else 2 if view.weeks > 4 else 1
        apart = {"dtick": weeks * 7 * DAY, "tick0": monday(view.first).isoformat(), "tickformat": "%-d %b"}
    return {
        "type": "date",
        "range": [view.first.isoformat(), after.isoformat()],
        **apart,
        "tickangle": 0,
        "ticks": "outside",
        "tickcolor": palette.RULE,
        "anchor": "free",
        "position": 0,
        "showgrid": False,
        "fixedrange": True,
        "linecolor": palette.RULE,
    }
