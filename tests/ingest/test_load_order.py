"""What is older than what is stored: of a snapshot, of a feed's days, and of its modules."""

from datetime import timedelta

import pytest

from data_access.loads import OlderThanStored
from data_access.tables import LoadedSheet, RunState
from policy.days import number
from privacy.labels import Source
from tests.cast import NOW, TODAY
from tests.data_access.loading import everything, rows
from tests.ingest.handing import classes, handed, read, records, registers, student, students, views

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
LATER = NOW + HOUR
REMEMBERED = ("load_run", "loaded_sheet", "loaded_module")
"""Tables that remember a load in which nothing changed."""
ALIAS = "module_id,system,key\nMOSS,vle,vle-moss\n"
TUESDAY = "T1,MOSS,2026-11-17T09:00,2026-11-17T10:00,Lecture"


def sheets(store) -> list[tuple[object, ...]]:
    return rows(store, LoadedSheet, "run", "sheet", "rows", "first_day", "last_day")


def test_a_snapshot_taken_before_the_one_that_is_stored_is_refused(store):
    handed(Source.STUDENT_RECORDS, students(student("w001"), student("w002")), NOW, NOW - HOUR)
    before = everything(store)
    with pytest.raises(OlderThanStored, match=r"taken on 23 November 2026, 08:00; what is stored .* 09:00"):
        handed(Source.STUDENT_RECORDS, students(student("w001", "Elm")), LATER, NOW - 2 * HOUR)
    assert everything(store) == before
    assert handed(Source.STUDENT_RECORDS, students(student("w001", "Elm")), LATER, NOW - HOUR).corrected == 1


def test_the_file_of_an_earlier_load_is_older_whenever_it_is_said_to_have_been_taken(store):
    first, second = students(student("w001", "Ash")), students(student("w001", "Elm"))
    handed(Source.STUDENT_RECORDS, first, NOW, NOW - 3 * HOUR)
    handed(Source.STUDENT_RECORDS, second, NOW, NOW - 2 * HOUR)
    with pytest.raises(OlderThanStored, match="is the file of an earlier load"):
        handed(Source.STUDENT_RECORDS, first, NOW, NOW - HOUR)
    assert handed(Source.STUDENT_RECORDS, second, NOW, NOW - 3 * HOUR).state is RunState.UNCHANGED


def test_other_sheets_and_other_days_are_not_held_against_each_other(store):
    handed(Source.STUDENT_RECORDS, records("w001"), NOW, NOW - HOUR)
    handed(Source.VLE, views("w001,MOSS,2026-11-19,3"), NOW, NOW - HOUR)
    earlier = views("w001,MOSS,2026-11-17,3", "w001,MOSS,2026-11-18,3")
    assert handed(Source.VLE, earlier, NOW, NOW - 2 * HOUR).state is RunState.LOADED
    with pytest.raises(OlderThanStored):
        handed(Source.VLE, views("w001,MOSS,2026-11-18,4", "w001,MOSS,2026-11-19,4"), NOW, NOW - 2 * HOUR)


def test_exports_of_single_modules_are_not_held_against_each_other(store):
    handed(Source.STUDENT_RECORDS, two_modules())
    moss, fern = views("w001,MOSS,2026-11-18,3"), views("w001,FERN,2026-11-18,5")
    handed(Source.VLE, moss, NOW, NOW - 2 * HOUR)
    handed(Source.VLE, fern, NOW, NOW - HOUR)
    before = everything(store, *REMEMBERED)
    assert handed(Source.VLE, moss, LATER, NOW - 2 * HOUR).state is RunState.UNCHANGED
    assert everything(store, *REMEMBERED) == before

    between = views("w001,MOSS,2026-11-18,4")
    assert handed(Source.VLE, between, LATER, NOW - HOUR - HOUR / 2).corrected == 1
    with pytest.raises(OlderThanStored, match="is the file of an earlier load"):
        handed(Source.VLE, moss, LATER, NOW)
    with pytest.raises(OlderThanStored, match="what is stored was taken"):
        handed(Source.VLE, views("w001,MOSS,2026-11-18,9"), LATER, NOW - 2 * HOUR)
    with pytest.raises(OlderThanStored, match="what is stored was taken"):
        handed(Source.VLE, views("w001,MOSS,2026-11-18,9", "w001,FERN,2026-11-18,9"), LATER, NOW - 2 * HOUR)


def test_registers_are_of_the_modules_of_their_classes_and_an_alias_is_the_module(store):
    handed(Source.STUDENT_RECORDS, two_modules() | {"module-keys.csv": ALIAS})
    seminars = ("09:00,2026-11-17T10:00,Seminar",) * 2  # two groups at one time
    held = [f"T{n},MOSS,2026-11-17T{when}" for n, when in enumerate(seminars, 1)]
    handed(Source.TIMETABLE, classes(*held, "T3,FERN,2026-11-17T11:00,2026-11-17T12:00,Lecture"))
    handed(Source.ATTENDANCE, registers("w001,T3,late"), NOW, NOW - HOUR)
    assert handed(Source.ATTENDANCE, registers("w001,T1,late"), NOW, NOW - 2 * HOUR).state is RunState.LOADED
    with pytest.raises(OlderThanStored):
        handed(Source.ATTENDANCE, registers("w001,T2,late"), NOW, NOW - 3 * HOUR)
    handed(Source.VLE, views("w001,vle-moss,2026-11-18,3"), NOW, NOW - HOUR)
    with pytest.raises(OlderThanStored):
        handed(Source.VLE, views("w001,MOSS,2026-11-18,2"), NOW, NOW - 2 * HOUR)


def two_modules() -> dict[str, str]:
    """Somebody on MOSS and on FERN."""
    files = records("w001")
    files["modules.csv"] += "FERN,Ferns,20,2026-09-21,2026-12-13\n"
    files["registrations.csv"] += "w001,FERN,e-w001,2026-09-21\n"
    return files


def test_registers_have_the_days_of_their_classes(store):
    handed(Source.STUDENT_RECORDS, records("w001"))
    handed(Source.TIMETABLE, classes(TUESDAY))
    handed(Source.ATTENDANCE, registers("w001,T1,late"))
    day = number(TODAY) - 6
    assert [sheet[1:] for sheet in sheets(store)[-2:]] == [
        ("classes", 1, day, day),
        ("registers", 1, day, day),
    ]


def test_each_load_remembers_its_sheets_also_where_nothing_changed(store):
    files = students(student("w001"))
    handed(Source.STUDENT_RECORDS, files, NOW, NOW - HOUR)
    handed(Source.STUDENT_RECORDS, files, LATER, NOW)
    assert sheets(store) == [(5, "students", 1, None, None), (6, "students", 1, None, None)]
    with pytest.raises(OlderThanStored):
        handed(Source.STUDENT_RECORDS, students(student("w001", "Elm")), LATER, NOW - HOUR)


def test_nothing_was_taken_later_than_now_and_else_when_its_files_were_changed(store):
    assert read(Source.STUDENT_RECORDS, students(), NOW, NOW + DAY)[0].batch.taken_at == NOW
    assert (
        read(Source.STUDENT_RECORDS, students(), NOW - 9999 * DAY, None)[0].batch.taken_at == NOW - 9999 * DAY
    )
