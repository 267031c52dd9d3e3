"""The watch over the socket, by itself: which messages reach Streamlit, and what a handshake may claim."""

import asyncio
from datetime import timedelta
from unittest.mock import patch

import pytest
from starlette.types import Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg

from data_access import own_sessions, sessions
from tests.apptest import session_of
from tests.cast import ADA, NOW
from web.sockets import ENDED, RELOAD, Sockets

pytestmark = pytest.mark.usefixtures("university")
PADDING = (
    b"\xfa\x3f\xff\x07" + b"x" * 1023
)  # a field that nobody knows: a message can be as long as one likes
LAST_WORDS = [{"type": "websocket.send", "bytes": RELOAD}, {"type": "websocket.close", "code": ENDED}]


class Heard:
    """In the place of Streamlit: keeps what it is given."""

    def __init__(self) -> None:
        self.scope: Scope = {}
        self.messages: list[Message] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.scope = scope
        while (message := await receive())["type"] != "websocket.disconnect":
            self.messages.append(message)
            await send({"type": "websocket.send", "bytes": b"answer"})
        self.messages.append(message)
        await send({"type": "websocket.send", "bytes": b"too late"})


def talk(
    token: str | None, *said: BackMsg | bytes | None, offered: str = "streamlit"
) -> tuple[Heard, list[Message]]:
    """What Streamlit hears and what the browser gets when it says this, one after the other."""
    heard, got = Heard(), []
    waiting = [{"type": "websocket.connect"}]
    waiting += [{"type": "websocket.receive", "bytes": _bytes(message)} for message in said]
    waiting += [{"type": "websocket.disconnect", "code": 1001}]

    async def receive() -> Message:
        return waiting.pop(0)

    async def send(message: Message) -> None:
        got.append(message)

    headers = [(b"sec-websocket-protocol", offered.encode())]
    if token:
        headers.append((b"cookie", f"la_sid={token}".encode()))
    scope = {
        "type": "websocket",
        "path": "/_stcore/stream",
        "headers": headers,
        "subprotocols": offered.split(", "),
    }
    with patch("web.sockets.datetime") as clock, patch("web.doors.datetime") as other:
        clock.now.return_value = other.now.return_value = NOW
        asyncio.run(Sockets(heard)(scope, receive, send))
    return heard, got


def _bytes(message: BackMsg | bytes | None) -> bytes | None:
    return message.SerializeToString() if isinstance(message, BackMsg) else message


def message(kind: str) -> BackMsg:
    made = BackMsg()
    if kind in ("rerun_script", "file_urls_request"):
        getattr(made, kind).SetInParent()
    elif kind in ("deferred_file", "dataframe_chunk", "install_skills", "dismiss_skills_nudge"):
        getattr(made.backend_operation_request, kind).SetInParent()
    else:
        setattr(made, kind, True)
    return made


ALL = [
    *(
        f.name
        for f in BackMsg.DESCRIPTOR.oneofs_by_name["type"].fields
        if f.name != "backend_operation_request"
    )
]
PAYLOADS = [f.name for f in BackMsg().backend_operation_request.DESCRIPTOR.oneofs_by_name["payload"].fields]
STRANGERS = {"rerun_script", "stop_script", "app_heartbeat"}
MEMBERS = STRANGERS | {"file_urls_request", "deferred_file", "dataframe_chunk"}


@pytest.mark.parametrize("padding", [b"", PADDING], ids=["plain", "padded"])
@pytest.mark.parametrize("kind", ALL + PAYLOADS)
@pytest.mark.parametrize("who", [None, ADA], ids=["stranger", "ada"])
def test_only_the_messages_that_pages_need_reach_streamlit(who, kind, padding):
    heard, got = talk(session_of(who) if who else None, _bytes(message(kind)) + padding)
    known = MEMBERS if who else STRANGERS
    assert ("websocket.receive" in [m["type"] for m in heard.messages]) == (kind in known)
    assert all(m["type"] == "websocket.send" for m in got)


@pytest.mark.parametrize("said", [b"", b"\xff\xff\xff", b"\x00" * 10, None])
def test_what_says_nothing_is_not_passed_on(said):
    heard, _ = talk(None, said)
    assert [m["type"] for m in heard.messages] == ["websocket.connect", "websocket.disconnect"]


def test_once_the_session_is_over_streamlit_hears_nothing_more_and_the_browser_gets_nothing_more():
    token = session_of(ADA)
    viewer = sessions.viewer_of(token, NOW)
    assert viewer
    with patch("web.sockets.sessions.seen", side_effect=[viewer, None]):
        heard, got = talk(token, message("rerun_script"), message("rerun_script"), message("rerun_script"))
    assert [m["type"] for m in heard.messages] == [
        "websocket.connect",
        "websocket.receive",
        "websocket.disconnect",
    ]
    assert got[-2:] == LAST_WORDS


@pytest.mark.parametrize(
    ("kind", "kept"), [("rerun_script", True), ("app_heartbeat", False), ("auto", False)]
)
def test_a_person_keeps_a_session_alive_and_a_timer_does_not(university, kind, kept):
    token = session_of(ADA)
    said = message("rerun_script" if kind == "auto" else kind)
    if kind == "auto":
        said.rerun_script.is_auto_rerun = True
    with patch("tests.web.test_messages.NOW", NOW + timedelta(minutes=20)):
        talk(token, said)
    assert bool(sessions.viewer_of(token, NOW + timedelta(minutes=40))) is kept


RETURNING = "streamlit, xsrf, 0b5f3c1e-0000-4000-8000-000000000000"


def test_a_signed_in_tab_that_comes_back_begins_anew():
    heard, _ = talk(session_of(ADA), offered=RETURNING)
    assert heard.scope["subprotocols"] == ["streamlit", "xsrf"]
    assert dict(heard.scope["headers"])[b"sec-websocket-protocol"] == b"streamlit, xsrf"


@pytest.mark.parametrize("token", [None, "made-up"])
def test_a_tab_that_comes_back_without_a_session_is_told_to_load_anew_and_streamlit_hears_nothing(token):
    heard, got = talk(token, message("rerun_script"), offered=RETURNING)
    assert heard.messages == []
    assert got == [{"type": "websocket.accept", "subprotocol": "streamlit"}, *LAST_WORDS]


def test_a_dead_cookie_at_the_handshake_makes_a_stranger():
    token = session_of(ADA)
    viewer = sessions.viewer_of(token, NOW)
    assert viewer
    own_sessions.end(viewer, NOW)
    heard, got = talk(token, message("file_urls_request"), message("rerun_script"))
    assert len([m for m in heard.messages if m["type"] == "websocket.receive"]) == 1
    assert all(m["type"] == "websocket.send" for m in got)
