"""An evaluation as tables for the terminal."""

from collections.abc import Callable, Iterable
from io import StringIO

from rich import box
from rich.console import Console
from rich.table import Table

from ingest.oulad.evaluation import Evaluation, Group, Row

_WIDTH = 120
_FIGURES: dict[str, Callable[[Row], str]] = {
    "day": lambda row: str(row.day),
    "model": lambda row: row.model,
    "ROC-AUC": lambda row: f"{row.roc_auc:.3f}",
    "PR-AUC": lambda row: f"{row.pr_auc:.3f}",
    "top 5 %": lambda row: f"{_share(row.precision_at_5)} {_share(row.recall_at_5)}",
    "top 10 %": lambda row: f"{_share(row.precision_at_10)} {_share(row.recall_at_10)}",
    "top 25 %": lambda row: f"{_share(row.precision_at_25)} {_share(row.recall_at_25)}",
    "Low of 45": lambda row: _number(row.alerts_per_tutor_of_45, 1),
    "days ahead": lambda row: _number(row.lead_time_days, 0),
    "Brier": lambda row: _number(row.brier, 3),
}
_WORDS = ("day", "rating", "students", "ended badly")
_GROUPS = ("day", "by", "group", "students", "ended badly", "others")
_TO_THE_LEFT = ("model", "rating", "by", "group")
_EXPLAINED = (
    "To end badly is to withdraw or fail. Top 10 %: of the tenth at most risk the share who ended badly; and the "
    "share of all who did that is in it.\nLow of 45: tutees rated Low or Very low. Days ahead: from the day to the "
    "withdrawal of those in the top tenth who withdrew, median."
)
_QUARTER = (
    "Of those who ended badly, and of the others, the share in the quarter that the rating puts most at risk "
    "(students to the nearest 5, nothing about fewer than 23):"
)


def text(found: Evaluation) -> str:
    """All of it: the models, what became of those with each word, and the groups."""
    console = Console(file=(written := StringIO()), width=_WIDTH, color_system=None)
    console.print(*_days(found.rows), _EXPLAINED, sep="\n")
    console.print(_table(_FIGURES, ([figure(row) for figure in _FIGURES.values()] for row in found.rows)))
    console.print("What became of those with each word of the rating:")
    console.print(_table(_WORDS, _words(found.rows)))
    console.print(_QUARTER)
    console.print(_table(_GROUPS, _groups(found.groups)))
    return "\n".join(line.rstrip() for line in written.getvalue().splitlines()).rstrip()


def _days(rows: Iterable[Row]) -> list[str]:
    of = {row.day: f"{row.students:,} students, {_share(row.share_bad)} ended badly." for row in rows}
    return [f"Day {day}: {told}" for day, told in of.items()]


def _words(rows: Iterable[Row]) -> list[list[str]]:
    return [
        [str(row.day), str(found.said), _number(found.students, 0), _share(found.share_bad)]
        for row in rows
        if row.model == "rating"
        for found in row.calibration or ()
    ]


def _groups(groups: Iterable[Group]) -> list[list[str]]:
    return [
        [str(g.day), g.by, g.group, _number(g.students, 0), _share(g.recall), _share(g.false_positive_rate)]
        for g in groups
    ]


def _table(heads: Iterable[str], rows: Iterable[list[str]]) -> Table:
    """Words to the left, numbers to the right; a line between days."""
    table = Table(box=box.SIMPLE_HEAD)
    for head in heads:
        table.add_column(head, justify="left" if head in _TO_THE_LEFT else "right", no_wrap=True)
    before = None
    for row in rows:
        if before not in (None, row[0]):
            table.add_section()
        table.add_row(*row)
        before = row[0]
    return table


def _share(of_all: float | None) -> str:
    return "–" if of_all is None else f"{100 * of_all:.0f} %"


def _number(value: float | None, decimals: int) -> str:
    return "–" if value is None else f"{value:,.{decimals}f}"
