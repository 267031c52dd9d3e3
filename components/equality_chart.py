"""The gap chart: the share of each group with its interval, a line at the reference; from released cells alone."""

from components import palette, release_chart
from privacy import release_words
from privacy.disclosure import number
from privacy.releases import Cell, Measure, Table
from privacy.statistics import wilson


def show(table: Table, measure: Measure) -> None:
    """A row for each group with a number, in the order in which they are told; nothing where there are not two."""
    cells = [cell for cell in table.cells if number(cell.shares[measure.name]) is not None]
    if len(cells) < 2:
        return
    against = release_words.reference(table)
    line = number(against.shares[measure.name]) if against else None
    names = [_wrapped(release_words.name(cell)) for cell in cells]
    layout = release_chart.base(70 + 40 * len(cells), left=150) | {
        "xaxis": release_chart.per_cent(f"Share {measure.value}", to=None),
        "yaxis": release_chart.groups(names),
        "shapes": [_line(line)] if line is not None else [],
    }
    release_chart.draw([_points(cells, names, measure)], layout, "gaps", alt(table, measure))


def alt(table: Table, measure: Measure) -> str:
    """The chart in words."""
    told = [cell for cell in table.cells if number(cell.shares[measure.name]) is not None]
    shares = [f"{release_words.name(cell)} {cell.shares[measure.name]}%" for cell in told]
    return (
        f"Chart of the share {measure.value} for each group, with its interval. "
        f"{release_words.finding(table, measure)}. {'; '.join(shares)}. The table below holds every figure."
    )


def _points(cells: list[Cell], names: list[str], measure: Measure) -> dict[str, object]:
    """Intervals are worked out from the published headcount and share, not from what they were made of."""
    said = [number(cell.shares[measure.name]) or 0.0 for cell in cells]
    ends = [_interval(cell, one) for cell, one in zip(cells, said, strict=True)]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": said,
        "y": names,
        "marker": {"size": 11, "color": palette.DARK_BLUE},
        "error_x": {
            "type": "data",
            "symmetric": False,
            "array": [round(high - one, 1) for (_, high), one in zip(ends, said, strict=True)],
            "arrayminus": [round(one - low, 1) for (low, _), one in zip(ends, said, strict=True)],
            "color": palette.DARK_BLUE,
            "thickness": 1.5,
        },
        "customdata": [
            [cell.people, round(low), round(high)] for cell, (low, high) in zip(cells, ends, strict=True)
        ],
        "hovertemplate": "%{y}: %{x}% of about %{customdata[0]}<br>"
        "95% interval %{customdata[1]}% to %{customdata[2]}%<extra></extra>",
    }


def _interval(cell: Cell, share: float) -> tuple[float, float]:
    people = int(number(cell.people) or 0)
    low, high = wilson(round(people * share / 100), people) if people else (share / 100, share / 100)
    return 100 * low, 100 * high


def _line(share: float) -> dict[str, object]:
    return {
        "type": "line",
        "x0": share,
        "x1": share,
        "yref": "paper",
        "y0": 0,
        "y1": 1,
        "line": {"dash": "dot", "color": palette.QUIET, "width": 1.5},
    }


def _wrapped(name: str, width: int = 26) -> str:
    """Long names in lines of about so many letters."""
    lines = [""]
    for word in name.split():
        if len(lines[-1]) + len(word) > width and lines[-1]:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return "<br>".join(lines)
