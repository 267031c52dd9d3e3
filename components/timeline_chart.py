"""The year in one figure: a lane for each source over the same weeks, with vacations, gaps and today marked."""

from datetime import timedelta
from typing import Any

import plotly.graph_objects as go
import streamlit as st

from components import (
    palette,
    timeline_bars,
    timeline_calendar,
    timeline_gaps,
    timeline_lanes,
    timeline_marks,
)
from components.timeline_lanes import ATTENDANCE, ONLINE, WORK, Lane
from engagement import comparison, words
from engagement.timeline import Timeline

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
        *timeline_bars.online(timeline),
        *timeline_bars.attendance(timeline),
        *timeline_marks.work(timeline),
    ]
    # Plotly's own check of every value takes longer than all the rest of the page; the tests make it.
    return go.Figure({"data": traces, "layout": _layout(timeline)}, _validate=False)


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
        "hovermode": "closest",
        "hoverdistance": 70,
        "dragmode": False,
        "hoverlabel": {"bgcolor": palette.WHITE, "bordercolor": palette.RULE, "font": _FONT, "align": "left"},
        "legend": timeline_lanes.LEGEND,
        "xaxis": {
            "type": "date",
            "range": [first.isoformat(), last.isoformat()],
            "dtick": "M1" if len(timeline.weeks) <= 52 else "M2",
            "tickformat": "%b",
            "tickangle": 0,
            "ticklabelmode": "period",
            "ticks": "outside",
            "tickcolor": palette.RULE,
            "anchor": "free",
            "position": 0,
            "showgrid": False,
            "fixedrange": True,
            "linecolor": palette.RULE,
        },
        **{lane.axis: timeline_lanes.axis(lane, timeline) for lane in (ONLINE, ATTENDANCE, WORK)},
        "shapes": [
            *timeline_calendar.bands(timeline.weeks),
            *(timeline_calendar.today_line(lane, timeline.today) for lane in (ONLINE, ATTENDANCE, WORK)),
        ],
        "annotations": [
            *timeline_calendar.terms(timeline.weeks),
            *(_title(lane, timeline) for lane in (ONLINE, ATTENDANCE, WORK)),
            *(
                _no_feed(lane, timeline)
                for lane in (ONLINE, ATTENDANCE)
                if not timeline_gaps.fed(lane, timeline)
            ),
            timeline_calendar.today_label(timeline),
        ],
    }


def _title(lane: Lane, timeline: Timeline) -> dict[str, Any]:
    y = timeline_lanes.title_at(lane, timeline)
    return timeline_calendar.text(
        f"<b>{lane.title}</b>", x=0, xref="paper", y=y, xanchor="left", yanchor="bottom"
    )


def _no_feed(lane: Lane, timeline: Timeline) -> dict[str, Any]:
    """In the middle of the hatching of a lane whose system has told us nothing yet."""
    first = timeline.weeks[0].monday
    return timeline_calendar.text(
        "No feed",
        x=(first + (timeline.today - first) / 2).isoformat(),
        y=timeline_lanes.share((lane.top + lane.bottom) // 2),
        yanchor="middle",
        bgcolor=palette.WHITE,
        borderpad=4,
    )
