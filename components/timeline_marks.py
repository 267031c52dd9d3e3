"""The lanes of marks: each piece of work on the day it is due, and whatever else happened on one day."""

from datetime import date
from html import escape
from typing import Any

from components import palette, timeline_words
from components.timeline_gaps import without_data
from components.timeline_lanes import WORKS, Lane, noon, rows
from engagement import words
from engagement.facts import Work, WorkState
from engagement.marks import Mark, Outcome
from engagement.timeline import Timeline

# As in the lane of work, where something became of it; else a diamond.
_LOOKS = {
    Outcome.NONE: ("diamond", palette.DARK_PINK),
    Outcome.DONE: ("circle", palette.DARK_BLUE),
    Outcome.LATE: ("triangle-up", palette.TURQUOISE),
    Outcome.MISSED: ("x", palette.ORANGE),
    Outcome.AHEAD: ("circle-open", palette.QUIET),
}


def work(lane: Lane, timeline: Timeline) -> list[dict[str, Any]]:
    """Work: a mark on the day it is due, in the row of what became of it; several on a day are counted."""
    days: dict[tuple[WorkState, date], list[Work]] = {}
    for piece in (piece for one in timeline.stretches for piece in one.work):
        days.setdefault((piece.state, piece.on), []).append(piece)
    places = {
        state: (len(WORKS) - n - 0.6, symbol, color) for n, (state, _, symbol, color) in enumerate(WORKS)
    }
    looks = [places[state] for state, _ in days]
    told = ["<br>".join(map(timeline_words.piece, pieces)) for pieces in days.values()]
    counts = [len(pieces) for pieces in days.values()]
    return [*without_data(lane, timeline), _marks(lane, [day for _, day in days], looks, counts, told)]


def marks(lane: Lane, timeline: Timeline) -> list[dict[str, Any]]:
    """Marks of a day: a row for each word, and the sentences on pointing."""
    order = list(reversed(rows(timeline)))
    days: dict[tuple[str, date, Outcome], list[Mark]] = {}
    for mark in timeline.marks:
        days.setdefault((mark.word, mark.on, mark.outcome), []).append(mark)
    looks = [(order.index(word) + 0.4, *_LOOKS[outcome]) for word, _, outcome in days]
    told = [_told(found) for found in days.values()]
    counts = [len(found) for found in days.values()]
    return [_marks(lane, [day for _, day, _ in days], looks, counts, told)]


def _told(found: list[Mark]) -> str:
    return "<br>".join(
        [f"<b>{words.short_day(found[0].on)}</b>"]
        + [timeline_words.broken(escape(mark.sentence)) for mark in found]
    )


def _marks(
    lane: Lane, days: list[date], looks: list[tuple[float, str, str]], counts: list[int], told: list[str]
) -> dict[str, Any]:
    colors = [color for _, _, color in looks]
    return {
        "type": "scatter",
        "mode": "markers+text",
        "showlegend": False,
        "x": [noon(day).isoformat() for day in days],
        "y": [y for y, _, _ in looks],
        "yaxis": lane.y,
        "marker": {
            "symbol": [symbol for _, symbol, _ in looks],
            "color": colors,
            "size": 11,
            "line": {"width": 2, "color": colors},
        },
        "text": [f"{count}" if count > 1 else "" for count in counts],
        "textposition": "top center",
        "textfont": {"size": 11, "color": palette.INK},
        "cliponaxis": False,
        "hovertext": told,
        "hovertemplate": "%{hovertext}<extra></extra>",
    }
