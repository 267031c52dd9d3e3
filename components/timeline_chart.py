"""The year in one figure: a lane for each source over the same weeks, with vacations, gaps and today marked."""

from collections.abc import Callable
from datetime import date, timedelta
from itertools import groupby
from typing import Any

import plotly.graph_objects as go
import streamlit as st

from components import palette, timeline_lanes
from components.timeline_lanes import ATTENDANCE, ONLINE, WORK, Lane
from engagement import comparison, words
from engagement.lanes import Week
from engagement.timeline import Timeline
from policy.calendar import Week as Kind

HEIGHT, _LEFT, _BOTTOM = 572, 54, 34
_FONT = {"family": "Source Sans, Source Sans Pro, sans-serif", "size": 13, "color": palette.INK}


def show(timeline: Timeline, figures: str = "") -> None:
    """The finding as a heading, its figures where they are not said already, and the chart."""
    st.header(comparison.finding(timeline), anchor=False)
    if figures:
        st.markdown(figures)
    st.plotly_chart(
        figure(timeline),
        theme=None,
        config={"displayModeBar": False, "scrollZoom": False, "doubleClick": False},
        alt=alt(timeline),
    )


def alt(timeline: Timeline) -> str:
    """The chart in words, for those who do not see it."""
    first, last = timeline.weeks[0].monday, timeline.weeks[-1].sunday
    return (
        f"Chart of the academic year by week, {words.day(first)} {first.year} to {words.day(last)} {last.year}, "
        "in three lanes: days on the VLE, classes attended, and work handed in. "
        f"{comparison.finding(timeline)}. {comparison.figures(timeline)} The table below the chart has every figure."
    )


def figure(timeline: Timeline) -> go.Figure:
    """The figure. Weeks ahead are empty but for deadlines; a week without data is hatched, never nought."""
    traces = [
        *timeline_lanes.online(timeline),
        *timeline_lanes.attendance(timeline),
        *timeline_lanes.work(timeline),
    ]
    return go.Figure({"data": traces, "layout": _layout(timeline)})


def _layout(timeline: Timeline) -> dict[str, Any]:
    first, last = timeline.weeks[0].monday, timeline.weeks[-1].sunday + timedelta(days=1)
    return {
        "height": HEIGHT,
        "margin": {"l": _LEFT, "r": 8, "t": 0, "b": _BOTTOM},
        "font": _FONT,
        "paper_bgcolor": palette.WHITE,
        "plot_bgcolor": palette.WHITE,
        "barmode": "overlay",
        "bargap": 0,
        "hovermode": "x",
        "dragmode": False,
        "hoverlabel": {"bgcolor": palette.WHITE, "bordercolor": palette.RULE, "font": _FONT, "align": "left"},
        "legend": timeline_lanes.LEGEND,
        "xaxis": {
            "type": "date",
            "range": [first.isoformat(), last.isoformat()],
            "dtick": "M1",
            "tickformat": "%b",
            "ticklabelmode": "period",
            "ticks": "outside",
            "tickcolor": palette.RULE,
            "anchor": "free",
            "position": 0,
            "showgrid": False,
            "fixedrange": True,
            "linecolor": palette.RULE,
            "hoverformat": " ",
            "unifiedhovertitle": {"text": ""},
        },
        **{lane.axis: timeline_lanes.axis(lane, timeline) for lane in (ONLINE, ATTENDANCE, WORK)},
        "shapes": [
            *_bands(timeline.weeks),
            *(_today(lane, timeline.today) for lane in (ONLINE, ATTENDANCE, WORK)),
        ],
        "annotations": [
            *_terms(timeline.weeks),
            *(_title(lane, timeline) for lane in (ONLINE, ATTENDANCE, WORK)),
            _today_label(timeline),
        ],
    }


def _runs(weeks: tuple[Week, ...], named: Callable[[Week], str | None]) -> list[tuple[str, date, date]]:
    """Runs of weeks of one name, each with its first day and the day after its last; None is no run."""
    return [
        (name, run[0].monday, run[-1].monday + timedelta(weeks=1))
        for name, group in groupby(weeks, named)
        if name and (run := list(group))
    ]


def _pause(week: Week) -> str | None:
    return None if week.kind is Kind.TEACHING else week.kind.capitalize()


def _bands(weeks: tuple[Week, ...]) -> list[dict[str, Any]]:
    """Vacations and reading weeks shaded through all lanes."""
    return [
        {
            "type": "rect",
            "xref": "x",
            "yref": "paper",
            "x0": first.isoformat(),
            "x1": after.isoformat(),
            "y0": 0,
            "y1": 1,
            "fillcolor": palette.BAND,
            "line": {"width": 0},
            "layer": "below",
        }
        for _, first, after in _runs(weeks, _pause)
    ]


def _terms(weeks: tuple[Week, ...]) -> list[dict[str, Any]]:
    """What each run of weeks is, above the lanes: the terms on the first line, the pauses on the second."""
    terms = [
        _text(name, x=first.isoformat(), y=1, xanchor="left", yanchor="top", color=palette.QUIET)
        for name, first, _ in _runs(weeks, lambda week: week.term)
    ]
    pauses = [
        _text(
            name,
            x=(first + (after - first) / 2).isoformat(),
            y=timeline_lanes.share(18),
            xanchor="center",
            yanchor="top",
            color=palette.QUIET,
        )
        for name, first, after in _runs(weeks, _pause)
    ]
    return terms + pauses


def _title(lane: Lane, timeline: Timeline) -> dict[str, Any]:
    y = timeline_lanes.title_at(lane, timeline)
    return _text(f"<b>{lane.title}</b>", x=0, xref="paper", y=y, xanchor="left", yanchor="bottom")


def _today(lane: Lane, today: date) -> dict[str, Any]:
    return {
        "type": "line",
        "xref": "x",
        "yref": "paper",
        "x0": today.isoformat(),
        "x1": today.isoformat(),
        "y0": timeline_lanes.share(lane.bottom),
        "y1": timeline_lanes.share(lane.top),
        "line": {"color": palette.INK, "width": 1.5, "dash": "dot"},
    }


def _today_label(timeline: Timeline) -> dict[str, Any]:
    """Between two lanes, to the right of the line; near the end of the year to its left."""
    late = timeline.today > timeline.weeks[-5].monday
    return _text(
        "Today ▸" if late else "◂ Today",
        x=timeline.today.isoformat(),
        y=timeline_lanes.share(160),
        xanchor="right" if late else "left",
        yanchor="top",
    )


def _text(text: str, *, x: object, y: float, color: str = palette.INK, **place: Any) -> dict[str, Any]:
    return {
        "text": text,
        "x": x,
        "xref": "x",
        "y": y,
        "yref": "paper",
        "showarrow": False,
        "font": {"size": 12, "color": color},
        **place,
    }
