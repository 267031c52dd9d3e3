"""The contract of a load: what asks for a yes, what is refused as older, what waits, and what is rated again."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from auth.permissions import Act, Action
from auth.refusals import NotOpenToYourRole, Refusal
from data_access import gate, loads, quarantine, ratings
from data_access.tables import (
    AccessLine,
    EnrolmentWeek,
    LoadRun,
    ModuleWeek,
    QuarantinedRow,
    RunState,
    StaleModule,
    VleDay,
    Waiting,
)
from ingest import meeting, replay
from ingest.load import JOB, NeedsAYes
from policy.days import number
from privacy.labels import Category, Source
from privacy.purposes import Purpose
from tests.cast import ADA, BEN, EVE, NOW, TODAY
from tests.data_access.loading import everything, rows
from tests.ingest.handing import (
    classes,
    events,
    handed,
    read,
    records,
    registers,
    student,
    students,
    views,
    waiting,
)

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
LATER = NOW + HOUR
MONDAY = number(TODAY)
TEN = [f"w{n:03}" for n in range(1, 11)]
TUESDAY = "T1,MOSS,2026-11-17T09:00,2026-11-17T10:00,Lecture"


# What needs a person's yes.


def test_more_than_one_bad_row_in_twenty_needs_a_persons_yes(store):
    before = everything(store)
    bad = students(*map(student, TEN), "００２,Bob,Ash")
    with pytest.raises(NeedsAYes, match=r"1 of 11 rows cannot be taken in.*Nothing was stored\..*--yes"):
        handed(Source.STUDENT_RECORDS, bad, confirmed=False)
    assert everything(store) == before
    assert handed(Source.STUDENT_RECORDS, bad).counted.accepted == 10


def test_one_bad_row_in_twenty_needs_none(store):
    good = [student(f"w{n:03}") for n in range(1, 20)]
    report = handed(Source.STUDENT_RECORDS, students(*good, "００２,Bob,Ash"), confirmed=False)
    assert (report.counted.accepted, report.counted.quarantined) == (19, 1)


@pytest.mark.parametrize(("left", "asks"), [(8, False), (7, True)])
def test_a_snapshot_that_lost_more_than_a_fifth_of_its_rows_needs_a_yes(store, left, asks):
    handed(Source.STUDENT_RECORDS, students(*map(student, TEN)))
    prepared, _ = read(Source.STUDENT_RECORDS, students(*map(student, TEN[:left])), LATER, NOW)
    assert prepared.questions == (("“students” has 7 rows where its last load had 10.",) if asks else ())


def test_a_feed_may_be_of_any_length(store):
    handed(Source.STUDENT_RECORDS, records("w001"))
    handed(Source.VLE, views(*(f"w001,MOSS,2026-11-{day},1" for day in range(10, 20))))
    assert read(Source.VLE, views("w001,MOSS,2026-11-20,1"))[0].questions == ()


def test_a_header_without_a_row_needs_a_yes(store):
    prepared, _ = read(Source.STUDENT_RECORDS, students())
    assert prepared.questions == ("There is a header, and no row under it.",)
    assert handed(Source.STUDENT_RECORDS, students()).state is RunState.UNCHANGED


def test_a_sheet_that_lost_all_its_rows_beside_others_that_did_not_needs_a_yes(store):
    handed(Source.STUDENT_RECORDS, records("w001"))
    hollow = records("w001") | {"registrations.csv": "student_id,module_id,enrolment_id,from_date\n"}
    prepared, _ = read(Source.STUDENT_RECORDS, hollow, LATER, NOW)
    assert prepared.questions == ("“registrations” has 0 rows where its last load had 1.",)


# What waits.


def test_the_same_file_twice_leaves_each_bad_row_waiting_once(store):
    bad = students(student("w001"), "００２,Bob,Ash", "１,,Ash")
    handed(Source.STUDENT_RECORDS, bad)
    assert handed(Source.STUDENT_RECORDS, bad).state is RunState.UNCHANGED
    assert [(row.line, row.field) for row in waiting()] == [
        (3, "student_id"),
        (4, "student_id"),
        (4, "given_name"),
    ]


def test_a_bad_row_that_comes_again_in_another_file_waits_once_where_it_stands_now(store):
    handed(Source.STUDENT_RECORDS, students("w002,,Ash", student("w001")))
    handed(Source.STUDENT_RECORDS, students(student("w001"), student("w003"), "w002,,Ash"), LATER, NOW)
    [row] = waiting()
    assert (row.key, row.line, row.since) == ("w002", 4, LATER)


def test_the_same_student_in_two_registers_waits_twice(store):
    handed(Source.STUDENT_RECORDS, records("w001"))
    handed(Source.TIMETABLE, classes(TUESDAY, "T2,MOSS,2026-11-18T09:00,2026-11-18T10:00,Lecture"))
    handed(Source.ATTENDANCE, registers("w009,T1,late"))
    handed(Source.ATTENDANCE, registers("w009,T2,late"))
    assert [row.key for row in waiting()] == ["w009", "w009"]


def test_what_was_set_aside_is_not_asked_again(store):
    handed(Source.STUDENT_RECORDS, students(student("w001"), "w002,,Ash"))
    assert quarantine.set_aside(EVE.viewer, [row.id for row in waiting()], NOW) == 1
    report = handed(
        Source.STUDENT_RECORDS, students("w002,,Ash", student("w003"), student("w001")), LATER, NOW
    )
    assert (report.counted.quarantined, waiting()) == (1, [])


def test_a_row_that_a_later_file_brings_mended_waits_no_longer(store):
    files = records("w001", "w002")
    bad = files | {
        "registrations.csv": files["registrations.csv"].replace(
            "w002,MOSS,e-w002,2026-09-21", "w002,MOSS,e-w002,soon"
        )
    }
    handed(Source.STUDENT_RECORDS, bad)
    assert [(row.sheet, row.key) for row in waiting()] == [("registrations", "w002")]
    report = handed(Source.STUDENT_RECORDS, files, LATER, NOW)
    assert waiting() == []
    assert rows(store, QuarantinedRow, "state", "decided_at", "decided_by") == [
        (Waiting.REPLAYED, LATER, "service:load")
    ]
    assert report.counted.quarantined == 0


def test_another_row_of_the_same_student_settles_nothing(store):
    files = records("w001")
    bad = files | {"registrations.csv": files["registrations.csv"] + "w001,FERN,e-w001,2026-09-21\n"}
    handed(Source.STUDENT_RECORDS, bad)
    handed(Source.STUDENT_RECORDS, files, LATER, NOW)
    assert [row.value for row in waiting()] == ["FERN"]


def test_vle_days_that_come_mended_wait_no_longer_but_those_of_somebody_unknown_do(store):
    handed(Source.STUDENT_RECORDS, records("w001"))
    handed(Source.VLE, views("w001,MOSS,2026-11-18,x", "w009,MOSS,2026-11-18,x"))
    handed(Source.VLE, views("w001,MOSS,2026-11-18,2", "w009,MOSS,2026-11-18,2"), LATER, NOW)
    assert [row.key for row in waiting()] == ["w009"]


def test_the_same_file_after_its_rows_were_mended_here_changes_nothing(store):
    handed(Source.STUDENT_RECORDS, records("w001"))
    told = events("w001,MOSS,2026-11-18T09:30", "w001,MOSS,half past ten")
    handed(Source.VLE, told)
    replay.replay(EVE.viewer, Source.VLE, {waiting()[0].id: "2026-11-18T10:30"}, LATER)
    assert handed(Source.VLE, told, LATER, NOW).state is RunState.UNCHANGED
    assert waiting() == []
    assert [views for *_, views, run in rows(store, VleDay) if run > 4] == [2]


@pytest.mark.parametrize("together", [1, 2, 1000])
def test_however_many_rows_wait_a_load_meets_some_at_a_time(university, monkeypatch, together):
    monkeypatch.setattr(meeting, "_TOGETHER", together)
    handed(Source.STUDENT_RECORDS, students(*(f"w{n} ,,Ash" for n in range(5)), "w 7,Ann,Ash"))
    mends, aside = waiting()[3], waiting()[4]
    quarantine.set_aside(EVE.viewer, [aside.id], NOW)
    replay.replay(EVE.viewer, Source.STUDENT_RECORDS, {mends.id: "Bob"}, NOW)
    again = ("w0,Ann,Ash", *(f"w{n} ,,Ash" for n in (1, 2, 3, 4)), "w 7,Ann,Ash")
    handed(Source.STUDENT_RECORDS, students(*again), LATER, NOW)
    assert [(row.line, row.key) for row in waiting()] == [(3, "w1 "), (4, "w2 "), (5, "w3 "), (7, "w 7")]


# What is rated again.


def test_a_load_says_what_came_late_what_it_corrected_and_how_many_modules_it_rated(store):
    handed(Source.STUDENT_RECORDS, records("w001"))
    handed(Source.VLE, views("w001,MOSS,2026-11-17,3", "w001,MOSS,2026-11-20,1"), NOW, NOW - 2 * HOUR)
    told = views("w001,MOSS,2026-11-17,4", "w001,MOSS,2026-11-18,1", "w001,MOSS,2026-11-23,1")
    report = handed(Source.VLE, told, LATER, NOW)
    assert (report.late, report.corrected, report.rated) == (1, 1, 1)
    with store.session() as session:
        run = session.get_one(LoadRun, report.run)
        assert (run.late, run.corrected) == (1, 1)


def test_only_the_modules_that_a_load_touched_are_rated(store):
    handed(Source.STUDENT_RECORDS, records("w001"))
    ratings.refresh(JOB, NOW)
    store.change(update(ModuleWeek).values(rule="old"), update(EnrolmentWeek).values(rule="old"))
    handed(Source.VLE, views("w001,MOSS,2026-11-18,3"))
    rated = {(student > 13, rule) for student, rule in rows(store, ModuleWeek, "student", "rule")}
    assert {(ours, rule == "old") for ours, rule in rated} == {(True, False), (False, True)}
    assert rows(store, StaleModule) == []


def test_what_a_stopped_rating_left_is_made_good_by_the_next_load_or_rating(store):
    handed(Source.STUDENT_RECORDS, records("w001"))
    prepared_at = NOW - HOUR

    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    def store_and_stop(prepared):
        loads.store(JOB, prepared.batch, NOW)
        with pytest.raises(KeyboardInterrupt):
            ratings.refresh_stale(JOB, NOW, stopped)

    read(Source.VLE, views("w001,MOSS,2026-11-18,3"), NOW, prepared_at, store_and_stop)
    [(module, since, _)] = rows(store, StaleModule)
    assert since == number(TODAY) - 5
    assert ratings.refresh_stale(JOB, NOW) == 1
    assert rows(store, StaleModule) == []
    weeks = rows(store, ModuleWeek, "module", "active_days")
    assert max(days for found, days in weeks if found == module) == 1


def test_an_unchanged_load_repairs_what_the_one_before_it_left_unrated(store):
    handed(Source.STUDENT_RECORDS, records("w001"))
    files = views("w001,MOSS,2026-11-18,3")
    read(Source.VLE, files, NOW, NOW - HOUR, lambda found: loads.store(JOB, found.batch, NOW))
    assert len(rows(store, StaleModule)) == 1
    report = handed(Source.VLE, files)
    assert (report.state, report.rated) == (RunState.UNCHANGED, 1)
    assert rows(store, StaleModule) == []


def test_rating_everything_clears_every_mark(store):
    handed(Source.STUDENT_RECORDS, records("w001"))
    read(
        Source.VLE,
        views("w001,MOSS,2026-11-18,3"),
        NOW,
        None,
        lambda found: loads.store(JOB, found.batch, NOW),
    )
    ratings.refresh(JOB, NOW)
    assert rows(store, StaleModule) == []


def test_a_mark_that_a_load_sets_while_its_module_is_being_rated_stays(store):
    handed(Source.STUDENT_RECORDS, records("w001"))
    read(
        Source.VLE,
        views("w001,MOSS,2026-11-18,3"),
        NOW,
        None,
        lambda found: loads.store(JOB, found.batch, NOW),
    )
    told = []

    def meanwhile(done: int, total: int) -> None:
        if not told:
            told.append(done)
            files = views("w001,MOSS,2026-11-17,3")
            read(Source.VLE, files, NOW, None, lambda found: loads.store(JOB, found.batch, NOW))

    ratings.refresh_stale(JOB, NOW, meanwhile)
    assert [since for _, since, _ in rows(store, StaleModule)] == [number(TODAY) - 6]


def test_a_student_taken_off_a_module_is_rated_without_it(store):
    two = records("w001", "w002")
    two["modules.csv"] += "FERN,Ferns,20,2026-09-21,2026-12-13\n"
    two["registrations.csv"] += "w001,FERN,e-w001,2026-09-21\n"
    two["registrations.csv"] += "w002,FERN,e-w002,2026-09-21\n"
    ratings.refresh(JOB, NOW)
    handed(Source.STUDENT_RECORDS, two)
    handed(Source.VLE, views("w001,FERN,2026-11-18,3", "w001,FERN,2026-11-19,3"))
    before = rows(store, EnrolmentWeek, "enrolment", "week", "score")
    one = two | {"registrations.csv": two["registrations.csv"].replace("w001,FERN,e-w001,2026-09-21\n", "")}
    handed(Source.STUDENT_RECORDS, one, LATER, NOW)
    after = rows(store, EnrolmentWeek, "enrolment", "week", "score")
    ratings.refresh(JOB, LATER)
    assert rows(store, EnrolmentWeek, "enrolment", "week", "score") == after != before


# Readers, and who may.


def test_a_load_in_the_middle_of_its_transaction_blocks_no_logged_read(store):
    handed(Source.STUDENT_RECORDS, records("w001"))
    look = Act(Action.READ, Category.ENGAGEMENT, Purpose.IDENTIFY)
    seen = []

    def meanwhile(done: int, total: int) -> None:
        with gate.reading(ADA.viewer, BEN.id, look, NOW) as opened:
            seen.append(opened.students)
            stored = select(func.count()).select_from(VleDay).where(VleDay.run > 4)
            assert opened.session.scalar(stored) == 0  # nothing of a load is seen before its end

    def storing(prepared):
        return loads.store(JOB, prepared.batch, NOW, meanwhile)

    read(Source.VLE, views("w001,MOSS,2026-11-18,3"), NOW, None, storing)
    assert seen == [(BEN.number,)]
    with store.session() as session:
        lines = select(AccessLine.action).where(AccessLine.session == ADA.viewer.session[:16])
        assert session.scalars(lines).all() == ["read"]


def test_an_administrator_loads_in_their_own_name_and_the_job_rates(store):
    handed(Source.STUDENT_RECORDS, records("w001"), viewer=EVE.viewer)
    assert rows(store, LoadRun, "started_by")[-1] == ("eve",)
    assert any(days for (days,) in rows(store, ModuleWeek, "student") if days > 13)


def test_nobody_else_loads(university):
    with pytest.raises(NotOpenToYourRole):
        handed(Source.STUDENT_RECORDS, students(), viewer=ADA.viewer)


def test_a_file_that_cannot_be_read_is_refused_in_a_sentence(university):
    with pytest.raises(Refusal, match="no export"):
        read(Source.VLE, {"a.csv": "one,two\n1,2\n"})
