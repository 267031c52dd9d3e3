"""The quarantine: what waits is listed without names, given up by a person, and never shown whole to one."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from auth.permissions import Action
from auth.refusals import AgreementNeeded, NotOpenToYourRole
from data_access import loads, quarantine
from data_access.records import QuarantineRecord, UnmatchedRecord, WaitedRecord
from data_access.tables import AccessLine, QuarantinedRow, UnmatchedKey, Waiting
from engagement.refused import Some
from privacy.labels import Source
from tests.cast import CAST, EVE, NOW
from tests.data_access.loading import CLASSES, JOB, LATER, RECORDS, everything, rows

NAMELESS = QuarantineRecord(
    file="students.csv",
    line=7,
    sheet="students",
    key="w007",
    field="given_name",
    kind="too_long",
    advice="The field is too long.",
    value="Maximiliane",
    cells='{"student_id": "w007", "given_name": "Maximiliane", "family_name": "Thorne"}',
)
STRANGE = replace(NAMELESS, line=3, key="", field="student_id", kind="not_a_key", value="００３", cells="{}")
RECORDED = Some(Source.STUDENT_RECORDS)
BATCH = replace(RECORDS, quarantine=[NAMELESS, STRANGE])


@pytest.fixture
def loaded(store):
    loads.store(JOB, BATCH, NOW)
    return store


def ids() -> list[int]:
    return [row.id for row in quarantine.waiting(EVE.viewer, RECORDED, NOW)]


def test_what_waits_is_told_by_place_and_reason(loaded):
    first, second = quarantine.waiting(EVE.viewer, RECORDED, LATER)
    assert (first.system, first.file, first.line, first.sheet) == (
        Source.STUDENT_RECORDS,
        "students.csv",
        3,
        "students",
    )
    assert (first.field, first.kind, first.value, first.since) == ("student_id", "not_a_key", "００３", NOW)
    assert (second.key, second.advice) == ("w007", "The field is too long.")


def test_no_name_is_ever_in_the_list(loaded):
    shown = repr(quarantine.waiting(EVE.viewer, RECORDED, NOW))
    assert "w007" in shown
    assert not [name for name in ("Maximiliane", "Thorne") if name in shown]


def test_one_system_may_be_asked_for_alone(loaded):
    loads.store(JOB, replace(CLASSES, quarantine=[replace(STRANGE, sheet="classes")]), NOW)
    assert [row.sheet for row in quarantine.waiting(EVE.viewer, Some(Source.TIMETABLE), NOW)] == ["classes"]
    assert len(quarantine.waiting(EVE.viewer, RECORDED, NOW)) == 2


def test_some_may_be_asked_for_at_a_time_and_of_one_kind(loaded):
    one, two = quarantine.waiting(EVE.viewer, RECORDED, NOW)
    assert quarantine.waiting(EVE.viewer, replace(RECORDED, first=1, many=1), NOW) == [two]
    assert quarantine.waiting(EVE.viewer, replace(RECORDED, kind="not_a_key"), NOW) == [one]
    assert list(quarantine.every(EVE.viewer, replace(RECORDED, first=1, many=1), NOW)) == [one, two]
    assert quarantine.kinds(EVE.viewer, NOW) == {Source.STUDENT_RECORDS: {"not_a_key": 1, "too_long": 1}}


def test_a_row_whose_cells_are_not_known_cannot_be_mended_here(loaded):
    mendable = {row.kind: row.mendable for row in quarantine.waiting(EVE.viewer, RECORDED, NOW)}
    assert mendable == {"too_long": True, "not_a_key": False}


def test_all_of_a_kind_are_set_aside_at_once(loaded):
    loads.store(JOB, replace(CLASSES, quarantine=[replace(STRANGE, sheet="classes")]), NOW)
    assert quarantine.set_all_aside(EVE.viewer, replace(RECORDED, kind="not_a_key"), LATER) == 1
    assert quarantine.kinds(EVE.viewer, LATER) == {
        Source.STUDENT_RECORDS: {"too_long": 1},
        Source.TIMETABLE: {"not_a_key": 1},
    }
    assert quarantine.set_all_aside(EVE.viewer, RECORDED, LATER) == 1
    assert quarantine.set_all_aside(EVE.viewer, RECORDED, LATER) == 0


def test_what_is_set_aside_waits_no_longer_and_stays_on_record_with_who_and_when(loaded):
    one, _ = ids()
    assert quarantine.set_aside(EVE.viewer, [one, one, 9999], LATER) == 1
    assert len(ids()) == 1
    columns = ("state", "decided_at", "decided_by")
    assert (Waiting.SET_ASIDE, LATER, "eve") in rows(loaded, QuarantinedRow, *columns)
    assert quarantine.set_aside(EVE.viewer, [one], LATER + timedelta(days=1)) == 0


def test_a_job_sees_whole_rows_and_no_person_does(loaded):
    held = list(quarantine.held(JOB, Source.STUDENT_RECORDS, NOW))
    assert [row.cells.get("family_name") for row in held] == [None, "Thorne"]
    assert {row.sha256 for row in held} == {"a" * 64}
    for member in CAST:
        with pytest.raises((NotOpenToYourRole, AgreementNeeded)):
            next(quarantine.held(member.viewer, Source.STUDENT_RECORDS, NOW))
        with pytest.raises((NotOpenToYourRole, AgreementNeeded)):
            quarantine.mended(member.viewer, Source.STUDENT_RECORDS, "a" * 64, NOW)


@pytest.mark.parametrize("member", [m for m in CAST if m is not EVE], ids=lambda m: m.given)
def test_nobody_but_an_administrator_sees_or_decides(university, member):
    loads.store(JOB, BATCH, NOW)
    before = everything(university)
    with pytest.raises((NotOpenToYourRole, AgreementNeeded)):
        quarantine.waiting(member.viewer, RECORDED, NOW)
    with pytest.raises((NotOpenToYourRole, AgreementNeeded)):
        quarantine.kinds(member.viewer, NOW)
    with pytest.raises((NotOpenToYourRole, AgreementNeeded)):
        next(quarantine.every(member.viewer, RECORDED, NOW))
    with pytest.raises((NotOpenToYourRole, AgreementNeeded)):
        quarantine.set_aside(member.viewer, ids(), NOW)
    with pytest.raises((NotOpenToYourRole, AgreementNeeded)):
        quarantine.set_all_aside(member.viewer, RECORDED, NOW)
    assert everything(university) == before


def test_looking_and_deciding_are_in_the_access_log(loaded):
    quarantine.set_aside(EVE.viewer, ids(), NOW)
    with loaded.session() as session:
        mine = select(AccessLine.action, AccessLine.category).where(AccessLine.role == EVE.role)
        assert session.execute(mine).all() == [(Action.READ, "sources"), (Action.WRITE, "sources")]


def test_a_load_decides_about_rows_that_waited(loaded):
    strange, nameless = ids()
    waited = WaitedRecord(settled=[nameless], replaced=[strange])
    again = replace(STRANGE, line=4)
    loads.store(
        JOB, replace(BATCH, quarantine=[again, replace(again, line=9, decided=True)], waited=waited), LATER
    )
    columns = ("line", "state", "decided_at", "decided_by")
    assert rows(loaded, QuarantinedRow, *columns) == [
        (7, Waiting.REPLAYED, LATER, "service:test"),
        (4, Waiting.WAITING, None, None),
    ]


def test_what_a_person_decided_meanwhile_stands(loaded):
    strange, nameless = ids()
    quarantine.set_aside(EVE.viewer, [strange, nameless], NOW)
    waited = WaitedRecord(settled=[nameless], replaced=[strange], restated={nameless: {"kind": "other"}})
    loads.store(JOB, replace(BATCH, quarantine=[], waited=waited), LATER)
    assert rows(loaded, QuarantinedRow, "state", "kind") == [
        (Waiting.SET_ASIDE, "too_long"),
        (Waiting.SET_ASIDE, "not_a_key"),
    ]


def test_unmatched_keys_are_kept_with_the_run(store):
    run = loads.store(JOB, replace(RECORDS, unmatched=[UnmatchedRecord("student", "w9", 3)]), NOW).run
    assert rows(store, UnmatchedKey) == [(run, "student", "w9", 3)]
