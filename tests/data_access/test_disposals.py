"""Disposal: what goes when, what holds it back, who approves, and what becomes of rows that were refused."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import func, insert, select, update

from auth.refusals import NotYoursToSee, Refusal
from auth.refusals.compliance import NotYourOwn
from auth.viewer import Role, Viewer
from data_access import (
    disposals,
    disposing,
    erasing,
    gate,
    legal_holds,
    own_requests,
    person_paths,
)
from data_access.tables import (
    AccessPack,
    Attendance,
    ContactDetail,
    ContactKind,
    Disposal,
    DisposalPerson,
    EnrolmentStatus,
    LoadRun,
    Person,
    PlanStep,
    QuarantinedRow,
    RightsCase,
    RoleGrant,
    Submission,
    SupportPlan,
    UnmatchedKey,
    VleDay,
    Waiting,
)
from privacy.case_decisions import Ask
from privacy.labels import Retention, Source
from privacy.pack_state import State as PackState
from privacy.request import Kind
from privacy.retention import State, Why
from support.plan import State as PlanState
from tests.cast import ADA, BEN, CAL, CAST, DEE, NOW, ROS, SUE, TERM
from tests.data_access.disposing import AFTER, DAY, NIGHT, STILL_AGREED, approve_all, everything


@pytest.fixture
def rated(store, as_rated):
    as_rated(store)
    store.change(STILL_AGREED)
    store.change(
        insert(ContactDetail).values(
            [
                {"enrolment": n, "kind": ContactKind.EMAIL, "value": f"{word}@uni.example", "run": 1}
                for n, word in ((1, "quince"), (3, "medlar"))
            ]
        )
    )
    return store


@pytest.fixture
def second(rated) -> Viewer:
    """A second colleague in compliance: Sue in that role."""
    grant = {"person": SUE.number, "role": Role.COMPLIANCE, "first": TERM, "granted_by": "x", "reason": "x"}
    rated.change(insert(RoleGrant).values(grant))
    return Viewer(SUE.number, Role.COMPLIANCE, "session-of-sue")


def rows(store, column, person=DEE) -> int:
    table = column.class_.__table__
    with store.session() as session:
        question = select(func.count()).select_from(table).where(person_paths.belongs(table, person.number))
        return session.scalar(question)


def due(at, kind) -> int:
    return next(one.people for one in disposals.due(NIGHT, at) if one.kind == kind)


def test_ways_to_reach_a_leaver_are_gone_with_the_next_job_and_nobody_elses(rated):
    done = disposing.carry_out(NIGHT, NOW)
    assert rows(rated, ContactDetail.value) == 0
    assert rows(rated, ContactDetail.value, BEN) == 1
    assert len(done) == 1
    assert disposing.carry_out(NIGHT, NOW) == ()


def test_a_course_that_ends_at_midnight_loses_them_on_that_day(rated):
    rated.change(update(EnrolmentStatus).where(EnrolmentStatus.enrolment == 1).values(last=NOW.date()))
    disposing.carry_out(NIGHT, NOW.replace(hour=23, minute=59))
    assert rows(rated, ContactDetail.value, BEN) == 1
    disposing.carry_out(NIGHT, NOW + DAY)
    assert rows(rated, ContactDetail.value, BEN) == 0


@pytest.mark.parametrize(
    ("day", "number"), [(date(2027, 11, 19), 0), (date(2027, 11, 20), 1), (date(2030, 1, 1), 1)]
)
def test_engagement_is_due_a_year_after_the_last_course_to_the_day(rated, day, number):
    at = datetime.combine(day, NOW.timetz())
    assert due(at, Retention.ENGAGEMENT) == number


def test_who_still_studies_has_nothing_due_however_late(rated):
    assert all(one.people <= 1 for one in disposals.due(NIGHT, AFTER))
    assert rows(rated, Attendance.event, BEN) > 0
    disposals.propose(NIGHT, AFTER)
    with rated.session() as session:
        assert set(session.scalars(select(DisposalPerson.person))) == {DEE.number}


def test_what_somebody_else_has_makes_nobody_due(rated):
    at = NOW + timedelta(days=2)
    with rated.session() as session, session.begin():
        plan = SupportPlan(
            enrolment=1, tutor=ADA.number, state=PlanState.ACTIVE, aim="x", review_on=at.date(), made_at=NOW
        )
        session.add(plan)
        session.flush()
        session.add(PlanStep(plan=plan.id, state=PlanState.ACTIVE, at=NOW, person=ADA.number, said=""))
    assert due(AFTER, Retention.SUPPORT) == 0
    assert everything(rated, BEN)["plan_step"] == 1


def test_nothing_but_what_is_automatic_goes_without_somebodys_approval(rated):
    disposals.propose(NIGHT, AFTER)
    before = everything(rated)
    disposing.carry_out(NIGHT, AFTER)
    after = everything(rated)
    assert before.keys() - after.keys() == {"contact_detail"}


def test_what_is_approved_waits_for_a_named_colleague_and_no_job_does_it(rated):
    disposals.propose(NIGHT, AFTER)
    approve_all()
    before = everything(rated)
    disposing.carry_out(NIGHT, AFTER)
    assert before.keys() - everything(rated).keys() == {"contact_detail"}
    disposing.carry_out(ROS.viewer, AFTER)
    assert everything(rated) == {}


def test_what_is_approved_goes_whole_and_leaves_a_certificate_that_names_nobody(rated):
    disposals.propose(NIGHT, AFTER)
    approve_all()
    disposing.carry_out(ROS.viewer, AFTER)
    assert everything(rated) == {}
    found = disposals.proposals(ROS.viewer, AFTER)
    done = [one for one in found if one.why is Why.DUE]
    assert {one.state for one in done} == {State.DONE}
    assert sum(one.rows for one in done) > 20
    assert all(len(one.sha256) == 64 for one in done)
    with rated.session() as session:
        assert session.scalars(select(DisposalPerson.person)).all() == []
        texts = " ".join(f"{r.counts} {r.reason}" for r in session.scalars(select(Disposal)))
    assert not [word for word in DEE.canaries if word in texts]
    assert everything(rated, BEN)


def test_a_second_night_changes_nothing(rated):
    disposals.propose(NIGHT, AFTER)
    approve_all()
    disposing.carry_out(ROS.viewer, AFTER)
    assert disposals.propose(NIGHT, AFTER + DAY) == 0
    assert disposing.carry_out(NIGHT, AFTER + DAY) == ()


def test_an_earlier_day_never_makes_more_due_than_a_later_one(rated):
    days = [disposals.due(NIGHT, NOW + timedelta(days=200 * n)) for n in range(14)]
    for kind in Retention:
        counted = [one.people for day in days for one in day if one.kind == kind]
        assert len(counted) == len(days), kind
        assert counted == sorted(counted), kind


@pytest.mark.parametrize("kind", ["", "engagement"])
def test_a_hold_keeps_the_records_but_not_the_ways_to_reach_somebody(rated, kind):
    legal_holds.place(ROS.viewer, "", kind, "A claim before the court", NOW)
    disposing.carry_out(NIGHT, AFTER)
    disposals.propose(NIGHT, AFTER)
    proposed = {one.kind for one in disposals.proposals(ROS.viewer, AFTER) if one.state is State.PROPOSED}
    assert "engagement" not in proposed
    assert bool(proposed) == bool(kind)
    assert rows(rated, ContactDetail.value) == 0


def test_the_list_of_holds_says_who_why_and_until_when(rated):
    first = legal_holds.place(ROS.viewer, "", "engagement", "A claim before the court", NOW)
    second = legal_holds.place(ROS.viewer, "", "", "An inquiry of the regulator", AFTER)
    legal_holds.lift(ROS.viewer, first, AFTER)
    said = [
        (one.id, one.kind, one.reason, one.placed_by, one.lifted_at) for one in legal_holds.of(NIGHT, AFTER)
    ]
    assert said == [
        (second, "", "An inquiry of the regulator", "Ros Llewellyn", None),
        (first, "engagement", "A claim before the court", "Ros Llewellyn", AFTER),
    ]


def test_a_hold_placed_after_the_approval_still_holds(rated):
    disposals.propose(NIGHT, AFTER)
    approve_all()
    number = legal_holds.place(ROS.viewer, "", "", "A claim before the court", AFTER)
    before = everything(rated)
    disposing.carry_out(ROS.viewer, AFTER)
    assert everything(rated) == {n: c for n, c in before.items() if n != "contact_detail"}
    assert State.DONE not in {one.state for one in disposals.proposals(ROS.viewer, AFTER) if one.decided_by}
    legal_holds.lift(ROS.viewer, number, AFTER)
    disposing.carry_out(ROS.viewer, AFTER)
    assert everything(rated) == {}


def test_an_open_request_of_the_student_keeps_what_it_is_about(rated):
    own_requests.ask(DEE.viewer, Ask(Kind.ACCESS, "Everything"), AFTER)
    assert next(one.held for one in disposals.due(NIGHT, AFTER) if one.kind == "core") == 1
    disposals.propose(NIGHT, AFTER)
    assert {one.people for one in disposals.proposals(NIGHT, AFTER)} == {0}


def test_an_erasure_is_approved_by_another_colleague_and_leaves_that_they_studied_here(rated, second):
    reference = own_requests.ask(BEN.viewer, Ask(Kind.ERASURE, "Please delete it"), NOW)
    number = disposals.propose_erasure(ROS.viewer, reference, NOW)
    with pytest.raises(NotYourOwn):
        disposals.approve(ROS.viewer, number, NOW)
    _agreed(rated, second)
    disposals.approve(second, number, NOW)
    disposing.carry_out(ROS.viewer, NOW)
    for column in (Attendance.event, VleDay.day, ContactDetail.value):
        assert rows(rated, column, BEN) == 0
    assert rows(rated, Person.id, BEN) == 1
    assert rows(rated, Submission.assessment, BEN) == rows(rated, Submission.assessment, CAL)
    with pytest.raises(NotYoursToSee):
        disposals.propose_erasure(ROS.viewer, "nothing", NOW)


def test_an_erasure_waits_approved_until_the_copy_that_was_asked_for_is_fetched(rated, second):
    asked = own_requests.ask(BEN.viewer, Ask(Kind.ACCESS, "Everything"), NOW)
    erasure = own_requests.ask(BEN.viewer, Ask(Kind.ERASURE, "Please delete it"), NOW)
    number = disposals.propose_erasure(ROS.viewer, erasure, NOW)
    disposals.approve(second, number, NOW)
    for at, kept in ((NOW, True), (NOW + DAY, True), (NOW + 9 * DAY, False)):
        if at == NOW + DAY:  # the copy is issued and the request answered; its link opens for a week
            issued = {"id": "copy", "student": BEN.number, "begun_at": at, "state": PackState.ISSUED}
            rated.change(insert(AccessPack).values(issued | {"issued_at": at, "ends_at": at + 7 * DAY}))
            rated.change(update(RightsCase).where(RightsCase.reference == asked).values(ended_at=at))
        disposing.carry_out(ROS.viewer, at)
        (one,) = (each for each in disposals.proposals(ROS.viewer, at) if each.id == number)
        assert one.state is (State.APPROVED if kept else State.DONE)
        assert bool(rows(rated, Attendance.event, BEN)) is kept
    assert one.people == 1


def _agreed(store, viewer: Viewer) -> None:
    """Nothing to do: Sue has accepted the agreement as senior tutor."""
    with store.session() as session:
        assert gate.has_agreed(session, viewer, NOW)


def test_a_refused_proposal_touches_nothing_and_comes_again(rated):
    disposals.propose(NIGHT, AFTER)
    before = everything(rated)
    for one in disposals.proposals(ROS.viewer, AFTER):
        disposals.refuse(ROS.viewer, one.id, "An appeal may still come", AFTER)
    disposing.carry_out(NIGHT, AFTER)
    assert before.keys() - everything(rated).keys() == {"contact_detail", "disposal_person"}
    assert disposals.propose(NIGHT, AFTER) > 0


def test_a_crash_in_the_middle_leaves_nothing_half_done(rated, monkeypatch):
    disposals.propose(NIGHT, AFTER)
    approve_all()
    before, real = everything(rated), erasing._rows

    def failing(opened, table, person, at):
        if table.name == "vle_day":
            raise OSError("the power is gone")
        return real(opened, table, person, at)

    monkeypatch.setattr(erasing, "_rows", failing)
    with pytest.raises(OSError, match="power"):
        disposing.carry_out(ROS.viewer, AFTER)
    left = everything(rated)
    assert left["vle_day"] == before["vle_day"]
    assert left["attendance"] == before["attendance"]
    monkeypatch.setattr(erasing, "_rows", real)
    disposing.carry_out(ROS.viewer, AFTER)
    assert everything(rated) == {}


def test_a_colleague_who_once_studied_here_keeps_name_and_account(rated):
    grant = {"person": DEE.number, "role": Role.TUTOR, "first": TERM, "granted_by": "x", "reason": "x"}
    rated.change(insert(RoleGrant).values(grant))
    disposals.propose(NIGHT, AFTER)
    approve_all()
    disposing.carry_out(ROS.viewer, AFTER)
    left = everything(rated)
    assert {"person", "account", "role_grant"} <= left.keys()
    assert not {"attendance", "vle_day", "submission", "enrolment_week"} & left.keys()


@pytest.mark.parametrize("member", [m for m in CAST if m.role is not Role.COMPLIANCE], ids=lambda m: m.given)
def test_nobody_but_compliance_sees_or_decides(rated, member):
    for asked in (
        lambda: disposals.due(member.viewer, NOW),
        lambda: disposals.proposals(member.viewer, NOW),
        lambda: disposals.approve(member.viewer, 1, NOW),
        lambda: legal_holds.place(member.viewer, "", "", "A claim before the court", NOW),
    ):
        with pytest.raises(Refusal):
            asked()


# Rows that no load could take in


def refused(key="E3", cells='{"enrolment_id": "E3", "family_name": "Yarborough"}', **more):
    told = {"run": 1, "system": Source.STUDENT_RECORDS, "file": "x.csv", "line": 1, "sheet": "students"}
    told |= {"field": "mode", "kind": "enum", "advice": "x", "value": "x", "state": Waiting.SET_ASIDE}
    return insert(QuarantinedRow).values({**told, "key": key, "cells": cells, **more})


def keys(store) -> list[str]:
    with store.session() as session:
        return session.scalars(select(QuarantinedRow.key).order_by(QuarantinedRow.id)).all()


def test_a_refused_row_with_a_key_of_theirs_goes_with_the_records(rated):
    rated.change(
        refused(),
        refused(key="S9", cells='{"student_id": "S9", "was": "E3"}'),
        refused(key="E1", cells="{}"),
        refused(key="E33", cells="{}"),
        update(LoadRun).values(finished_at=AFTER),
    )
    disposals.propose(NIGHT, AFTER)
    approve_all()
    disposing.carry_out(ROS.viewer, AFTER)
    assert keys(rated) == ["E1", "E33"]


def test_with_engagement_go_refused_rows_of_the_systems_that_tell_of_it(rated, second):
    rated.change(refused(key="E1", system=Source.VLE, cells="{}"), refused(key="E1", cells="{}"))
    reference = own_requests.ask(BEN.viewer, Ask(Kind.ERASURE, "Please delete it"), NOW)
    number = disposals.propose_erasure(ROS.viewer, reference, NOW)
    disposals.approve(second, number, NOW)
    disposing.carry_out(ROS.viewer, NOW)
    assert keys(rated) == ["E1"]


@pytest.mark.parametrize("state", Waiting)
def test_a_refused_row_is_kept_six_months_decided_about_or_not(rated, state):
    rated.change(
        refused(key="S9", cells="{}", state=state),
        insert(UnmatchedKey).values(run=1, noun="student", key="S9", rows=1),
    )
    for day, left in ((date(2027, 5, 22), 1), (date(2027, 5, 23), 0)):
        disposing.carry_out(NIGHT, datetime.combine(day, NOW.timetz()))
        assert len(keys(rated)) == left
    with rated.session() as session:
        assert session.scalars(select(UnmatchedKey.key)).all() == []


def test_a_hold_on_everything_keeps_refused_rows_too(rated):
    rated.change(refused())
    legal_holds.place(ROS.viewer, "", "", "A claim before the court", NOW)
    disposing.carry_out(NIGHT, AFTER)
    assert keys(rated) == ["E3"]
