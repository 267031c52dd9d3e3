"""An open tab: it dies at its next message once its session is over, and it is never somebody else's."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update
from streamlit.proto.BackMsg_pb2 import BackMsg
from websockets.exceptions import ConnectionClosed, InvalidStatus

from auth.viewer import Role, Viewer
from data_access import accounts, credentials, database, own_sessions, roles, sessions
from data_access.tables import Account, RoleGrant, SignIn
from tests.cast import ADA, BEN, EVE, HASH, PASSWORD, TOM, Member
from tests.server import Server
from tests.tab import tab

pytestmark = pytest.mark.server
ADMIN = Viewer(EVE.number, Role.ADMINISTRATOR, "test")


def now() -> datetime:
    return datetime.now(UTC)


def viewer(token: str) -> Viewer:
    found = sessions.viewer_of(token, now())
    assert found
    return found


def signs_out(server: Server, token: str) -> None:
    cookie = {"cookie": f"la_sid={token}"}
    ours = {"origin": server.address, "x_learner_analytics": "1"}
    answer, _ = server.ask("/session/end", method="POST", **ours, **cookie)
    assert answer.status == 204


def changes_the_password(server: Server, token: str) -> None:
    credentials.change_password(viewer(token), PASSWORD, "six other plain words instead", now())


def changes_the_password_elsewhere(server: Server, token: str) -> None:
    other = viewer(server.sign_in(ADA))
    credentials.change_password(other, PASSWORD, "six other plain words instead", now())


def loses_the_role(server: Server, token: str) -> None:
    roles.revoke(ADMIN, ADA.username, Role.TUTOR, "Left the school", now())


def loses_the_account(server: Server, token: str) -> None:
    accounts.disable(ADMIN, ADA.username, now())


def is_signed_out_by_an_administrator(server: Server, token: str) -> None:
    accounts.sign_out(ADMIN, ADA.username, now())


def goes_idle(server: Server, token: str) -> None:
    _set_back(seen_at=now() - timedelta(minutes=31))


def has_worked_all_day(server: Server, token: str) -> None:
    _set_back(began_at=now() - timedelta(hours=9))


def _set_back(**values: datetime) -> None:
    with database.writing() as session:
        session.execute(update(SignIn).where(SignIn.person == ADA.number).values(**values))


ENDS = [
    signs_out,
    goes_idle,
    has_worked_all_day,
    is_signed_out_by_an_administrator,
    changes_the_password,
    changes_the_password_elsewhere,
    loses_the_role,
    loses_the_account,
]


@pytest.fixture
def ada_again(server: Server) -> Iterator[None]:
    """Ada's account as it was, afterwards."""
    yield
    with database.writing() as session:
        session.execute(update(Account).values(active=True, password_hash=HASH))
        session.execute(update(RoleGrant).values(last=None))


@pytest.mark.usefixtures("ada_again")
@pytest.mark.parametrize("end", ENDS, ids=lambda end: end.__name__)
def test_a_tab_and_a_stolen_cookie_are_dead_at_the_next_message_when_ada(
    end: Callable[[Server, str], None], server
):
    token = server.sign_in(ADA)
    with tab(server, token) as hers:
        assert BEN.family in hers.open("tutees")
        end(server, token)
        assert hers.dies() == 1008
    with tab(server, token) as thief:
        shown = thief.open("tutees")
        assert "Password" in shown
        assert BEN.family not in shown


def test_another_persons_tab_lives_on(server):
    hers, his = server.sign_in(ADA), server.sign_in(TOM)
    with tab(server, his) as toms:
        toms.open("account")
        own_sessions.end_all(viewer(hers), now())
        assert "Where you are signed in" in toms.open("account")


def test_a_strangers_tab_stays_one_when_somebody_signs_in_beside_it(server):
    with tab(server) as stranger:
        stranger.open("tutees")
        server.sign_in(ADA)
        assert "Password" in stranger.open("tutees")


def test_an_earlier_tabs_name_gives_nobody_its_state(server):
    """Streamlit would hand a returning tab its old session; fragments of it would run for a stranger."""
    token = server.sign_in(ADA)
    with tab(server, token) as hers:
        hers.open("tutees")
    with pytest.raises(ConnectionClosed) as turned_away, tab(server, earlier=hers.session_id) as stranger:
        stranger.open("tutees")
    assert turned_away.value.rcvd
    assert turned_away.value.rcvd.code == 1008
    assert not [frame for frame in stranger.frames if BEN.family.encode() in frame]
    with tab(server, token, earlier=hers.session_id) as herself:
        herself.open("tutees")
    assert herself.session_id != hers.session_id


@pytest.mark.parametrize(
    "kind", ["clear_cache", "set_run_on_save", "load_git_info", "debug_shutdown_runtime"]
)
@pytest.mark.parametrize("who", [None, ADA], ids=["stranger", "ada"])
def test_messages_that_would_change_the_server_for_all_are_dropped(server, kind: str, who: Member | None):
    message = BackMsg()
    setattr(message, kind, True)
    # Fields that nobody knows make a message as long as one likes.
    padded = message.SerializeToString() + b"\xfa\x3f" + b"\xff\x07" + b"x" * 1023
    with tab(server, server.sign_in(who) if who else None) as open_tab:
        open_tab.connection.send(padded)
        assert "Password" in open_tab.open("account")
        answer, _ = server.ask("/healthz")
        assert answer.status == 200


def test_a_socket_from_another_site_is_refused_at_the_handshake(server):
    token = server.sign_in(ADA)
    with pytest.raises(InvalidStatus) as refused, tab(server, token, origin="https://elsewhere.example"):
        pass
    assert refused.value.response.status_code == 403


def test_what_is_no_message_of_streamlits_is_not_heard(server):
    with tab(server) as stranger:
        stranger.connection.send(b"\xff\xff\xff\xff")
        assert "Password" in stranger.open("tutees")


def test_a_message_keeps_a_session_from_growing_idle_once_a_minute(server):
    token = server.sign_in(TOM)
    with database.writing() as session:
        session.execute(
            update(SignIn).where(SignIn.person == TOM.number).values(seen_at=now() - timedelta(minutes=29))
        )
    with tab(server, token) as his:
        his.open("account")
        (own,) = [s for s in own_sessions.living(viewer(token), now()) if s.here]
        assert now() - own.seen_at < timedelta(minutes=1)
