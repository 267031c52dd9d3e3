"""What student records bring beside studies: other systems' keys, research, sittings and awards."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from data_access import loads
from data_access.loads.known import known
from data_access.records import (
    AwardRecord,
    IdentityRecord,
    MilestoneRecord,
    ModuleKeyRecord,
    ModuleRecord,
    SittingRecord,
    SupervisionRecord,
)
from data_access.tables import Award, Milestone, ModuleKey, Person, RunState, Sitting, SourceKey, Supervision
from privacy.labels import Source
from tests.cast import NOW
from tests.data_access.loading import FIRST, JOB, LATER, MONDAY, RECORDS, everything, rows

KEYS = replace(
    RECORDS,
    modules=[*RECORDS.modules, ModuleRecord("CS2", "Networks", 20, FIRST, FIRST)],
    identities=[
        IdentityRecord(Source.VLE, "kim.o", "kim"),
        IdentityRecord(Source.VLE, "kim.oyelaran", "kim"),
        IdentityRecord(Source.ATTENDANCE, "card-77", "kim"),
        IdentityRecord(Source.ATTENDANCE, "kim.o", "tess"),
    ],
    module_keys=[ModuleKeyRecord(Source.TIMETABLE, "CS-1/26", "CS1")],
)
TOLD = replace(
    RECORDS,
    milestones=[MilestoneRecord("kim", "Annual review", MONDAY, MONDAY + 2)],
    supervisions=[SupervisionRecord("kim", MONDAY, None)],
    sittings=[SittingRecord("kim", "essay", MONDAY, True, 64)],
    awards=[AwardRecord("kim", "E-kim", "BSc (Hons)", None, MONDAY)],
)


def test_the_keys_of_other_systems_lead_to_the_person_and_the_module(store):
    loads.store(JOB, KEYS, NOW)
    vle, cards = known(JOB, Source.VLE, NOW), known(JOB, Source.ATTENDANCE, NOW)
    assert vle.aliases == {"kim.o": "kim", "kim.oyelaran": "kim"}
    assert cards.aliases == {"card-77": "kim", "kim.o": "tess"}  # one key means in each system its own person
    assert known(JOB, Source.TIMETABLE, NOW).module_aliases == {"CS-1/26": "CS1"}
    assert vle.module_aliases == {}


def test_a_key_that_student_records_correct_leads_to_the_other_from_then_on(store):
    loads.store(JOB, KEYS, NOW)
    assert loads.store(JOB, KEYS, LATER).state is RunState.UNCHANGED
    other = replace(
        KEYS,
        identities=[IdentityRecord(Source.VLE, "kim.o", "tess")],
        module_keys=[ModuleKeyRecord(Source.TIMETABLE, "CS-1/26", "CS2")],
    )
    assert loads.store(JOB, other, LATER).state is RunState.LOADED
    with store.session() as session:
        who = select(Person.given_name).join(SourceKey).where(SourceKey.key == "kim.o")
        assert sorted(session.scalars(who)) == ["Tess", "Tess"]
    assert known(JOB, Source.TIMETABLE, NOW).module_aliases == {"CS-1/26": "CS2"}
    assert len(rows(store, ModuleKey)) == 1


def test_research_sittings_and_awards_are_stored_under_their_student(store):
    run = loads.store(JOB, TOLD, NOW).run
    with store.session() as session:
        kim = session.scalars(select(SourceKey.person).where(SourceKey.key == "kim")).one()
    assert rows(store, Milestone) == [(kim, "Annual review", MONDAY, MONDAY + 2, run)]
    assert rows(store, Supervision) == [(kim, MONDAY, None, run)]
    assert rows(store, Sitting, "student", "day", "attended", "mark") == [(kim, MONDAY, True, 64)]
    assert rows(store, Award, "student", "title", "classification") == [(kim, "BSc (Hons)", None)]


def test_the_same_again_changes_nothing_and_a_result_is_put_in(store):
    loads.store(JOB, TOLD, NOW)
    before = everything(store, "load_run")
    assert loads.store(JOB, TOLD, LATER).state is RunState.UNCHANGED
    assert everything(store, "load_run") == before
    held = replace(TOLD, supervisions=[SupervisionRecord("kim", MONDAY, MONDAY + 1)])
    loads.store(JOB, held, LATER)
    assert rows(store, Supervision, "held_day") == [(MONDAY + 1,)]


@pytest.mark.parametrize(
    "batch",
    [
        replace(RECORDS, milestones=[MilestoneRecord("nobody-zz", "Review", MONDAY, None)]),
        replace(RECORDS, supervisions=[SupervisionRecord("nobody-zz", MONDAY, None)]),
        replace(RECORDS, sittings=[SittingRecord("kim", "nothing-zz", MONDAY, True, None)]),
        replace(RECORDS, awards=[AwardRecord("kim", "nothing-zz", "BSc", None, MONDAY)]),
        replace(RECORDS, identities=[IdentityRecord(Source.VLE, "x", "nobody-zz")]),
        replace(RECORDS, module_keys=[ModuleKeyRecord(Source.VLE, "x", "nothing-zz")]),
    ],
)
def test_a_key_that_nobody_has_loaded_is_refused_and_nothing_is_stored(store, batch):
    before = everything(store)
    with pytest.raises(loads.NotLoadedYet):
        loads.store(JOB, batch, NOW)
    assert everything(store) == before
