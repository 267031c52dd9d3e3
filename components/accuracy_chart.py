"""The charts of how well it works: shares by teaching week in two panels, and what became of each rating word."""

from collections.abc import Mapping, Sequence
from typing import Any

import plotly.graph_objects as go

from components import palette
from components.accuracy_words import SHORT, over_the_weeks, share
from engagement.backtest import CLOSE_UP, RATED, SUGGESTED
from engagement.measure import Rating
from engagement.published import Published, Row
from privacy.disclosure import number

_FONT = {"family": "Source Sans, Source Sans Pro, sans-serif", "size": 13, "color": palette.INK}
_COLOURS = {RATED: palette.DARK_BLUE, SUGGESTED: palette.DARK_PINK}
_SYMBOLS = {RATED: "circle", SUGGESTED: "diamond"}
_PANELS = {  # from the top: what is shown, its title, and where
    "precision": ("Of those flagged, the share who left or failed", (0.56, 0.92)),
    "recall": ("Of all who left or failed, the share flagged", (0.0, 0.36)),
}
_APART = 9  # points between two labels of a panel
_LABELS = {RATED: "Low or<br>Very low", SUGGESTED: "Suggestion"}


def weeks_alt(of: Published) -> str:
    """The lines in words."""
    rows = list(of.rows("weeks"))
    return (
        f"Line chart of teaching weeks {int(rows[0])} to {int(rows[-1])} in two panels, with a line each for the "
        f"rating and for suggestions. {over_the_weeks(of)} The table below the chart has every figure."
    )


def weeks(of: Published) -> go.Figure:
    """Two panels of two lines over the same weeks; a week whose share is not published has no point."""
    rows = of.rows("weeks")
    traces = [_line(rows, flag, what, n) for n, what in enumerate(_PANELS, 1) for flag in (RATED, SUGGESTED)]
    notes = [note for n, what in enumerate(_PANELS, 1) for note in (_title(what), *_labels(rows, what, n))]
    layout = _base(470, {"l": 44, "r": 84, "t": 4, "b": 40}) | {
        "xaxis": {
            "title": {"text": "Teaching week", "standoff": 6},
            "tickvals": [int(row) for row in rows if int(row) % 4 == 0],
            "range": [int(min(rows)) - 0.5, int(max(rows)) + 0.5],
            "fixedrange": True,
            "showgrid": False,
            "linecolor": palette.RULE,
            "anchor": "free",
            "position": 0,
        },
        **{
            f"yaxis{n if n > 1 else ''}": _per_cent(place) for n, (_, place) in enumerate(_PANELS.values(), 1)
        },
        "annotations": notes,
    }
    return go.Figure({"data": traces, "layout": layout}, _validate=False)


def words_alt(of: Published) -> str:
    """The bars in words."""
    rows = of.rows("words")
    said = [f"{word}: {share(rows[word]['left or failed'])}" for word in Rating if word in rows]
    return f"Bar chart by the word of the rating in week {CLOSE_UP}, the share who left or failed. {'; '.join(said)}."


def words(of: Published) -> go.Figure:
    """A bar for each word, from High down; its share, or the mark in its place, is written beside it."""
    rows = of.rows("words")
    names = [word.value for word in Rating if word in rows]
    said = [rows[name]["left or failed"] for name in names]
    bars = {
        "type": "bar",
        "orientation": "h",
        "y": names,
        "x": [number(value) or 0 for value in said],
        "text": [share(value) for value in said],
        "textposition": "outside",
        "cliponaxis": False,
        "marker": {"color": palette.DARK_BLUE},
        "hovertemplate": "%{y}: %{text}<extra></extra>",
        "width": 0.6,
    }
    layout = _base(260, {"l": 118, "r": 40, "t": 4, "b": 34}) | {
        "xaxis": _per_cent((0, 1)) | {"showgrid": True},
        "yaxis": {"autorange": "reversed", "fixedrange": True, "ticks": ""},
    }
    return go.Figure({"data": [bars], "layout": layout}, _validate=False)


def _line(rows: Mapping[str, Row], flag: str, what: str, panel: int) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "x": [int(row) for row in rows],
        "y": [number(row[f"{flag}: {what}"]) for row in rows.values()],
        "yaxis": "y" if panel == 1 else f"y{panel}",
        "name": SHORT[flag],
        "showlegend": False,
        "connectgaps": False,
        "line": {"color": _COLOURS[flag], "width": 2},
        "marker": {"symbol": _SYMBOLS[flag], "size": 6},
        "hovertemplate": f"Week %{{x}}, {SHORT[flag]}: %{{y}}%<extra></extra>",
    }


def _labels(rows: Mapping[str, Row], what: str, panel: int) -> list[dict[str, Any]]:
    """The name of each line at its end, moved apart where the ends lie close."""
    ends = {}
    for flag in (RATED, SUGGESTED):
        values = [number(row[f"{flag}: {what}"]) for row in rows.values()]
        there = [value for value in values if value is not None]
        if there:
            ends[flag] = there[-1]
    if len(ends) == 2:
        middle, gap = sum(ends.values()) / 2, abs(ends[RATED] - ends[SUGGESTED])
        if gap < 2 * _APART:
            upper = max(ends, key=lambda flag: (ends[flag], flag == RATED))
            ends = {flag: middle + (_APART if flag == upper else -_APART) for flag in ends}
    return [_label(flag, y, panel, list(rows)) for flag, y in ends.items()]


def _label(flag: str, y: float, panel: int, rows: Sequence[str]) -> dict[str, Any]:
    return {
        "text": f"<b>{_LABELS[flag]}</b>",
        "x": int(rows[-1]),
        "y": y,
        "yref": "y" if panel == 1 else f"y{panel}",
        "xanchor": "left",
        "xshift": 8,
        "align": "left",
        "showarrow": False,
        "font": {"color": _COLOURS[flag]},
    }


def _title(what: str) -> dict[str, Any]:
    title, (_, top) = _PANELS[what]
    return {
        "text": f"<b>{title}</b>",
        "x": 0,
        "xref": "paper",
        "xanchor": "left",
        "xshift": -40,
        "y": top,
        "yref": "paper",
        "yanchor": "bottom",
        "yshift": 9,
        "showarrow": False,
    }


def _per_cent(place: tuple[float, float]) -> dict[str, Any]:
    return {
        "domain": list(place),
        "range": [0, 100],
        "tickvals": [0, 50, 100],
        "ticktext": ["0%", "50%", "100%"],
        "gridcolor": palette.RULE,
        "zerolinecolor": palette.RULE,
        "fixedrange": True,
    }


def _base(height: int, margin: dict[str, int]) -> dict[str, Any]:
    return {
        "height": height,
        "margin": margin,
        "font": _FONT,
        "paper_bgcolor": palette.WHITE,
        "plot_bgcolor": palette.WHITE,
        "dragmode": False,
        "hovermode": "closest",
        "hoverlabel": {"bgcolor": palette.WHITE, "bordercolor": palette.RULE, "font": _FONT, "align": "left"},
    }
