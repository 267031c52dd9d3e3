"""The three lanes of the chart: where each lies, its axis, and how its states look."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from components import palette
from engagement.facts import Presence, WorkState
from engagement.lanes import Week
from engagement.timeline import Timeline
from privacy.labels import Source

DRAWN = 538
"""Height in pixels of all lanes together with what is written above them."""


def share(pixels_from_top: int) -> float:
    """The height in the figure that lies so many pixels under its upper edge."""
    return 1 - pixels_from_top / DRAWN


@dataclass(frozen=True)
class Lane:
    """A lane: the system it is drawn from, its title, and its place in pixels from the top."""

    system: Source
    title: str
    axis: str
    top: int
    bottom: int

    @property
    def y(self) -> str:
        """The axis as a trace names it."""
        return self.axis.replace("axis", "")


ONLINE = Lane(Source.VLE, "VLE: days active in the week", "yaxis", 66, 156)
ATTENDANCE = Lane(Source.ATTENDANCE, "Attendance: classes in the week", "yaxis2", 264, 380)
WORK = Lane(Source.STUDENT_RECORDS, "Work: by the day it was due", "yaxis3", 418, 528)

LEGEND = {
    "orientation": "h",
    "x": 0,
    "xanchor": "left",
    "y": share(258),
    "yanchor": "bottom",
    "itemclick": False,
    "itemdoubleclick": False,
    "traceorder": "normal",
    "bgcolor": "rgba(0,0,0,0)",
    "font": {"size": 11.5},
    "entrywidth": 58,
}

DAY = 86_400_000
"""A day in milliseconds, as Plotly counts widths on an axis of dates."""

# Each state has a colour and a pattern, so that the stack can be read in grey.
PRESENCES = (
    (Presence.ATTENDED, "Attended", palette.DARK_BLUE, ""),
    (Presence.LATE, "Late", palette.TURQUOISE, "-"),
    (Presence.ABSENT, "Absent", palette.ORANGE, ""),
    (Presence.AUTHORISED, "Authorised", palette.LIGHT_PURPLE, "."),
    (Presence.CANCELLED, "Cancelled", palette.RULE, "x"),
    (Presence.NOT_RECORDED, "No register", palette.QUIET, "/"),
)

# Each state has a row and a shape of its own.
WORKS = (
    (WorkState.ON_TIME, "On time", "circle", palette.DARK_BLUE),
    (WorkState.LATE, "Late", "triangle-up", palette.TURQUOISE),
    (WorkState.MISSING, "Missing", "x", palette.ORANGE),
    (WorkState.DUE, "To come", "circle-open", palette.QUIET),
)


def title_at(lane: Lane, timeline: Timeline) -> float:
    """The foot of the lane's title. Over the classes a legend of two columns on a phone finds its place."""
    states = {state for week in timeline.weeks for state in week.classes}
    legend = 8 + 19 * ((len(states) + 1) // 2) if lane is ATTENDANCE else 0
    return share(lane.top - 4 - legend)


def axis(lane: Lane, timeline: Timeline) -> dict[str, Any]:
    """The lane's vertical axis."""
    shown: dict[str, Any] = {
        "domain": [share(lane.bottom), share(lane.top)],
        "fixedrange": True,
        "zeroline": False,
        "gridcolor": palette.RULE,
        "range": [0, tallest(lane, timeline)],
    }
    if lane is WORK:
        labels = [label for _, label, _, _ in reversed(WORKS)]
        ticks = {"tickmode": "array", "tickvals": [n + 0.4 for n in range(len(WORKS))], "ticktext": labels}
        return shown | ticks | {"showgrid": False}
    top = tallest(lane, timeline)
    step = top if top % 2 else top // 2
    return shown | {"tickmode": "array", "tickvals": list(range(0, top + 1, step))}


def tallest(lane: Lane, timeline: Timeline) -> int:
    """The top of the lane's axis: the days of a week, the rows of work, or the most classes of any week."""
    if lane is ONLINE:
        return 7
    if lane is WORK:
        return len(WORKS)
    return max(4, *(sum(week.classes.values()) for week in timeline.weeks))


def middle(week: Week) -> str:
    """Noon on the Thursday."""
    return (noon(week.monday) + timedelta(days=3)).isoformat()


def noon(day: date) -> datetime:
    """Where a day is drawn."""
    return datetime.combine(day, time(12))
