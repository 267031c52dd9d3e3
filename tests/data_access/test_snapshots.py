"""Sheets that are remembered: nothing older goes over what is stored, and what a snapshot had last time is known."""

from dataclasses import replace
from datetime import timedelta

import pytest

from data_access import loads
from data_access.loads import OlderThanStored, snapshots
from data_access.records import Batch, SheetRecord
from data_access.tables import LoadedSheet, RunState
from privacy.labels import Source
from tests.cast import NOW
from tests.data_access.loading import JOB, LATER, RECORDS, everything, rows

DAY = timedelta(days=1)
WHOLE = SheetRecord("students", 10, None, None)
WEEK = SheetRecord("vle days", 70, 100, 106)


def of(*modules: str) -> SheetRecord:
    """The days of these modules alone."""
    return replace(WEEK, modules=frozenset(modules))


def taken(days_ago: int, sha256: str, *sheets: SheetRecord, system: Source = Source.STUDENT_RECORDS) -> Batch:
    """A batch without content."""
    empty = Batch(system, "hand", "a.csv", sha256 * 64, RECORDS.counted, None)
    return replace(empty, taken_at=NOW - days_ago * DAY, sheets=sheets)


@pytest.mark.parametrize(
    ("before", "now", "fits"),
    [
        (WHOLE, WHOLE, False),
        (WHOLE, replace(WHOLE, sheet="staff"), True),
        (WEEK, WEEK, False),
        (WEEK, replace(WEEK, first_day=106, last_day=112), False),
        (WEEK, replace(WEEK, first_day=90, last_day=100), False),
        (WEEK, replace(WEEK, first_day=103, last_day=104), False),
        (WEEK, replace(WEEK, first_day=107, last_day=113), True),
        (WEEK, replace(WEEK, first_day=90, last_day=99), True),
        (replace(WEEK, sheet="swipes"), replace(WEEK, sheet="swipes"), True),  # cards only add
        (of("M1"), of("M1"), False),
        (of("M1"), of("M2"), True),
        (of("M1", "M2"), of("M2", "M3"), False),
        (of(), of("M1"), True),  # nothing of it was stored
        (of("M1"), WEEK, False),
        (WEEK, of("M1"), False),  # as loads remembered it before they knew modules
        (of("M1"), replace(of("M1"), first_day=107, last_day=113), True),
    ],
)
def test_an_older_sheet_fits_only_beside_the_days_and_the_modules_of_a_newer_one(store, before, now, fits):
    loads.store(JOB, taken(1, "a", before), NOW)
    older = taken(2, "b", now)
    if fits:
        assert loads.store(JOB, older, LATER).state is RunState.UNCHANGED
    else:
        with pytest.raises(OlderThanStored, match=before.sheet):
            loads.store(JOB, older, LATER)


def test_one_older_sheet_refuses_the_whole_load(store):
    loads.store(JOB, taken(1, "a", WHOLE), NOW)
    before = everything(store)
    with pytest.raises(OlderThanStored):
        loads.store(JOB, taken(2, "b", replace(WHOLE, sheet="staff"), WHOLE), LATER)
    assert everything(store) == before


def test_another_system_is_another_matter(store):
    loads.store(JOB, taken(1, "a", WHOLE), NOW)
    loads.store(JOB, taken(2, "b", WHOLE, system=Source.ATTENDANCE), NOW)


def test_the_newest_file_may_come_again_and_an_earlier_one_may_not(store):
    loads.store(JOB, taken(3, "a", WHOLE), NOW)
    loads.store(JOB, taken(2, "b", WHOLE), NOW)
    loads.store(JOB, taken(4, "b", WHOLE), NOW)
    with pytest.raises(OlderThanStored, match="earlier load"):
        loads.store(JOB, taken(0, "a", WHOLE), NOW)


def test_a_load_that_does_not_say_when_it_was_taken_remembers_no_sheet(store):
    loads.store(JOB, replace(taken(1, "a", WHOLE), taken_at=None), NOW)
    assert rows(store, LoadedSheet) == []


def test_how_many_rows_a_snapshot_had_last_time_is_that_of_the_newest_taken(store):
    loads.store(JOB, taken(3, "a", replace(WHOLE, rows=12), replace(WEEK, sheet="swipes")), NOW)
    loads.store(JOB, taken(2, "b", replace(WHOLE, rows=9)), NOW)
    assert snapshots.last_rows(JOB, Source.STUDENT_RECORDS, NOW) == {"students": 9}
    assert snapshots.last_rows(JOB, Source.VLE, NOW) == {}
