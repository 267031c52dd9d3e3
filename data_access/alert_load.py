"""The job that counts what other thresholds would raise among today's students, and leaves published cells.

Once a week is enough, and safer than each night: between two counts that lie a day apart stand few students.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime

from sqlalchemy import not_, select
from sqlalchemy.orm import Session

import policy
from auth.permissions import Act, Action
from auth.viewer import Viewer
from data_access import gate, grounds, published
from data_access.coverage_counts import TUTORED
from data_access.restricted import restricted
from data_access.scope import active
from data_access.tables import Course
from engagement import thresholds
from engagement.grounds import Grounds
from engagement.published import Family
from engagement.thresholds import Answer, Grid
from policy.calendar import Calendar
from policy.days import london_day
from privacy.labels import Category
from privacy.purposes import Duty, Purpose

LOOK = Act(Action.READ, Category.ENGAGEMENT, Duty.AUDIT)


def refresh(viewer: Viewer, at: datetime) -> int:
    """Count for each choice of thresholds, and publish in the place of the last count; how many cells."""
    rules, today = policy.current().engagement, london_day(at)
    with gate.reading(viewer, None, LOOK, at) as opened:
        grid, tutors = Grid.around(thresholds.in_force(rules)), _tutors(opened.session, today)
        every = opened.session.scalars(select(Course.id).order_by(Course.id)).all()
        of = stored(opened.session, today, every)
        found = answers(of, grid, policy.current().calendar.of(today))
        now = [(answer, tutors.get(enrolment)) for answer, enrolment in found]
    return published.publish(viewer, Family.ALERT_LOAD, thresholds.raised(grid, now), rules.version, at)


def answers(of: Iterable[tuple[int, Grounds]], grid: Grid, year: Calendar) -> Iterator[tuple[Answer, int]]:
    """What the grounds of each enrolment say to every place of the grid, and whose they are."""
    rules = policy.current().engagement
    for enrolment, ground in of:
        yield thresholds.answer(ground, grid, rules, year), enrolment


def stored(session: Session, on: date, courses: Iterable[int]) -> Iterator[tuple[int, Grounds]]:
    """The grounds of all on these courses who were students that day, by the weeks that are stored up to it.

    Without those whose data may not be used for this.
    """
    looked = grounds.look(session, on)
    for lot in grounds.lots(session, courses):
        own = lot.where(active(), not_(restricted(Purpose.IDENTIFY)))
        yield from grounds.stored(session, looked, own).items()


def _tutors(session: Session, on: date) -> Mapping[int, int]:
    """The personal tutor of each enrolment that day, as student records tell; cover is not counted twice."""
    tutored = select(TUTORED.c.enrolment, TUTORED.c.tutor).order_by(TUTORED.c.tutor)
    return dict(session.execute(tutored, {"today": on}).all())
