"""The lane of the score: a line of the student's own, and when asked for the middle half of the others."""

from datetime import date, timedelta
from html import escape
from typing import Any

from components import palette
from components.timeline_lanes import DAY, Lane, noon
from engagement import score_line, words
from engagement.score_line import Line, Scored
from engagement.standing import points
from engagement.timeline import Timeline
from engagement.view import By

_DASHES = ("solid", "dash", "dot")


def score(lane: Lane, timeline: Timeline) -> list[dict[str, Any]]:
    """The others' boxes below, the student's lines above; a week without a score is a break in its line."""
    several = len(timeline.lines) > 1
    lines = [
        _line(lane, timeline, line, _DASHES[n % len(_DASHES)], named=several)
        for n, line in enumerate(timeline.lines)
    ]
    return [*_middle(lane, timeline), *lines]


def _at(week: date, timeline: Timeline) -> str:
    """Where the score of a week is drawn: over its other figures, or day by day at its end; never after today."""
    shown = week + timedelta(days=3 if timeline.view.by is By.WEEKS else 6)
    return noon(min(shown, timeline.today)).isoformat()


def _line(lane: Lane, timeline: Timeline, line: Line, dash: str, *, named: bool) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": line.name,
        "x": [_at(one.week, timeline) for one in line.weeks],
        "y": [None if one.score is None else points(one.score) for one in line.weeks],
        "yaxis": lane.y,
        "connectgaps": False,
        "line": {"color": palette.DARK_PINK, "width": 2, "dash": dash},
        "marker": {"color": palette.DARK_PINK, "size": 6},
        "showlegend": False,
        "text": [_said(one, line.name if named else "") for one in line.weeks],
        "hovertemplate": "%{text}<extra></extra>",
    }


def _said(one: Scored, name: str) -> str:
    week = words.days(one.week, one.week + timedelta(days=6))
    return f"<b>{week}</b><br>" + (f"{escape(name)}: " if name else "") + one.words


def _middle(lane: Lane, timeline: Timeline) -> list[dict[str, Any]]:
    boxes = [box for box in timeline.middle if timeline.view.first <= box.week <= timeline.view.last]
    if not boxes:
        return []
    return [
        {
            "type": "bar",
            "name": score_line.OTHERS,
            "x": [(noon(box.week) + timedelta(days=3)).isoformat() for box in boxes],
            "y": [box.high - box.low for box in boxes],
            "base": [box.low for box in boxes],
            "width": 7 * DAY,
            "yaxis": lane.y,
            "marker": {"color": palette.OTHERS, "line": {"color": palette.TURQUOISE, "width": 1}},
            "showlegend": False,
            "text": [
                f"<b>{words.days(box.week, box.week + timedelta(days=6))}</b><br>{score_line.OTHERS}: {box.words}"
                for box in boxes
            ],
            "textposition": "none",
            "hovertemplate": "%{text}<extra></extra>",
        }
    ]
