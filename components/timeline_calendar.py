"""What lies behind and above the lanes: terms, vacations and reading weeks, and today."""

from collections.abc import Callable
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from components import palette, timeline_lanes
from components.timeline_lanes import Lane
from engagement.lanes import Week
from engagement.timeline import Timeline
from policy.calendar import Week as Kind


def _runs(weeks: tuple[Week, ...], named: Callable[[Week], str | None]) -> list[tuple[str, date, date]]:
    """Runs of weeks of one name, each with its first day and the day after its last; None is no run."""
    return [
        (name, run[0].monday, run[-1].monday + timedelta(weeks=1))
        for name, group in groupby(weeks, named)
        if name and (run := list(group))
    ]


def _pause(week: Week) -> str | None:
    return None if week.kind is Kind.TEACHING else week.kind.capitalize()


def bands(weeks: tuple[Week, ...]) -> list[dict[str, Any]]:
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


def terms(weeks: tuple[Week, ...]) -> list[dict[str, Any]]:
    """What each run of weeks is, above the lanes: the terms on the first line, the pauses on the second."""
    terms = [
        text(name, x=first.isoformat(), y=1, xanchor="left", yanchor="top", color=palette.QUIET)
        for name, first, _ in _runs(weeks, lambda week: week.term)
    ]
    pauses = [
        text(
            name,
            x=(first if first == weeks[0].monday else first + (after - first) / 2).isoformat(),
            y=timeline_lanes.share(18),
            xanchor="left" if first == weeks[0].monday else "center",
            yanchor="top",
            color=palette.QUIET,
        )
        for name, first, after in _runs(weeks, _pause)
    ]
    return terms + pauses


def today_line(lane: Lane, today: date) -> dict[str, Any]:
    """A dotted line through one lane."""
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


def today_label(timeline: Timeline) -> dict[str, Any]:
    """Between two lanes, to the right of the line; near the end of the year to its left."""
    late = timeline.today > timeline.weeks[-5].monday
    return text(
        "Today →" if late else "← Today",
        x=timeline.today.isoformat(),
        y=timeline_lanes.share(160),
        xanchor="right" if late else "left",
        yanchor="top",
    )


def text(said: str, *, x: object, y: float, color: str = palette.INK, **place: Any) -> dict[str, Any]:
    """A line of text in the figure; upright and without an arrow."""
    return {
        "text": said,
        "x": x,
        "xref": "x",
        "y": y,
        "yref": "paper",
        "showarrow": False,
        "font": {"size": 12, "color": color},
        **place,
    }
