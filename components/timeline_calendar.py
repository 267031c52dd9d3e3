"""What lies behind and above the lanes: terms, vacations, closed days, days away, and today."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from components import palette
from components.timeline_lanes import Lane
from engagement.lanes import Stretch
from engagement.timeline import Timeline
from engagement.view import By
from policy.calendar import Week as Kind

_CLOSE = 10
"""Weeks in view up to which there is room to name a single closed day."""

_Run = tuple[str, date, date]


def _runs(found: Iterable[Stretch], named: Callable[[Stretch], str | None]) -> Iterator[_Run]:
    """Runs of weeks or days of one name, each with its first day and the day after its last; None is no run."""
    for name, group in groupby(found, named):
        if name:
            run = list(group)
            yield name, run[0].first, run[-1].last + timedelta(days=1)


def _pause(one: Stretch) -> str | None:
    return None if one.kind is Kind.TEACHING else one.kind.capitalize()


def _closed(timeline: Timeline) -> Iterator[_Run]:
    """Closed days; week by week the name belongs to a week, and only the table and pointing tell of the day."""
    if timeline.view.by is By.DAYS:
        yield from _runs(timeline.stretches, lambda one: one.closed[0] if one.closed else None)


def _away(timeline: Timeline) -> Iterator[_Run]:
    """Authorised absence and interruption, from their first to their last day, as far as they are in view."""
    view = timeline.view
    for one in timeline.away:
        first, last = max(one.first, view.first), min(one.last, view.last)
        if first <= last:
            yield one.why, first, last + timedelta(days=1)


def bands(timeline: Timeline) -> list[dict[str, Any]]:
    """Shaded through all lanes: vacations, reading weeks and closed days; and in a colour of their own days away."""
    pauses = [*_runs(timeline.stretches, _pause), *_closed(timeline)]
    return [
        *(_band(first, after, palette.BAND) for _, first, after in pauses),
        *(_band(first, after, palette.AWAY) for _, first, after in _away(timeline)),
    ]


def _band(first: date, after: date, color: str) -> dict[str, Any]:
    return {
        "type": "rect",
        "xref": "x",
        "yref": "paper",
        "x0": first.isoformat(),
        "x1": after.isoformat(),
        "y0": 0,
        "y1": 1,
        "fillcolor": color,
        "line": {"width": 0},
        "layer": "below",
    }


def terms(lane: Lane, timeline: Timeline) -> list[dict[str, Any]]:
    """What each run is, in three lines above the first lane: the terms, the pauses, and the days away."""
    pauses = [*_runs(timeline.stretches, _pause)]
    if timeline.view.weeks <= _CLOSE:
        pauses += _closed(timeline)
    return [
        *_names(_runs(timeline.stretches, lambda one: one.term), lane.at(0), timeline, start=True),
        *_names(pauses, lane.at(17), timeline),
        *_names(_apart(_away(timeline), timeline), lane.at(34), timeline),
    ]


def _apart(runs: Iterable[_Run], timeline: Timeline) -> Iterator[_Run]:
    """Runs whose names have room side by side: what begins soon after another is named with it, each name once."""
    room = (timeline.view.last - timeline.view.first) / 4
    places: list[tuple[dict[str, None], date, date]] = []
    for name, first, after in runs:
        if places and first - places[-1][1] < room:
            places[-1][0][name] = None
        else:
            places.append(({name: None}, first, after))
    return ((", ".join(names), first, after) for names, first, after in places)


def _names(
    runs: Iterable[_Run], y: float, timeline: Timeline, *, start: bool = False
) -> list[dict[str, Any]]:
    return [
        text(name, y=y, yanchor="top", color=palette.QUIET, **_place(first, after, timeline, start))
        for name, first, after in runs
    ]


def _place(first: date, after: date, timeline: Timeline, start: bool) -> dict[str, Any]:
    """At the start of a term, in the middle of all else; at the edge of the view where it would stick out."""
    view = timeline.view
    days = (view.last - view.first).days
    middle = first + (after - first) / 2
    if start or (middle - view.first).days < days / 8:
        return {"x": first.isoformat(), "xanchor": "left"}
    if (view.last - middle).days < days / 8:
        return {"x": after.isoformat(), "xanchor": "right"}
    return {"x": middle.isoformat(), "xanchor": "center"}


def today_line(lane: Lane, today: date) -> dict[str, Any]:
    """A dotted line through one lane."""
    return {
        "type": "line",
        "xref": "x",
        "yref": "paper",
        "x0": today.isoformat(),
        "x1": today.isoformat(),
        "y0": lane.at(lane.bottom),
        "y1": lane.at(lane.top),
        "line": {"color": palette.INK, "width": 1.5, "dash": "dot"},
    }


def today_label(lane: Lane, timeline: Timeline) -> dict[str, Any]:
    """Under the first lane, to the right of the line; near the end of the view to its left."""
    view = timeline.view
    late = (view.last - timeline.today).days < (view.last - view.first).days / 5
    return text(
        "Today →" if late else "← Today",
        x=timeline.today.isoformat(),
        y=lane.at(lane.bottom + 3),
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
