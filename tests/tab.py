"""A browser's tab without the browser: Streamlit's WebSocket, spoken message by message."""

from collections.abc import Iterator
from contextlib import contextmanager

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

from tests.server import Server

_SECONDS = 30


class Tab:
    """An open tab. Everything the server ever sent to it is in `frames`."""

    def __init__(self, connection: ClientConnection) -> None:
        self.connection = connection
        self.frames: list[bytes] = []

    @property
    def session_id(self) -> str:
        """Streamlit's own name for this tab, from the frame that opened its first run."""
        return next(
            m.new_session.initialize.session_id for m in map(_read, self.frames) if m.HasField("new_session")
        )

    def elements(self) -> list[Element]:
        """Everything that any run has put on the page, in the order in which it came."""
        sent = map(_read, self.frames)
        return [m.delta.new_element for m in sent if m.HasField("delta") and m.delta.HasField("new_element")]

    def open(self, page: str = "", query: str = "") -> str:
        """Ask for a page as a browser does, by its name; what the run sent, as text to search."""
        message = BackMsg()
        message.rerun_script.page_name = page
        message.rerun_script.query_string = query
        return self.say(message)

    def say(self, message: BackMsg) -> str:
        """Send a message and wait for the run that it starts to finish; ConnectionClosed when it is over."""
        self.connection.send(message.SerializeToString())
        start = len(self.frames)
        while True:
            frame = self.connection.recv(timeout=_SECONDS)
            assert isinstance(frame, bytes)
            self.frames.append(frame)
            if _read(frame).WhichOneof("type") == "script_finished":
                return b"".join(self.frames[start:]).decode("utf-8", "replace")

    def dies(self) -> int | None:
        """Send one more message; the code with which the server closes, or None when it answers."""
        try:
            self.open()
        except ConnectionClosed as closed:
            return closed.rcvd.code if closed.rcvd else 0
        return None


@contextmanager
def tab(server: Server, token: str | None = None, *, origin: str = "", earlier: str = "") -> Iterator[Tab]:
    """Open a tab with this session's cookie, perhaps from a page of another site or as an earlier tab."""
    offered = [Subprotocol(word) for word in ("streamlit", "none", earlier) if word]
    with connect(
        f"ws://127.0.0.1:{server.port}/_stcore/stream",
        origin=Origin(origin or server.address),
        subprotocols=offered,
        additional_headers={"Cookie": f"{server.cookie}={token}"} if token else {},
        max_size=None,
        proxy=None,
    ) as connection:
        yield Tab(connection)


def _read(frame: bytes) -> ForwardMsg:
    message = ForwardMsg()
    message.ParseFromString(frame)
    return message
