"""How students can be reached: kept until the course ends, and never brought back by a load."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from auth.viewer import Viewer
from data_access import disposing, loads
from data_access.records import ContactRecord, PersonRecord, SheetRecord, StatusRecord, TutoringRecord
from data_access.tables import ContactDetail, ContactKind, RunState, Status
from tests.cast import NOW
from tests.data_access.loading import CLASSES, ENROLMENT, FIRST, JOB, LATER, RECORDS, everything, rows

EMAIL = ContactRecord("kim", ContactKind.EMAIL, "kim@students.example")
PHONE = ContactRecord("kim", ContactKind.PHONE, "020 7946 0018")
REACHED = replace(RECORDS, contacts=[EMAIL, PHONE])
ENDED = replace(ENROLMENT, statuses=(StatusRecord(Status.COMPLETED, FIRST, None),))


def values(store) -> list[str]:
    return sorted(value for (value,) in rows(store, ContactDetail, "value"))


def test_the_same_contacts_again_change_nothing(store):
    loads.store(JOB, REACHED, NOW)
    before = everything(store, "load_run")
    assert loads.store(JOB, REACHED, LATER).state is RunState.UNCHANGED
    assert everything(store, "load_run") == before
    assert values(store) == ["020 7946 0018", "kim@students.example"]


def test_a_new_address_takes_the_place_of_the_old(store):
    loads.store(JOB, REACHED, NOW)
    run = loads.store(JOB, replace(REACHED, contacts=[replace(EMAIL, value="k@x.example"), PHONE]), LATER).run
    assert [row[-2:] for row in rows(store, ContactDetail)] == [
        ("020 7946 0018", run - 1),
        ("k@x.example", run),
    ]


def test_a_load_that_speaks_of_no_contacts_leaves_those_of_active_enrolments(store):
    loads.store(JOB, REACHED, NOW)
    assert loads.store(JOB, RECORDS, LATER).state is RunState.UNCHANGED
    assert len(values(store)) == 2


def test_a_kind_that_is_told_of_others_and_not_of_the_student_is_hers_no_longer(store):
    loads.store(JOB, REACHED, NOW)
    loads.store(JOB, replace(RECORDS, contacts=[EMAIL]), LATER)
    assert len(values(store)) == 2  # telephones were not told at all
    lee = PersonRecord("lee", "Lee", "Marchbanks")
    enrolled = replace(ENROLMENT, key="E-lee", student="lee")
    phones = [replace(PHONE, student="lee", value="020 7946 0100")]
    more = replace(
        RECORDS,
        people=[*RECORDS.people, lee],
        enrolments=[ENROLMENT, enrolled],
        tutorings=[*RECORDS.tutorings, TutoringRecord("E-lee", "tess", FIRST, None)],
        contacts=[EMAIL, *phones],
    )
    loads.store(JOB, more, LATER)
    assert len(values(store)) == 3  # rows replayed alone tell of themselves only
    whole = replace(more, sheets=[SheetRecord("students", 3, None, None)])
    loads.store(JOB, whole, LATER + timedelta(days=1))
    assert values(store) == ["020 7946 0100", "kim@students.example"]


@pytest.mark.parametrize(
    "enrolment",
    [
        ENDED,
        replace(ENROLMENT, agreed_on=None),
        replace(ENROLMENT, agreed_on=LATER.date() + timedelta(days=1)),
        replace(ENROLMENT, statuses=(StatusRecord(Status.ENROLLED, LATER.date() + timedelta(days=1), None),)),
        replace(ENROLMENT, statuses=(StatusRecord(Status.ENROLLED, FIRST, NOW.date()),)),
    ],
    ids=["ended", "not agreed", "agreed from tomorrow", "begins tomorrow", "ended yesterday"],
)
@pytest.mark.parametrize("told", [(), (EMAIL, PHONE)], ids=["contacts not told", "contacts told"])
def test_an_enrolment_that_is_not_active_keeps_no_contact(store, enrolment, told):
    loads.store(JOB, REACHED, NOW)
    loads.store(JOB, replace(RECORDS, enrolments=[enrolment], contacts=told), LATER)
    assert values(store) == []


def test_a_load_after_the_end_brings_no_contact_back(store):
    loads.store(JOB, replace(REACHED, enrolments=[ENDED]), NOW)
    alone = replace(REACHED, enrolments=(), registrations=(), tutorings=())
    assert loads.store(JOB, alone, LATER).state is RunState.UNCHANGED
    assert values(store) == []


def test_a_contact_whose_enrolment_has_ended_goes_with_any_load_of_student_records(store):
    short = replace(ENROLMENT, statuses=(StatusRecord(Status.ENROLLED, FIRST, NOW.date()),))
    loads.store(JOB, replace(REACHED, enrolments=[short]), NOW)
    assert len(values(store)) == 2
    nothing = dict.fromkeys(("people", "courses", "enrolments", "modules", "registrations"), ())
    nothing |= dict.fromkeys(("tutorings", "assessments", "submissions", "contacts"), ())
    report = loads.store(JOB, replace(RECORDS, **nothing), LATER)
    assert (report.state, values(store)) == (RunState.LOADED, [])


def test_contacts_are_kept_during_an_interruption_for_the_return(store):
    loads.store(JOB, REACHED, NOW)
    reached = values(store)
    interrupted = replace(ENROLMENT, statuses=(StatusRecord(Status.INTERRUPTED, FIRST, None),))
    for told in (REACHED, RECORDS):  # whether the load speaks of them or not
        loads.store(JOB, replace(told, enrolments=[interrupted]), LATER)
        disposing.carry_out(Viewer.service("dispose"), LATER)
        assert values(store) == reached
    loads.store(JOB, REACHED, LATER + timedelta(days=1))
    assert values(store) == reached


def test_the_end_of_a_course_during_an_interruption_deletes_them(store):
    loads.store(JOB, REACHED, NOW)
    away = StatusRecord(Status.INTERRUPTED, FIRST, NOW.date())
    withdrawn = replace(ENROLMENT, statuses=(away, StatusRecord(Status.WITHDRAWN, LATER.date(), None)))
    loads.store(JOB, replace(REACHED, enrolments=[withdrawn]), LATER)
    assert values(store) == []


def test_another_systems_load_leaves_contacts_alone(store):
    loads.store_together(JOB, [REACHED, CLASSES], NOW)
    assert len(values(store)) == 2


def test_no_contact_is_in_what_a_failing_load_says(store):
    twice = replace(REACHED, contacts=[EMAIL, EMAIL])
    with pytest.raises(ValueError, match="same key") as failed:
        loads.store(JOB, twice, NOW)
    broken = replace(REACHED, contacts=[replace(EMAIL, value=None)])
    with pytest.raises(IntegrityError) as refused:
        loads.store(JOB, replace(broken, contacts=[*broken.contacts, PHONE]), NOW)
    said = f"{failed.value!r}{refused.value!r}{twice!r}{broken!r}"
    assert "students.example" not in said
    assert "7946" not in said
