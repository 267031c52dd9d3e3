"""The year in one figure: a lane for each source over the same days, with vacations, gaps and today marked."""

from datetime import date
from typing import Any

import plotly.graph_objects as go
import streamlit as st

from components import (
    palette,
    timeline_axes,
    timeline_bars,
    timeline_calendar,
    timeline_gaps,
    timeline_lanes,
    timeline_marks,
    timeline_score,
)
from components.plain import plain
from components.timeline_lanes import LEFT, Kind, Lane
from engagement import looking, score_line, words
from engagement.timeline import Timeline
from engagement.view import By

_BOTTOM = 34
_FONT = {"family": "Source Sans, Source Sans Pro, sans-serif", "size": 13, "color": palette.INK}
_TRACES = {
    Kind.SCORE: timeline_score.score,
    Kind.ONLINE: timeline_bars.online,
    Kind.ATTENDANCE: timeline_bars.attendance,
    Kind.WORK: timeline_marks.work,
    Kind.MARKS: timeline_marks.marks,
}
_IN_WORDS = {
    Kind.SCORE: "the score of each week",
    Kind.ONLINE: "use of the VLE",
    Kind.ATTENDANCE: "classes attended",
    Kind.WORK: "work handed in",
    Kind.MARKS: "marked days",
}


def title(timeline: Timeline, *, figures: bool) -> None:
    """The finding as a heading, and its figures where they are not said already."""
    st.header(looking.finding(timeline), anchor=False)
    said = looking.figures(timeline) if figures or not looking.compared(timeline) else ""
    if said := " ".join(part for part in (said, looking.narrowed(timeline)) if part):
        st.markdown(plain(said))


def show(timeline: Timeline, *, drag: bool) -> tuple[date, date] | None:
    """The chart; with `drag` the days that were dragged over in this run."""
    state = st.plotly_chart(
        figure(timeline, drag=drag),
        theme=None,
        key=f"chart-{timeline.id}-{timeline.view.first}-{timeline.view.last}",  # what was dragged over is past
        on_select="rerun" if drag else "ignore",
        selection_mode="box",
        config={"displayModeBar": False, "scrollZoom": False, "doubleClick": False},
        alt=alt(timeline),
    )
    if timeline.view.others:
        st.markdown(score_line.EXPLAINED if timeline.middle else score_line.NOBODY)
    return _dragged(state) if drag else None


def _dragged(state: Any) -> tuple[date, date] | None:
    """The days under the box, as Plotly writes them: `2026-10-05 07:12:…`."""
    boxes = state["selection"]["box"] if state else []
    if not boxes:
        return None
    ends = sorted(date.fromisoformat(str(x)[:10]) for x in boxes[0]["x"])
    return ends[0], ends[-1]


def alt(timeline: Timeline) -> str:
    """The chart in words, for those who do not see it."""
    kinds = [lane.kind for lane in timeline_lanes.lanes(timeline)]
    view = timeline.view
    fine = "week" if view.by is By.WEEKS else "day"
    lanes = "one lane" if len(kinds) == 1 else f"{words.small(len(kinds))} lanes"
    return (
        f"Chart by {fine}, {looking.span_words(view.first, view.last)}, in {lanes}: "
        f"{words.listed(_IN_WORDS[kind] for kind in kinds)}. {looking.finding(timeline)}. "
        f"{looking.figures(timeline)} The table below the chart has every figure."
    )


def figure(timeline: Timeline, *, drag: bool = False) -> go.Figure:
    """The figure. Days ahead are empty but for deadlines; days without data are hatched, never nought."""
    lanes = timeline_lanes.lanes(timeline)
    traces = [trace for lane in lanes for trace in _TRACES[lane.kind](lane, timeline)]
    layout = _layout(lanes, timeline, drag)
    # Plotly's own check of every value takes longer than all the rest of the page; the tests make it.
    return go.Figure({"data": traces, "layout": layout}, _validate=False)


def _layout(lanes: tuple[Lane, ...], timeline: Timeline, drag: bool) -> dict[str, Any]:
    view, first = timeline.view, lanes[0]
    seen = view.first <= timeline.today <= view.last
    classes = next((lane for lane in lanes if lane.kind is Kind.ATTENDANCE), first)
    return {
        "template": {},  # Plotly's own looks: none of them is seen here, and each would be sent at every turn
        "height": first.of + _BOTTOM,
        "margin": {"l": LEFT, "r": 8, "t": 0, "b": _BOTTOM},
        "font": _FONT,
        "paper_bgcolor": palette.WHITE,
        "plot_bgcolor": palette.WHITE,
        "barmode": "overlay",
        "bargap": 0,
        "hovermode": "closest",
        "hoverdistance": 70,
        "dragmode": "select" if drag else False,
        "selectdirection": "h",
        "hoverlabel": {"bgcolor": palette.WHITE, "bordercolor": palette.RULE, "font": _FONT, "align": "left"},
        "legend": timeline_axes.legend(classes),
        "xaxis": timeline_axes.days(timeline),
        **{lane.axis: timeline_axes.axis(lane, timeline) for lane in lanes},
        "shapes": [
            *timeline_calendar.bands(timeline),
            *(timeline_calendar.today_line(lane, timeline.today) for lane in lanes if seen),
        ],
        "annotations": [
            *timeline_calendar.terms(first, timeline),
            *(_title(lane, timeline) for lane in lanes),
            *(_no_feed(lane, timeline) for lane in lanes if not timeline_gaps.fed(lane, timeline)),
            *([timeline_calendar.today_label(first, timeline)] if seen else []),
        ],
    }


def _title(lane: Lane, timeline: Timeline) -> dict[str, Any]:
    y = timeline_lanes.title_at(lane, timeline)
    return timeline_calendar.text(
        f"<b>{lane.title}</b>", x=0, xref="paper", y=y, xanchor="left", yanchor="bottom"
    )


def _no_feed(lane: Lane, timeline: Timeline) -> dict[str, Any]:
    """In the middle of the hatching of a lane whose system has told us nothing yet."""
    view = timeline.view
    last = min(timeline.today, view.last)
    return timeline_calendar.text(
        "No feed",
        x=(view.first + (last - view.first) / 2).isoformat(),
        y=lane.at((lane.top + lane.bottom) // 2),
        yanchor="middle",
        bgcolor=palette.WHITE,
        borderpad=4,
    )
