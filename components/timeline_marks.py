"""The lane of work: a mark for each piece, on the day it is due."""

from datetime import date
from typing import Any

from components import palette, timeline_words
from components.timeline_gaps import without_data
from components.timeline_lanes import WORK, WORKS, noon
from engagement.facts import Work, WorkState
from engagement.timeline import Timeline


def work(timeline: Timeline) -> list[dict[str, Any]]:
    """Work: a mark on the day it is due, in the row of what became of it; several on a day are counted."""
    days: dict[tuple[WorkState, date], list[Work]] = {}
    for piece in (piece for week in timeline.weeks for piece in week.work):
        days.setdefault((piece.state, piece.on), []).append(piece)
    rows = {state: (len(WORKS) - n - 0.6, symbol, color) for n, (state, _, symbol, color) in enumerate(WORKS)}
    colors = [rows[state][2] for state, _ in days]
    marks = {
        "type": "scatter",
        "mode": "markers+text",
        "showlegend": False,
        "x": [noon(day).isoformat() for _, day in days],
        "y": [rows[state][0] for state, _ in days],
        "yaxis": WORK.y,
        "marker": {
            "symbol": [rows[state][1] for state, _ in days],
            "color": colors,
            "size": 11,
            "line": {"width": 2, "color": colors},
        },
        "text": [f"{len(pieces)}" if len(pieces) > 1 else "" for pieces in days.values()],
        "textposition": "top center",
        "textfont": {"size": 11, "color": palette.INK},
        "cliponaxis": False,
        "hovertext": ["<br>".join(map(timeline_words.piece, pieces)) for pieces in days.values()],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }
    return [*without_data(WORK, timeline), marks]
