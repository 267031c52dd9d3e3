"""The hand-worked cases as rows of a store: every engine comes to what a pencil comes to."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import count

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

import policy
from data_access import facts, taught_modules, week_rows
from data_access.engine import engines
from data_access.engine.windows import windows
from data_access.tables import (
    Assessment,
    Attendance,
    Base,
    Course,
    Enrolment,
    EnrolmentWeek,
    FeedGap,
    Level,
    LoadRun,
    Module,
    ModuleWeek,
    Person,
    Register,
    Registration,
    Submission,
    TimetableEvent,
    VleDay,
)
from engagement.studies import Mode
from policy.days import monday, number
from policy.engagement import Engagement
from privacy.labels import Source
from tests.engagement.cases import Answer, Case, Studied, cases
from tests.engagement.test_cases import written

ENGINES = (engines.in_duckdb, engines.in_database)


@pytest.mark.parametrize("engine", ENGINES, ids=lambda e: e.__name__)
def test_every_case_comes_out_as_with_a_pencil(store, engine):
    store.change(
        update(LoadRun).values(data_up_to=date(2100, 1, 1))
    )  # every case is of a day that is told of
    with store.session() as session:
        places = Places(session)
        for case in cases():
            places.enrol(case)
        assert places.answers(cases(), engine) == {c.says: c.answer for c in cases()}
        later = [case for case in cases() if case.then]
        for case in later:
            places.correct(case)
        assert places.answers(later, engine) == {c.says: c.then for c in later}
        session.rollback()


class Places:
    """Where the cases are in a store: each has an enrolment, and modules of its own."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.numbers = count(10_000)
        self.enrolments: dict[str, int] = {}
        self.modules: dict[str, list[int]] = {}
        session.add(Course(id=9_999, code="HAND", title="By hand", school=1, level=Level.UNDERGRADUATE))
        session.flush()

    def enrol(self, case: Case) -> None:
        """The case, as it is told at first."""
        self.enrolments[case.says] = self._student(case.mode)
        self.modules[case.says] = [self._module(case, studied) for studied in case.modules]

    def correct(self, case: Case) -> None:
        """What was told at first is replaced by what was told later."""
        module, own = self.modules[case.says][0], self.enrolments[case.says]
        events = select(TimetableEvent.id).where(TimetableEvent.module == module)
        works = select(Assessment.id).where(Assessment.module == module)
        for statement in (
            delete(Attendance).where(Attendance.event.in_(events)),
            delete(TimetableEvent).where(TimetableEvent.module == module),
            delete(Submission).where(Submission.assessment.in_(works)),
            delete(Assessment).where(Assessment.module == module),
            delete(VleDay).where(VleDay.module == module, VleDay.student == own),
            delete(FeedGap).where(FeedGap.module == module),
        ):
            self.session.execute(statement)
        self._told(module, own, case.corrected[0])

    def answers(self, some: list[Case], engine: engines.Engine) -> dict[str, Answer]:
        """What the engine makes of the rows, each case on its day and by its rules."""
        found: dict[str, Answer] = {}
        alike = defaultdict(list)
        for case in some:
            alike[case.today, case.excused].append(case)
        for (today, excused), together in alike.items():
            rules = policy.current().engagement.model_copy(update={"excused": excused})
            self._rate(
                [module for case in together for module in self.modules[case.says]], today, rules, engine
            )
            own = [self.enrolments[case.says] for case in together]
            week_rows.of_enrolments(self.session, select(Enrolment.id).where(Enrolment.id.in_(own)))
            found |= {case.says: self._answer(case, rules) for case in together}
        return found

    def _rate(self, modules: list[int], today: date, rules: Engagement, engine: engines.Engine) -> None:
        for module in modules:
            facts.derive(self.session, module, number(today))
        taught = taught_modules.taught(self.session, dict.fromkeys(modules, 0))
        looked_at = windows(taught, rules, policy.current().calendar, today)
        rows = engine(self.session.connection(), modules, looked_at, rules)
        for module in modules:
            week_rows.replace(self.session, module, 0, rows)

    def _answer(self, case: Case, rules: Engagement) -> Answer:
        own, week = self.enrolments[case.says], number(monday(case.today))
        parts = (ModuleWeek.attendance, ModuleWeek.vle, ModuleWeek.submissions, ModuleWeek.marks)
        of = select(*parts, ModuleWeek.score, EnrolmentWeek.score.label("total")).where(
            ModuleWeek.module == self.modules[case.says][0],
            ModuleWeek.week == week,
            ModuleWeek.student == own,
            EnrolmentWeek.enrolment == ModuleWeek.enrolment,
            EnrolmentWeek.week == ModuleWeek.week,
        )
        found = self.session.execute(of).one()._asdict()
        return written(found, found["score"], found["total"], rules)

    def _student(self, mode: Mode) -> int:
        """Somebody new, whose enrolment has the same number."""
        n = next(self.numbers)
        self._add(Person(number=n, id=f"p-{n}", given_name="Hand", family_name="Worked"))
        self._add(
            Enrolment(
                id=n,
                key=f"E{n}",
                student=n,
                course=9_999,
                mode=mode,
                stage=1,
                starts=date(2026, 9, 21),
                expected_end=date(2029, 6, 1),
                run=1,
            )
        )
        return n

    def _module(self, case: Case, studied: Studied) -> int:
        module, own = next(self.numbers), self.enrolments[case.says]
        self._add(
            Module(
                id=module,
                code=f"H{module}",
                title=case.says,
                credits=studied.credits,
                starts=studied.first,
                ends=studied.last,
            )
        )
        self._register(own, module, studied.joined)
        self._told(module, own, studied)
        for days in studied.others:
            other = self._student(case.mode)
            self._register(other, module, studied.first)
            for on in policy.current().calendar.window(case.today, days):
                self._add(VleDay(student=other, module=module, day=number(on), views=1, run=2))
        return module

    def _register(self, student: int, module: int, first: date) -> None:
        self._add(Registration(student=student, module=module, enrolment=student, first=first, run=1))

    def _told(self, module: int, own: int, studied: Studied) -> None:
        for row in (*self._classes(module, own, studied), *self._work(module, own, studied)):
            self._add(row)
        for on in studied.online:
            self._add(VleDay(student=own, module=module, day=number(on), views=3, run=2))
        for system, gap in ((Source.VLE, studied.no_vle), (Source.ATTENDANCE, studied.no_registers)):
            if gap:
                self._add(FeedGap(system=system, module=module, first=gap[0], last=gap[1], reason="By hand"))

    def _classes(self, module: int, own: int, studied: Studied) -> Iterator[Base]:
        for held in studied.classes:
            for _ in range(held.times):
                event = next(self.numbers)
                starts = datetime.combine(held.on, time(9), UTC)
                yield TimetableEvent(
                    id=event,
                    key=f"H{event}",
                    module=module,
                    day=number(held.on),
                    starts_at=starts,
                    ends_at=starts + timedelta(hours=1),
                    kind="Lecture",
                    cancelled=held.register is None,
                    run=3,
                )
                yield Attendance(
                    student=own, event=event, register=held.register or Register.NOT_RECORDED, run=4
                )

    def _work(self, module: int, own: int, studied: Studied) -> Iterator[Base]:
        for piece in studied.work:
            asked = next(self.numbers)
            yield Assessment(
                id=asked,
                key=f"H{asked}",
                module=module,
                title="Essay",
                due_day=number(piece.due),
                weight=5_000,
                exam=piece.exam,
                run=1,
            )
            if piece.handed_in or piece.extended:
                yield Submission(
                    student=own,
                    assessment=asked,
                    handed_in_day=number(piece.handed_in) if piece.handed_in else None,
                    late=piece.late,
                    extension_day=number(piece.extended) if piece.extended else None,
                    carried_over=piece.carried_over,
                    mark=piece.mark,
                    run=1,
                )

    def _add(self, row: Base) -> None:
        self.session.add(row)
        self.session.flush()
