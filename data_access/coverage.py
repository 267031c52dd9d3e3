"""How far support reaches, counted in the database: how many students, never who."""

from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import func, select

import policy
from auth.permissions import Act, Action
from auth.viewer import Viewer
from data_access import coverage_counts as counts
from data_access import gate
from data_access.prepared import Statement, parameter
from data_access.scope import covers
from data_access.tables import Person, Tutoring
from policy.days import LONDON, london_day
from privacy.labels import Category
from privacy.purposes import Purpose
from support import coverage
from support.coverage import LONG, SOON, Coverage

LOOK = Act(Action.READ, Category.COVERAGE, Purpose.FOLLOW_UP)


def by_tutor(viewer: Viewer, at: datetime) -> Coverage:
    """A line for each tutor of today, by name, and how many students have none or are not reached.

    A tutor is whom student records name; who only covers for them has no line. Everything is counted by the
    student's tutor of today, whoever did it.
    """
    with gate.reading(viewer, None, LOOK, at) as opened:
        asked = _asked(at)
        rows = opened.session.execute(_LINES, asked).all()
        whole = opened.session.execute(_WHOLE, asked).one()
    lines = (
        coverage.Tutoring(f"{given} {family}", tutees, *(n or 0 for n in of_them))
        for _, given, family, tutees, *of_them in rows
    )
    return Coverage(tuple(lines), whole.students, whole.without_tutor or 0, whole.not_reached or 0)


def _asked(at: datetime) -> dict[str, Any]:
    ours, today = policy.current(), london_day(at)
    raised = coverage.raised_by(today, ours.engagement.suggestions.working_days, ours.calendar)
    return {
        "today": today,
        "at": at,
        "since_4": at - SOON,
        "since_8": at - LONG,
        "began": today - LONG,
        "raised": _after(raised),
    }


def _after(day: date) -> datetime:
    """The end of a day in London."""
    return datetime.combine(day + timedelta(days=1), time(), LONDON)


def _lines() -> Statement:
    """Number, name, tutees and counts of every tutor, in the order of the fields of `coverage.Tutoring`."""
    silent = counts.not_reached()
    not_met = counts.CONTACTS.c.enrolment.is_(None) & (counts.STUDYING.c.starts <= parameter("began"))
    return (
        select(
            Person.number,
            Person.given_name,
            Person.family_name,
            func.count(),
            func.sum(counts.SUGGESTIONS.c.unanswered),
            func.sum(counts.OFFERS.c.for_student),
            func.sum(counts.OFFERS.c.for_tutor),
            func.sum(counts.CONTACTS.c.contacts_4),
            func.sum(counts.CONTACTS.c.contacts_8),
            counts.number(not_met, "not_met"),
            func.sum(counts.ACTIONS.c.actions),
            func.sum(counts.REVIEWS.c.reviews),
            func.count(silent.c.enrolment),
        )
        .select_from(counts.TUTORED)
        .join(counts.STUDYING, counts.STUDYING.c.enrolment == counts.TUTORED.c.enrolment)
        .join(Person, Person.number == counts.TUTORED.c.tutor)
        .outerjoin(counts.SUGGESTIONS, counts.SUGGESTIONS.c.enrolment == counts.STUDYING.c.enrolment)
        .outerjoin(counts.OFFERS, counts.OFFERS.c.enrolment == counts.STUDYING.c.enrolment)
        .outerjoin(counts.CONTACTS, counts.CONTACTS.c.enrolment == counts.STUDYING.c.enrolment)
        .outerjoin(counts.ACTIONS, counts.ACTIONS.c.enrolment == counts.STUDYING.c.enrolment)
        .outerjoin(counts.REVIEWS, counts.REVIEWS.c.enrolment == counts.STUDYING.c.enrolment)
        .outerjoin(silent, silent.c.enrolment == counts.STUDYING.c.enrolment)
        .group_by(Person.number, Person.given_name, Person.family_name)
        .order_by(Person.family_name, Person.given_name, Person.number)
    )


def _whole() -> Statement:
    """How many study, how many of them have no tutor of any kind today, and how many are not reached."""
    silent = counts.not_reached()
    somebody = (
        select(Tutoring.enrolment.label("enrolment"))
        .where(covers(Tutoring.first, Tutoring.last))
        .distinct()
        .subquery()
    )
    return (
        select(
            func.count().label("students"),
            counts.number(somebody.c.enrolment.is_(None), "without_tutor"),
            func.count(silent.c.enrolment).label("not_reached"),
        )
        .select_from(counts.STUDYING)
        .outerjoin(somebody, somebody.c.enrolment == counts.STUDYING.c.enrolment)
        .outerjoin(silent, silent.c.enrolment == counts.STUDYING.c.enrolment)
    )


_LINES, _WHOLE = _lines(), _whole()
