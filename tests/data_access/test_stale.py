"""What a load makes stale: which modules from which day on, how much it corrected, and what came late."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from data_access import loads
from data_access.engine import bounded
from data_access.loads import attended, facts, histories, people, stale, studies, vle_days
from data_access.loads.numbers import Nouns
from data_access.records import (
    AssessmentRecord,
    AttendanceRecord,
    Batch,
    EventRecord,
    GapRecord,
    ModuleRecord,
    PersonRecord,
    RegistrationRecord,
    ServiceUseRecord,
    SubmissionRecord,
)
from data_access.tables import Mode, Module, Register
from policy.days import number
from privacy.labels import Source
from tests.cast import NOW, TERM
from tests.data_access.loading import CLASSES, ENROLMENT, FIRST, JOB, LATER, MONDAY, NOTHING, RECORDS, online

START = number(FIRST)
LECTURE = number(date(2026, 10, 6))
SECOND = ModuleRecord("CS2", "Programming 2", 20, date(2026, 10, 5), date(2026, 12, 13))
GAP = GapRecord("CS1", date(2026, 10, 12), date(2026, 10, 14), "Silent")


def event(key: str, month: int, day: int, module: str = "CS1") -> EventRecord:
    starts = datetime(2026, month, day, 9, tzinfo=UTC)
    return EventRecord(key, module, starts, starts.replace(hour=10), "Lecture", cancelled=False)


@pytest.fixture
def here(store):
    """Kim's records, with a second module that she is not on, her lecture, and two days of VLE activity."""
    records = replace(RECORDS, modules=[*RECORDS.modules, SECOND])
    loads.store_together(JOB, [records, CLASSES, online((MONDAY, 5), (MONDAY + 2, 7), gaps=(GAP,))], NOW)
    return store


def touched(store, batch: Batch, before: date | None = None) -> stale.Touched:
    with store.session() as session, bounded.opened(store.settings.home) as scratch:
        nouns = Nouns(session)
        changes = [
            *people.changes(session, nouns, batch, 9),
            *studies.changes(session, nouns, batch, 9),
            *histories.changes(session, nouns, batch, 9, LATER),
            *facts.changes(session, nouns, batch, 9),
            attended.change(session, nouns, batch, 9, scratch),
            vle_days.change(session, nouns, batch, 9, scratch),
        ]
        return stale.of(session, changes, batch, before)


def modules(store, found: stale.Touched) -> dict[str, int]:
    with store.session() as session:
        codes = {row.id: row.code for row in session.execute(select(Module.id, Module.code))}
    return {codes.get(module, "new"): day for module, day in found.modules.items()}


@pytest.mark.parametrize(
    ("batch", "days", "corrected"),
    [
        (NOTHING, {}, 0),
        (RECORDS, {}, 0),
        (replace(NOTHING, people=[PersonRecord("kim", "Kim", "Newname")]), {}, 1),
        (replace(NOTHING, events=[event("new", 11, 3)]), {"CS1": number(date(2026, 11, 3))}, 0),
        # A class that moved: the day it was on, and where it was.
        (replace(NOTHING, events=[event("lecture", 11, 3)]), {"CS1": LECTURE}, 1),
        (
            replace(NOTHING, events=[event("lecture", 11, 3, "CS2")]),
            {"CS1": LECTURE, "CS2": number(date(2026, 11, 3))},
            1,
        ),
        (
            replace(NOTHING, attendance=[AttendanceRecord("kim", "lecture", Register.ABSENT)]),
            {"CS1": LECTURE},
            1,
        ),
        (replace(NOTHING, swiped=[AttendanceRecord("tess", "lecture", Register.LATE)]), {"CS1": LECTURE}, 0),
        # Work: the earliest of the days that it was due, is due, was or is handed in.
        (
            replace(
                NOTHING, assessments=[AssessmentRecord("essay", "CS1", "Essay", MONDAY + 9, 5000, False)]
            ),
            {"CS1": MONDAY},
            1,
        ),
        (
            replace(NOTHING, assessments=[AssessmentRecord("report", "CS2", "Report", None, 5000, False)]),
            {"CS2": number(SECOND.starts)},
            0,
        ),
        (
            replace(
                NOTHING, submissions=[SubmissionRecord("kim", "essay", MONDAY + 3, True, None, False, 40)]
            ),
            {"CS1": MONDAY - 1},
            1,
        ),
        (
            replace(
                NOTHING, submissions=[SubmissionRecord("tess", "essay", None, False, MONDAY - 7, False, None)]
            ),
            {"CS1": MONDAY - 7},
            0,
        ),
        (
            replace(NOTHING, registrations=[RegistrationRecord("kim", "CS2", "E-kim", FIRST, None)]),
            {"CS2": number(SECOND.starts)},
            0,
        ),
        (replace(NOTHING, modules=[replace(SECOND, credits=40)]), {"CS2": number(SECOND.starts)}, 1),
        (replace(NOTHING, enrolments=[replace(ENROLMENT, mode=Mode.PART_TIME)]), {"CS1": START}, 1),
        (replace(NOTHING, enrolments=[replace(ENROLMENT, stage=2)]), {}, 1),
        (online((MONDAY, 5), (MONDAY + 2, 8), gaps=(GAP,)), {"CS1": MONDAY + 2}, 1),
        (online((MONDAY + 4, 1), (MONDAY + 1, 8), gaps=(GAP,)), {"CS1": MONDAY + 1}, 0),
        # The gap is filled, or is another.
        (online((MONDAY, 5)), {"CS1": number(GAP.first)}, 1),
        (
            online((MONDAY, 5), gaps=(replace(GAP, first=date(2026, 10, 1)),)),
            {"CS1": number(date(2026, 10, 1))},
            1,
        ),
        (replace(NOTHING, service_uses=[ServiceUseRecord("kim", "library", MONDAY, 1)]), {}, 0),
    ],
)
def test_what_changed_and_from_which_day(here, batch, days, corrected):
    found = touched(here, batch)
    assert modules(here, found) == days
    assert (found.corrected, found.late) == (corrected, 0)


def test_a_gap_of_the_whole_system_touches_every_module_that_ran_in_it(here):
    late = date(2026, 10, 1)  # before CS2 begins
    found = touched(here, replace(NOTHING, system=Source.VLE, gaps=[GapRecord(None, late, late, "Silent")]))
    assert modules(here, found) == dict.fromkeys(("CS1", "M1", "M2", "M3"), number(late))


def test_what_comes_first_is_neither_corrected_nor_late_and_touches_its_modules_from_their_start(store):
    records = replace(RECORDS, modules=[*RECORDS.modules, SECOND])
    found = touched(store, records)
    assert (sorted(found.modules.values()), found.corrected, found.late) == (
        [START, number(SECOND.starts)],
        0,
        0,
    )
    assert TERM == FIRST


@pytest.mark.parametrize(
    ("batch", "before", "late"),
    [
        (online((MONDAY + 1, 1), (MONDAY + 3, 1)), MONDAY, 0),
        (online((MONDAY + 1, 1), (MONDAY + 3, 1)), MONDAY + 1, 1),
        (online((MONDAY + 1, 1), (MONDAY + 3, 1)), MONDAY + 3, 2),
        (online((MONDAY, 9)), MONDAY + 3, 0),  # corrected, not late
        (
            replace(
                NOTHING, system=Source.ATTENDANCE, swiped=[AttendanceRecord("tess", "lecture", Register.LATE)]
            ),
            LECTURE,
            1,
        ),
        (
            replace(
                NOTHING, system=Source.ATTENDANCE, swiped=[AttendanceRecord("tess", "lecture", Register.LATE)]
            ),
            LECTURE - 1,
            0,
        ),
        (
            replace(
                NOTHING,
                system=Source.ATTENDANCE,
                service_uses=[ServiceUseRecord("kim", "library", MONDAY, 1)],
            ),
            MONDAY,
            1,
        ),
        (
            replace(NOTHING, system=Source.TIMETABLE, events=[event("new", 10, 6), event("next", 10, 7)]),
            LECTURE,
            1,
        ),
        # Student records were taken before their day was over.
        (
            replace(
                NOTHING, submissions=[SubmissionRecord("tess", "essay", MONDAY, False, None, False, None)]
            ),
            MONDAY,
            0,
        ),
        (
            replace(
                NOTHING, submissions=[SubmissionRecord("tess", "essay", MONDAY, False, None, False, None)]
            ),
            MONDAY + 1,
            1,
        ),
        (replace(NOTHING, people=[PersonRecord("lee", "Lee", "Osei")]), MONDAY, 0),
    ],
)
def test_what_is_of_a_day_that_was_reached_before_is_late(here, batch, before, late):
    assert touched(here, batch, date.fromordinal(date(1970, 1, 1).toordinal() + before)).late == late
