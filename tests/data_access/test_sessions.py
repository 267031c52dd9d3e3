"""Sessions: how one begins, what ends it, and that nothing in the store opens one."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, update

from auth.refusals import NotOpenToYourRole
from auth.refusals.accounts import NoRole
from auth.viewer import Role, Viewer
from data_access import accounts, credentials, database, own_sessions, roles, sessions
from data_access.tables import AccessLine, Ceremony, RoleGrant, SignIn, Ticket
from tests.cast import ADA, BEN, EVE, NOW, PASSWORD, TERM, TOM, Member
from tests.conftest import University

ADMIN = EVE.viewer
SECOND = timedelta(seconds=1)


def begun(member: Member = ADA, at: datetime = NOW) -> str:
    token = sessions.redeem(sessions.begin_session(member.number, Ceremony.PASSWORD, at), "A browser", at)
    assert token
    return token


def alive(token: str, at: datetime = NOW) -> Viewer:
    viewer = sessions.viewer_of(token, at)
    assert viewer
    return viewer


def give(store: University, member: Member, *roles: Role) -> None:
    with store.session() as session, session.begin():
        session.add_all(
            RoleGrant(person=member.number, role=r, first=TERM, granted_by="eve", reason="Also this")
            for r in roles
        )


def events(store: University) -> list[str]:
    with store.session() as session:
        return list(session.scalars(select(AccessLine.action).order_by(AccessLine.seq)))


def test_a_ticket_becomes_a_session_in_the_persons_role(store):
    viewer = alive(begun())
    assert (viewer.person, viewer.role) == (ADA.number, Role.TUTOR)
    assert events(store) == ["signed_in"]


def test_a_ticket_is_good_for_once(store):
    ticket = sessions.begin_session(ADA.number, Ceremony.PASSWORD, NOW)
    assert sessions.redeem(ticket, "A browser", NOW)
    assert sessions.redeem(ticket, "Another", NOW) is None


@pytest.mark.parametrize(("seconds", "good"), [(29, True), (30, False), (3600, False)])
def test_a_ticket_waits_for_half_a_minute(store, seconds, good):
    ticket = sessions.begin_session(ADA.number, Ceremony.PASSWORD, NOW)
    assert bool(sessions.redeem(ticket, "A browser", NOW + seconds * SECOND)) is good


@pytest.mark.parametrize("ticket", ["", "made up", "' or 1=1 --"])
def test_a_ticket_nobody_gave_opens_nothing(store, ticket):
    sessions.begin_session(ADA.number, Ceremony.PASSWORD, NOW)
    assert sessions.redeem(ticket, "A browser", NOW) is None


def test_a_ticket_of_someone_whose_account_closes_meanwhile_opens_nothing(store):
    ticket = sessions.begin_session(ADA.number, Ceremony.PASSWORD, NOW)
    accounts.disable(ADMIN, ADA.username, NOW)
    assert sessions.redeem(ticket, "A browser", NOW) is None


def test_old_tickets_are_swept_away_by_new_ones(store):
    sessions.begin_session(ADA.number, Ceremony.PASSWORD, NOW)
    sessions.begin_session(TOM.number, Ceremony.PASSWORD, NOW + timedelta(minutes=1))
    with store.session() as session:
        assert [t.person for t in session.scalars(select(Ticket))] == [TOM.number]


def test_each_sign_in_makes_a_new_token_and_only_digests_are_kept(store):
    ticket = sessions.begin_session(ADA.number, Ceremony.PASSWORD, NOW)
    token = sessions.redeem(ticket, "A browser", NOW)
    other = begun()
    assert token
    assert token != other
    assert len(token) >= 43  # 256 bits in base64
    with store.session() as session:
        kept = [row.digest for row in session.scalars(select(SignIn))]
    assert token not in kept
    assert alive(token).session in kept


def test_no_token_and_no_ticket_lies_in_any_file_of_the_store(university):
    ticket = sessions.begin_session(ADA.number, Ceremony.PASSWORD, NOW)
    used = sessions.begin_session(TOM.number, Ceremony.PASSWORD, NOW)
    token = sessions.redeem(used, "A browser", NOW)
    assert token
    held = b"".join(f.read_bytes() for f in university.settings.home.rglob("*") if f.is_file())
    assert TOM.family.encode() in held
    for secret in (ticket, used, token):
        assert secret.encode() not in held


@pytest.mark.parametrize(("minutes", "lives"), [(0, True), (29, True), (30, False), (31, False)])
def test_a_session_ends_after_half_an_hour_without_a_message(store, minutes, lives):
    token = begun()
    assert bool(sessions.viewer_of(token, NOW + timedelta(minutes=minutes))) is lives


@pytest.mark.parametrize(("last_minute", "lives"), [(479, True), (480, False)])
def test_a_session_ends_after_eight_hours_however_busy(store, last_minute, lives):
    token = begun()
    for minute in range(20, last_minute, 20):
        assert sessions.seen(token, NOW + timedelta(minutes=minute))
    assert bool(sessions.seen(token, NOW + timedelta(minutes=last_minute))) is lives


def test_looking_does_not_keep_a_session_alive_but_a_message_does(store):
    token = begun()
    sessions.viewer_of(token, NOW + timedelta(minutes=20))
    assert sessions.viewer_of(token, NOW + timedelta(minutes=31)) is None
    other = begun()
    sessions.seen(other, NOW + timedelta(minutes=20))
    assert sessions.viewer_of(other, NOW + timedelta(minutes=31))


def test_a_sign_of_life_is_written_once_a_minute_at_most(store):
    token = begun()
    for seconds in (1, 30, 59, 60, 61, 119):
        sessions.seen(token, NOW + seconds * SECOND)
    with store.session() as session:
        assert session.scalar(select(SignIn.seen_at)) == NOW + 60 * SECOND


def test_a_message_does_not_wait_for_a_load_that_is_writing(university):
    token = begun()
    later = NOW + timedelta(minutes=5)
    with database.writing() as load:
        load.execute(update(RoleGrant).values(reason="busy"))
        assert sessions.seen(token, later)
    assert sessions.seen(token, later + SECOND)
    with university.session() as session:
        assert session.scalar(select(SignIn.seen_at)) == later + SECOND


def role_goes(store: University, token: str) -> None:
    roles.revoke(ADMIN, ADA.username, Role.TUTOR, "Moved on", NOW)


def account_closes(store: University, token: str) -> None:
    accounts.disable(ADMIN, ADA.username, NOW)


def signs_out(store: University, token: str) -> None:
    own_sessions.end(alive(token), NOW)


def signs_out_everywhere(store: University, token: str) -> None:
    own_sessions.end_all(alive(begun()), NOW)


def signs_out_from_elsewhere(store: University, token: str) -> None:
    own_sessions.end_one(alive(begun()), alive(token).session[:16], NOW)


def password_changes(store: University, token: str) -> None:
    credentials.change_password(alive(token), PASSWORD, "quite another set of words", NOW)


def password_changes_elsewhere(store: University, token: str) -> None:
    credentials.change_password(alive(begun()), PASSWORD, "quite another set of words", NOW)


def is_signed_out(store: University, token: str) -> None:
    accounts.sign_out(ADMIN, ADA.username, NOW)


def password_is_given(store: University, token: str) -> None:
    accounts.new_password(ADMIN, ADA.username, "handed-over-7dk2-once", NOW)


ENDS = [
    role_goes,
    account_closes,
    signs_out,
    signs_out_everywhere,
    signs_out_from_elsewhere,
    password_changes,
    password_changes_elsewhere,
    is_signed_out,
    password_is_given,
]


@pytest.mark.parametrize("ends", ENDS, ids=lambda f: f.__name__)
def test_a_token_is_worth_nothing_at_once_when(store, ends: Callable[[University, str], None]):
    token, toms = begun(), begun(TOM)
    ends(store, token)
    assert sessions.viewer_of(token, NOW) is None
    assert sessions.seen(token, NOW + SECOND) is None
    assert sessions.viewer_of(toms, NOW)


def test_whoever_changes_the_password_goes_on_with_a_new_token_and_a_copy_of_the_old_one_does_not(store):
    token, unused = begun(), sessions.begin_session(ADA.number, Ceremony.PASSWORD, NOW)
    ticket = credentials.change_password(alive(token), PASSWORD, "quite another set of words", NOW)
    anew = sessions.redeem(ticket, "A browser", NOW)
    assert anew
    assert alive(anew).person == ADA.number
    assert sessions.viewer_of(token, NOW) is None
    assert sessions.redeem(unused, "A thief's", NOW) is None


def test_nobody_ends_another_persons_session_by_its_handle(store):
    hers, his = begun(), begun(TOM)
    own_sessions.end_one(alive(his), alive(hers).session[:16], NOW)
    for trick in ("", "%", "_"):
        own_sessions.end_one(alive(his), trick, NOW)
        his = begun(TOM)
    assert sessions.viewer_of(hers, NOW)


def test_the_list_of_ones_sessions_holds_the_living_and_marks_this_one(store):
    first, second = begun(), begun(at=NOW + SECOND)
    own_sessions.end(alive(begun(at=NOW + 2 * SECOND), NOW + 2 * SECOND), NOW + 3 * SECOND)
    begun(TOM)
    own = own_sessions.living(alive(first), NOW + 4 * SECOND)
    assert [s.here for s in own] == [False, True]
    assert [s.began_at for s in own] == [NOW + SECOND, NOW]
    assert first not in repr(own)
    assert second not in repr(own)


def test_a_session_begins_in_the_role_of_daily_work_and_switches_to_another_that_is_held(store):
    give(store, ADA, Role.MANAGER, Role.STUDENT)
    token = begun()
    assert alive(token).role is Role.TUTOR
    own_sessions.switch_role(alive(token), Role.MANAGER, NOW)
    assert alive(token).role is Role.MANAGER
    assert events(store)[-1] == "role_switched"
    with pytest.raises(NotOpenToYourRole):
        own_sessions.switch_role(alive(token), Role.ADMINISTRATOR, NOW)
    assert alive(token).role is Role.MANAGER


def test_losing_the_active_role_ends_the_session_though_another_is_held(store):
    give(store, ADA, Role.STUDENT)
    token = begun()
    roles.revoke(ADMIN, ADA.username, Role.TUTOR, "Moved on", NOW)
    assert sessions.viewer_of(token, NOW) is None
    assert alive(begun()).role is Role.STUDENT


def test_a_role_ends_with_its_last_day_in_london(store):
    with store.session() as session, session.begin():
        session.execute(update(RoleGrant).where(RoleGrant.person == BEN.number).values(last=NOW.date()))
    evening = NOW.replace(hour=23, minute=50)
    token = begun(BEN, evening)
    assert sessions.viewer_of(token, evening)
    assert sessions.viewer_of(token, evening + timedelta(minutes=10)) is None


def test_someone_without_a_role_today_is_told_so_instead_of_signed_in(store):
    roles.revoke(ADMIN, ADA.username, Role.TUTOR, "Moved on", NOW)
    with pytest.raises(NoRole):
        sessions.begin_session(ADA.number, Ceremony.PASSWORD, NOW)
