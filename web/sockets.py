"""The watch over each WebSocket: whose it is at every message, and which messages exist for them."""

from datetime import UTC, datetime

from anyio import to_thread
from google.protobuf.message import DecodeError  # type: ignore[import-untyped]
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from data_access import sessions, settings
from web.doors import holder

# Everything else is dropped: among it clear_cache, which any tab could send for everybody.
KNOWN = frozenset({"rerun_script", "stop_script", "app_heartbeat"})
KNOWN_SIGNED_IN = KNOWN | {"file_urls_request", "deferred_file", "dataframe_chunk"}
ENDED = 1008
_EARLIER = 2  # the handshake offers: the protocol, a token of Streamlit's, the name of an earlier session


class Sockets:
    """Looks the session up again at every message of a signed-in tab, and closes the tab once it is over."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "websocket":
            await self.app(scope, receive, send)
            return
        token = HTTPConnection(scope).cookies.get(settings().cookie)
        signed_in = await holder(scope) is not None
        socket = _Socket(token if signed_in else None, receive, send)
        if _comes_back(scope) and not signed_in:
            await socket.turn_away()
            return
        await self.app(_anew(scope), socket.receive, socket.send)


class _Socket:
    """One open socket. `token` is the session's at the handshake, or None: once a stranger, always one."""

    def __init__(self, token: str | None, receive: Receive, send: Send) -> None:
        self.token = token
        self._receive = receive
        self._send = send
        self.closed = False

    async def receive(self) -> Message:
        while True:
            message = await self._receive()
            if message["type"] != "websocket.receive":
                return message
            said = _kind(message.get("bytes") or b"")
            if self.token and not await _alive(self.token, said):
                await self.end()
                return {"type": "websocket.disconnect", "code": ENDED}
            if said in (KNOWN_SIGNED_IN if self.token else KNOWN):
                return message

    async def send(self, message: Message) -> None:
        if not self.closed:
            self.closed = message["type"] == "websocket.close"
            await self._send(message)

    async def turn_away(self) -> None:
        """Accept a tab that comes back without a living session, only to end it."""
        await self._receive()
        await self.send({"type": "websocket.accept", "subprotocol": "streamlit"})
        await self.end()

    async def end(self) -> None:
        """Close the tab, and have the browser load its address anew: nothing stays on the screen."""
        await self.send({"type": "websocket.send", "bytes": RELOAD})
        await self.send({"type": "websocket.close", "code": ENDED})


async def _alive(token: str, said: str) -> bool:
    """Whether the session lives. A heartbeat is the browser's own and does not keep it from growing idle."""
    ask = sessions.viewer_of if said == "app_heartbeat" else sessions.seen
    return await to_thread.run_sync(ask, token, datetime.now(UTC)) is not None


def _kind(body: bytes) -> str:
    """What a message asks for; `unreadable` when it is none of Streamlit's."""
    message = BackMsg()
    try:
        message.ParseFromString(body)
    except DecodeError:
        return "unreadable"
    kind = message.WhichOneof("type") or "nothing"
    if kind == "backend_operation_request":
        return message.backend_operation_request.WhichOneof("payload") or "nothing"
    if kind == "rerun_script" and message.rerun_script.is_auto_rerun:
        return "app_heartbeat"
    return kind


def _comes_back(scope: Scope) -> bool:
    """Whether the tab names the session that it had before its socket broke."""
    return len(scope.get("subprotocols", [])) > _EARLIER


def _anew(scope: Scope) -> Scope:
    """The handshake without the name of an earlier session of the tab.

    Streamlit would hand that session's state and fragments, made for whoever was signed in then, to whoever
    opens the socket now.
    """
    offered = scope.get("subprotocols", [])[:_EARLIER]
    headers = [(k, v) for k, v in scope["headers"] if k != b"sec-websocket-protocol"]
    if offered:
        headers.append((b"sec-websocket-protocol", ", ".join(offered).encode("latin-1")))
    return {**scope, "subprotocols": offered, "headers": headers}


def _reload() -> bytes:
    """What makes Streamlit's page load itself anew: word of a server of another version."""
    message = ForwardMsg()
    message.new_session.initialize.environment_info.streamlit_version = "another"
    return bytes(message.SerializeToString())


RELOAD = _reload()
