"""The job that measures how well the rating and the suggestions told last year who would leave or fail.

It looks at each teaching week as the nightly job would have, by what is stored now, and leaves published cells.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

import policy
from auth.refusals import Refusal
from auth.viewer import Viewer
from data_access import backtest_groups, gate, published
from data_access.alert_load import LOOK, answers, stored
from data_access.outcomes import Ended, outcomes
from engagement import backtest, thresholds
from engagement.backtest import CLOSE_UP, RATED, SUGGESTED, WEEKS, Seen
from engagement.grounds import findings
from engagement.published import Cell, Family
from engagement.thresholds import Grid, Then
from policy.calendar import Calendar, Week
from privacy import flagged

Progress = Callable[[int, int], None]


class NoEarlierYear(Refusal):
    """There is no earlier year to measure on: calendar.toml names none as [[earlier]], or nothing of it is loaded."""


def refresh(viewer: Viewer, at: datetime, report: Progress | None = None) -> int:
    """Measure on the last year before this one, and publish; how many cells. Raises NoEarlierYear.

    Each run replaces all that the run before it published, and no other family of reports.
    """
    rules, calendar = policy.current().engagement, policy.current().calendar
    year = max(calendar.earlier, key=lambda one: one.first, default=None)
    with gate.reading(viewer, None, LOOK, at) as opened:
        ended = outcomes(opened.session, year, calendar.first - timedelta(days=1)) if year else {}
        if year is None or not ended:
            raise NoEarlierYear
        grid = Grid.around(thresholds.in_force(rules))
        weeks, then = _weeks(opened.session, year, ended, grid, report)
    close_up = [week for week in weeks if week.number == CLOSE_UP]  # a short year has none
    students = [one for week in close_up for one in backtest_groups.students(viewer, week, rules.bands, at)]
    cells = [
        Cell("year", year.year, "rules", rules.version),
        *backtest.cells(weeks, rules.bands),
        *thresholds.told(grid, then),
        *flagged.cells(students, (RATED, SUGGESTED)),
    ]
    return published.publish(viewer, Family.ACCURACY, cells, rules.version, at)


def _weeks(
    session: Session, year: Calendar, ended: Mapping[int, Ended], grid: Grid, report: Progress | None
) -> tuple[list[backtest.Week], Then]:
    """The teaching weeks; and of the one that more is told of, what its grounds say to every threshold."""
    rules, found, then = policy.current().engagement, [], []
    courses = sorted({one.course for one in ended.values()})
    for number, on in _teaching(year):
        looked = {e: g for e, g in stored(session, on, courses) if e in ended}
        seen = (Seen(e, g.score, bool(findings(g, rules, year)), ended[e].outcome) for e, g in looked.items())
        found.append(backtest.Week(number, on, tuple(seen)))
        if number == CLOSE_UP:
            then = [(a, ended[e].outcome.bad) for a, e in answers(looked.items(), grid, year)]
        if report:
            report(number, WEEKS.stop)
    return found, then


def _teaching(year: Calendar) -> Iterator[tuple[int, date]]:
    """The numbers of the weeks that are looked at, and the Sunday of each."""
    mondays = (week for week in year.weeks() if year.kind(week) is Week.TEACHING)
    for number, week in enumerate(mondays, start=1):
        if number in WEEKS:
            yield number, week + timedelta(days=6)
