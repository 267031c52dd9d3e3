"""One open page as the server sees it: Streamlit's messages over the WebSocket, without a browser."""

from collections.abc import Iterator
from contextlib import contextmanager

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

from bench.server import Server


class Tab:
    """A page and its socket."""

    def __init__(self, socket: ClientConnection, page: str, query: str) -> None:
        self.socket = socket
        self.page = page
        self.query = query
        self.text = ""

    def rerun(self) -> None:
        """Ask for the page anew and wait until its script has finished; `text` holds all that came."""
        message = BackMsg()
        message.rerun_script.query_string = self.query
        message.rerun_script.page_name = self.page
        self.socket.send(message.SerializeToString())
        self.text = "".join(str(answer) for answer in self._answers())

    def _answers(self) -> Iterator[ForwardMsg]:
        while True:
            answer = ForwardMsg()
            answer.ParseFromString(self.socket.recv(timeout=30))
            yield answer
            if answer.WhichOneof("type") == "script_finished":
                return


@contextmanager
def opened(server: Server, page: str, query: str = "", cookie: str = "") -> Iterator[Tab]:
    """A tab on a page, with the cookie of a session or as a stranger."""
    headers = {"Cookie": cookie} if cookie else {}
    address = server.address.replace("http", "ws") + "/_stcore/stream"
    with connect(
        address,
        additional_headers=headers,
        origin=Origin(server.address),
        subprotocols=[Subprotocol("streamlit")],
        max_size=None,
        compression=None,
    ) as socket:
        yield Tab(socket, page, query)
