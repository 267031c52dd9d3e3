"""What the figures of last year say, in sentences: for managers and compliance, from published cells alone."""

from collections.abc import Sequence

from engagement import words
from engagement.backtest import CLOSE_UP, OF_A_TUTOR, RATED, SUGGESTED
from engagement.published import Published, Row
from engagement.rules import Section
from engagement.suggestion import Rule
from engagement.thresholds import Choice
from policy.days import london_day
from privacy.disclosure import HARDLY_ANY, MEANING, NEARLY_ALL, number

FLAGGED = (
    "At the end of each teaching week some students were flagged: rated Low or Very low, or with a suggestion to "
    "talk that stood then. The lines show how often either was right, and how much it found."
)
FLAGS = {RATED: "rated Low or Very low", SUGGESTED: "with a suggestion to talk"}
SHORT = {RATED: "Low or Very low", SUGGESTED: "Suggestion to talk"}
_OF_A_TUTOR = {RATED: "are rated Low or Very low", SUGGESTED: "have a suggestion to talk"}
_BEFORE = {RATED: "were rated Low or Very low", SUGGESTED: "had a suggestion to talk"}
_EDGES = {HARDLY_ANY: "hardly any", NEARLY_ALL: "nearly all"}

EMPTY = (
    "Nothing has been measured yet. Once a year has ended and its marks are loaded, “manage.py evaluate last-year” "
    "measures the rating and the suggestions on it, and the figures stand here."
)
LIMITS = Section(
    "What this does not show",
    (),
    (
        "It does not show that talking helps. Whether somebody was flagged and how the year ended go together; "
        "no more is said.",
        "Somebody who was flagged, helped, and then passed looks like an error here. The better the tutors, the "
        "worse these figures.",
        "The counts are small. A few students more or fewer move a share by several points, so that the lines of a "
        "quiet year may still go up and down.",
        "Each week is looked at with the data that are stored today. A mark counts from the day the work was due, "
        "although students had it some weeks later, and so do corrections that came in afterwards: the rating of "
        "the day itself may have been a little less right.",
        "Failed is a mean of the year's marks under 40, weighted by credits, with nought for work that was never "
        "handed in. Those whose studies were interrupted or went on elsewhere, and research students, are left out.",
        "A gap between groups does not say where it comes from, and where there is no clear evidence of one there "
        "may still be one: those who left or failed are few.",
    ),
)


def share(said: str) -> str:
    """A published share in a sentence or a table: `75%`, or the mark that stands in its place."""
    return said if number(said) is None else f"{said}%"


def finding(of: Published) -> str:
    """The plain finding, of the week that more is told of."""
    (year,), week = of.rows("year"), of.rows("weeks").get(f"{CLOSE_UP:02}", {})
    right, found = (_said(week.get(f"{RATED}: {what}", "")) for what in ("precision", "recall"))
    if not right or not found:
        return (
            f"In week {CLOSE_UP} of {year} too few were rated Low or Very low to say how often that was right"
        )
    return (
        f"In week {CLOSE_UP} of {year}, {right} of the students rated Low or Very low left or failed later; "
        f"{found} of all who did were among them"
    )


def made(of: Published, version: str) -> str:
    """When, on what and by which rules these figures were made; and what to do when the rules have changed."""
    (year,), on = of.rows("year"), london_day(of.made_at)
    said = (
        f"Made on {words.day(on)} {on.year} by the rules of version {of.rule}, on all who studied in {year} and were "
        "still there at the end of a week. Counts are to the nearest five."
    )
    if of.rule == version:
        return said
    return f"{said} The rules in force are version {version}: run “manage.py evaluate last-year” again."


def over_the_weeks(of: Published) -> str:
    """What the lines show, from the first week to the last."""
    rows = list(of.rows("weeks").values())
    return " ".join(_line(rows, flag) for flag in FLAGS)


def load(of: Published) -> str:
    """What the flags mean for a tutor."""
    return " ".join(_of_a_tutor(list(of.rows("weeks").values()), flag) for flag in FLAGS)


COUNT_AGAIN = (
    "The thresholds in force are not among the figures, which come from before the last change. They are counted "
    "anew with the new week, or at once by “manage.py evaluate this-week”."
)


def lead(of: Published) -> str:
    """How long before somebody left the first flag stood, and how long it was from each week on."""
    first = [_lead(of.rows("lead").get(flag, {}), who) for flag, who in _BEFORE.items()]
    return " ".join([*first, *(_ahead(list(of.rows("weeks").values()), flag) for flag in FLAGS)]).rstrip()


def meaning() -> Section:
    """What the marks mean that stand in the place of a number."""
    return Section(
        "What the marks mean",
        ("No figure here leads to a person. Where it might, or where it would mean nothing, a mark stands:",),
        [f"{mark}: {said}" for mark, said in MEANING.items()],
    )


def outlook(row: Row, day: str) -> str:
    """What one choice of thresholds would have raised on that day, for whom, and how it would have done last year."""
    raised = row["suggestions"]
    now = f"{f'About {raised}' if number(raised) else 'Fewer than ten'} suggestions on {day}"
    load = f", {row['per tutor']} per tutor of {OF_A_TUTOR}" if number(row["per tutor"]) else ""
    load += _over_tutors(row)
    if "precision" not in row:
        return f"{now}{load}; how it would have done last year has not been measured."
    right, found = _said(row["precision"]), _said(row["recall"])
    if not right or not found:
        return f"{now}{load}; last year, in week {CLOSE_UP}, too few students to say how it would have done."
    return (
        f"{now}{load}; last year, in week {CLOSE_UP}, {right} of the students with one left or failed later, and "
        f"{found} of all who did had one."
    )


def _over_tutors(row: Row) -> str:
    """How unevenly they would fall to tutors; empty where there are too few tutors to say."""
    median, most = number(row.get("median", "")), row.get("most", "")
    if median is None:
        return ""
    tail = f"and one has about {most}" if number(most) else "and nobody has ten"
    return f" (half of the tutors have {median:g} or fewer, {tail})"


def thresholds(of: Choice) -> str:
    """The thresholds in words."""
    return ", ".join(rule(one, of) for one in (Rule.QUIET, Rule.ATTENDANCE, Rule.FALL))


def rule(one: Rule, of: Choice) -> str:
    """One rule with its threshold: `10 quiet teaching days`."""
    match one:
        case Rule.MISSING:
            return "missing work"
        case Rule.QUIET:
            return words.of(of.quiet, "quiet teaching day")
        case Rule.ATTENDANCE:
            return f"attendance under {of.attendance}%"
        case Rule.FALL:
            return f"a fall of {words.of(of.fall, 'point')}"


def _of_a_tutor(rows: Sequence[Row], flag: str) -> str:
    many = _between([row[f"{flag}: per tutor"] for row in rows]) or "too few to say"
    return f"Of {OF_A_TUTOR} tutees, {many} {_OF_A_TUTOR[flag]} as a week ends."


def _line(rows: Sequence[Row], flag: str) -> str:
    right = _between([row[f"{flag}: precision"] for row in rows], "%")
    found = _between([row[f"{flag}: recall"] for row in rows], "%")
    if not right or not found:
        return f"There were too few students {FLAGS[flag]} to say how often that was right."
    return f"Of the students {FLAGS[flag]}, {right} left or failed later; {found} of all who did were flagged so."


def _between(said: Sequence[str], unit: str = "") -> str:
    """`40 to 80%`: the least and the most of what was published; empty where nothing was."""
    values = sorted(value for value in map(number, said) if value is not None)
    if not values:
        return ""
    least, most = values[0], values[-1]
    return f"{least:g}{unit}" if least == most else f"{least:g} to {most:g}{unit}"


def _lead(row: Row, who: str) -> str:
    before, weeks = _said(row.get("flagged before", "")), number(row.get("weeks", ""))
    if not before:
        return f"Too few left to say how many of them {who} before."
    said = f"Of those who left, {before} {who} before"
    if weeks is None:
        return f"{said}."
    return f"{said}, half of them at least {words.of(int(weeks), 'week')} ahead."


def _ahead(rows: Sequence[Row], flag: str) -> str:
    """The same counted from the end of each week; empty where no week says it."""
    weeks = _between([row.get(f"{flag}: weeks ahead", "") for row in rows])
    if not weeks:
        return ""
    unit = "week" if weeks == "1" else "weeks"
    return (
        f"Of the students {FLAGS[flag]} as a week ended who left, half did so at least {weeks} {unit} later, "
        "depending on the week."
    )


def _said(said: str) -> str:
    """A share in a sentence, empty where nothing can be said."""
    return _EDGES.get(said) or ("" if number(said) is None else share(said))
