"""One student's year: where they stand, and every week of it as the systems told us."""

from datetime import date, datetime, timedelta

import policy
from auth.permissions import Act, Action
from auth.refusals import NotYoursToSee
from auth.viewer import Role, Viewer
from data_access import gate, suggestions
from data_access.gate import Opened
from data_access.recorded import recorded
from data_access.standing import explained, standings, studies, window, window_length
from data_access.tables import Mode
from engagement import marks, view
from engagement.away import away
from engagement.facts import Facts
from engagement.lanes import stretches
from engagement.period import Period, period
from engagement.timeline import Timeline
from engagement.view import By, View
from policy.days import london_day
from privacy.labels import Category
from privacy.purposes import Purpose

LOOK = Act(Action.READ, Category.ENGAGEMENT, Purpose.IDENTIFY)
NOT_ENROLLED = (
    "There is nothing to show here while you are not actively enrolled. "
    "You can still ask the university for a copy of what is held about you."
)


def year(viewer: Viewer, student_id: str | None, at: datetime) -> Timeline:
    """The student's academic year up to `at`, week by week; None is the viewer's own. Raises NotYoursToSee."""
    if student_id is None and viewer.role is not Role.STUDENT:
        raise NotYoursToSee
    with gate.reading(viewer, student_id, LOOK, at) as opened:
        if not opened.students:
            raise NotYoursToSee(NOT_ENROLLED)
        return _year(opened, at)


def _year(opened: Opened, at: datetime) -> Timeline:
    calendar, today = policy.current().calendar, london_day(at)
    whole = view.year(calendar)
    begins = whole[0]
    found = studies(opened)
    standing = tuple(explained(opened, found, standings(opened, found, begins, at), at))
    known = recorded(opened, begins, at)
    gone = away(known)
    suggested = suggestions.every(opened, today)
    now, before = _periods(known, found[0].mode, standing[0].as_of or today)
    return Timeline(
        id=found[0].id,
        given_name=found[0].given_name or "",
        family_name=found[0].family_name or "",
        today=today,
        standings=standing,
        facts=known,
        view=View(*whole),
        stretches=stretches(known, gone, calendar, whole, By.WEEKS, today),
        now=now,
        before=before,
        suggestions=suggested,
        away=gone,
        marks=marks.all_of(known.agreed, suggested, today),
    )


def _periods(known: Facts, mode: Mode, as_of: date) -> tuple[Period | None, Period | None]:
    """The window of the rating, and as many taught days before it."""
    excused, length = policy.current().engagement.excused, window_length(mode)
    days = window(mode, as_of)
    before = window(mode, days[0] - timedelta(days=1)) if days else []
    return period(known, days, length, excused), period(known, before, length, excused)
