"""The three lanes of the chart: days on the VLE, classes, and work, each with what is known of it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from components import palette, timeline_words
from engagement.facts import Presence, Work, WorkState
from engagement.lanes import Known, Week
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

_DAY = 86_400_000
_WIDE = 5.4 * _DAY

# Each state has a colour and a pattern, so that the stack can be read in grey.
_PRESENCE = (
    (Presence.ATTENDED, "Attended", palette.DARK_BLUE, ""),
    (Presence.LATE, "Late", palette.TURQUOISE, "-"),
    (Presence.ABSENT, "Absent", palette.ORANGE, ""),
    (Presence.AUTHORISED, "Authorised", palette.LIGHT_PURPLE, "."),
    (Presence.CANCELLED, "Cancelled", palette.RULE, "x"),
    (Presence.NOT_RECORDED, "No register", palette.QUIET, "/"),
)

# Each state has a row and a shape of its own.
_WORK = (
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
        "range": [0, _tallest(lane, timeline)],
    }
    if lane is WORK:
        labels = [label for _, label, _, _ in reversed(_WORK)]
        ticks = {"tickmode": "array", "tickvals": [0.4, 1.4, 2.4, 3.4], "ticktext": labels}
        return shown | ticks | {"showgrid": False}
    tallest = _tallest(lane, timeline)
    step = 1 if tallest <= 2 else tallest // 2 if tallest % 2 == 0 else tallest
    return shown | {"tickmode": "array", "tickvals": list(range(0, tallest + 1, step)), "rangemode": "tozero"}


def _tallest(lane: Lane, timeline: Timeline) -> int:
    if lane is ONLINE:
        return 7
    if lane is WORK:
        return len(_WORK)
    return max(4, *(sum(week.classes.values()) for week in timeline.weeks))


def online(timeline: Timeline) -> list[dict[str, Any]]:
    """Days on the VLE: a bar a week, and a nought where nought is known."""
    bars = [(w, w.active_days) for w in timeline.weeks if w.active_days]
    return [
        *_without_data(ONLINE, timeline),
        _bars(ONLINE, bars, [0] * len(bars), "Days active", palette.DARK_BLUE, "") | {"showlegend": False},
        _noughts(ONLINE, (w for w in timeline.weeks if not w.active_days)),
        _hover(ONLINE, timeline, timeline_words.online),
    ]


def attendance(timeline: Timeline) -> list[dict[str, Any]]:
    """Classes: the states of a week on top of each other; only the states that occur are in the legend."""
    below = dict.fromkeys((w.monday for w in timeline.weeks), 0)
    stack = []
    for presence, label, color, pattern in _PRESENCE:
        bars = [(w, w.classes[presence]) for w in timeline.weeks if w.classes.get(presence)]
        if bars:
            base = [below[w.monday] for w, _ in bars]
            stack.append(_bars(ATTENDANCE, bars, base, label, color, pattern))
        for week, height in bars:
            below[week.monday] += height
    return [
        *_without_data(ATTENDANCE, timeline),
        *stack,
        _hover(ATTENDANCE, timeline, timeline_words.attendance),
    ]


def work(timeline: Timeline) -> list[dict[str, Any]]:
    """Work: a mark on the day it is due, in the row of what became of it."""
    marks = []
    for row, (state, label, symbol, color) in enumerate(reversed(_WORK)):
        days: dict[date, list[Work]] = {}
        for piece in (piece for week in timeline.weeks for piece in week.work if piece.state is state):
            days.setdefault(piece.on, []).append(piece)
        marks.append(
            {
                "type": "scatter",
                "mode": "markers+text",
                "name": label,
                "showlegend": False,
                "x": [_noon(day).isoformat() for day in days],
                "y": [row + 0.4] * len(days),
                "yaxis": WORK.y,
                "marker": {
                    "symbol": symbol,
                    "color": color,
                    "size": 11,
                    "line": {"width": 2, "color": color},
                },
                "text": [f"{len(pieces)}" if len(pieces) > 1 else "" for pieces in days.values()],
                "textposition": "top center",
                "textfont": {"size": 11, "color": palette.INK},
                "cliponaxis": False,
                "hovertext": ["<br>".join(map(timeline_words.piece, pieces)) for pieces in days.values()],
                "hovertemplate": "%{hovertext}<extra></extra>",
            }
        )
    return [*_without_data(WORK, timeline), *marks]


def _bars(
    lane: Lane, bars: list[tuple[Week, int]], base: list[int], name: str, color: str, pattern: str
) -> dict[str, Any]:
    marker: dict[str, Any] = {"color": color, "line": {"color": palette.WHITE, "width": 1}}
    if pattern:
        marker["pattern"] = {
            "shape": pattern,
            "fgcolor": palette.WHITE,
            "bgcolor": color,
            "size": 6,
            "solidity": 0.4,
        }
    return {
        "type": "bar",
        "name": name,
        "x": [_middle(week) for week, _ in bars],
        "y": [height for _, height in bars],
        "base": base,
        "width": _WIDE,
        "yaxis": lane.y,
        "marker": marker,
        "hoverinfo": "skip",
    }


def _noughts(lane: Lane, weeks: Iterable[Week]) -> dict[str, Any]:
    known = [w for w in weeks if w.known[lane.system] in (Known.DATA, Known.IN_PART)]
    return {
        "type": "scatter",
        "mode": "text",
        "x": [_middle(week) for week in known],
        "y": [0] * len(known),
        "text": ["0"] * len(known),
        "textposition": "top center",
        "textfont": {"size": 11, "color": palette.QUIET},
        "yaxis": lane.y,
        "showlegend": False,
        "hoverinfo": "skip",
    }


def _hover(lane: Lane, timeline: Timeline, said: Callable[[Week], str]) -> dict[str, Any]:
    """An invisible point in every week so far that says all there is to say about it, nought and gap included."""
    weeks = [w for w in timeline.weeks if w.monday <= timeline.today]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [_middle(week) for week in weeks],
        "y": [_tallest(lane, timeline) / 2] * len(weeks),
        "yaxis": lane.y,
        "marker": {"opacity": 0, "size": 1},
        "showlegend": False,
        "text": [said(week) for week in weeks],
        "hovertemplate": "%{text}<extra></extra>",
    }


def _without_data(lane: Lane, timeline: Timeline) -> list[dict[str, Any]]:
    """Hatched from the first to the last day of which the system told us nothing."""
    spans = list(_missing(lane.system, timeline))
    if not spans:
        return []
    return [
        {
            "type": "bar",
            "x": [(_noon(first) + (last - first) / 2).isoformat() for first, last in spans],
            "width": [((last - first).days + 1) * _DAY for first, last in spans],
            "y": [_tallest(lane, timeline)] * len(spans),
            "yaxis": lane.y,
            "marker": {
                "color": palette.WHITE,
                "line": {"color": palette.QUIET, "width": 1},
                "pattern": {
                    "shape": "/",
                    "fgcolor": palette.QUIET,
                    "bgcolor": palette.WHITE,
                    "size": 8,
                    "solidity": 0.12,
                },
            },
            "name": "No data",
            "showlegend": False,
            "hoverinfo": "skip",
        }
    ]


def _missing(system: Source, timeline: Timeline) -> Iterable[tuple[date, date]]:
    """Days without a feed or not loaded yet, in weeks that are over; and the gaps that are on record."""
    for week in timeline.weeks:
        if week.known[system] in (Known.NO_FEED, Known.NOT_YET) and week.sunday < timeline.today:
            yield week.monday, week.sunday
    for gap in timeline.gaps:
        first, last = max(gap.first, timeline.weeks[0].monday), min(gap.last, timeline.today)
        if gap.system is system and first <= last:
            yield first, last


def _middle(week: Week) -> str:
    return (_noon(week.monday) + timedelta(days=3)).isoformat()


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12))
