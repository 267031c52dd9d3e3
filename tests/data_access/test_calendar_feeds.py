"""The address under which a calendar reads one's own meetings: who has one, what stands there, what ends it."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import Executable, insert, select, update

from auth.refusals import AgreementNeeded, NotOpenToYourRole, NotYoursToSee
from auth.viewer import Role, Viewer
from data_access import calendar_feeds, roles
from data_access.access_log import pseudonym
from data_access.tables import (
    AccessLine,
    Account,
    AgreementAcceptance,
    CalendarFeed,
    ConversationOffer,
    EnrolmentStatus,
    Meeting,
    RoleGrant,
    Tutoring,
)
from support import offer
from support.meeting import State
from support.offer import Format
from tests.cast import ADA, BEN, CAL, CAST, DEE, EVE, NOW, TERM, TIM, TODAY, TOM, Member

DAY = timedelta(days=1)
MEMBERS = (ADA, BEN)


def planned(
    number: int, starts_at: datetime = NOW + DAY, enrolment: int = 1, tutor: Member = ADA, **other: object
) -> Executable:
    values = {"id": number, "enrolment": enrolment, "tutor": tutor.number, "state": State.PLANNED}
    rest = {"minutes": 30, "format": Format.IN_PERSON, "place": "Room 1.02", "sequence": 2}
    return insert(Meeting).values(**values | rest | {"starts_at": starts_at} | other)


def read(token: str, at: datetime = NOW) -> list[int]:
    """The numbers of the meetings that stand under this address."""
    viewer = calendar_feeds.owner(token, at)
    assert viewer
    return [one.id for one in calendar_feeds.entries(viewer, at)]


@pytest.mark.parametrize("member", MEMBERS, ids=lambda m: m.given)
def test_the_address_is_of_whoever_made_it_in_their_role_and_is_logged_as_theirs(store, member):
    store.change(planned(1))
    token = calendar_feeds.make(member.viewer, NOW)
    viewer = calendar_feeds.owner(token, NOW)
    assert viewer
    assert (viewer.person, viewer.role) == (member.number, member.role)
    (entry,) = calendar_feeds.entries(viewer, NOW)
    assert (entry.id, entry.sequence, entry.place) == (1, 2, "Room 1.02")
    assert (entry.starts_at, entry.ends_at) == (NOW + DAY, NOW + DAY + timedelta(minutes=30))
    with store.session() as session:
        line = session.scalars(select(AccessLine).order_by(AccessLine.seq.desc())).first()
    assert line
    assert (line.actor, line.session, line.category) == (
        pseudonym(member.number),
        viewer.session[:16],
        "support",
    )
    assert line.students == pseudonym(BEN.number)


def test_only_the_digest_of_the_token_is_kept(store):
    token = calendar_feeds.make(ADA.viewer, NOW)
    with store.session() as session:
        stored = repr(session.execute(select(CalendarFeed.__table__)).all())
        logged = repr(session.execute(select(AccessLine.__table__)).all())
    assert len(token) == 43
    assert token not in stored + logged


def test_a_new_address_ends_the_one_before_and_stopping_ends_the_last(store):
    first, second = (calendar_feeds.make(BEN.viewer, NOW + n * DAY) for n in range(2))
    assert calendar_feeds.owner(first, NOW + DAY) is None
    assert calendar_feeds.owner(second, NOW + DAY)
    assert calendar_feeds.since(BEN.viewer, NOW + DAY) == NOW + DAY
    calendar_feeds.stop(BEN.viewer, NOW + DAY)
    assert calendar_feeds.owner(second, NOW + DAY) is None
    assert calendar_feeds.since(BEN.viewer, NOW + DAY) is None


def test_nobody_stops_anothers_address_nor_that_of_another_role(store):
    store.change(
        insert(RoleGrant).values(
            person=ADA.number, role=Role.STUDENT, first=TERM, granted_by="eve", reason="Also studies"
        )
    )
    token = calendar_feeds.make(ADA.viewer, NOW)
    also = Viewer(ADA.number, Role.STUDENT, "another-session")
    assert calendar_feeds.since(also, NOW) is None
    for viewer in (also, BEN.viewer, TOM.viewer):
        calendar_feeds.stop(viewer, NOW)
        calendar_feeds.make(viewer, NOW)
    assert calendar_feeds.owner(token, NOW) == Viewer(
        ADA.number, Role.TUTOR, calendar_feeds.owner(token, NOW).session
    )


@pytest.mark.parametrize("token", ["", "x", "a" * 43, "' or 1=1 --", "ä", "%"])
def test_a_made_up_token_is_nobodys(store, token):
    calendar_feeds.make(ADA.viewer, NOW)
    assert calendar_feeds.owner(token, NOW) is None


@pytest.mark.parametrize(
    "change",
    [
        update(RoleGrant).where(RoleGrant.person == ADA.number).values(last=TODAY - DAY),
        update(RoleGrant).where(RoleGrant.person == ADA.number).values(first=TODAY + DAY),
        update(Account).where(Account.person == ADA.number).values(active=False),
        update(CalendarFeed).values(revoked_at=NOW),
        update(CalendarFeed).values(made_at=NOW - timedelta(days=366)),
    ],
    ids=["role ended", "role not begun", "account closed", "stopped", "too old"],
)
def test_it_ends_at_once(store, change):
    token = calendar_feeds.make(ADA.viewer, NOW)
    store.change(change)
    assert calendar_feeds.owner(token, NOW) is None


def test_a_role_that_an_administrator_takes_away_ends_it(store):
    token = calendar_feeds.make(ADA.viewer, NOW)
    roles.revoke(EVE.viewer, ADA.username, Role.TUTOR, "Has left", NOW)
    assert calendar_feeds.owner(token, NOW) is None


def test_when_the_enrolment_ends_the_students_address_is_empty_of_everything(store):
    store.change(planned(1))
    token = calendar_feeds.make(BEN.viewer, NOW)
    assert read(token) == [1]
    store.change(update(EnrolmentStatus).where(EnrolmentStatus.enrolment == 1).values(last=TODAY - DAY))
    viewer = calendar_feeds.owner(token, NOW)
    assert viewer
    with pytest.raises(NotYoursToSee):
        calendar_feeds.entries(viewer, NOW)


def test_when_the_agreement_of_staff_has_run_out_nothing_is_read(store):
    token = calendar_feeds.make(ADA.viewer, NOW)
    store.change(update(AgreementAcceptance).values(expires_at=NOW))
    viewer = calendar_feeds.owner(token, NOW)
    assert viewer
    with pytest.raises(AgreementNeeded):
        calendar_feeds.entries(viewer, NOW)


def test_a_tutor_reads_their_own_meetings_with_their_tutees_of_today_alone(store):
    store.change(
        planned(1),
        planned(2, enrolment=2, tutor=TOM),
        planned(3, enrolment=3),  # Dee has finished
        planned(4, tutor=TOM),  # Ben met Tom, who is not Ada
    )
    token = calendar_feeds.make(ADA.viewer, NOW)
    assert read(token) == [1]
    store.change(update(Tutoring).where(Tutoring.tutor == ADA.number).values(last=TODAY - DAY))
    assert read(token) == []


def test_a_student_reads_all_of_their_own_and_nobody_elses(store):
    store.change(planned(1), planned(2, enrolment=2, tutor=TOM), planned(4, NOW + 2 * DAY, tutor=TOM))
    assert read(calendar_feeds.make(BEN.viewer, NOW)) == [1, 4]
    assert read(calendar_feeds.make(CAL.viewer, NOW)) == [2]


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("arranged", [True, False])
def test_there_stand_meetings_that_are_planned_or_were_held_as_planned(store, state, arranged):
    values = {"id": 9, "enrolment": 1, "tutor": ADA.number, "made_by": ADA.number, "made_at": NOW}
    rest = {"state": offer.State.ACCEPTED, "format": Format.PHONE, "place": "", "text": ""}
    store.change(
        insert(ConversationOffer).values(**values | rest),
        planned(1, state=state, offer=9 if arranged else None),
    )
    stands = state is State.PLANNED or (state is State.HELD and arranged)
    assert read(calendar_feeds.make(BEN.viewer, NOW)) == [1] * stands


def test_without_a_place_the_way_of_talking_stands_there(store):
    store.change(planned(1, place="", format=Format.PHONE))
    viewer = calendar_feeds.owner(calendar_feeds.make(BEN.viewer, NOW), NOW)
    assert viewer
    assert [one.place for one in calendar_feeds.entries(viewer, NOW)] == ["phone call"]


@pytest.mark.parametrize(
    "member", [m for m in CAST if m.role not in calendar_feeds.ROLES], ids=lambda m: m.given
)
def test_who_has_no_meetings_has_no_address(store, member):
    for asked in (calendar_feeds.since, calendar_feeds.make, calendar_feeds.stop, calendar_feeds.entries):
        with pytest.raises(NotOpenToYourRole):
            asked(member.viewer, NOW)


@pytest.mark.parametrize("member", [TIM, DEE], ids=lambda m: m.given)
def test_who_may_see_nobody_reads_nothing(store, member):
    store.change(planned(3, enrolment=3))
    with pytest.raises((AgreementNeeded, NotYoursToSee)):
        calendar_feeds.entries(member.viewer, NOW)
