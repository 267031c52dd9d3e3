"""What a whole sheet tells no longer, and what stays because nobody can say so."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from data_access import loads
from data_access.records import (
    AwardRecord,
    Batch,
    MilestoneRecord,
    ModuleRecord,
    PersonRecord,
    QuarantineRecord,
    RegistrationRecord,
    SheetRecord,
    SittingRecord,
    SupervisionRecord,
    TutoringRecord,
)
from data_access.tables import (
    Award,
    Milestone,
    Module,
    Person,
    Registration,
    RunState,
    Sitting,
    Supervision,
    Tutoring,
)
from tests.cast import NOW
from tests.data_access.loading import ENROLMENT, FIRST, JOB, LATER, MONDAY, RECORDS, rows

LEE = PersonRecord("lee", "Lee", "Marchbanks")
UMA = PersonRecord("uma", "Uma", "Winterbourne")
ON = {
    (student, module): RegistrationRecord(student, module, f"E-{student}", FIRST, None)
    for student in ("kim", "lee")
    for module in ("CS1", "CS2")
}
BOTH = replace(
    RECORDS,
    people=[*RECORDS.people, LEE, UMA],
    enrolments=[ENROLMENT, replace(ENROLMENT, key="E-lee", student="lee")],
    modules=[*RECORDS.modules, ModuleRecord("CS2", "Networks", 20, FIRST, date(2026, 12, 13))],
    registrations=list(ON.values()),
)


def whole(sheet: str, batch: Batch, **rows: object) -> Batch:
    return replace(batch, sheets=[SheetRecord(sheet, 1, None, None)], **rows)


def registered(store) -> set[tuple[str, str]]:
    with store.session() as session:
        found = select(Person.given_name, Module.code).join_from(Registration, Person).join(Module)
        return {(name.lower(), code) for name, code in session.execute(found) if name in ("Kim", "Lee")}


def refused(sheet: str, key: str) -> QuarantineRecord:
    return QuarantineRecord("r.csv", 2, sheet, key, "from_date", "not_a_day", "Write the day.", "x", "{}")


def test_a_registration_that_a_whole_sheet_tells_no_longer_is_removed_and_that_is_a_change(store):
    loads.store(JOB, BOTH, NOW)
    told = [ON["kim", "CS1"], ON["lee", "CS2"], ON["lee", "CS1"]]
    report = loads.store(JOB, whole("registrations", BOTH, registrations=told), LATER)
    assert report.state is RunState.LOADED
    assert registered(store) == set(ON) - {("kim", "CS2")}


@pytest.mark.parametrize(
    ("told", "sheets", "quarantine"),
    [
        pytest.param([("kim", "CS1")], ["registrations"], [], id="a module of which nothing is told"),
        pytest.param(
            [("lee", "CS2"), ("lee", "CS1")], ["registrations"], [], id="a student of whom nothing is told"
        ),
        pytest.param([("kim", "CS1"), ("lee", "CS2")], [], [], id="rows replayed alone"),
        pytest.param(
            [("kim", "CS1"), ("lee", "CS2"), ("lee", "CS1")],
            ["registrations"],
            ["kim"],
            id="a student of whom a row was refused",
        ),
        pytest.param(
            [("kim", "CS1"), ("lee", "CS2")], ["registrations"], [""], id="a row refused, nobody knows whose"
        ),
    ],
)
def test_a_registration_stays_where_it_is_not_told_that_it_ended(store, told, sheets, quarantine):
    loads.store(JOB, BOTH, NOW)
    batch = replace(
        BOTH,
        sheets=[SheetRecord(sheet, len(told), None, None) for sheet in sheets],
        registrations=[ON[one] for one in told],
        quarantine=[refused("registrations", key) for key in quarantine],
    )
    loads.store(JOB, batch, LATER)
    assert registered(store) == set(ON)


def tutors(store) -> set[tuple[str, date | None]]:
    with store.session() as session:
        found = select(Person.given_name, Tutoring.last).join(Tutoring, Tutoring.tutor == Person.number)
        return {tuple(row) for row in session.execute(found) if row.given_name in ("Tess", "Uma")}


@pytest.mark.parametrize(
    ("batch", "left"),
    [
        (whole("personal tutors", BOTH), {("Uma", None)}),
        (BOTH, {("Tess", None), ("Uma", None)}),
        (
            replace(whole("personal tutors", BOTH), quarantine=[refused("personal tutors", "E-kim")]),
            {("Tess", None), ("Uma", None)},
        ),
    ],
    ids=["a whole sheet", "a row replayed alone", "a sheet of which a row was refused"],
)
def test_the_last_tutor_goes_when_the_sheet_tells_of_all(store, batch, left):
    loads.store(JOB, BOTH, NOW)
    loads.store(JOB, replace(batch, tutorings=[TutoringRecord("E-kim", "uma", FIRST, None)]), LATER)
    assert tutors(store) == left


def test_a_tutoring_that_is_told_with_another_end_is_one_tutoring(store):
    loads.store(JOB, BOTH, NOW)
    loads.store(JOB, replace(BOTH, tutorings=[TutoringRecord("E-kim", "tess", FIRST, LATER.date())]), LATER)
    assert tutors(store) == {("Tess", LATER.date())}


REVIEW = MilestoneRecord("kim", "Annual review", MONDAY, None)
MEETING = SupervisionRecord("kim", MONDAY, None)
SITTING = SittingRecord("kim", "essay", MONDAY, True, 64)
AWARD = AwardRecord("kim", "E-kim", "BSc (Hons)", "First class", MONDAY)
LATE = timedelta(days=2)


@pytest.mark.parametrize(
    ("noun", "sheet", "table", "moved"),
    [
        ("milestones", "milestones", Milestone, replace(REVIEW, due_day=MONDAY + 28)),
        ("supervisions", "supervision meetings", Supervision, replace(MEETING, due_day=MONDAY + 7)),
        ("sittings", "examination sittings", Sitting, replace(SITTING, day=MONDAY + 1)),
        ("awards", "qualifications", Award, replace(AWARD, title="MSci (Hons)")),
    ],
)
def test_what_was_moved_stands_once_and_last_years_stays(store, noun, sheet, table, moved):
    one = {"milestones": REVIEW, "supervisions": MEETING, "sittings": SITTING, "awards": AWARD}[noun]
    days = next(name for name in ("due_day", "day", "awarded_day") if hasattr(one, name))
    last_year = replace(one, **{days: MONDAY - 400}, **({"title": "HND"} if noun == "awards" else {}))
    another = replace(one, **{days: MONDAY - 7}, **({"title": "CertHE"} if noun == "awards" else {}))
    loads.store(JOB, replace(RECORDS, **{noun: [last_year, another, one]}), NOW)
    assert len(rows(store, table)) == 3
    told = {noun: [another, moved]}
    loads.store(JOB, replace(RECORDS, **told), LATER)
    assert len(rows(store, table)) == 4  # a row told beside others says nothing of them
    report = loads.store(JOB, whole(sheet, RECORDS, **told), LATER + LATE)
    stored = rows(store, table, days)
    assert report.state is RunState.LOADED
    assert sorted(stored) == sorted((getattr(found, days),) for found in (last_year, another, moved))
    assert loads.store(JOB, whole(sheet, RECORDS, **told), LATER + LATE).state is RunState.UNCHANGED
