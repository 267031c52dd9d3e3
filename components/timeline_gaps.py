"""Where a lane has no data: hatched, so that it can never be taken for nought."""

from collections.abc import Iterator
from datetime import date
from itertools import groupby
from typing import Any

from components import palette
from components.timeline_lanes import DAY, Lane, noon, tallest
from engagement.lanes import Known
from engagement.timeline import Timeline
from privacy.labels import Source


def without_data(lane: Lane, timeline: Timeline) -> list[dict[str, Any]]:
    """Hatched from the first to the last day of which the system told us nothing."""
    spans = list(_missing(lane.system, timeline)) if lane.system else []
    if not spans:
        return []
    return [
        {
            "type": "bar",
            "x": [(noon(first) + (last - first) / 2).isoformat() for first, last in spans],
            "width": [((last - first).days + 1) * DAY for first, last in spans],
            "y": [tallest(lane, timeline)] * len(spans),
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


def _missing(system: Source, timeline: Timeline) -> Iterator[tuple[date, date]]:
    """Days without a feed or not loaded yet, in weeks or days that are over; and the gaps that are on record."""
    over = (one for one in timeline.stretches if one.last < timeline.today)
    for dark, run in groupby(over, lambda one: one.known[system] in (Known.NO_FEED, Known.NOT_YET)):
        if dark:
            found = list(run)
            yield found[0].first, found[-1].last
    for gap in timeline.gaps:
        first, last = max(gap.first, timeline.view.first), min(gap.last, timeline.today, timeline.view.last)
        if gap.system is system and first <= last:
            yield first, last


def fed(lane: Lane, timeline: Timeline) -> bool:
    """Whether the lane's system has ever told us anything of the weeks or days that are seen so far."""
    system, begun = lane.system, [one for one in timeline.stretches if one.first <= timeline.today]
    return system is None or not begun or any(one.known[system] is not Known.NO_FEED for one in begun)
