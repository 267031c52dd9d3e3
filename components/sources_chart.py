"""The figure of the last weeks' loads: of each day's rows what was taken in, repeated and quarantined, by system."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import plotly.graph_objects as go

from components import palette
from engagement import words
from engagement.feeds import Load
from policy.days import london_day
from privacy.labels import SYSTEMS, Source

_HEIGHT, _GAP, _DAY = 620, 0.08, 86_400_000  # a day in milliseconds, as plotly counts
_UPPER = (
    0.6  # of a lane; what is below it is of the rows quarantined, which are few and have a scale of their own
)
_FONT = {"family": "Source Sans, Source Sans Pro, sans-serif", "size": 13, "color": palette.INK}
_TAKEN, _REPEATED, _REFUSED = "Rows taken in", "Rows repeated", "Rows quarantined"


@dataclass(frozen=True)
class Day:
    """What became of the rows of one day's loads."""

    taken: int = 0
    repeated: int = 0
    refused: int = 0

    def __add__(self, other: "Day") -> "Day":
        return Day(self.taken + other.taken, self.repeated + other.repeated, self.refused + other.refused)

    @property
    def rows(self) -> int:
        """All of them."""
        return self.taken + self.repeated + self.refused


def alt(loads: Sequence[Load], first: date, today: date) -> str:
    """The chart in words, for those who do not see it."""
    said = []
    for system, days in _by_day(loads).items():
        whole = sum(days.values(), Day())
        said.append(
            f"{system.words}: loaded on {words.of(len(days), 'day')}, {words.of(whole.rows, 'row')} in, of which "
            f"{whole.taken:,} taken in, {whole.refused:,} quarantined, {whole.repeated:,} repeated"
        )
    return (
        f"Chart of the rows that were loaded each day, {words.days(first, today)}, a lane for each system. "
        f"{'; '.join(said)}. The table below the chart has every load."
    )


def figure(loads: Sequence[Load], first: date, today: date) -> go.Figure:
    """A lane for each system: upwards the rows taken in or repeated, downwards on a scale of their own the others."""
    found = _by_day(loads)
    lanes = [found.get(system, {}) for system in SYSTEMS]
    traces = [trace for n, days in enumerate(lanes) for trace in _lane(n, days)]
    named: set[str] = set()
    for trace in traces:  # the legend names each kind once, with the first lane that has it
        shown = any(trace["y"])
        trace["showlegend"] = shown and trace["name"] not in named
        named |= {trace["name"]} if shown else set()
    return go.Figure({"data": traces, "layout": _layout(lanes, first, today)}, _validate=False)


def _by_day(loads: Sequence[Load]) -> dict[Source, dict[date, Day]]:
    found: dict[Source, dict[date, Day]] = defaultdict(lambda: defaultdict(Day))
    for load in loads:
        again = 0 if load.mended else load.quarantined  # what waits on was counted when it came
        found[load.system][london_day(load.at)] += Day(load.accepted, load.repeated, again)
    return found


def _lane(number: int, days: Mapping[date, Day]) -> list[dict[str, Any]]:
    x, hover = [day.isoformat() for day in days], "%{x|%a %-d %b}: %{y:,}<extra>"
    bar = {"type": "bar", "x": x, "width": 0.7 * _DAY}
    up, down = _axis(2 * number), _axis(2 * number + 1)
    kinds = (
        (_TAKEN, "taken in", [day.taken for day in days.values()], palette.DARK_BLUE, up),
        (_REPEATED, "repeated", [day.repeated for day in days.values()], palette.LIGHT_PURPLE, up),
        (_REFUSED, "quarantined", [day.refused for day in days.values()], palette.ORANGE, down),
    )
    return [
        bar
        | {
            "y": rows,
            "yaxis": axis,
            "name": name,
            "legendgroup": name,
            "marker": {"color": colour},
            "hovertemplate": f"{hover}{what}</extra>",
        }
        for name, what, rows, colour, axis in kinds
    ]


def _axis(number: int) -> str:
    """The name of an axis, as a trace has it."""
    return f"y{number + 1}" if number else "y"


def _layout(lanes: Sequence[Mapping[date, Day]], first: date, today: date) -> dict[str, Any]:
    height = (1 - _GAP * (len(SYSTEMS) - 1)) / len(SYSTEMS)
    tops = [1 - n * (height + _GAP) for n in range(len(SYSTEMS))]
    axes = [axis for days, top in zip(lanes, tops, strict=True) for axis in _rows(days, top, height)]
    return {
        "height": _HEIGHT,
        "margin": {"l": 64, "r": 8, "t": 34, "b": 34},
        "font": _FONT,
        "paper_bgcolor": palette.WHITE,
        "plot_bgcolor": palette.WHITE,
        "barmode": "stack",
        "dragmode": False,
        "hovermode": "closest",
        "hoverlabel": {"bgcolor": palette.WHITE, "bordercolor": palette.RULE, "font": _FONT, "align": "left"},
        "legend": {
            "orientation": "h",
            "x": 0,
            "y": 1.05,
            "yanchor": "bottom",
            "itemclick": False,
            "itemdoubleclick": False,
        },
        "xaxis": _days(first, today),
        "annotations": [_title(system, top) for system, top in zip(SYSTEMS, tops, strict=True)],
        **{f"yaxis{_axis(n)[1:]}": axis for n, axis in enumerate(axes)},
    }


def _days(first: date, today: date) -> dict[str, Any]:
    return {
        "type": "date",
        "range": [(first - timedelta(days=1)).isoformat(), (today + timedelta(days=1)).isoformat()],
        "tickformat": "%-d %b",
        "dtick": 14 * _DAY,
        "tick0": first.isoformat(),
        "tickangle": 0,
        "ticks": "outside",
        "ticklen": 8,
        "tickcolor": palette.RULE,
        "fixedrange": True,
        "showgrid": False,
        "linecolor": palette.RULE,
        "anchor": "free",
        "position": 0,
    }


def _rows(days: Mapping[date, Day], top: float, height: float) -> list[dict[str, Any]]:
    """The two axes of one lane; between lanes there is room for a title."""
    bottom, top = max(top - height, 0), top - 0.035
    middle = top - (top - bottom) * _UPPER
    most = max((day.refused for day in days.values()), default=0)
    alike = {
        "gridcolor": palette.RULE,
        "zerolinecolor": palette.QUIET,
        "fixedrange": True,
        "tickformat": ",d",
    }
    return [
        alike | {"domain": [middle, top], "rangemode": "tozero", "nticks": 3},
        alike
        | {
            "domain": [bottom, middle],
            "range": [max(most, 1) * 1.15, 0],
            "tickvals": [most] if most else [],
            "showgrid": bool(most),
        },
    ]


def _title(system: Source, top: float) -> dict[str, Any]:
    return {
        "text": f"<b>{system.words}</b>",
        "x": 0,
        "xref": "paper",
        "xanchor": "left",
        "y": top,
        "yref": "paper",
        "yanchor": "middle",
        "showarrow": False,
    }
