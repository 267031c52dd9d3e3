"""The two lanes of bars: use of the VLE, and classes by what became of them."""

from collections.abc import Callable, Iterable
from typing import Any

from components import palette, timeline_words
from components.timeline_gaps import without_data
from components.timeline_lanes import DAY, PRESENCES, Lane, middle, tallest
from engagement.lanes import COUNTED, Stretch
from engagement.timeline import Timeline
from engagement.view import By
from privacy.labels import Source

_WIDE = {By.WEEKS: 5.4 * DAY, By.DAYS: 0.78 * DAY}


def online(lane: Lane, timeline: Timeline) -> list[dict[str, Any]]:
    """A bar a week for the days active, or a bar a day for the pages viewed; a nought where nought is known."""
    by = timeline.view.by
    bars = [(one, one.active_days if by is By.WEEKS else one.views) for one in timeline.stretches]
    used = [(one, height) for one, height in bars if height]
    name = "Days active" if by is By.WEEKS else "Pages viewed"
    noughts = (one for one, height in bars if not height)
    return [
        *without_data(lane, timeline),
        _bars(lane, by, used, [0] * len(used), name, palette.DARK_BLUE, "") | {"showlegend": False},
        *([_noughts(lane, noughts)] if by is By.WEEKS else []),
        _hover(lane, timeline, timeline_words.online),
    ]


def attendance(lane: Lane, timeline: Timeline) -> list[dict[str, Any]]:
    """Classes: the states on top of each other; only the states that occur are in the legend."""
    below = dict.fromkeys((one.first for one in timeline.stretches), 0)
    stack = []
    for presence, label, color, pattern in PRESENCES:
        bars = [(one, one.classes[presence]) for one in timeline.stretches if one.classes.get(presence)]
        if bars:
            base = [below[one.first] for one, _ in bars]
            stack.append(_bars(lane, timeline.view.by, bars, base, label, color, pattern))
        for one, height in bars:
            below[one.first] += height
    return [
        *without_data(lane, timeline),
        *stack,
        _hover(lane, timeline, timeline_words.attendance),
    ]


def _bars(
    lane: Lane,
    by: By,
    bars: list[tuple[Stretch, int]],
    base: list[int],
    name: str,
    color: str,
    pattern: str,
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
        "x": [middle(one) for one, _ in bars],
        "y": [height for _, height in bars],
        "base": base,
        "width": _WIDE[by],
        "yaxis": lane.y,
        "marker": marker,
        "hoverinfo": "skip",
    }


def _noughts(lane: Lane, quiet: Iterable[Stretch]) -> dict[str, Any]:
    known = [one for one in quiet if one.known[Source.VLE] in COUNTED]
    return {
        "type": "scatter",
        "mode": "text",
        "x": [middle(one) for one in known],
        "y": [0] * len(known),
        "text": ["0"] * len(known),
        "textposition": "top center",
        "textfont": {"size": 11, "color": palette.QUIET},
        "yaxis": lane.y,
        "showlegend": False,
        "hoverinfo": "skip",
    }


def _hover(lane: Lane, timeline: Timeline, said: Callable[[Stretch], str]) -> dict[str, Any]:
    """An invisible point in every week or day so far that says all there is to say, nought and gap included."""
    begun = [one for one in timeline.stretches if one.first <= timeline.today]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [middle(one) for one in begun],
        "y": [tallest(lane, timeline) / 2] * len(begun),
        "yaxis": lane.y,
        "marker": {"opacity": 0, "size": 1},
        "showlegend": False,
        "text": [said(one) for one in begun],
        "hovertemplate": "%{text}<extra></extra>",
    }
