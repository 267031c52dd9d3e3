"""The two lanes of bars: days on the VLE, and classes by what became of them."""

from collections.abc import Callable, Iterable
from typing import Any

from components import palette, timeline_words
from components.timeline_gaps import without_data
from components.timeline_lanes import ATTENDANCE, DAY, ONLINE, PRESENCES, Lane, middle, tallest
from engagement.lanes import Known, Week
from engagement.timeline import Timeline

_WIDE = 5.4 * DAY


def online(timeline: Timeline) -> list[dict[str, Any]]:
    """Days on the VLE: a bar a week, and a nought where nought is known."""
    bars = [(w, w.active_days) for w in timeline.weeks if w.active_days]
    return [
        *without_data(ONLINE, timeline),
        _bars(ONLINE, bars, [0] * len(bars), "Days active", palette.DARK_BLUE, "") | {"showlegend": False},
        _noughts(ONLINE, (w for w in timeline.weeks if not w.active_days)),
        _hover(ONLINE, timeline, timeline_words.online),
    ]


def attendance(timeline: Timeline) -> list[dict[str, Any]]:
    """Classes: the states of a week on top of each other; only the states that occur are in the legend."""
    below = dict.fromkeys((w.monday for w in timeline.weeks), 0)
    stack = []
    for presence, label, color, pattern in PRESENCES:
        bars = [(w, w.classes[presence]) for w in timeline.weeks if w.classes.get(presence)]
        if bars:
            base = [below[w.monday] for w, _ in bars]
            stack.append(_bars(ATTENDANCE, bars, base, label, color, pattern))
        for week, height in bars:
            below[week.monday] += height
    return [
        *without_data(ATTENDANCE, timeline),
        *stack,
        _hover(ATTENDANCE, timeline, timeline_words.attendance),
    ]


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
        "x": [middle(week) for week, _ in bars],
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
        "x": [middle(week) for week in known],
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
        "x": [middle(week) for week in weeks],
        "y": [tallest(lane, timeline) / 2] * len(weeks),
        "yaxis": lane.y,
        "marker": {"opacity": 0, "size": 1},
        "showlegend": False,
        "text": [said(week) for week in weeks],
        "hovertemplate": "%{text}<extra></extra>",
    }
