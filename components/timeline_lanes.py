"""The lanes of the chart: which are drawn, where each lies, and how its states look."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum

from components import palette
from engagement.facts import Presence, WorkState
from engagement.lanes import Stretch
from engagement.timeline import Timeline
from engagement.view import By
from privacy.labels import Source

_HEAD, _FOOT, _APART = 62, 10, 46
_AWAY = 16  # one more line above the first lane
_LEGEND_ROW = 19
LEFT = 64
"""Pixels left of the axis: the words of the widest row fit in."""


class Kind(Enum):
    """What a lane shows."""

    SCORE = "score"
    ONLINE = "online"
    ATTENDANCE = "attendance"
    WORK = "work"
    MARKS = "marks"


@dataclass(frozen=True)
class Lane:
    """A lane: its title, its axis, and its place in pixels from the top; `of` is the height of all together."""

    kind: Kind
    title: str
    axis: str
    top: int
    bottom: int
    of: int

    @property
    def y(self) -> str:
        """The axis as a trace names it."""
        return self.axis.replace("axis", "")

    @property
    def system(self) -> Source | None:
        """The system that it is drawn from."""
        return _SYSTEMS.get(self.kind)

    def at(self, pixels_from_top: int) -> float:
        """The height in the figure that lies so many pixels under its upper edge."""
        return 1 - pixels_from_top / self.of


_SYSTEMS = {
    Kind.ONLINE: Source.VLE,
    Kind.ATTENDANCE: Source.ATTENDANCE,
    Kind.WORK: Source.STUDENT_RECORDS,
}
_HEIGHTS = {Kind.SCORE: 100, Kind.ONLINE: 90, Kind.ATTENDANCE: 116, Kind.WORK: 110}

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
    (Presence.DISPUTED, "Disputed", palette.DARK_PINK, "\\"),
)

# Each state has a row and a shape of its own.
WORKS = (
    (WorkState.ON_TIME, "On time", "circle", palette.DARK_BLUE),
    (WorkState.LATE, "Late", "triangle-up", palette.TURQUOISE),
    (WorkState.MISSING, "Missing", "x", palette.ORANGE),
    (WorkState.OPEN, "Open", "circle-open", palette.QUIET),
)


def lanes(timeline: Timeline) -> tuple[Lane, ...]:
    """The lanes that the view asks for and that have something to show, from the top."""
    found, top = [], _HEAD + (_AWAY if timeline.away else 0)
    for kind in _kinds(timeline):
        top += _legend(kind, timeline)
        bottom = top + _HEIGHTS.get(kind, 28 * len(rows(timeline)))
        found.append((kind, top, bottom))
        top = bottom + _APART
    height = found[-1][2] + _FOOT
    return tuple(
        Lane(kind, _title(kind, timeline), f"yaxis{n if n > 1 else ''}", top, bottom, height)
        for n, (kind, top, bottom) in enumerate(found, start=1)
    )


def _kinds(timeline: Timeline) -> Iterator[Kind]:
    if timeline.lines:
        yield Kind.SCORE
    for kind, system in _SYSTEMS.items():
        if timeline.view.source in (None, system):
            yield kind
    if timeline.marks:
        yield Kind.MARKS


def _title(kind: Kind, timeline: Timeline) -> str:
    days = timeline.view.by is By.DAYS
    return {
        Kind.SCORE: "Score at the end of the week, of 100",
        Kind.ONLINE: "VLE: pages viewed in the day" if days else "VLE: days active in the week",
        Kind.ATTENDANCE: f"Attendance: classes in the {'day' if days else 'week'}",
        Kind.WORK: "Work: by the day it was due",
        Kind.MARKS: "Marked days",
    }[kind]


def _legend(kind: Kind, timeline: Timeline) -> int:
    """Pixels between the title of the classes and their bars: a legend of two columns fits in on a phone."""
    states = {state for one in timeline.stretches for state in one.classes}
    return 8 + _LEGEND_ROW * ((len(states) + 1) // 2) if kind is Kind.ATTENDANCE and states else 0


def title_at(lane: Lane, timeline: Timeline) -> float:
    """The foot of the lane's title."""
    return lane.at(lane.top - 4 - _legend(lane.kind, timeline))


def rows(timeline: Timeline) -> tuple[str, ...]:
    """The words of the marks, each a row."""
    return tuple(dict.fromkeys(mark.word for mark in timeline.marks))


def tallest(lane: Lane, timeline: Timeline) -> int:
    """The top of the lane's axis: the days of a week, the rows, or the most of any week or day."""
    match lane.kind:
        case Kind.SCORE:
            return 100
        case Kind.ONLINE:
            most = max((one.views for one in timeline.stretches), default=0)
            return 7 if timeline.view.by is By.WEEKS else max(4, most)
        case Kind.ATTENDANCE:
            return max(4, *(sum(one.classes.values()) for one in timeline.stretches))
        case Kind.WORK:
            return len(WORKS)
        case Kind.MARKS:
            return len(rows(timeline))


def middle(stretch: Stretch) -> str:
    """Noon in the middle of the week, or of the day."""
    return (noon(stretch.first) + timedelta(days=stretch.days // 2)).isoformat()


def noon(day: date) -> datetime:
    """Where a day is drawn."""
    return datetime.combine(day, time(12))
