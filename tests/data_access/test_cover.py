"""Cover for an absent tutor: who sees whom on which day, and that nobody arranges it for themselves."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select, update

from auth.refusals import AgreementNeeded, DaysDoNotFit, GoneMeanwhile, NotOpenToYourRole, ReasonNeeded
from auth.refusals.accounts import (
    CoveredAlready,
    NoSuchAccount,
    NoSuchPerson,
    NotATutor,
    NothingToCover,
    NotYourself,
)
from auth.viewer import Role, Viewer
from data_access import access_log, cover, loads, people_and_roles, ratings, roles, timelines, tutees
from data_access.records import TutoringRecord
from data_access.tables import AccessLine, AgreementAcceptance, RoleGrant, Tutoring
from tests.cast import ADA, AVI, BEN, CAL, DEE, EVE, MO, NOBODY, NOW, ROS, SUE, TODAY, TOM
from tests.data_access.loading import JOB, RECORDS

LAST = TODAY + timedelta(days=7)


@pytest.fixture(autouse=True)
def _rated(store):
    ratings.refresh(Viewer.service("rate"), NOW)


def covered(first=TODAY, last=LAST, absent=ADA, covering=TOM, asking=EVE, reason="Research leave"):
    return cover.arrange(asking.viewer, absent.id, covering.username, first, last, reason, NOW)


def seen(member, at=NOW):
    return {row.name.split()[0] for row in tutees.in_order(member.viewer, at)}


def lines(store, member):
    with store.session() as session:
        about = select(AccessLine.action).where(AccessLine.students == access_log.pseudonym(member.number))
        return list(session.scalars(about.order_by(AccessLine.seq)))


def test_whoever_covers_sees_the_tutees_in_that_time_and_not_the_day_after(store):
    assert covered(first=TODAY + timedelta(days=1)) == 2  # Ben, and Dee, who has finished and stays hidden
    for days, names in ((0, {"Cal"}), (1, {"Cal", "Ben"}), (7, {"Cal", "Ben"}), (8, {"Cal"})):
        assert seen(TOM, NOW + timedelta(days=days)) == names, days
    assert timelines.year(TOM.viewer, BEN.id, NOW + timedelta(days=7)).name == "Ben Quaverley"
    assert seen(ADA, NOW + timedelta(days=3)) == {"Ben"}  # the absent tutor goes on seeing them


def test_the_list_names_colleagues_and_counts_tutees_and_holds_no_students_name(store):
    covered()
    assert [
        (c.covering, c.reason, c.first, c.last, c.tutees, c.given_by) for c in cover.arranged(EVE.viewer, NOW)
    ] == [("Tom Ffoulkes", "For Ada Okonkwo-Byrne: Research leave", TODAY, LAST, 2, "eve")]
    told = cover.tutors(EVE.viewer, NOW)
    assert [(t.id, t.name, t.tutees) for t in told] == [
        (TOM.id, "Tom Ffoulkes", 1),
        (ADA.id, "Ada Okonkwo-Byrne", 1),
    ]
    shown = repr((told, cover.arranged(EVE.viewer, NOW), people_and_roles.colleagues(EVE.viewer, NOW)))
    assert not [student for student in (BEN, CAL, DEE) if student.family in shown]


def test_cover_that_is_over_or_was_ended_is_not_listed_and_shows_nobody(store):
    covered()
    (one,) = cover.arranged(EVE.viewer, NOW)
    assert cover.arranged(EVE.viewer, NOW + timedelta(days=8)) == []
    cover.end(EVE.viewer, one.id, NOW)
    assert cover.arranged(EVE.viewer, NOW) == []
    assert seen(TOM) == {"Cal"}
    with pytest.raises(GoneMeanwhile):
        cover.end(EVE.viewer, one.id, NOW)
    assert lines(store, TOM) == ["cover_given", "cover_ended"]
    assert lines(store, ADA) == ["covered"]


def test_cover_to_come_can_be_called_off(store):
    covered(first=LAST, last=LAST)
    cover.end(EVE.viewer, cover.arranged(EVE.viewer, NOW)[0].id, NOW)
    assert seen(TOM, NOW + timedelta(days=7)) == {"Cal"}


def test_ending_one_cover_leaves_another_alone(store):
    covered(last=TODAY)
    covered(first=LAST, last=LAST)
    first, second = cover.arranged(EVE.viewer, NOW)
    cover.end(EVE.viewer, first.id, NOW)
    assert cover.arranged(EVE.viewer, NOW) == [second]


def test_what_student_records_tell_is_never_ended_here(store):
    with store.session() as session:
        told = session.scalars(select(Tutoring.id)).all()
    for number in (*told, 999):
        with pytest.raises(GoneMeanwhile):
            cover.end(EVE.viewer, number, NOW)


def test_a_load_of_student_records_leaves_cover_alone(store):
    loads.store(JOB, RECORDS, NOW)
    assert covered(reason="Before the next load") == 2
    loads.store(JOB, replace(RECORDS, tutorings=[TutoringRecord("E-kim", "tess", TODAY, None)]), NOW)
    assert [c.tutees for c in cover.arranged(EVE.viewer, NOW)] == [2]
    assert seen(TOM) == {"Cal", "Ben"}


def test_cover_of_a_tutee_ends_where_the_absent_tutors_time_is_known_to_end(store):
    with store.session() as session, session.begin():
        leaves = TODAY + timedelta(days=2)
        session.execute(update(Tutoring).where(Tutoring.enrolment == 1).values(last=leaves))
    covered()
    assert seen(TOM, NOW + timedelta(days=2)) == {"Cal", "Ben"}
    assert seen(TOM, NOW + timedelta(days=3)) == {"Cal"}
    assert [c.last for c in cover.arranged(EVE.viewer, NOW)] == [LAST]


def test_nobody_arranges_cover_for_their_own_eyes(store):
    with store.session() as session, session.begin():
        session.add(RoleGrant(person=EVE.number, role=Role.TUTOR, first=TODAY, granted_by="mo", reason="Too"))
    with pytest.raises(NotYourself):
        covered(covering=EVE)
    with pytest.raises(NotYourself):
        roles.grant(EVE.viewer, "eve", Role.TUTOR, "Please", NOW)
    assert cover.arranged(EVE.viewer, NOW) == []


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"covering": AVI}, NotATutor),
        ({"first": TODAY - timedelta(days=1)}, DaysDoNotFit),
        ({"last": TODAY - timedelta(days=1)}, DaysDoNotFit),
        ({"reason": " \n"}, ReasonNeeded),
        ({"absent": replace(ADA, id=NOBODY)}, NoSuchPerson),
        ({"covering": replace(TOM, given="Nobody")}, NoSuchAccount),
        ({"absent": TOM, "covering": TOM}, NothingToCover),
        ({"absent": AVI}, NothingToCover),
    ],
)
def test_cover_that_cannot_be_leaves_nothing_behind(store, changes, refusal):
    with pytest.raises(refusal):
        covered(**changes)
    assert cover.arranged(EVE.viewer, NOW) == []


def test_the_same_tutees_are_covered_once_at_a_time(store):
    covered()
    with pytest.raises(CoveredAlready):
        covered(first=LAST, last=LAST + timedelta(days=3))
    assert covered(first=LAST + timedelta(days=1), last=date(2027, 1, 8)) == 2


def test_the_role_must_hold_on_every_day_of_the_cover(store):
    with store.session() as session, session.begin():
        session.execute(update(RoleGrant).where(RoleGrant.person == TOM.number).values(last=TODAY))
    with pytest.raises(NotATutor):
        covered()
    assert covered(last=TODAY) == 2


@pytest.mark.parametrize("member", [ADA, SUE, AVI, MO, ROS, BEN], ids=lambda m: m.role.value)
def test_only_an_administrator_looks_at_cover_or_arranges_it(store, member):
    for act in (
        lambda: cover.tutors(member.viewer, NOW),
        lambda: cover.arranged(member.viewer, NOW),
        lambda: covered(asking=member),
        lambda: cover.end(member.viewer, 1, NOW),
    ):
        with pytest.raises(NotOpenToYourRole):
            act()


def test_an_administrator_without_the_agreement_arranges_none(store):
    with store.session() as session, session.begin():
        session.execute(update(AgreementAcceptance).values(version="older"))
    with pytest.raises(AgreementNeeded):
        covered()
