"""The end of an enrolment, from the load that tells of it to what anybody sees, by the vectors E1 to E7.

Kim is on a course with Tess as tutor; days are London's, instants are UTC.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

import policy
from auth.permissions import Act, Action
from auth.refusals import NotYoursToSee
from auth.viewer import Role, Viewer
from data_access import gate, loads, timelines, tutees
from data_access.records import (
    Batch,
    ContactRecord,
    CourseRecord,
    ModuleRecord,
    PersonRecord,
    RegistrationRecord,
    StatusRecord,
    TutoringRecord,
)
from data_access.tables import (
    AccessLine,
    AgreementAcceptance,
    ContactDetail,
    ContactKind,
    Enrolment,
    EnrolmentStatus,
    Level,
    Person,
    RunState,
    SourceKey,
    Status,
)
from privacy.labels import Category
from privacy.purposes import Purpose
from tests.cast import NOW
from tests.conftest import University
from tests.data_access.loading import ENROLMENT, FIRST, JOB, RECORDS, rows

LOOK = Act(Action.READ, Category.ENGAGEMENT, Purpose.IDENTIFY)
EMAIL = ContactRecord("kim", ContactKind.EMAIL, "kim@students.example")
SUMMER = date(2027, 6, 4)
SECOND = timedelta(seconds=1)


def until(last: date, **more: Sequence[object]) -> Batch:
    """Kim's records with an e-mail address and a last day."""
    statuses = (StatusRecord(Status.ENROLLED, FIRST, last),)
    records = replace(RECORDS, enrolments=[replace(ENROLMENT, statuses=statuses)], contacts=[EMAIL])
    return replace(records, **more)


def viewer(store: University, key: str, role: Role = Role.TUTOR) -> Viewer:
    """The person with that key in student records, who has accepted the agreement if they are staff."""
    agreement = policy.current().agreement
    with store.session() as session, session.begin():
        person = session.scalars(select(SourceKey.person).where(SourceKey.key == key)).one()
        session.add(
            AgreementAcceptance(
                person=person,
                version=agreement.version,
                sha256=agreement.sha256,
                typed_name="As shown",
                accepted_at=NOW,
                expires_at=NOW + timedelta(days=365),
            )
        )
    return Viewer(person, role, f"session-of-{key}")


def kim(store: University) -> str:
    with store.session() as session:
        own = select(Person.id).join(SourceKey, SourceKey.person == Person.number)
        return session.scalars(own.where(SourceKey.key == "kim")).one()


def sees(store: University, who: Viewer, at: datetime) -> bool:
    """Whether the viewer sees Kim, which the overview, the gate and the timeline must answer alike."""
    student = kim(store)
    listed = any(tutee.id == student for tutee in tutees.overview(who, at))
    for opens in (_through_the_gate, timelines.year):
        if listed:
            assert opens(who, student, at)
        else:
            with pytest.raises(NotYoursToSee):
                opens(who, student, at)
    return listed


def _through_the_gate(who: Viewer, student: str, at: datetime) -> tuple[int, ...]:
    with gate.reading(who, student, LOOK, at) as opened:
        return opened.enrolments


def contacts(store: University) -> list[tuple[str, ContactKind, str]]:
    """Every contact there is, with the key of its enrolment."""
    with store.session() as session:
        found = select(Enrolment.key, ContactDetail.kind, ContactDetail.value)
        return [tuple(row) for row in session.execute(found.join(Enrolment).order_by(Enrolment.key))]


@pytest.mark.parametrize(
    ("last", "instant", "open_"),
    [
        pytest.param(SUMMER, datetime(2027, 6, 4, 22, 59, 59, tzinfo=UTC), True, id="E1"),
        pytest.param(SUMMER, datetime(2027, 6, 4, 23, tzinfo=UTC), False, id="E2"),
        pytest.param(date(2027, 1, 29), datetime(2027, 1, 29, 23, 59, 59, tzinfo=UTC), True, id="E3 before"),
        pytest.param(date(2027, 1, 29), datetime(2027, 1, 30, tzinfo=UTC), False, id="E3 after"),
    ],
)
def test_e1_to_e3_the_record_is_open_to_londons_midnight_of_the_last_day(store, last, instant, open_):
    loads.store(JOB, until(last), NOW)
    assert sees(store, viewer(store, "tess"), instant) is open_
    assert sees(store, viewer(store, "kim", Role.STUDENT), instant) is open_


def test_e4_a_withdrawal_dated_back_hides_the_record_at_once_and_deletes_the_contact_in_that_run(store):
    loads.store(JOB, until(SUMMER), NOW)
    tess, told = viewer(store, "tess"), datetime(2026, 12, 1, 9, tzinfo=UTC)
    assert sees(store, tess, told)
    assert contacts(store) == [("E-kim", ContactKind.EMAIL, "kim@students.example")]
    gone = StatusRecord(Status.WITHDRAWN, date(2026, 11, 20), None)
    withdrawn = replace(ENROLMENT, statuses=(gone,))
    loads.store(JOB, until(SUMMER, enrolments=[withdrawn]), told)
    assert not sees(store, tess, told)
    assert contacts(store) == []


def test_e5_a_finished_course_is_hidden_while_another_is_open_with_its_contact(store):
    other = replace(ENROLMENT, key="E-kim-2", course="MSC", starts=FIRST)
    both = until(
        SUMMER,
        people=[*RECORDS.people, PersonRecord("uma", "Uma", "Winterbourne")],
        courses=[*RECORDS.courses, CourseRecord("MSC", "Statistics", "Sciences", Level.TAUGHT_POSTGRADUATE)],
        modules=[*RECORDS.modules, ModuleRecord("ST1", "Sampling", 20, FIRST, date(2027, 9, 1))],
        registrations=[
            *RECORDS.registrations,
            RegistrationRecord("kim", "ST1", "E-kim-2", FIRST, None),
        ],
        tutorings=[*RECORDS.tutorings, TutoringRecord("E-kim-2", "uma", FIRST, None)],
    )
    both = replace(both, enrolments=[*both.enrolments, other])
    loads.store(JOB, both, NOW)
    assert [key for key, *_ in contacts(store)] == ["E-kim", "E-kim-2"]
    tess, uma, later = viewer(store, "tess"), viewer(store, "uma"), datetime(2027, 6, 10, 9, tzinfo=UTC)
    assert sees(store, tess, later - timedelta(days=7))
    loads.store(JOB, both, later)
    assert [key for key, *_ in contacts(store)] == ["E-kim-2"]
    assert sees(store, uma, later)
    assert not sees(store, tess, later)
    shown = repr(timelines.year(uma, kim(store), later))
    assert "Statistics" in shown
    assert "Computing" not in shown
    assert "Programming" not in shown


def test_e6_at_midnight_the_next_tutor_sees_the_student_and_the_last_one_no_longer(store):
    change = date(2026, 12, 11)
    loads.store(
        JOB,
        until(
            SUMMER,
            people=[*RECORDS.people, PersonRecord("uma", "Uma", "Winterbourne")],
            tutorings=[
                TutoringRecord("E-kim", "tess", FIRST, change),
                TutoringRecord("E-kim", "uma", change + timedelta(days=1), None),
            ],
        ),
        NOW,
    )
    tess, uma, midnight = viewer(store, "tess"), viewer(store, "uma"), datetime(2026, 12, 12, tzinfo=UTC)
    assert (sees(store, tess, midnight - SECOND), sees(store, uma, midnight - SECOND)) == (True, False)
    assert (sees(store, tess, midnight), sees(store, uma, midnight)) == (False, True)


def test_e7_an_end_that_is_moved_opens_the_record_again_and_brings_the_contact_back_on_record(store):
    loads.store(JOB, until(SUMMER), NOW)
    tess, after = viewer(store, "tess"), datetime(2027, 6, 10, 9, tzinfo=UTC)
    loads.store(JOB, until(SUMMER), after)
    assert not sees(store, tess, after)
    assert contacts(store) == []
    next_day = after + timedelta(days=1)
    report = loads.store(JOB, until(date(2027, 9, 3)), next_day)
    assert report.state is RunState.LOADED
    assert sees(store, tess, next_day)
    assert contacts(store) == [("E-kim", ContactKind.EMAIL, "kim@students.example")]
    assert rows(store, EnrolmentStatus, "last", "recorded_at", "superseded_at", "run")[-2:] == [
        (SUMMER, NOW, next_day, report.run - 2),
        (date(2027, 9, 3), next_day, None, report.run),
    ]
    with store.session() as session:
        written = select(AccessLine.at).where(AccessLine.action == Action.WRITE).order_by(AccessLine.at)
        assert session.scalars(written).all() == [NOW, after, next_day]


@pytest.mark.parametrize("status", list(Status))
def test_of_every_status_the_record_is_open_while_it_is_an_active_one_and_the_contact_is_kept_until_the_end(
    store, status
):
    active = status.value in ("enrolled", "writing up", "placement", "resit with attendance")
    loads.store(JOB, until(SUMMER), NOW)
    told = until(SUMMER, enrolments=[replace(ENROLMENT, statuses=(StatusRecord(status, FIRST, None),))])
    loads.store(JOB, told, NOW + timedelta(days=1))
    assert sees(store, viewer(store, "tess"), NOW + timedelta(days=1)) is active
    assert bool(contacts(store)) is (active or status is Status.INTERRUPTED)
