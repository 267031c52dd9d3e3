"""The usual faults of student records: what is met in the cast once a fault is put in, and what is no fault."""

from datetime import date, timedelta

import pytest
from sqlalchemy import delete, update

from auth.refusals import NotOpenToYourRole
from auth.viewer import Role, Viewer
from data_access.record_faults import SHOWN, record_faults
from data_access.tables import (
    Attendance,
    Enrolment,
    EnrolmentAgreement,
    EnrolmentStatus,
    Module,
    Register,
    Registration,
    RoleGrant,
    SourceKey,
    Status,
    TimetableEvent,
    Tutoring,
    VleDay,
)
from engagement.record_fault import Kind
from policy.days import number
from privacy.labels import Source
from tests.cast import ADA, CAL, CAST, DEE, EVE, NOW, TERM, TIM, TODAY, TOM

JOB = Viewer.service("load")
CLEAN = {Kind.NO_TUTEES: ("s-tim",)}
"""Of the cast as it is: Tim has the role of a tutor and nobody to tutor."""


@pytest.fixture
def keyed(store):
    """The cast with keys in student records."""
    with store.session() as session, session.begin():
        for member in CAST:
            key = f"s-{member.given.lower()}"
            session.add(SourceKey(system=Source.STUDENT_RECORDS, key=key, person=member.number))
    return store


def met(viewer=JOB, at=NOW) -> dict[Kind, tuple[str, ...]]:
    found = record_faults(viewer, at)
    assert [fault.kind for fault in found] == list(Kind)
    assert all(fault.count == len(fault.keys) or fault.count > SHOWN for fault in found)
    return {fault.kind: fault.keys for fault in found if fault.count}


def change(store, *statements) -> None:
    with store.session() as session, session.begin():
        for statement in statements:
            session.execute(statement)


def add(store, *rows) -> None:
    with store.session() as session, session.begin():
        session.add_all(rows)


def test_of_sound_records_there_is_nothing_to_say(keyed):
    assert met() == CLEAN


def test_every_kind_says_what_to_do(keyed):
    assert all(len(fault.sentence) > 60 and fault.sentence.endswith(".") for fault in record_faults(JOB, NOW))


@pytest.mark.parametrize(
    ("days_ago", "met_it"), [(0, True), (2, True), (3, False), (20, False)], ids=lambda value: str(value)
)
def test_a_student_who_has_left_and_is_online_since_is_met(keyed, days_ago, met_it):
    """Dee's last day was three days ago; from the day after it she has completed."""
    day = number(TODAY) - days_ago
    add(keyed, VleDay(student=DEE.number, module=3, day=day, views=1, run=2))
    left = update(EnrolmentStatus).where(EnrolmentStatus.status == Status.COMPLETED)
    change(keyed, left.values(first=TODAY - timedelta(days=3)))
    assert (met().get(Kind.ACTIVE_AFTER_THE_END) == ("E3",)) is met_it


def test_what_was_long_ago_is_met_no_longer(keyed):
    add(keyed, VleDay(student=DEE.number, module=3, day=number(TODAY), views=1, run=2))
    assert met()[Kind.ACTIVE_AFTER_THE_END] == ("E3",)
    assert Kind.ACTIVE_AFTER_THE_END not in met(at=NOW + timedelta(days=20))


@pytest.mark.parametrize("register", list(Register))
def test_a_student_who_has_left_and_is_in_class_since_is_met(keyed, register):
    starts = NOW - timedelta(hours=1)
    event = TimetableEvent(
        id=900,
        key="T900",
        module=3,
        day=number(TODAY),
        starts_at=starts,
        ends_at=NOW,
        kind="Lecture",
        cancelled=False,
        run=3,
    )
    add(keyed, event)
    add(keyed, Attendance(student=DEE.number, event=900, register=register, run=4))
    there = register in (Register.PRESENT, Register.LATE)
    assert (met().get(Kind.ACTIVE_AFTER_THE_END) == ("E3",)) is there


def test_an_end_that_is_still_to_come_is_met_when_the_record_is_hidden_already(keyed):
    own = EnrolmentStatus.enrolment == 2
    ended = update(EnrolmentStatus).where(own)
    change(keyed, ended.values(status=Status.WITHDRAWN, first=TODAY + timedelta(days=1)))
    assert met()[Kind.ENDS_LATER] == ("E2",)
    enrolled = EnrolmentStatus(enrolment=2, status=Status.ENROLLED, first=TERM, recorded_at=NOW, run=1)
    add(keyed, enrolled)
    assert met() == CLEAN


@pytest.mark.parametrize("end", [TERM - timedelta(days=1), date(2062, 6, 1)])
def test_an_end_before_the_start_or_far_ahead_is_met_while_the_enrolment_is_active(keyed, end):
    change(keyed, update(Enrolment).where(Enrolment.id.in_((1, 3))).values(expected_end=end))
    assert met() == {**CLEAN, Kind.NO_SENSIBLE_END: ("E1",)}


def test_an_active_enrolment_without_a_tutor_is_met_and_so_is_the_tutor_without_tutees(keyed):
    ended = update(Tutoring).where(Tutoring.tutor == TOM.number)
    change(keyed, ended.values(last=TODAY - timedelta(days=1)))
    assert met() == {Kind.NO_TUTOR: ("E2",), Kind.NO_TUTEES: ("s-tim", "s-tom")}


def test_two_tutors_at_once_are_met_but_not_cover_that_was_given_here(keyed):
    cover = {"given_by": EVE.username, "reason": "Away"}
    add(keyed, Tutoring(enrolment=1, tutor=TIM.number, first=TODAY, **cover))
    assert met() == {}
    add(keyed, Tutoring(enrolment=1, tutor=TOM.number, first=TODAY, run=1))
    assert met() == {Kind.TWO_TUTORS: ("E1",)}
    assert Kind.TWO_TUTORS not in met(at=NOW - timedelta(days=1))


def test_a_tutor_whose_last_tutee_has_left_has_none(keyed):
    change(keyed, delete(Tutoring).where(Tutoring.enrolment == 1))
    assert met()[Kind.NO_TUTEES] == ("s-ada", "s-tim")
    granted = update(RoleGrant).where(RoleGrant.person == ADA.number)
    change(keyed, granted.values(last=TODAY - timedelta(days=1)))
    assert met()[Kind.NO_TUTEES] == ("s-tim",)


def test_a_module_that_runs_without_students_is_met(keyed):
    change(keyed, delete(Registration).where(Registration.student == CAL.number))
    assert met() == {**CLEAN, Kind.NO_STUDENTS: ("M2",)}
    change(keyed, update(Module).values(ends=TODAY - timedelta(days=1)))
    assert met() == CLEAN


def test_without_the_agreement_an_enrolment_is_not_active_and_no_fault_of_it_is_met(keyed):
    change(keyed, delete(EnrolmentAgreement).where(EnrolmentAgreement.enrolment == 2))
    change(keyed, delete(Tutoring).where(Tutoring.enrolment == 2))
    assert Kind.NO_TUTOR not in met()


def test_twenty_keys_are_shown_and_all_are_counted(keyed):
    for n in range(100, 130):
        add(
            keyed, Module(id=n, code=f"X{n}", title="Empty", credits=20, starts=TERM, ends=date(2026, 12, 13))
        )
    (found,) = (fault for fault in record_faults(JOB, NOW) if fault.kind is Kind.NO_STUDENTS)
    assert (found.count, found.keys) == (30, tuple(f"X{n}" for n in range(100, 120)))


def test_no_name_is_told(keyed):
    change(keyed, delete(Tutoring))
    shown = repr(record_faults(EVE.viewer, NOW))
    assert "E1" in shown
    assert [m for m in CAST if any(canary in shown for canary in m.canaries)] == []


@pytest.mark.parametrize("member", [m for m in CAST if m is not TIM], ids=lambda member: member.given)
def test_administrators_alone_are_told(university, member):
    if member.role is Role.ADMINISTRATOR:
        assert record_faults(member.viewer, NOW)
    else:
        with pytest.raises(NotOpenToYourRole):
            record_faults(member.viewer, NOW)
