"""Colleagues who have left, and what is about nobody: each table comes due by some rule, or says why not."""

import shutil
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, insert, select, update

import data_access
import policy
from auth.refusals import MovedOn
from auth.viewer import Role
from data_access import (
    accounts,
    anchors,
    breaches,
    database,
    disposals,
    disposing,
    erasing,
    legal_holds,
    ownerless,
    person_paths,
)
from data_access.tables import (
    AccessLine,
    Account,
    AgreementAcceptance,
    Base,
    Breach,
    BreachStep,
    ContactDetail,
    EnrolmentStatus,
    FeedGap,
    Lease,
    NoticeVersion,
    Person,
    RightsCase,
    RoleGrant,
    Status,
    TimetableEvent,
    Tutoring,
)
from policy.days import number
from policy.settings import Settings
from privacy.breach import NewBreach, OfBreach
from privacy.breach import State as BreachState
from privacy.labels import Retention, Source
from privacy.retention import State, Why
from tests.cast import AVI, EVE, NOW, ROS, SUE, TIM, TODAY, TOM
from tests.conftest import University
from tests.data_access.disposing import DAY, NIGHT

LATE = datetime(2086, 11, 23, 10, tzinfo=UTC)
"""Sixty years on."""
REASON = "An audit is still under way"
AGREED = update(AgreementAcceptance).where(AgreementAcceptance.person == ROS.number)


@pytest.fixture
def late(store):
    """Ros works here still, sixty years on."""
    store.change(AGREED.values(expires_at=LATE + 9 * DAY))
    return store


@pytest.fixture
def busy(busy_template, tmp_path):
    """The cast with all that can be written about a student."""
    settings = Settings(home=Path(shutil.copytree(busy_template, tmp_path / "home")))
    data_access.start(settings)
    yield University(settings)
    database.stores().core.dispose()
    database.stores().log.dispose()


def left(person, last=TODAY):
    return update(RoleGrant).where(RoleGrant.person == person.number).values(last=last)


def due(kind, at):
    return next(one for one in disposals.due(NIGHT, at) if one.kind == kind)


def night(at):
    """A whole night, and what compliance does the day after."""
    disposals.propose(NIGHT, at)
    for one in disposals.proposals(ROS.viewer, at):
        if one.state is State.PROPOSED and one.why is Why.DUE:
            disposals.approve(ROS.viewer, one.id, at)
    return disposing.carry_out(ROS.viewer, at)


def rows(store, table) -> int:
    with store.session() as session:
        return session.scalar(select(func.count()).select_from(table))


def there(store, model, person) -> bool:
    with store.session() as session:
        mine = person_paths.belongs(model.__table__, person.number)
        return session.scalar(select(func.count()).select_from(model).where(mine)) > 0


@pytest.mark.parametrize(("day", "gone"), [(date(2032, 11, 22), False), (date(2032, 11, 23), True)])
def test_six_years_after_the_last_role_account_roles_and_agreements_of_a_colleague_go(late, day, gone):
    late.change(left(TIM))
    at = datetime.combine(day, NOW.timetz())
    night(at)
    for model in (Account, RoleGrant):
        assert there(late, model, TIM) is not gone
    night(at)
    assert there(late, Person, TIM) is not gone  # nobody's record says that he did anything
    assert there(late, Account, SUE)


@pytest.mark.parametrize(("day", "gone"), [(date(2032, 11, 22), False), (date(2032, 11, 23), True)])
def test_an_account_that_was_never_given_a_role_goes_six_years_after_it_was_made(late, day, gone):
    accounts.add_colleague(
        EVE.viewer, "Nia", "Pryce", "nia.pryce", "a long pass phrase", (), NOW, reason="New"
    )
    with late.session() as session:
        number = session.scalar(select(Account.person).where(Account.username == "nia.pryce"))
    at = datetime.combine(day, NOW.timetz())
    for _ in range(2):
        night(at)
    with late.session() as session:
        assert (session.get(Account, number) is None) is gone
        assert (session.get(Person, number) is None) is gone
        assert session.get(Account, SUE.number) is not None


def test_who_is_given_a_role_after_years_without_one_is_kept_from_then_on(late):
    accounts.add_colleague(
        EVE.viewer, "Nia", "Pryce", "nia.pryce", "a long pass phrase", (), NOW, reason="New"
    )
    with late.session() as session:
        number = session.scalar(select(Account.person).where(Account.username == "nia.pryce"))
    again = {"person": number, "role": Role.TUTOR, "first": TODAY, "granted_by": "x", "reason": "x"}
    late.change(insert(RoleGrant).values(again))
    night(LATE)
    with late.session() as session:
        assert session.get(Account, number) is not None


def test_the_name_stays_while_a_record_says_what_a_colleague_did_and_then_goes(late):
    late.change(left(TOM))
    night(LATE)
    assert (there(late, Account, TOM), there(late, Person, TOM)) == (False, True)
    late.change(Tutoring.__table__.delete().where(Tutoring.tutor == TOM.number))
    night(LATE + DAY)
    assert not there(late, Person, TOM)


def test_who_works_here_again_keeps_everything(late):
    again = {"person": TIM.number, "role": Role.TUTOR, "first": TODAY, "granted_by": "x", "reason": "x"}
    late.change(left(TIM), insert(RoleGrant).values(again))
    night(LATE)
    assert there(late, Account, TIM)


def test_a_closed_account_ends_its_roles(store):
    accounts.disable(EVE.viewer, AVI.username, NOW)
    with store.session() as session:
        (last,) = session.scalars(select(RoleGrant.last).where(RoleGrant.person == AVI.number))
    assert last < TODAY


def test_what_somebody_decided_for_all_stays_when_their_name_goes(late):
    notice = {
        "version": "x",
        "reviewed": TODAY,
        "summary": "x",
        "text": "x",
        "sha256": "x",
        "published_at": NOW,
    }
    late.change(left(TIM), insert(NoticeVersion).values(notice | {"published_by": TIM.number}))
    night(LATE)
    night(LATE)
    assert not there(late, Person, TIM)
    with late.session() as session:
        version = session.scalars(select(NoticeVersion).where(NoticeVersion.version == "x")).one()
        assert version.published_by is None


def test_a_breach_goes_six_years_after_it_was_closed_with_all_that_was_decided_about_it(late):
    for _ in range(2):
        breaches.carry_out(ROS.viewer, NewBreach("A list was sent to the wrong address", 3, NOW), NOW)
    for state in (BreachState.NOT_REPORTED, BreachState.CLOSED):
        breaches.carry_out(ROS.viewer, OfBreach(1, state, "Nobody had opened it"), NOW)
    before = rows(late, BreachStep)
    night(datetime(2032, 11, 22, 10, tzinfo=UTC))
    assert (rows(late, Breach), rows(late, BreachStep)) == (2, before)
    night(LATE)
    assert rows(late, Breach) == 1  # the other was never closed
    assert rows(late, BreachStep) == before - 3


def test_classes_go_a_year_after_their_day_once_nobodys_attendance_hangs_on_them(late):
    event = {"id": 900, "key": "old", "module": 1, "kind": "Lecture", "cancelled": False, "run": 1}
    late.change(
        insert(TimetableEvent).values(event | {"day": number(TODAY), "starts_at": NOW, "ends_at": NOW})
    )
    for day, kept in ((22, True), (23, False)):
        night(datetime(2027, 11, day, 10, tzinfo=UTC))
        with late.session() as session:
            assert (session.get(TimetableEvent, 900) is not None) is kept
    assert rows(late, TimetableEvent) > 0  # of students who are here


def test_what_the_schedule_would_have_looked_at_comes_up_for_review_and_again_a_year_later(late):
    reviewed = (Path(policy.__file__).parent / "retention.toml").read_text()
    log = reviewed.index("[class.audit]")
    ours = reviewed[:log] + reviewed[log:].replace('action = "delete"', 'action = "review"', 1)
    (late.settings.home / "policy").mkdir()
    (late.settings.home / "policy" / "retention.toml").write_text(ours)
    data_access.start(late.settings)
    assert disposals.proposals(ROS.viewer, NOW) == ()
    lines = rows(late, AccessLine)
    assert due(Retention.AUDIT, NOW).rows == 0
    assert due(Retention.AUDIT, LATE).rows >= lines > 0
    disposals.propose(NIGHT, LATE)
    (one,) = (each for each in disposals.proposals(ROS.viewer, LATE) if each.kind == Retention.AUDIT)
    assert (one.why, one.people) == (Why.REVIEW, 0)
    assert one.rows >= lines
    with pytest.raises(MovedOn):
        disposals.approve(ROS.viewer, one.id, LATE)
    disposals.refuse(ROS.viewer, one.id, REASON, LATE)
    for days, again in ((1, 0), (364, 0), (366, 1)):
        disposals.propose(NIGHT, LATE + timedelta(days=days))
        asked = [each for each in disposals.proposals(NIGHT, LATE) if each.kind == Retention.AUDIT]
        assert len(asked) == 1 + again
    assert rows(late, AccessLine) >= lines
    assert anchors.verify(NIGHT, LATE).broken_at is None


def test_a_hold_on_everything_keeps_what_is_about_nobody_too(late):
    breaches.carry_out(ROS.viewer, NewBreach("A list was sent to the wrong address", 3, NOW), NOW)
    for state in (BreachState.NOT_REPORTED, BreachState.CLOSED):
        breaches.carry_out(ROS.viewer, OfBreach(1, state, "Nobody had opened it"), NOW)
    disposals.propose(NIGHT, LATE)
    for one in disposals.proposals(ROS.viewer, LATE):
        if one.why is Why.DUE:
            disposals.approve(ROS.viewer, one.id, LATE)
    held = legal_holds.place(ROS.viewer, "", "", "A claim before the court", LATE)
    disposing.carry_out(ROS.viewer, LATE)
    assert rows(late, Breach) == 1
    legal_holds.lift(ROS.viewer, held, LATE)
    disposing.carry_out(ROS.viewer, LATE)
    assert rows(late, Breach) == 0


def test_every_table_comes_due_by_a_rule_or_says_why_it_never_does():
    by_person = {one.name for one in person_paths.tables()} - person_paths.DECIDED
    by_day = {one.name for one in ownerless.tables()} | {"breach_step"}
    refused = {t.name for t in Base.metadata.sorted_tables if erasing.kind_of(t) is Retention.QUARANTINE}
    every = {t.name for t in Base.metadata.sorted_tables}
    for_good = set(ownerless.FOR_GOOD)
    assert by_person | by_day | refused | for_good == every
    assert not for_good & (by_person | by_day | refused)
    for one in ownerless.tables():
        ownerless._before(one, TODAY)  # raises where it has no day


def test_sixty_years_after_everybody_left_nothing_is_left_but_what_says_why(busy):
    """Every table that holds a row is emptied of it, by night and approval alone; Ros alone works here still."""
    over = update(EnrolmentStatus).values(status=Status.WITHDRAWN, first=TODAY, last=None)
    busy.change(
        AGREED.values(expires_at=LATE + 9 * DAY),
        over,
        update(RoleGrant).where(RoleGrant.person != ROS.number).values(last=TODAY),
        update(RightsCase).values(ended_at=NOW),
        insert(FeedGap).values(system=Source.VLE, first=TODAY, last=TODAY, reason="x"),
        insert(Lease).values(name="x", holder="x", until=NOW),
    )
    breaches.carry_out(ROS.viewer, NewBreach("A list was sent to the wrong address", 3, NOW), NOW)
    for state in (BreachState.NOT_REPORTED, BreachState.CLOSED):
        breaches.carry_out(ROS.viewer, OfBreach(1, state, "Nobody had opened it"), NOW)
    filled = {t.name for t in Base.metadata.sorted_tables if rows(busy, t)}
    assert len(filled) > 40
    assert rows(busy, ContactDetail) == 0 or night(NOW)
    nights = 0
    while night(LATE + nights * DAY):
        nights += 1
        assert nights < 6
    left_over = {t.name for t in Base.metadata.sorted_tables if rows(busy, t)}
    of_ros = {"account", "agreement_acceptance", "person", "role_grant"}
    assert left_over - {"access_line"} - of_ros - set(ownerless.FOR_GOOD) == set()
    with busy.session() as session:
        assert session.scalars(select(Person.number)).all() == [ROS.number]
