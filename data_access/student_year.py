"""One student's year as values, in a transaction that the gate has opened, with what the role may read of it."""

from datetime import date, datetime, timedelta

import policy
from auth.permissions import readable
from data_access import suggestions
from data_access.gate import Opened
from data_access.recorded import recorded
from data_access.standing import explained, standings, studies, window, window_length
from data_access.tables import Mode
from engagement import marks, view
from engagement.away import away
from engagement.facts import Facts
from engagement.lanes import stretches
from engagement.period import Period, period
from engagement.suggestion import Suggestion
from engagement.timeline import Timeline
from engagement.view import By, View
from policy.days import london_day
from privacy.labels import Category


def year(opened: Opened, at: datetime) -> Timeline:
    """The academic year of the one student opened, up to `at`, week by week."""
    calendar, today = policy.current().calendar, london_day(at)
    whole = view.year(calendar)
    begins = whole[0]
    found = studies(opened)
    standing = tuple(explained(opened, found, standings(opened, found, begins, at), at))
    known = recorded(opened, begins, at)
    gone = away(known)
    suggested = _suggested(opened, today)
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
    ).marked(marks.disputed(known))


def _suggested(opened: Opened, today: date) -> tuple[Suggestion, ...]:
    """Suggestions to talk, where they are among what the viewer may read for this purpose."""
    mine = readable(opened.viewer.role, opened.act, (Category.SUGGESTION,))
    return suggestions.every(opened, today) if mine else ()


def _periods(known: Facts, mode: Mode, as_of: date) -> tuple[Period | None, Period | None]:
    """The window of the rating, and as many taught days before it."""
    excused, length = policy.current().engagement.excused, window_length(mode)
    days = window(mode, as_of)
    before = window(mode, days[0] - timedelta(days=1)) if days else []
    return period(known, days, length, excused), period(known, before, length, excused)
