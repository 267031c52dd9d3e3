"""The rows of the small university that the benchmarks are grown from. Nothing is rated yet."""

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

import policy
from auth.viewer import Role
from data_access import tables as t
from policy.days import number
from privacy.labels import SYSTEMS

AT = datetime(2026, 12, 11, 10, tzinfo=UTC)  # the Friday of the twelfth week
TERM = date(2026, 9, 21)
WEEKS = 12
STUDENTS = 1_980
FIRST_STUDENT = 1_001  # tutors are numbered from 1
TUTOR = 1  # of the first students
TUTEES = 45
TUTORS = STUDENTS // TUTEES
MODULES_EACH = 4
MODULES = 40

Row = dict[str, Any]


def plant(session: Session, chance: random.Random) -> None:
    """Put the seed university into an empty database: courses, modules, tutors and students with their facts."""
    session.execute(insert(t.LoadRun), list(_runs()))
    session.execute(insert(t.School), [{"id": 1, "name": "School"}])
    session.execute(insert(t.Course), [_course(n) for n in range(1, 13)])
    session.execute(insert(t.Module), [_module(n) for n in range(1, MODULES + 1)])
    session.execute(insert(t.Assessment), list(_assessments()))
    session.execute(insert(t.TimetableEvent), list(_events()))
    session.execute(insert(t.Person), list(_people()))
    session.execute(insert(t.AgreementAcceptance), list(_acceptances()))
    session.execute(insert(t.Account), list(_accounts()))
    session.execute(insert(t.RoleGrant), list(_roles()))
    for n in range(STUDENTS):
        _studies(session, n, chance)


def _runs() -> Iterator[Row]:
    for n, system in enumerate(SYSTEMS, start=1):
        yield {
            "id": n,
            "system": system,
            "format": "bench",
            "file": "bench",
            "sha256": str(n) * 64,
            "started_at": AT,
            "finished_at": AT,
            "state": t.RunState.LOADED,
            "started_by": "service:bench",
            "data_up_to": AT.date() - timedelta(days=1),
        }


def _course(n: int) -> Row:
    return {"id": n, "code": f"C{n}", "title": f"Course {n}", "school": 1, "level": t.Level.UNDERGRADUATE}


def _module(n: int) -> Row:
    ends = TERM + timedelta(weeks=WEEKS, days=-1)
    return {"id": n, "code": f"M{n}", "title": f"Module {n}", "credits": 15, "starts": TERM, "ends": ends}


def _assessments() -> Iterator[Row]:
    for module in range(1, MODULES + 1):
        for piece, week in enumerate((3, 7, 11), start=1):
            yield {
                "id": module * 10 + piece,
                "key": f"A{module}-{piece}",
                "module": module,
                "title": f"Coursework {piece}",
                "due_day": number(TERM) + 7 * week + module % 5,
                "weight": 3333,
                "exam": False,
                "run": 1,
            }


def _events() -> Iterator[Row]:
    for module in range(1, MODULES + 1):
        for meeting in range(2 * WEEKS):
            day = TERM + timedelta(weeks=meeting // 2, days=(module + 2 * (meeting % 2)) % 5)
            starts = datetime(day.year, day.month, day.day, 9 + module % 8, tzinfo=UTC)
            yield {
                "id": module * 100 + meeting,
                "key": f"T{module}-{meeting}",
                "module": module,
                "day": number(day),
                "starts_at": starts,
                "ends_at": starts + timedelta(hours=1),
                "kind": "Lecture",
                "cancelled": meeting == 9,
                "run": 3,
            }


def _people() -> Iterator[Row]:
    students = range(FIRST_STUDENT, FIRST_STUDENT + STUDENTS)
    for number_ in (*range(1, TUTORS + 1), *students):
        yield {
            "number": number_,
            "id": f"p{number_}",
            "given_name": f"Given{number_}",
            "family_name": f"Family{number_}",
        }


def _acceptances() -> Iterator[Row]:
    agreement = policy.current().agreement
    for tutor in range(1, TUTORS + 1):
        yield {
            "person": tutor,
            "version": agreement.version,
            "sha256": agreement.sha256,
            "typed_name": f"Tutor {tutor}",
            "accepted_at": AT - timedelta(days=80),
            "expires_at": AT + timedelta(days=3650),
        }


def _accounts() -> Iterator[Row]:
    """Nobody can sign in with these: the benchmarks begin sessions themselves."""
    for person in (TUTOR, FIRST_STUDENT):
        yield {"person": person, "username": f"bench{person}", "password_hash": "none"}


def _roles() -> Iterator[Row]:
    for person, role in ((TUTOR, Role.TUTOR), (FIRST_STUDENT, Role.STUDENT)):
        yield {"person": person, "role": role, "first": TERM, "granted_by": "bench", "reason": "bench"}


def _studies(session: Session, n: int, chance: random.Random) -> None:
    """One student: enrolled, tutored, on four modules, as keen as chance has it."""
    student, enrolment, keenness = FIRST_STUDENT + n, n + 1, chance.betavariate(4, 2)
    session.execute(
        insert(t.Enrolment).values(
            id=enrolment,
            key=f"E{enrolment}",
            student=student,
            course=n % 12 + 1,
            mode=t.Mode.FULL_TIME,
            stage=n % 3 + 1,
            starts=TERM,
            expected_end=date(2029, 6, 1),
            run=1,
        )
    )
    session.execute(
        insert(t.EnrolmentStatus).values(
            enrolment=enrolment, status=t.Status.ENROLLED, first=TERM, recorded_at=AT, run=1
        )
    )
    session.execute(
        insert(t.EnrolmentAgreement).values(enrolment=enrolment, agreed_on=TERM, regulation="1", run=1)
    )
    session.execute(insert(t.Tutoring).values(enrolment=enrolment, tutor=n // TUTEES + 1, first=TERM, run=1))
    for k in range(MODULES_EACH):
        module = (n + 10 * k) % MODULES + 1
        session.execute(
            insert(t.Registration).values(
                student=student, module=module, enrolment=enrolment, first=TERM, run=1
            )
        )
        session.execute(insert(t.VleDay), list(_clicks(student, module, keenness, chance)))
        session.execute(insert(t.Attendance), list(_registers(student, module, keenness, chance)))
        session.execute(insert(t.Submission), list(_work(student, module, keenness, chance)))


def _clicks(student: int, module: int, keenness: float, chance: random.Random) -> Iterator[Row]:
    today = number(AT.date())
    for day in range(number(TERM), today):
        if day == number(TERM) or chance.random() < keenness / 2:
            yield {"student": student, "module": module, "day": day, "views": chance.randint(1, 40), "run": 2}


def _registers(student: int, module: int, keenness: float, chance: random.Random) -> Iterator[Row]:
    for meeting in range(2 * WEEKS - 1):
        came = chance.random() < keenness
        register = t.Register.PRESENT if came else t.Register.ABSENT
        yield {"student": student, "event": module * 100 + meeting, "register": register, "run": 4}


def _work(student: int, module: int, keenness: float, chance: random.Random) -> Iterator[Row]:
    for piece, week in ((1, 3), (2, 7)):
        late = chance.random() > keenness
        yield {
            "student": student,
            "assessment": module * 10 + piece,
            "handed_in_day": number(TERM) + 7 * week + (3 if late else -1),
            "late": late,
            "carried_over": False,
            "mark": chance.randint(30, 80),
            "run": 1,
        }
