"""Now against before, of one student alone: the title of the chart, and the sentences a student reads first."""

from engagement import words
from engagement.facts import USUAL
from engagement.period import Period
from engagement.timeline import Timeline

FALLEN = 15
"""Percentage points of attendance that make a title of their own."""

DAYS = 3
"""Days on the VLE that make a title of their own."""


_LEADS = {
    (-1, -1): "Fewer classes and fewer days on the VLE than before",
    (-1, 0): "Fewer classes than before",
    (-1, 1): "Fewer classes, more days on the VLE than before",
    (0, -1): "Fewer days on the VLE than before",
    (0, 0): "Classes and days on the VLE much as before",
    (0, 1): "More days on the VLE than before",
    (1, -1): "More classes, fewer days on the VLE than before",
    (1, 0): "More classes than before",
    (1, 1): "More classes and more days on the VLE than before",
}


def finding(timeline: Timeline) -> str:
    """The title of the chart: what changed against the student's own weeks before."""
    now, before = timeline.now, timeline.before
    if now is None or now.empty:
        return "Nothing recorded in these weeks"
    if before is None or before.empty:
        return "The weeks so far"
    return _LEADS[_direction(now, before)]


def figures(timeline: Timeline) -> str:
    """The figures behind the finding; empty where there are none."""
    now, before = timeline.now, timeline.before
    if now is None or now.empty:
        return ""
    said = words.sentence(f"{_span(now)}: {_figures(now)}")
    if before and not before.empty:
        said += " " + words.sentence(f"{_span_before(before)}: {_figures(before)}")
    return said


def own(timeline: Timeline) -> str:
    """What a student reads first: their own last weeks and the weeks before. No word of rating, no rank."""
    now, before = timeline.now, timeline.before
    if now is None:
        return (
            "Teaching has not begun yet. Your classes, VLE days and deadlines will appear here week by week."
        )
    if now.empty:
        return f"Nothing was recorded for you in {_span(now)} ({words.days(now.first, now.last)})."
    said = words.sentence(f"in {_span(now)} ({words.days(now.first, now.last)}) you {_did(now)}")
    if now.unrecorded:
        left_out = words.of(now.unrecorded, "class without a register is", "classes without a register are")
        said += f" {left_out} left out."
    if before and not before.empty:
        said += " " + words.sentence(f"in {_span_before(before)}, you {_did(before)}")
    return said


def _direction(now: Period, before: Period) -> tuple[int, int]:
    """Whether classes and days on the VLE have gone down (−1), up (1) or neither (0)."""
    alike = abs(now.told - before.told) <= USUAL  # days that the VLE did not tell of are not fewer days on it
    return (
        _sign(now.percent, before.percent, FALLEN),
        _sign(now.days_online, before.days_online, DAYS) if alike else 0,
    )


def _sign(now: int | None, before: int | None, enough: int) -> int:
    if now is None or before is None or abs(now - before) < enough:
        return 0
    return 1 if now > before else -1


def _figures(period: Period) -> str:
    said = []
    if period.held:
        said.append(f"{period.attended} of {words.of(period.held, 'class', 'classes')}")
    if period.days_online is not None:
        said.append(f"{words.of(period.days_online, 'day')} on the VLE{_of_told(period)}")
    if period.missing:
        said.append(words.missing(period.missing, period.due))
    return words.listed(said) if said else words.of(period.due, "piece of work due", "pieces of work due")


def _did(period: Period) -> str:
    said = [clause for clause in (_went(period), _used(period), _handed_in(period)) if clause]
    return words.listed(said) if said else "had no classes and nothing due"


def _went(period: Period) -> str:
    if period.held:
        return f"went to {period.attended} of {words.of(period.held, 'class', 'classes')}"
    if period.authorised:
        return f"had authorised absence from {words.of(period.authorised, 'class', 'classes')}"
    return ""


def _used(period: Period) -> str:
    if period.days_online is None:
        return ""
    if not period.days_online:
        return "did not use the VLE" + (
            f" on the {period.told} days that reached us" if period.in_part else ""
        )
    return f"used the VLE on {words.of(period.days_online, 'day')}{_of_told(period)}"


def _of_told(period: Period) -> str:
    return f" of the {period.told} that reached us" if period.in_part else ""


def _handed_in(period: Period) -> str:
    if not period.due:
        return ""
    done = period.due - period.missing
    if done:
        return f"handed in {words.pieces(done, period.due)} due"
    return f"have not yet handed in the {words.of(period.due, 'piece', 'pieces')} of work due"


def _span(period: Period) -> str:
    if period.short:
        return f"the {words.of(period.taught_days, 'teaching day')} so far"
    weeks = period.length // 7
    return f"the last {words.small(weeks)} teaching weeks" if weeks > 1 else "the last teaching week"


def _span_before(period: Period) -> str:
    if period.short or period.length < 14:
        return f"the {words.of(period.taught_days, 'teaching day')} before"
    return f"the {words.small(period.length // 7)} teaching weeks before"
