"""Replay: what waits in quarantine comes in once it is mended, or once what it speaks of is here."""

import io
import re
from datetime import timedelta

import openpyxl
import pytest
from sqlalchemy import select

from auth.refusals import NotOpenToYourRole, Refusal
from data_access import sources
from data_access.tables import (
    Attendance,
    LoadRun,
    ModuleWeek,
    Person,
    QuarantinedRow,
    Register,
    RunState,
    SourceKey,
    VleDay,
    Waiting,
)
from engagement.refused import Some
from ingest import replay, waiting_workbook
from ingest.load import JOB
from privacy.labels import Source
from tests.cast import ADA, EVE, NOW
from tests.data_access.loading import everything, rows
from tests.ingest.handing import (
    classes,
    events,
    handed,
    records,
    registers,
    student,
    students,
    views,
    waiting,
)

LATER = NOW + timedelta(hours=1)
TUESDAY = "T1,MOSS,2026-11-17T09:00,2026-11-17T10:00,Lecture"


def states(store) -> list[Waiting]:
    return [state for (state,) in rows(store, QuarantinedRow, "state")]


def test_a_row_whose_student_has_been_loaded_since_comes_in_when_it_is_tried_again(store):
    handed(Source.STUDENT_RECORDS, records("w001"))
    handed(Source.TIMETABLE, classes(TUESDAY))
    handed(Source.ATTENDANCE, registers("w001,T1,present", "w009,T1,late"))
    [row] = waiting()
    assert (row.sheet, row.line, row.key, row.field, row.kind) == (
        "registers",
        3,
        "w009",
        "student_id",
        "unknown",
    )
    handed(Source.STUDENT_RECORDS, records("w001", "w009"), NOW, NOW)

    report = replay.replay(EVE.viewer, Source.ATTENDANCE, {}, LATER)

    assert (report.counted.rows, report.counted.accepted, report.state) == (1, 1, RunState.LOADED)
    assert waiting() == []
    registered = [register for *_, register in rows(store, Attendance, "student", "event", "register")]
    assert registered.count(Register.LATE) == 1
    assert rows(store, QuarantinedRow, "state", "decided_at", "decided_by") == [
        (Waiting.REPLAYED, LATER, "eve")
    ]
    assert report.rated == 1


def test_a_mended_value_is_read_checked_and_admitted_like_that_of_a_file(store):
    handed(Source.STUDENT_RECORDS, students(student("w001"), "００２,Bob,Ash", "w003,,Elm"))
    bad_key, no_name = waiting()

    replay.replay(EVE.viewer, Source.STUDENT_RECORDS, {bad_key.id: " w002 ", no_name.id: "Cat"}, LATER)

    assert waiting() == []
    with store.session() as session:
        known = select(SourceKey.key, Person.given_name).join(Person, Person.number == SourceKey.person)
        assert {tuple(row) for row in session.execute(known)} == {
            ("w001", "Ann"),
            ("w002", "Bob"),
            ("w003", "Cat"),
        }


def test_a_row_that_does_not_fit_waits_on_with_the_reason_that_stands_now(store):
    handed(Source.STUDENT_RECORDS, records("w001"))
    handed(Source.TIMETABLE, classes(TUESDAY))
    handed(Source.ATTENDANCE, registers("w0 1,T1,present"))
    [before] = waiting()
    assert before.kind == "not_a_key"

    report = replay.replay(EVE.viewer, Source.ATTENDANCE, {before.id: "w777"}, LATER)

    [after] = waiting()
    assert (after.id, after.kind, after.value, after.line) == (before.id, "unknown", "w777", before.line)
    assert after.since == before.since
    assert (report.counted.accepted, report.counted.quarantined) == (0, 1)
    assert report.state is RunState.UNCHANGED
    report = replay.replay(EVE.viewer, Source.ATTENDANCE, {after.id: "w001"}, LATER)
    assert (report.counted.accepted, waiting()) == (1, [])


def test_a_row_with_two_faults_waits_until_both_are_mended_and_then_with_one(store):
    handed(Source.STUDENT_RECORDS, students("００２,,Ash"))
    by_field = {row.field: row.id for row in waiting()}
    assert set(by_field) == {"student_id", "given_name"}
    replay.replay(EVE.viewer, Source.STUDENT_RECORDS, {by_field["given_name"]: "Bob"}, LATER)
    [left] = waiting()
    assert left.field == "student_id"
    replay.replay(EVE.viewer, Source.STUDENT_RECORDS, {left.id: "w002"}, LATER)
    assert waiting() == []
    assert "Bob" in [name for (name,) in rows(store, Person, "given_name")]


def test_several_mended_rows_are_one_transaction(store, monkeypatch):
    handed(Source.STUDENT_RECORDS, students("００１,Ann,Ash", "００２,Bob,Elm"))
    before = everything(store)
    first, second = waiting()

    def stopped(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        replay.replay(
            EVE.viewer, Source.STUDENT_RECORDS, {first.id: "w001", second.id: "w002"}, LATER, stopped
        )
    assert everything(store) == before


def test_two_mended_rows_that_contradict_each_other_both_wait(store):
    handed(Source.STUDENT_RECORDS, students("００１,Ann,Ash", "００２,Bob,Elm"))
    first, second = waiting()
    replay.replay(EVE.viewer, Source.STUDENT_RECORDS, {first.id: "w001", second.id: "w001"}, LATER)
    assert [row.kind for row in waiting()] == ["twice", "twice"]


def test_a_replay_removes_nothing_that_only_a_whole_file_could_tell_to_be_gone(store):
    handed(Source.STUDENT_RECORDS, records("w001", "w002"))
    two_modules = records("w001", "w002")
    two_modules["modules.csv"] += "FERN,Ferns,20,2026-09-21,2026-12-13\n"
    two_modules["registrations.csv"] += "w001,FERN,e-w001,21/09/26\n"
    handed(Source.STUDENT_RECORDS, two_modules, NOW, NOW)
    [row] = waiting()
    before = len(everything(store)["registration"])
    replay.replay(EVE.viewer, Source.STUDENT_RECORDS, {row.id: "2026-09-21"}, LATER)
    assert len(everything(store)["registration"]) == before + 1


def test_an_event_out_of_quarantine_comes_on_top_of_its_day(store):
    handed(Source.STUDENT_RECORDS, records("w001"))
    told = events("w001,MOSS,2026-11-18T09:30", "w001,MOSS,2026-11-18T23:59", "w001,MOSS,half past ten")
    handed(Source.VLE, told)
    [row] = waiting()
    replay.replay(EVE.viewer, Source.VLE, {row.id: "2026-11-18T10:30"}, LATER)
    assert [views for *_, views, run in rows(store, VleDay) if run > 4] == [3]


def test_a_day_out_of_quarantine_takes_the_place_of_what_is_stored(store):
    handed(Source.STUDENT_RECORDS, records("w001"))
    handed(Source.VLE, views("w001,MOSS,2026-11-18,5"))
    handed(Source.VLE, views("w001,MOSS,2026-11-18,7x"), NOW, NOW)
    [row] = waiting()
    replay.replay(EVE.viewer, Source.VLE, {row.id: "7"}, LATER)
    assert [views for *_, views, run in rows(store, VleDay) if run > 4] == [7]


def test_vle_rows_of_somebody_unknown_are_never_taken_for_brought_in(store):
    handed(Source.STUDENT_RECORDS, records("w001"))
    handed(Source.VLE, views("w0 1,MOSS,2026-11-18,5"))
    [row] = waiting()
    report = replay.replay(EVE.viewer, Source.VLE, {row.id: "w009"}, LATER)
    assert (report.counted.accepted, report.counted.quarantined) == (0, 1)
    assert [(row.field, row.kind) for row in waiting()] == [("student_id", "unknown")]


def test_what_was_replayed_is_rated(store):
    handed(Source.STUDENT_RECORDS, records("w001"))
    handed(Source.VLE, views("w001,MOSS,2026-11-18,x"))
    [row] = waiting()
    report = replay.replay(EVE.viewer, Source.VLE, {row.id: "3"}, LATER)
    assert report.rated == 1
    days = rows(store, ModuleWeek, "module", "active_days")
    with store.session() as session:
        mine = session.scalars(select(VleDay.module).where(VleDay.views == 3)).one()
    assert max(days for module, days in days if module == mine) == 1


def test_a_replay_is_a_run_of_its_own_that_makes_no_data_fresher(store):
    handed(Source.STUDENT_RECORDS, students("００１,Ann,Ash"))
    before = sources.freshness(EVE.viewer, LATER)
    report = replay.replay(EVE.viewer, Source.STUDENT_RECORDS, {waiting()[0].id: "w001"}, LATER)
    assert sources.freshness(EVE.viewer, LATER) == before
    with store.session() as session:
        run = session.get_one(LoadRun, report.run)
        assert (run.format, run.started_by, run.data_up_to) == ("replay", "eve", None)


def test_where_nothing_waits_a_replay_changes_nothing(store):
    report = replay.replay(JOB, Source.VLE, {}, NOW)
    assert (report.counted.rows, report.state) == (0, RunState.UNCHANGED)


def test_nobody_else_may_replay(university):
    with pytest.raises(NotOpenToYourRole):
        replay.replay(ADA.viewer, Source.VLE, {}, NOW)


def test_a_workbook_of_the_quarantine_holds_no_formula(store):
    handed(Source.STUDENT_RECORDS, students('=HYPERLINK("http://x"),Ann,Ash', "@SUM,Bob,Elm", "+1,Cat,Fir"))
    book = openpyxl.load_workbook(
        io.BytesIO(waiting_workbook.export(EVE.viewer, Some(Source.STUDENT_RECORDS), NOW))
    )
    cells = [cell for line in book["Quarantine"].iter_rows(min_row=2) for cell in line]
    assert {cell.data_type for cell in cells} <= {"n", "s"}
    told = {cell.value for cell in cells}
    assert {'=HYPERLINK("http://x")', "@SUM", "+1"} <= told
    assert not {"Ann", "Bob", "Elm", "Fir"} & told


def workbook(change) -> bytes:
    """The rows that wait, exported, changed by a person, and saved again."""
    book = openpyxl.load_workbook(
        io.BytesIO(waiting_workbook.export(EVE.viewer, Some(Source.STUDENT_RECORDS), NOW))
    )
    sheet = book["Quarantine"]
    column = [cell.value for cell in sheet[1]].index("value")
    for line in list(sheet.iter_rows(min_row=2)):
        change(line[column])
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def test_a_corrected_workbook_mends_many_rows_and_leaves_what_it_leaves_as_it_is(store):
    handed(
        Source.STUDENT_RECORDS, students("００１,Ann,Ash", "００２,Bob,Elm", "_x003D_ 3,Cat,Fir", "w004,,Yew")
    )

    def put_right(cell) -> None:
        cell.value = {"００１": "w001", "００２": 2}.get(cell.value, cell.value)

    told = waiting_workbook.values(Source.STUDENT_RECORDS, "mended.xlsx", workbook(put_right))
    report = replay.replay(EVE.viewer, Source.STUDENT_RECORDS, told, LATER)
    assert (report.counted.accepted, report.counted.quarantined) == (2, 2)
    assert [(row.value, row.field) for row in waiting()] == [("_x003D_ 3", "student_id"), ("", "given_name")]
    with store.session() as session:
        keys = session.scalars(select(SourceKey.key).join(Person, Person.number == SourceKey.person))
        assert {"w001", "2"} <= set(keys)


def test_a_long_value_that_was_shown_in_part_is_not_cut_by_the_workbook(store):
    handed(Source.STUDENT_RECORDS, students(f"{'x' * 150},Ann,Ash"))
    [row] = waiting()
    assert len(row.value) == 60
    told = waiting_workbook.values(Source.STUDENT_RECORDS, "mended.xlsx", workbook(lambda cell: None))
    assert replay.replay(EVE.viewer, Source.STUDENT_RECORDS, told, LATER).counted.accepted == 0
    assert rows(store, QuarantinedRow, "cells")[0][0].count("x") == 150


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (
            b"id,value\nseven,w001\n",
            "mended.csv, line 2: Write a whole number, 0 or more. Nothing",
        ),
        (b"one,two\n1,2\n", "mended.csv is no workbook of waiting rows. Export them, correct"),
        (b"", "mended.csv: The file is empty"),
    ],
)
def test_another_workbook_is_refused_in_a_sentence(university, content, said):
    with pytest.raises(Refusal, match=re.escape(said)):
        waiting_workbook.values(Source.VLE, "mended.csv", content)


def test_rows_that_wait_on_as_they_were_are_not_written_again(store):
    handed(Source.STUDENT_RECORDS, students("００１,Ann,Ash", "００２,Bob,Elm"))
    before = everything(store, "load_run")
    report = replay.replay(EVE.viewer, Source.STUDENT_RECORDS, {}, LATER)
    assert (report.counted.quarantined, report.state) == (2, RunState.UNCHANGED)
    assert everything(store, "load_run") == before
