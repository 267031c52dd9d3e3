"""What an emergency opens of one student: who they are, how they can be reached, and their year. Nothing else."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import aliased

from auth.permissions import Act, Action
from auth.refusals import NotYoursToSee
from auth.viewer import Viewer
from data_access import gate, student_year
from data_access.gate import Opened
from data_access.reach import of_all
from data_access.scope import covers
from data_access.tables import ContactDetail, Person, Tutoring
from engagement.freshness import Freshness
from engagement.timeline import Timeline
from policy.days import london_day
from privacy.break_glass import Opening
from privacy.labels import Category
from privacy.purposes import Duty

_YEAR = Act(Action.READ, Category.ENGAGEMENT, Duty.EMERGENCY)
_REACH = Act(Action.READ, Category.CONTACT, Duty.EMERGENCY)
_TUTOR = aliased(Person)


def year(viewer: Viewer, student_id: str, at: datetime) -> Timeline:
    """The student's year while the viewer's emergency runs; no suggestion, no note and no plan is in it."""
    with gate.reading_one(viewer, student_id, _YEAR, at) as opened:
        if not opened.students:
            raise NotYoursToSee
        return student_year.year(opened, at)


def fresh(viewer: Viewer, student_id: str, at: datetime) -> list[Freshness]:
    """How far the data of each system reach, while the viewer's emergency runs."""
    with gate.reading_one(viewer, student_id, _YEAR, at) as opened:
        return of_all(opened, at)


def reach(viewer: Viewer, student_id: str, at: datetime) -> Opening:
    """How the student is reached while the viewer's emergency runs, and who tutors them today."""
    with gate.reading_one(viewer, student_id, _REACH, at) as opened:
        details = opened.session.execute(
            select(ContactDetail.kind, ContactDetail.value)
            .where(ContactDetail.enrolment.in_(opened.enrolments))
            .distinct()
            .order_by(ContactDetail.kind)
        )
        contact = tuple((str(kind), value) for kind, value in details)
        return Opening(contact, _tutors(opened, at))


def _tutors(opened: Opened, at: datetime) -> tuple[str, ...]:
    rows = opened.session.execute(
        select(_TUTOR.given_name, _TUTOR.family_name)
        .join(Tutoring, Tutoring.tutor == _TUTOR.number)
        .where(Tutoring.enrolment.in_(opened.enrolments), covers(Tutoring.first, Tutoring.last))
        .distinct(),
        {"today": london_day(at)},
    )
    return tuple(f"{given} {family}" for given, family in rows)
