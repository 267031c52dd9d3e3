"""Loads: what a batch brings, what it changes the next time, and what is left when it cannot be stored."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from psycopg.errors import NotNullViolation
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from auth.permissions import Act, Action
from auth.refusals import NotOpenToYourRole, NotYoursToSee
from auth.viewer import Role, Viewer
from data_access import cover, gate, loads
from data_access.loads import LoadedMeanwhile, NotLoadedYet
from data_access.records import (
    AttendanceRecord,
    GapRecord,
    PersonRecord,
    SheetRecord,
    StatusRecord,
    SubmissionRecord,
    TutoringRecord,
)
from data_access.tables import (
    AccessLine,
    Attendance,
    Enrolment,
    EnrolmentAgreement,
    EnrolmentStatus,
    FeedGap,
    LoadRun,
    Person,
    Register,
    RunState,
    SourceKey,
    Status,
    Submission,
    TimetableEvent,
    Tutoring,
    VleDay,
)
from policy.days import number
from privacy.labels import Category, Source
from privacy.purposes import Purpose
from tests.cast import ADA, CAST, EVE, NOW, TODAY, TOM
from tests.data_access.loading import (
    CLASSES,
    ENROLLED,
    ENROLMENT,
    FIRST,
    JOB,
    LATER,
    MONDAY,
    NOTHING,
    RECORDS,
    everything,
    online,
    rows,
    with_statuses,
)

LOOK = Act(Action.READ, Category.ENGAGEMENT, Purpose.IDENTIFY)


def kim(store) -> int:
    with store.session() as session:
        return session.scalars(select(SourceKey.person).where(SourceKey.key == "kim")).one()


def test_a_load_brings_every_noun_and_a_run_that_counts_its_rows(store):
    report = loads.store(JOB, RECORDS, NOW)
    assert (report.state, report.counted) == (RunState.LOADED, RECORDS.counted)
    with store.session() as session:
        run = session.get_one(LoadRun, report.run)
        assert (run.system, run.file, run.started_by) == (
            Source.STUDENT_RECORDS,
            "records.csv",
            "service:test",
        )
        assert run.rows == run.accepted + run.quarantined + run.held_back + run.repeated == 9
        assert (run.started_at, run.data_up_to) == (NOW, date(2026, 11, 22))
        enrolment = session.scalars(select(Enrolment).where(Enrolment.key == "E-kim")).one()
        assert (enrolment.student, enrolment.run) == (kim(store), report.run)
        handed_in = session.scalars(select(Submission).where(Submission.student == kim(store))).one()
        assert (handed_in.handed_in_day, handed_in.mark) == (MONDAY - 1, 64)


def test_a_tutor_and_a_student_of_a_load_see_the_record_at_once(store):
    loads.store(JOB, RECORDS, NOW)
    with store.session() as session:
        person = session.get_one(Person, kim(store))
        tutor = session.scalars(select(Tutoring.tutor).order_by(Tutoring.id.desc())).first()
    with gate.reading(Viewer(person.number, Role.STUDENT, "session-of-kim"), person.id, LOOK, NOW) as own:
        assert own.students == (person.number,)
    assert tutor not in {member.number for member in CAST}


def test_classes_and_registers_are_stored_under_londons_day(store):
    loads.store_together(JOB, [RECORDS, CLASSES], NOW)
    with store.session() as session:
        event = session.scalars(select(TimetableEvent).where(TimetableEvent.key == "lecture")).one()
        assert event.day == number(date(2026, 10, 6))  # 22:30 UTC is 23:30 in London's summer
        register = select(Attendance.register).where(Attendance.event == event.id)
        assert session.scalars(register).all() == [Register.LATE]


def test_the_same_again_adds_an_unchanged_run_and_touches_no_other_row(store):
    batches = [RECORDS, CLASSES, online((MONDAY, 5), gaps=(GapRecord("CS1", FIRST, FIRST, "Silent"),))]
    loads.store_together(JOB, batches, NOW)
    before = everything(store, "load_run")
    runs = len(rows(store, LoadRun))
    again = loads.store_together(JOB, batches, LATER)
    assert [report.state for report in again] == [RunState.UNCHANGED] * 3
    assert everything(store, "load_run") == before
    assert len(rows(store, LoadRun)) == runs + 3


def test_a_row_that_differs_is_updated_and_names_the_run_that_did_it(store):
    first = loads.store(JOB, RECORDS, NOW).run
    people = [PersonRecord("kim", "Kim", "Newname"), RECORDS.people[1]]
    second = loads.store(JOB, replace(RECORDS, people=people), LATER).run
    with store.session() as session:
        found = session.execute(
            select(SourceKey.key, Person.family_name, Person.run)
            .join(Person, Person.number == SourceKey.person)
            .order_by(SourceKey.key)
        ).all()
    assert [tuple(row) for row in found] == [("kim", "Newname", second), ("tess", "Verity", first)]


def test_a_person_keeps_the_opaque_id_that_links_show(store):
    loads.store(JOB, RECORDS, NOW)
    before = rows(store, Person, "number", "id")
    loads.store(JOB, replace(RECORDS, people=[PersonRecord("kim", "Kim", "Newname")]), LATER)
    assert rows(store, Person, "number", "id") == before


def test_what_a_load_does_not_speak_of_stays(store):
    loads.store(JOB, RECORDS, NOW)
    before = everything(store, "load_run")
    assert loads.store(JOB, NOTHING, LATER).state is RunState.UNCHANGED
    assert everything(store, "load_run") == before


def test_a_status_that_is_told_no_longer_is_superseded_and_not_lost(store):
    first = loads.store(JOB, RECORDS, NOW).run
    left = date(2026, 11, 2)
    withdrawn = StatusRecord(Status.WITHDRAWN, left, None)
    shorter = StatusRecord(Status.ENROLLED, FIRST, left - timedelta(days=1))
    run = loads.store(JOB, with_statuses(shorter, withdrawn), LATER).run
    columns = ("status", "first", "last", "recorded_at", "superseded_at", "run")
    assert rows(store, EnrolmentStatus, *columns)[-3:] == [
        (Status.ENROLLED, FIRST, None, NOW, LATER, first),
        (Status.ENROLLED, FIRST, shorter.last, LATER, None, run),
        (Status.WITHDRAWN, left, None, LATER, None, run),
    ]


def test_a_status_told_again_after_it_was_superseded_is_a_new_row(store):
    loads.store(JOB, RECORDS, NOW)
    loads.store(JOB, with_statuses(StatusRecord(Status.INTERRUPTED, FIRST, None)), LATER)
    loads.store(JOB, with_statuses(ENROLLED), LATER + timedelta(days=1))
    told = [row for row in rows(store, EnrolmentStatus, "status", "superseded_at") if row[1] is None]
    assert told[-1][0] is Status.ENROLLED
    assert len(rows(store, EnrolmentStatus)) == 3 + 4  # three of Kim's, four of the cast's


def test_an_agreement_that_is_told_no_longer_takes_the_record_out_of_sight(store):
    loads.store(JOB, RECORDS, NOW)
    with store.session() as session:
        person = session.get_one(Person, kim(store))
    own = Viewer(person.number, Role.STUDENT, "session-of-kim")
    agreements = len(rows(store, EnrolmentAgreement))
    loads.store(JOB, replace(RECORDS, enrolments=[replace(ENROLMENT, agreed_on=None)]), LATER)
    assert len(rows(store, EnrolmentAgreement)) == agreements - 1
    with pytest.raises(NotYoursToSee), gate.reading(own, person.id, LOOK, LATER):
        pass


def test_a_tutor_from_a_load_gives_way_to_the_next_but_one_given_here_stays(store):
    loads.store(JOB, RECORDS, NOW)
    with store.session() as session, session.begin():
        enrolment = session.scalars(select(Enrolment.id).where(Enrolment.key == "E-kim")).one()
        session.add(Tutoring(id=900, enrolment=enrolment, tutor=ADA.number, first=FIRST, run=None))
    uma = PersonRecord("uma", "Uma", "Winterbourne")
    changed = replace(
        RECORDS,
        sheets=[SheetRecord("personal tutors", 1, None, None)],
        people=[*RECORDS.people, uma],
        tutorings=[TutoringRecord("E-kim", "uma", FIRST, None)],
    )
    loads.store(JOB, changed, LATER)
    with store.session() as session:
        tutors = select(Person.given_name).join(Tutoring, Tutoring.tutor == Person.number)
        assert set(session.scalars(tutors.where(Tutoring.enrolment == enrolment))) == {"Uma", "Ada"}


def test_days_are_replaced_never_added_and_other_days_stay(store):
    far = MONDAY - 50
    loads.store_together(JOB, [RECORDS, online((far, 2), (MONDAY, 5), (MONDAY + 1, 7))], NOW)
    loads.store(JOB, online((MONDAY, 6), (MONDAY + 1, 7), (MONDAY + 2, 1)), LATER)
    with store.session() as session:
        own = select(VleDay.day, VleDay.views).where(VleDay.student == kim(store)).order_by(VleDay.day)
        stored = [tuple(row) for row in session.execute(own)]
    assert stored == [(far, 2), (MONDAY, 6), (MONDAY + 1, 7), (MONDAY + 2, 1)]


def test_a_gap_that_is_told_no_longer_has_been_filled(store):
    gap = GapRecord("CS1", FIRST, date(2026, 10, 4), "Silent")
    everywhere = GapRecord(None, FIRST, FIRST, "The system was down")
    loads.store_together(JOB, [RECORDS, online((MONDAY, 5), gaps=(gap, everywhere))], NOW)
    longer = replace(gap, last=date(2026, 10, 11))
    loads.store(JOB, online((MONDAY, 5), gaps=(longer,)), LATER)
    assert rows(store, FeedGap, "last", "reason") == [
        (FIRST, "The system was down"),  # not spoken of
        (longer.last, "Silent"),
    ]
    loads.store(JOB, replace(CLASSES, events=(), attendance=()), LATER)
    assert len(rows(store, FeedGap)) == 2


@pytest.mark.parametrize(
    "batch",
    [
        replace(RECORDS, tutorings=[TutoringRecord("E-kim", "nobody-zz", FIRST, None)]),
        replace(RECORDS, enrolments=[replace(ENROLMENT, course="nobody-zz")]),
        replace(RECORDS, submissions=[SubmissionRecord("kim", "nobody-zz", None, False, None, False, None)]),
        replace(CLASSES, attendance=[AttendanceRecord("nobody-zz", "lecture", Register.LATE)], events=()),
        replace(online(), gaps=(GapRecord("nobody-zz", FIRST, FIRST, "Silent"),)),
    ],
)
def test_a_key_that_nobody_has_loaded_is_refused_unnamed_and_nothing_is_stored(store, batch):
    before = everything(store)
    with pytest.raises(NotLoadedYet) as refused:
        loads.store(JOB, batch, NOW)
    assert "nobody-zz" not in str(refused.value)
    assert everything(store) == before


def test_vle_days_of_an_unknown_student_are_refused(store):
    with pytest.raises(NotLoadedYet):
        loads.store(JOB, online((MONDAY, 5)), NOW)


def test_two_rows_with_one_key_are_a_fault_of_the_adapter_and_store_nothing(store):
    before = everything(store)
    twice = [*RECORDS.submissions, replace(RECORDS.submissions[0], mark=65)]
    with pytest.raises(ValueError, match="same key"):
        loads.store(JOB, replace(RECORDS, submissions=twice), NOW)
    assert everything(store) == before


def test_batches_stored_together_are_all_there_or_none(store):
    before = everything(store)
    with pytest.raises((IntegrityError, NotNullViolation)):
        loads.store_together(JOB, [RECORDS, CLASSES, online((MONDAY, None))], NOW)
    assert everything(store) == before
    with store.session() as session:
        written = select(AccessLine).where(AccessLine.action == Action.WRITE)
        assert session.scalars(written).all() == []


def test_a_load_that_another_overtook_stores_nothing(store):
    class Overtaken(list[PersonRecord]):
        """People during whose reading another load comes in."""

        def __iter__(self):
            if not rows(store, FeedGap):
                system_down = GapRecord(None, FIRST, FIRST, "The system was down")
                loads.store(JOB, replace(online(), gaps=(system_down,)), NOW)
            return super().__iter__()

    with pytest.raises(LoadedMeanwhile):
        loads.store(JOB, replace(RECORDS, people=Overtaken(RECORDS.people)), NOW)
    with store.session() as session:
        assert session.scalars(select(SourceKey.key)).all() == []


def test_a_cover_that_is_arranged_meanwhile_makes_the_load_ask_to_be_run_again(store):
    class Covered(list[PersonRecord]):
        """People during whose reading an administrator arranges cover."""

        def __iter__(self):
            if len(rows(store, Tutoring)) == before:
                cover.arrange(EVE.viewer, ADA.id, TOM.username, TODAY, TODAY, "Leave", NOW)
            return super().__iter__()

    before = len(rows(store, Tutoring))
    with pytest.raises(LoadedMeanwhile):
        loads.store(JOB, replace(RECORDS, people=Covered(RECORDS.people)), NOW)
    assert len(rows(store, Tutoring)) > before


def test_a_row_made_here_after_a_load_takes_the_next_number(store):
    loads.store(JOB, RECORDS, NOW)
    with store.session() as session, session.begin():
        highest = max(number for (number,) in rows(store, Person, "number"))
        colleague = Person(id="p-new", given_name="New", family_name="Colleague")
        session.add(colleague)
        session.flush()
        assert colleague.number == highest + 1


def test_progress_is_told_in_rows_up_to_all_of_them(store):
    told = []
    batches = [RECORDS, online(*((MONDAY + n, 1) for n in range(5)))]
    loads.store_together(JOB, batches, NOW, lambda done, total: told.append((done, total)))
    assert told == sorted(told)
    assert told[-1][0] == told[-1][1] == 19


def test_the_load_writes_one_line_into_the_access_log(store):
    loads.store(JOB, RECORDS, NOW)
    with store.session() as session:
        written = session.scalars(select(AccessLine).where(AccessLine.action == Action.WRITE)).one()
        assert (written.actor, written.role, written.category) == ("service:test", Role.SERVICE, "sources")


@pytest.mark.parametrize("member", [m for m in CAST if m is not EVE], ids=lambda member: member.given)
def test_no_person_but_an_administrator_may_load(university, member):
    before = everything(university)
    with pytest.raises((NotOpenToYourRole, gate.AgreementNeeded)):
        loads.store(member.viewer, RECORDS, NOW)
    assert everything(university) == before


def test_a_load_by_a_person_has_their_username(store):
    run = loads.store(EVE.viewer, RECORDS, NOW).run
    with store.session() as session:
        assert session.get_one(LoadRun, run).started_by == "eve"


def test_a_job_learns_the_numbers_of_whom_student_records_know_and_nobody_else_does(university):
    loads.store(JOB, RECORDS, NOW)
    numbers = loads.persons(JOB, NOW)
    with university.session() as session:
        every = session.execute(
            select(SourceKey.key, SourceKey.person).where(SourceKey.system == Source.STUDENT_RECORDS)
        )
        assert numbers == {row.key: row.person for row in every}
    assert numbers
    for member in (ADA, EVE, TOM):
        with pytest.raises(NotOpenToYourRole):
            loads.persons(member.viewer, NOW)


def test_origins_are_the_formats_that_people_and_enrolments_came_from(university):
    assert loads.origins(JOB, NOW) == {"test"}
    loads.store(JOB, RECORDS, NOW)
    assert loads.origins(JOB, NOW) == {"test", "hand"}
