"""Equality monitoring in sentences: what a figure shows, what a mark stands for, and what none of it proves."""

from collections.abc import Sequence

from engagement import words
from privacy import evidence
from privacy.characteristics import UNKNOWN
from privacy.disclosure import FEW, HARDLY_ANY, MEANING, NEARLY_ALL, UNSURE, number
from privacy.evidence import Verdict
from privacy.lattice import ALL
from privacy.releases import NOT_SHOWN, Cell, Measure, Table

EMPTY = (
    "No release is approved yet. Once “manage.py release build” has counted a census and information compliance has "
    "approved it, its figures stand here."
)
MARKS = {
    **{mark: MEANING[mark] for mark in (FEW, UNSURE, HARDLY_ANY, NEARLY_ALL)},
    NOT_SHOWN: "more than half of the students here have not told their group",
}


def name(cell: Cell) -> str:
    """The group as it is called; everybody for the first."""
    return "All students" if cell.category == ALL else cell.category


def share(said: str) -> str:
    """`35%`, or the mark."""
    return said if number(said) is None else f"{said}%"


def finding(table: Table, measure: Measure) -> str:
    """The sentence above the chart: which gaps are likely, or that nothing can be told."""
    likely = [cell for cell in table.cells if cell.verdicts.get(measure.name) == Verdict.LIKELY]
    if likely:
        shares = [f"{one.category} {share(one.shares[measure.name])}" for one in likely]
        every = share(table.cells[0].shares[measure.name])
        gaps = "A likely gap" if len(likely) == 1 else "Likely gaps"
        return f"{gaps} by {table.dimension}: {words.listed(shares)}, of all {every}"
    told = [cell for cell in table.cells if cell.verdicts.get(measure.name) == Verdict.UNCLEAR]
    return (
        f"No clear evidence of a gap by {table.dimension}" if told else f"Too few to say by {table.dimension}"
    )


def gap(cell: Cell, reference: Cell | None, measure: Measure) -> str:
    """`+6 points (1 to 12)`, from published figures alone; empty where there is no number on both sides."""
    if reference is None or cell is reference or cell.category in (ALL, UNKNOWN):
        return ""
    found = evidence.gap(
        cell.shares[measure.name], cell.people, reference.shares[measure.name], reference.people
    )
    if found is None:
        return ""
    points, (low, high) = found
    return f"{points:+d} points ({round(low)} to {round(high)})"


def marks(cells: Sequence[Cell], measure: Measure) -> list[str]:
    """What each mark in these cells stands for, once."""
    there = {value for cell in cells for value in (cell.people, cell.shares[measure.name])}
    return [f"**{mark}** {meaning}" for mark, meaning in MARKS.items() if mark in there]


MEANS = (
    "**Likely gap** means that the difference to the reference group is at least "
    f"{evidence.LEAST} points and larger than chance alone would bring in 95 of 100 cases, all groups of the "
    "characteristic held against each other. It tells that there is something to look into, not why. **No clear "
    "evidence** is not “no gap”: small groups hide large ones. **Too few to say** is under 23 students, or almost "
    "none or all of them. Groups that students have not told are left out of every comparison."
)
