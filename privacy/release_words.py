"""Releases in sentences: what a figure shows, what a mark stands for, and what none of it proves."""

from collections.abc import Sequence
from datetime import date

from engagement import words
from privacy import evidence
from privacy.disclosure import FEW, PROFILES, UNSURE, meaning, number
from privacy.evidence import Verdict
from privacy.groupings import GROUPINGS
from privacy.lattice import ALL
from privacy.releases import NOT_SHOWN, Cell, Cohort, Measure, Release, Table
from privacy.statistics import mantel_haenszel

EMPTY = (
    "No release is approved yet. A job counts the students of each census; once information compliance has approved "
    "what it counted, the figures stand here."
)
_DASH = "–"
_RULES = {"ons_10_5_ofs": "ONS and OfS", "nhs_opensafely": "OpenSAFELY", "hesa": "HESA"}


def full(on: date) -> str:
    """`23 November 2026`."""
    return f"{words.day(on)} {on.year}"


def cohort(of: Release) -> str:
    """Which students a release counts: `Students on 15 November 2026`."""
    match of.cohort:
        case Cohort.CENSUS | Cohort.WEEK:
            return f"Students on {full(of.census)}"
        case Cohort.FINISHING:
            return f"Due to finish, of those on {full(of.census)}"
        case Cohort.AWARDS:
            return f"UK first-degree awards, of those on {full(of.census)}"


def alike(one: Release, other: Release) -> bool:
    """Whether two releases are of the same kind of students and by the same rules, so that they make a series."""
    return (one.cohort, one.rule) == (other.cohort, other.rule)


def rules(of: Release) -> str:
    """By whose rules small groups are protected: `Small groups by the rules of ONS and OfS (print 9ee97233)`.

    The print tells whether two releases were made by the very same rules.
    """
    return f"Small groups by the rules of {_RULES[of.profile]} (print {of.rule[:8]})"


def name(cell: Cell) -> str:
    """The group as it is called; everybody for the first."""
    return "All students" if cell.group == ALL else cell.group


def share(said: str) -> str:
    """`35%`, or the mark."""
    return said if number(said) is None else f"{said}%"


def reference(table: Table) -> Cell | None:
    """The group that gaps are measured against; None where it is all others together."""
    steps = GROUPINGS[table.dimension].steps
    wanted = steps[table.step].reference if steps else ""
    return next((cell for cell in table.cells if cell.group == wanted), None)


def compared(table: Table) -> list[Cell]:
    """The groups that are held against the reference."""
    step, against = GROUPINGS[table.dimension].steps[table.step], reference(table)
    return [c for c in table.cells[1:] if c is not against and c.group not in step.beside]


def finding(table: Table, measure: Measure) -> str:
    """The sentence above the chart: which gaps are likely, or that nothing can be told."""
    likely = [cell for cell in table.cells if cell.verdicts.get(measure.name) == Verdict.LIKELY]
    if likely:
        shares = [f"{one.group} {share(one.shares[measure.name])}" for one in likely]
        against = reference(table) or table.cells[0]
        gaps = "A likely gap" if len(likely) == 1 else "Likely gaps"
        other = f"{name(against)} {share(against.shares[measure.name])}"
        return f"{gaps} by {table.dimension}: {words.listed(shares)}, beside {other}"
    told = [cell for cell in table.cells if cell.verdicts.get(measure.name) == Verdict.UNCLEAR]
    if told:
        return f"No clear evidence of a gap by {table.dimension}"
    return f"Too few to say by {table.dimension}"


def gap(cell: Cell, against: Cell | None, measure: Measure) -> str:
    """`+6 points (1 to 12)`, from published figures alone; a dash where there is no number on both sides."""
    if cell is against:
        return "reference"
    if against is None or not cell.verdicts.get(measure.name):
        return _DASH
    found = evidence.gap(cell.shares[measure.name], cell.people, against.shares[measure.name], against.people)
    if found is None:
        return _DASH
    points, (low, high) = found
    return f"{points:+d} points ({round(low)} to {round(high)})".replace("-", "−")


def evidence_of(cell: Cell, measure: Measure) -> str:
    """The verdict, or a dash."""
    return cell.verdicts.get(measure.name) or _DASH


def same_mix(group: Cell, against: Cell, courses: Sequence[Table], measure: Measure) -> str:
    """The gap as it is, and as it were if both groups were on the same courses; empty where too little is told."""
    strata = [found for table in courses if (found := _stratum(table, group.group, against.group, measure))]
    raw = mantel_haenszel([_four(group, against, measure)] if _told(group, against, measure) else [])
    adjusted = mantel_haenszel(strata)
    if raw is None or adjusted is None or len(strata) < 2:
        return ""
    return (
        f"**{group.group}**: the odds are {raw:.1f} times those of {against.group}; held course by course "
        f"(Mantel–Haenszel, {words.of(len(strata), 'course')} with figures for both) {adjusted:.1f} times."
    )


def _stratum(table: Table, group: str, against: str, measure: Measure) -> tuple[int, int, int, int] | None:
    cells = {cell.group: cell for cell in table.cells}
    if group not in cells or against not in cells or not _told(cells[group], cells[against], measure):
        return None
    return _four(cells[group], cells[against], measure)


def _told(one: Cell, other: Cell, measure: Measure) -> bool:
    return None not in (number(one.shares[measure.name]), number(other.shares[measure.name]))


def _four(one: Cell, other: Cell, measure: Measure) -> tuple[int, int, int, int]:
    """How many of how many, of both, as the published share and headcount say."""
    n, m = int(one.people), int(other.people)
    x, y = number(one.shares[measure.name]) or 0, number(other.shares[measure.name]) or 0
    return round(n * x / 100), n, round(m * y / 100), m


def meanings(profile: str) -> dict[str, str]:
    """What each mark stands for, by the rules of a release."""
    return {
        **meaning(PROFILES[profile]),
        NOT_SHOWN: "more than half of the students here have not told their group",
    }


def marks(cells: Sequence[Cell], measure: Measure, profile: str) -> list[str]:
    """What each mark in these cells stands for, once."""
    there = {value for cell in cells for value in (cell.people, cell.shares[measure.name])}
    return [f"**{mark}** {said}" for mark, said in meanings(profile).items() if mark in there]


def hidden(table: Table, measure: Measure) -> str:
    """How many groups are not told of here, in one sentence."""
    groups = table.cells[1:]
    few = sum(cell.people in (FEW, NOT_SHOWN) for cell in groups)
    unsure = sum(
        cell.people not in (FEW, NOT_SHOWN) and cell.shares[measure.name] == UNSURE for cell in groups
    )
    if not few and not unsure:
        return "Every group is shown."
    parts = [
        f"{words.of(few, 'group')} without a headcount" if few else "",
        f"{unsure} without a share" if unsure else "",
    ]
    return f"Of {words.of(len(groups), 'group')}: {words.listed([part for part in parts if part])}."


MEANS = (
    "**Likely gap** means that the difference to the reference group is at least "
    f"{evidence.LEAST} points and larger than chance alone would bring in 95 of 100 cases, all groups of the "
    "characteristic held against each other. It tells that there is something to look into, not why. **No clear "
    "evidence** is not “no gap”: small groups hide large ones. **Too few to say** is under 23 students, or almost "
    "none or all of them. Groups that students have not told are left out of every comparison."
)


def why_hidden(profile: str) -> str:
    """How headcounts and shares are told, and why some are not."""
    rules = PROFILES[profile]
    few = (
        f"No headcount under {rules.smallest} is shown, and none that would let a reader work one out by subtracting "
        "what is shown from a total: before a release is kept, a program that knows all rules and all figures tries "
        "just that. "
    )
    shares = (
        f"Shares are of {rules.smallest_rate:g} students or more, and stand on a grid as coarse as the group is "
        "small: totals need not add up."
    )
    return f"{few if rules.smallest else ''}Headcounts are rounded to {rules.nearest}. {shares}"
