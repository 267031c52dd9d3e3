"""The classes of the coming days, as the timetable of one student's modules has them."""

from datetime import datetime, timedelta

from sqlalchemy import select

from auth.permissions import Act, Action
from auth.viewer import Viewer
from data_access import gate
from data_access.gate import Opened
from data_access.prepared import ENROLMENTS, Statement, once, parameter, run
from data_access.tables import Module, Registration, TimetableEvent
from engagement.ahead import ComingClass
from policy.days import london_day, number
from privacy.labels import Category
from privacy.purposes import Purpose

LOOK = Act(Action.READ, Category.ENGAGEMENT, Purpose.IDENTIFY)
_AHEAD = timedelta(days=7)


def classes(viewer: Viewer, student_id: str | None, at: datetime) -> list[ComingClass]:
    """Those of the seven days from `at` on, the soonest first; None is the viewer's own. Raises NotYoursToSee.

    The timetable does not tell who belongs to which group, so a class of another group may be among them.
    """
    with gate.reading_one(viewer, student_id, LOOK, at) as opened:
        asked = {
            "enrolments": opened.enrolments,
            "at": at,
            "date": london_day(at),
            "first": number(london_day(at)),
            "until": number(london_day(at + _AHEAD)),
        }
        rows = run(opened, _coming, asked)
    return [ComingClass(row.starts_at, row.title, row.kind) for row in rows]


@once
def _coming(opened: Opened) -> Statement:
    event = TimetableEvent
    return (
        select(*opened.columns(event.starts_at, Module.title, event.kind))
        .join_from(Registration, Module, Module.id == Registration.module)
        .join(event, event.module == Module.id)
        .where(
            Registration.enrolment.in_(ENROLMENTS),
            Registration.first <= parameter("date"),
            Registration.last.is_(None) | (Registration.last >= parameter("date")),
            event.day.between(parameter("first"), parameter("until")),
            event.starts_at > parameter("at"),
            event.cancelled.is_(False),
        )
        .order_by(event.starts_at, event.id)
    )
