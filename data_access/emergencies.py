"""Emergency access as whoever declares it sees it: opened for one student and an hour, and closed again.

What runs now is asked at every turn of every page, so it is read past the gate: it is the viewer's own doing.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, select, update

import policy
from auth.permissions import Act, Action
from auth.refusals import GoneMeanwhile, NotStudyingNow
from auth.refusals.compliance import NotAgainYet, WhyInEmergency
from auth.refusals.rights import NoSuchStudent
from auth.viewer import Role, Viewer
from data_access import access_log, database, gate
from data_access.access_log import Line
from data_access.gate import Opened
from data_access.scope import active
from data_access.tables import Emergency, EmergencyStep, Enrolment, Person, SourceKey
from policy.days import london_day
from privacy import break_glass
from privacy.bank_holidays import BankHolidays
from privacy.break_glass import Declare, Running, State
from privacy.labels import Category, Source
from privacy.purposes import Duty

MAY = (Role.SENIOR_TUTOR, Role.ADVISER, Role.COMPLIANCE, Role.ADMINISTRATOR)
"""The roles that may declare one."""
DECLARE = Act(Action.WRITE, Category.REGISTER, Duty.EMERGENCY)
_RUNNING = (
    select(Emergency.id, Person.id.label("student"), Emergency.ground, Emergency.ends_at)
    .join(Person, Person.number == Emergency.student)
    .where(
        Emergency.person == bindparam("who"),
        Emergency.began_at <= bindparam("now"),
        Emergency.ends_at > bindparam("now"),
    )
    .order_by(Emergency.ends_at.desc(), Emergency.id)
)


def declare(viewer: Viewer, decided: Declare, at: datetime) -> None:
    """Open one student's identity, contact details and year to the viewer for an hour. Compliance reviews it.

    WhyInEmergency; NoSuchStudent; NotStudyingNow for one who has left; NotAgainYet within a day of the last time.
    """
    why = " ".join(decided.why.split())
    if len(why) < break_glass.SHORTEST:
        raise WhyInEmergency
    with gate.writing(viewer, None, DECLARE, at, only=MAY) as opened:
        student = _student(opened, decided.key.strip())
        _studying(opened, student, at)
        _not_again(opened, student, at)
        row = _row(viewer, student, decided, why, at)
        opened.session.add(row)
        opened.session.flush()
        opened.session.add(EmergencyStep(emergency=row.id, state=State.DECLARED, at=at, person=viewer.person))
        # The act itself is about nobody yet; this line says about whom it was.
        access_log.append(opened.session.connection(), Line(viewer, DECLARE, (student,), at))


def end(viewer: Viewer, number: int, at: datetime) -> None:
    """Close it before the hour is over. GoneMeanwhile when it is closed already, or somebody else's."""
    mine = Emergency.id == number, Emergency.person == viewer.person, Emergency.ends_at > at
    with gate.writing(viewer, None, DECLARE, at, only=MAY) as opened:
        changed: Any = opened.session.execute(update(Emergency).where(*mine).values(ends_at=at))
        if changed.rowcount != 1:
            raise GoneMeanwhile


def running(viewer: Viewer, at: datetime) -> tuple[Running, ...]:
    """What the viewer has open in an emergency now, the one that ends last first."""
    if viewer.role not in MAY:
        return ()
    with database.reading() as session:
        rows = session.execute(_RUNNING, {"who": viewer.person, "now": at}).all()
    return tuple(Running(r.id, r.student, r.ground, r.ends_at) for r in rows)


def _student(opened: Opened, key: str) -> int:
    """The student of that very number in student records; nobody is searched for."""
    found = opened.session.scalars(
        select(SourceKey.person)
        .join(Enrolment, Enrolment.student == SourceKey.person)
        .where(SourceKey.system == Source.STUDENT_RECORDS, func.lower(SourceKey.key) == key.lower())
    ).first()
    if found is None:
        raise NoSuchStudent
    return found


def _studying(opened: Opened, student: int, at: datetime) -> None:
    mine = select(Enrolment.id).where(Enrolment.student == student, active()).limit(1)
    if opened.session.scalar(mine, {"today": london_day(at)}) is None:
        raise NotStudyingNow


def _not_again(opened: Opened, student: int, at: datetime) -> None:
    """Whoever needs longer than an hour asks a colleague: a second pair of eyes, not a second hour."""
    lately = Emergency.ends_at > at - break_glass.AGAIN_AFTER
    mine = Emergency.person == opened.viewer.person, Emergency.student == student, lately
    if opened.session.scalar(select(Emergency.id).where(*mine).limit(1)) is not None:
        raise NotAgainYet


def _row(viewer: Viewer, student: int, decided: Declare, why: str, at: datetime) -> Emergency:
    holidays = BankHolidays(policy.current().rights.holidays)
    return Emergency(
        student=student,
        person=viewer.person,
        role=viewer.role,
        ground=decided.ground,
        why=why,
        began_at=at,
        ends_at=at + break_glass.LASTS,
        review_by=break_glass.review_by(london_day(at), holidays),
        state=State.DECLARED,
    )
