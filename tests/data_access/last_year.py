"""A last year worked out by hand: 69 students on one module, of whom 34 left or failed.

Two classes a week and one essay, due in week 4; the year's other terms have nothing.

* 30 come, are online three days a week, and hand in: 60 of 100. Rated High in week 8, and passed.
* 24 were never seen, and withdrew on 3 December, in week 10.
* 5 were never seen, stayed, and have nought of 100: they failed.
* 5 were never seen, but handed in an essay of 70: they passed. Rated Low.
* 5 come as the first 30 do, with an essay of 30: they failed, rated Good.
"""

from datetime import UTC, date, datetime, timedelta

from sqlalchemy import insert

from data_access.tables import (
    Assessment,
    Attendance,
    Course,
    Enrolment,
    EnrolmentAgreement,
    EnrolmentStatus,
    Level,
    Mode,
    Module,
    Person,
    Register,
    Registration,
    Status,
    Submission,
    TimetableEvent,
    VleDay,
)
from policy.days import number
from tests.cast import NOW, TIM
from tests.conftest import University

STARTS, ENDS, LEFT = date(2025, 9, 22), date(2025, 12, 14), date(2025, 12, 3)
DUE = STARTS + timedelta(days=25)
MODULE, COURSE, ESSAY, FIRST = 700, 700, 700, 7_000
READING = 5  # weeks into the term
GROUPS = (
    (30, True, 60, False),
    (24, False, None, True),
    (5, False, None, False),
    (5, False, 70, False),
    (5, True, 30, False),
)
"""How many, whether they come, the mark of their essay, and whether they withdrew."""


def assemble(university: University) -> None:
    """Put last year beside the cast."""
    members = [(seen, mark, left) for count, seen, mark, left in GROUPS for _ in range(count)]
    _course(university)
    for n, (seen, mark, left) in enumerate(members, start=FIRST):
        _student(university, n, left=left)
        _work(university, n, seen=seen, mark=mark)


def _course(university: University) -> None:
    university.change(
        insert(Course).values(
            id=COURSE, code="LY", title="Last Year Studies", school=1, level=Level.UNDERGRADUATE
        ),
        insert(Module).values(id=MODULE, code="LY1", title="Then", credits=20, starts=STARTS, ends=ENDS),
        insert(Assessment).values(
            id=ESSAY,
            key="LY1-1",
            module=MODULE,
            title="Essay",
            due_day=number(DUE),
            weight=100,
            exam=False,
            run=1,
        ),
        *(_class(event, on) for event, on in _classes()),
        insert(VleDay).values([_busy(on) for on in range(number(STARTS), number(ENDS) + 1)]),
    )


def _busy(on: int) -> dict[str, int]:
    """Tim looked at pages every day then too, so that the VLE told of each."""
    return {"student": TIM.number, "module": MODULE, "day": on, "views": 1, "run": 2}


def _classes() -> list[tuple[int, date]]:
    weeks = [week for week in range(12) if week != READING]
    return [
        (MODULE * 100 + 2 * week + n, STARTS + timedelta(weeks=week, days=1 + 2 * n))
        for week in weeks
        for n in range(2)
    ]


def _class(event: int, on: date) -> object:
    at = datetime(on.year, on.month, on.day, 9, tzinfo=UTC)
    values = {"id": event, "key": f"LY-{event}", "module": MODULE, "day": number(on), "starts_at": at}
    return insert(TimetableEvent).values(
        **values, ends_at=at + timedelta(hours=1), kind="Lecture", cancelled=False, run=3
    )


def _student(university: University, n: int, *, left: bool) -> None:
    last = LEFT - timedelta(days=1) if left else date(2026, 6, 30)
    after = Status.WITHDRAWN if left else Status.COMPLETED
    held = ((Status.ENROLLED, STARTS, last), (after, last + timedelta(days=1), None))
    university.change(
        insert(Person).values(number=n, id=f"p-then-{n}", given_name="Then", family_name=f"Formerly{n}"),
        insert(Enrolment).values(
            id=n,
            key=f"LY{n}",
            student=n,
            course=COURSE,
            mode=Mode.FULL_TIME,
            stage=3,
            starts=STARTS,
            expected_end=date(2026, 6, 30),
            run=1,
        ),
        insert(EnrolmentAgreement).values(enrolment=n, agreed_on=STARTS, regulation="3.7.1", run=1),
        insert(EnrolmentStatus).values(
            [
                {"enrolment": n, "status": s, "first": a, "last": z, "recorded_at": NOW, "run": 1}
                for s, a, z in held
            ]
        ),
        insert(Registration).values(
            student=n, module=MODULE, enrolment=n, first=STARTS, last=last if left else ENDS, run=1
        ),
    )


def _work(university: University, n: int, *, seen: bool, mark: int | None) -> None:
    register = Register.PRESENT if seen else Register.ABSENT
    rows = [{"student": n, "event": event, "register": register, "run": 4} for event, _ in _classes()]
    done = [insert(Attendance).values(rows)]
    if seen:
        days = [STARTS + timedelta(weeks=week, days=day) for week in range(12) for day in (0, 2, 4)]
        done.append(
            insert(VleDay).values(
                [{"student": n, "module": MODULE, "day": number(on), "views": 5, "run": 2} for on in days]
            )
        )
    if mark is not None:
        done.append(
            insert(Submission).values(
                student=n,
                assessment=ESSAY,
                handed_in_day=number(DUE),
                late=False,
                carried_over=False,
                mark=mark,
                run=1,
            )
        )
    university.change(*done)
