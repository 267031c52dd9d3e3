"""Who has which role: given for a time, found needed once a year, never by oneself; and no student's name."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select, update

from auth.refusals import DaysDoNotFit, GoneMeanwhile, NotOpenToYourRole, ReasonNeeded
from auth.refusals.accounts import HeldAlready, NoSuchAccount, NotYourself
from auth.viewer import Role
from data_access import access_log, accounts, people_and_roles, roles
from data_access.tables import AccessLine, Account, Person, RoleGrant
from tests.cast import ADA, AVI, BEN, CAL, DEE, EVE, HASH, MO, NOW, ROS, STAFF, SUE, TERM, TIM, TODAY, TOM

TOMORROW = TODAY + timedelta(days=1)


def given(username, at=NOW):
    (found,) = [c for c in people_and_roles.colleagues(EVE.viewer, at) if c.username == username]
    return found.grants


def give(username="mo", role=Role.TUTOR, first=TODAY, last=None, reason="Covers", asking=EVE):
    people_and_roles.give(asking.viewer, username, role, first, last, reason, NOW)


def lines(store, member):
    with store.session() as session:
        about = select(AccessLine.action).where(AccessLine.students == access_log.pseudonym(member.number))
        return list(session.scalars(about.order_by(AccessLine.seq)))


def test_every_colleague_is_listed_by_name_with_what_they_hold_and_no_student_is(store):
    told = people_and_roles.colleagues(EVE.viewer, NOW)
    assert {c.username for c in told} == {m.username for m in STAFF}
    assert [c.name.split()[-1] for c in told] == sorted((m.family for m in STAFF), key=str)
    assert not [s for s in (BEN, CAL, DEE) if s.family in repr(told) or s.username in repr(told)]
    (ada,) = given("ada")
    assert (ada.title, ada.first, ada.last, ada.given_by, ada.reason) == (
        "Personal tutor",
        TERM,
        None,
        "service:test",
        "The cast of the tests",
    )
    assert [c.username for c in told if c.own] == ["eve"]


def test_somebody_without_any_role_is_listed_unless_they_study_here(store):
    with store.session() as session, session.begin():
        session.add(Person(number=60, id="p-new", given_name="Nia", family_name="Newcombe"))
        session.flush()
        session.add(Account(person=60, username="nia", password_hash=HASH))
        session.execute(update(RoleGrant).where(RoleGrant.person == BEN.number).values(last=TERM))
    assert given("nia") == ()
    assert BEN.family not in repr(people_and_roles.colleagues(EVE.viewer, NOW))


def test_a_role_is_given_from_one_day_to_another_and_holds_on_those_days_alone(store):
    give(first=TOMORROW, last=TOMORROW)
    for days, holds in ((0, False), (1, True), (2, False)):
        held = accounts.own(MO.viewer, NOW + timedelta(days=days)).roles
        assert (Role.TUTOR in {h.role for h in held}) == holds
    tutor, manager = given("mo")
    assert (tutor.role, tutor.first, tutor.last, tutor.given_by) == ("tutor", TOMORROW, TOMORROW, "eve")
    assert manager.role == "manager"
    assert lines(store, MO) == ["role_given:tutor"]


def test_days_of_the_same_role_may_follow_each_other_and_never_meet(store):
    give(first=TODAY, last=TOMORROW)
    for first, last in ((TOMORROW, None), (TODAY, None), (TOMORROW, TOMORROW)):
        with pytest.raises(HeldAlready):
            give(first=first, last=last)
    give(first=TODAY + timedelta(days=2))
    assert len(given("mo")) == 3


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"username": "eve"}, NotYourself),
        ({"username": "nobody"}, NoSuchAccount),
        ({"reason": "  "}, ReasonNeeded),
        ({"first": TODAY - timedelta(days=1)}, DaysDoNotFit),
        ({"first": TOMORROW, "last": TODAY}, DaysDoNotFit),
    ],
)
def test_a_role_that_cannot_be_given_leaves_nothing_behind(store, changes, refusal):
    before = people_and_roles.colleagues(EVE.viewer, NOW)
    with pytest.raises(refusal):
        give(**changes)
    assert people_and_roles.colleagues(EVE.viewer, NOW) == before


def test_a_role_still_to_come_can_be_taken_away(store):
    give(first=TOMORROW)
    roles.revoke(EVE.viewer, "mo", Role.TUTOR, "Changed plans", NOW)
    assert [g.role for g in given("mo")] == ["manager"]
    assert Role.TUTOR not in {h.role for h in accounts.own(MO.viewer, NOW + timedelta(days=1)).roles}


def test_a_role_is_not_taken_away_without_a_reason(store):
    with pytest.raises(ReasonNeeded):
        roles.revoke(EVE.viewer, "mo", Role.MANAGER, "", NOW)
    assert [g.role for g in given("mo")] == ["manager"]


def test_a_year_after_it_was_given_or_looked_at_a_role_is_to_be_looked_at_again(store):
    assert not any(c.grants[0].due for c in people_and_roles.colleagues(EVE.viewer, NOW))
    with store.session() as session, session.begin():
        days = {ADA: TODAY.replace(year=2025), TOM: date(2025, 11, 24), AVI: date(2020, 2, 29)}
        for member, first in days.items():
            session.execute(update(RoleGrant).where(RoleGrant.person == member.number).values(first=first))
    assert [given(m.username)[0].due for m in (ADA, TOM, AVI)] == [True, False, True]
    people_and_roles.keep(EVE.viewer, given("avi")[0].id, NOW)
    (avi,) = given("avi")
    assert (avi.due, avi.reviewed_on, avi.reviewed_by, avi.first) == (False, TODAY, "eve", date(2020, 2, 29))
    assert avi.looked_at == TODAY
    assert lines(store, AVI) == ["role_kept:adviser"]


def test_nobody_finds_their_own_role_needed_still(store):
    with pytest.raises(NotYourself):
        people_and_roles.keep(EVE.viewer, given("eve")[0].id, NOW)


def test_a_role_that_is_gone_is_not_kept(store):
    number = given("tim")[0].id
    roles.revoke(EVE.viewer, "tim", Role.TUTOR, "Left", NOW)
    for gone in (number, 999):
        with pytest.raises(GoneMeanwhile):
            people_and_roles.keep(EVE.viewer, gone, NOW)


@pytest.mark.parametrize("member", [ADA, SUE, AVI, MO, ROS, BEN], ids=lambda m: m.role.value)
def test_only_an_administrator_looks_after_roles(store, member):
    for act in (
        lambda: people_and_roles.colleagues(member.viewer, NOW),
        lambda: give(asking=member),
        lambda: people_and_roles.keep(member.viewer, 1, NOW),
    ):
        with pytest.raises(NotOpenToYourRole):
            act()
    assert TIM.family in repr(people_and_roles.colleagues(EVE.viewer, NOW))
