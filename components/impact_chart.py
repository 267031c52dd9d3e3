"""The charts of support impact: a bar for each stage, and the difference between pairs with its interval."""

from typing import Any

import plotly.graph_objects as go

from components import palette
from components.impact_words import LABELS, VERDICTS, signed, span, students
from engagement.published import Published, Row
from privacy.disclosure import FEW
from support.impact import Stage, finding

_FONT = {"family": "Source Sans, Source Sans Pro, sans-serif", "size": 13, "color": palette.INK}
_LEAST = 10
"""Points to either side of nought that the difference's scale has at least."""


def funnel_alt(of: Published) -> str:
    """The bars in words."""
    said = [f"{label}: {students(of, stage) or 'not shown'}" for stage, label in LABELS.items()]
    return f"Bar chart of students by how far support came. {'; '.join(said)}."


def funnel(of: Published) -> go.Figure:
    """A bar for each stage, the widest first; a stage that is not published has its mark and no bar."""
    said = [students(of, stage) for stage in Stage]
    bars = {
        "type": "bar",
        "orientation": "h",
        "y": [_broken(LABELS[stage]) for stage in Stage],
        "x": [int(one) if one else 0 for one in said],
        "text": [one or FEW for one in said],
        "textposition": "outside",
        "cliponaxis": False,
        "marker": {"color": palette.DARK_BLUE},
        "hovertemplate": "%{text} students<extra></extra>",
        "width": 0.62,
    }
    layout = _base(330, {"l": 132, "r": 48, "t": 4, "b": 8}) | {
        "xaxis": {"visible": False, "fixedrange": True, "rangemode": "tozero"},
        "yaxis": {"autorange": "reversed", "fixedrange": True, "ticks": ""},
    }
    return go.Figure({"data": [bars], "layout": layout}, _validate=False)


def difference_alt(row: Row) -> str:
    """The point and its interval in words."""
    return f"A point with its interval beside nought. {span(row)} {VERDICTS[finding(row)]}."


def difference(row: Row) -> go.Figure:
    """The difference of the changes in points, its interval, and a line at nought."""
    middle, low, high = (int(row[name]) for name in ("difference", "low", "high"))
    far = max(_LEAST, abs(low), abs(high)) + 2
    point = {
        "type": "scatter",
        "mode": "markers",
        "x": [middle],
        "y": [0],
        "error_x": {
            "type": "data",
            "symmetric": False,
            "array": [high - middle],
            "arrayminus": [middle - low],
            "color": palette.DARK_BLUE,
            "thickness": 2,
            "width": 7,
        },
        "marker": {"color": palette.DARK_BLUE, "size": 11},
        "hovertemplate": f"{signed(row['difference'])} points ({signed(row['low'])} to {signed(row['high'])})"
        "<extra></extra>",
    }
    layout = _base(130, {"l": 12, "r": 12, "t": 22, "b": 44}) | {
        "xaxis": {
            "title": {"text": "Points by which scores changed more with support", "standoff": 6},
            "range": [-far, far],
            "fixedrange": True,
            "gridcolor": palette.RULE,
            "zeroline": True,
            "zerolinecolor": palette.INK,
            "zerolinewidth": 2,
        },
        "yaxis": {"visible": False, "range": [-1, 1], "fixedrange": True},
        "annotations": [_said("less with support", 0, "left"), _said("more with support", 1, "right")],
    }
    return go.Figure({"data": [point], "layout": layout}, _validate=False)


def _said(text: str, x: float, side: str) -> dict[str, Any]:
    return {
        "text": text,
        "x": x,
        "xref": "paper",
        "xanchor": side,
        "y": 1,
        "yref": "paper",
        "yanchor": "bottom",
        "showarrow": False,
        "font": {"color": palette.QUIET},
    }


def _broken(label: str) -> str:
    """The label on two lines, to leave the bars room on a phone."""
    parts = label.split()
    half = (len(parts) + 1) // 2
    return f"{' '.join(parts[:half])}<br>{' '.join(parts[half:])}"


def _base(height: int, margin: dict[str, int]) -> dict[str, Any]:
    return {
        "height": height,
        "margin": margin,
        "font": _FONT,
        "paper_bgcolor": palette.WHITE,
        "plot_bgcolor": palette.WHITE,
        "dragmode": False,
        "showlegend": False,
        "hovermode": "closest",
        "hoverlabel": {"bgcolor": palette.WHITE, "bordercolor": palette.RULE, "font": _FONT, "align": "left"},
    }
