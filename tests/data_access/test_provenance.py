"""Provenance: each row that came from a system leads to its record's key and its run, which says where and when."""

from dataclasses import replace

from sqlalchemy import Table, func, select

from data_access import loads
from data_access.records import (
    AwardRecord,
    ContactRecord,
    IdentityRecord,
    MilestoneRecord,
    ModuleKeyRecord,
    ServiceUseRecord,
    SittingRecord,
    SupervisionRecord,
)
from data_access.tables import Base, ContactKind, LoadRun
from privacy.labels import SYSTEMS, Source
from tests.cast import NOW
from tests.data_access.loading import CLASSES, JOB, MONDAY, RECORDS, online

BY_THEIR_OWN = {"key", "code", "name"}
"""Columns that hold the key of the record in its system."""
WITHOUT_KEY = {
    "person": "its keys are rows of source_key: one in student records, and one in each other system",
    "enrolment_status": "a status has no key anywhere: it is told with its enrolment, from one day to another",
    "tutoring": "likewise; it is told with its enrolment, and has its tutor and its days",
}
WITHOUT_RUN = {
    "person": "a colleague who is given an account here is in no system's export",
    "tutoring": "an administrator gives cover: then `given_by` and `reason` say who and why",
    "school": "rows of the first version were stored without a run",
    "course": "likewise",
    "module": "likewise",
    "module_key": "likewise",
    "source_key": "likewise",
}
"""Tables in which the run may be empty, and why; a load never leaves it so."""


def from_systems() -> list[Table]:
    """The tables that hold what a system told: in them other columns than references come from one of the four."""
    return [
        table
        for table in Base.metadata.sorted_tables
        if any(c.info["about"].source in SYSTEMS and not c.foreign_keys for c in table.columns)
    ]


def test_every_table_of_what_systems_told_says_the_run_that_last_changed_a_row():
    lacking = [table.name for table in from_systems() if "run" not in table.c]
    assert lacking == []
    assert {key.column.table.name for table in from_systems() for key in table.c.run.foreign_keys} == {
        "load_run"
    }
    assert {table.name for table in from_systems() if table.c.run.nullable} == WITHOUT_RUN.keys()


def test_a_run_says_its_system_and_its_time():
    run = LoadRun.__table__
    assert not run.c.system.nullable
    assert not run.c.started_at.nullable


def test_every_row_leads_to_the_key_of_its_record():
    assert {table.name for table in from_systems() if not _keyed(table)} == WITHOUT_KEY.keys()


def _keyed(table: Table) -> bool:
    """Whether it holds the record's own key, or is told apart by what it refers to and what the system said."""
    if any(table.c[name].unique or table.c[name].primary_key for name in BY_THEIR_OWN & set(table.c.keys())):
        return True
    return all(c.foreign_keys or c.name not in ("id", "number") for c in table.primary_key)


def test_a_load_leaves_no_row_without_its_run(store):
    records = replace(
        RECORDS,
        identities=[IdentityRecord(Source.VLE, "kim.vle", "kim")],
        module_keys=[ModuleKeyRecord(Source.VLE, "cs1-vle", "CS1")],
        contacts=[ContactRecord("kim", ContactKind.EMAIL, "kim@university.example")],
        milestones=[MilestoneRecord("kim", "Annual review", MONDAY, None)],
        supervisions=[SupervisionRecord("kim", MONDAY, None)],
        sittings=[SittingRecord("kim", "essay", MONDAY, True, 64)],
        awards=[AwardRecord("kim", "E-kim", "BSc Computing", None, MONDAY)],
    )
    used = replace(CLASSES, service_uses=[ServiceUseRecord("kim", "library", MONDAY, 2)])
    without, before = counts(store, None), sum(counts(store).values())
    runs = [loads.store(JOB, batch, NOW).run for batch in (records, used, online((MONDAY, 3)))]
    assert counts(store, None) == without
    assert 0 not in counts(store, *runs).values()
    assert sum(counts(store, *runs).values()) == sum(counts(store).values()) - before


def counts(store, *runs: int | None) -> dict[str, int]:
    """How many rows each of these tables has, or has of these runs."""
    with store.session() as session:
        return {
            table.name: session.scalar(
                select(func.count())
                .select_from(table)
                .where(
                    *([table.c.run.in_(runs) if None not in runs else table.c.run.is_(None)] if runs else [])
                )
            )
            for table in from_systems()
        }
