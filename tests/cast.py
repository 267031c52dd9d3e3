"""The one cast of every test: a small university on Monday 23 November 2026.

Ada tutors Ben and Dee; Dee has finished. Cal is Tom's tutee. Sue is a senior tutor, Avi an adviser, Mo a
manager, Ros compliance, Eve the administrator. Tim tutors nobody and has not accepted the agreement.
Every name and title is a word that stands nowhere else, so that a leak is found by searching for it.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import bcrypt
from sqlalchemy.orm import Session

import policy
from auth.viewer import Role, Viewer
from data_access.tables import (
    Account,
    AgreementAcceptance,
    Assessment,
    Attendance,
    Course,
    Enrolment,
    EnrolmentAgreement,
    EnrolmentStatus,
    Level,
    LoadRun,
    Mode,
    Module,
    Person,
    Register,
    Registration,
    RoleGrant,
    RunState,
    School,
    Status,
    Submission,
    TimetableEvent,
    Tutoring,
    VleDay,
)
from policy.days import number
from privacy.labels import SYSTEMS

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
TODAY = NOW.date()
TERM = date(2026, 9, 21)
PASSWORD = "four plain words here"
HASH = bcrypt.hashpw(PASSWORD.encode(), bcrypt.gensalt(4)).decode()


@dataclass(frozen=True)
class Member:
    """One of the cast. `canaries` are the words that only their own record holds."""

    number: int
    id: str
    given: str
    family: str
    role: Role

    @property
    def viewer(self) -> Viewer:
        return Viewer(self.number, self.role, f"session-of-{self.given.lower()}")

    @property
    def username(self) -> str:
        return self.given.lower()

    @property
    def canaries(self) -> tuple[str, ...]:
        return (self.family, f"{self.family} Studies")


ADA = Member(1, "p-ada-71k2", "Ada", "Okonkwo-Byrne", Role.TUTOR)
TOM = Member(2, "p-tom-90x4", "Tom", "Ffoulkes", Role.TUTOR)
TIM = Member(3, "p-tim-33c8", "Tim", "Unsigned", Role.TUTOR)
SUE = Member(4, "p-sue-18d5", "Sue", "Adeyemi", Role.SENIOR_TUTOR)
AVI = Member(5, "p-avi-55h1", "Avi", "Rosenthal", Role.ADVISER)
MO = Member(6, "p-mo-27j9", "Mo", "Petrosyan", Role.MANAGER)
ROS = Member(7, "p-ros-64m3", "Ros", "Llewellyn", Role.COMPLIANCE)
EVE = Member(8, "p-eve-82n6", "Eve", "Nakamura", Role.ADMINISTRATOR)
BEN = Member(11, "p-ben-46b7", "Ben", "Quaverley", Role.STUDENT)
CAL = Member(12, "p-cal-29v2", "Cal", "Zephyrine", Role.STUDENT)
DEE = Member(13, "p-dee-73w5", "Dee", "Yarborough", Role.STUDENT)

STAFF = (ADA, TOM, TIM, SUE, AVI, MO, ROS, EVE)
STUDENTS = (BEN, CAL, DEE)
CAST = STAFF + STUDENTS
NOBODY = "p-nobody-00z0"

TUTORS = {BEN: ADA, CAL: TOM, DEE: ADA}


def assemble(session: Session) -> None:
    """Put the cast into an empty database."""
    session.add_all(
        LoadRun(
            id=n,
            system=system,
            format="test",
            file="cast.csv",
            sha256=str(n) * 64,
            started_at=NOW - timedelta(hours=5),
            finished_at=NOW - timedelta(hours=4),
            state=RunState.LOADED,
            started_by="service:test",
            rows=3,
            accepted=3,
            data_up_to=TODAY - timedelta(days=1),
        )
        for n, system in enumerate(SYSTEMS, start=1)
    )
    session.add(School(id=1, name="School of Testing"))
    session.flush()
    for member in CAST:
        _person(session, member)
    for n, student in enumerate(STUDENTS, start=1):
        _studies(session, n, student)
    _busy(session)
    session.flush()


def _busy(session: Session) -> None:
    """Tim, who studies nothing, looks at pages every day up to this morning: no day of the VLE is without a word."""
    days = range(number(TERM), number(TODAY) + 1)
    session.add_all(VleDay(student=TIM.number, module=len(STUDENTS), day=day, views=1, run=2) for day in days)


def _person(session: Session, member: Member) -> None:
    session.add(
        Person(number=member.number, id=member.id, given_name=member.given, family_name=member.family)
    )
    session.flush()
    session.add(Account(person=member.number, username=member.username, password_hash=HASH))
    session.add(
        RoleGrant(
            person=member.number,
            role=member.role,
            first=TERM,
            granted_by="service:test",
            reason="The cast of the tests",
        )
    )
    agreement = policy.current().agreement
    if member.role.staff and member is not TIM:
        session.add(
            AgreementAcceptance(
                person=member.number,
                version=agreement.version,
                sha256=agreement.sha256,
                typed_name=f"{member.given} {member.family}",
                accepted_at=NOW - timedelta(days=30),
                expires_at=NOW + timedelta(days=335),
            )
        )


def _studies(session: Session, n: int, student: Member) -> None:
    """A course, a module, ten classes, an essay and some VLE days of this student alone."""
    finished = student is DEE
    title = f"{student.family} Studies"
    session.add(Course(id=n, code=f"C{n}", title=title, school=1, level=Level.UNDERGRADUATE))
    session.add(
        Module(
            id=n,
            code=f"M{n}",
            title=f"Introduction to {title}",
            credits=20,
            starts=TERM,
            ends=date(2026, 12, 13),
        )
    )
    session.flush()
    session.add(
        Enrolment(
            id=n,
            key=f"E{n}",
            student=student.number,
            course=n,
            mode=Mode.FULL_TIME,
            stage=1,
            starts=TERM,
            expected_end=date(2029, 6, 1),
            run=1,
        )
    )
    session.flush()
    last = TODAY - timedelta(days=3)
    session.add(_status(n, Status.ENROLLED, TERM, last if finished else None))
    if finished:
        session.add(_status(n, Status.COMPLETED, last + timedelta(days=1), None))
    session.add(EnrolmentAgreement(enrolment=n, agreed_on=TERM, regulation="3.7.1", run=1))
    session.add(Registration(student=student.number, module=n, enrolment=n, first=TERM, run=1))
    session.add(Tutoring(enrolment=n, tutor=TUTORS[student].number, first=TERM, run=1))
    for week in range(9):
        _class(session, n, week, student)
        session.add(
            VleDay(
                student=student.number,
                module=n,
                day=number(TERM + timedelta(weeks=week, days=2)),
                views=10 + week,
                run=2,
            )
        )
    session.add(
        Assessment(
            id=n,
            key=f"A{n}",
            module=n,
            title="Essay",
            due_day=number(TODAY) - 20,
            weight=5000,
            exam=False,
            run=1,
        )
    )
    session.add(
        Assessment(
            id=100 + n,
            key=f"B{n}",
            module=n,
            title="Report",
            due_day=number(TODAY) + 9,
            weight=5000,
            exam=False,
            run=1,
        )
    )
    session.flush()
    session.add(
        Submission(
            student=student.number,
            assessment=n,
            handed_in_day=number(TODAY) - 21,
            late=False,
            carried_over=False,
            run=1,
        )
    )


def _class(session: Session, n: int, week: int, student: Member) -> None:
    starts = datetime(2026, 9, 22, 9, tzinfo=UTC) + timedelta(weeks=week)
    event = n * 100 + week
    session.add(
        TimetableEvent(
            id=event,
            key=f"T{event}",
            module=n,
            day=number(starts.date()),
            starts_at=starts,
            ends_at=starts + timedelta(hours=1),
            kind="Lecture",
            cancelled=False,
            run=3,
        )
    )
    session.flush()
    register = Register.PRESENT if week % 3 else Register.ABSENT
    session.add(Attendance(student=student.number, event=event, register=register, run=4))


def _status(enrolment: int, status: Status, first: date, last: date | None) -> EnrolmentStatus:
    return EnrolmentStatus(enrolment=enrolment, status=status, first=first, last=last, recorded_at=NOW, run=1)
