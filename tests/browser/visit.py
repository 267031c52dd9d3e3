"""A person at a browser: what they open, click and see, and what the browser complained about meanwhile."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, WebSocket
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.cast import PASSWORD, Member
from tests.server import Server

DESK, PHONE = (1280, 800), (390, 844)
PATIENCE = 30_000
"""Milliseconds that a page may take on a busy machine."""
STREAMLITS = {"aria-dialog-name": "stToast"}
"""By rule the element of Streamlit's own that breaks it, which no page of ours can mend: a toast has no title."""


@dataclass
class Visit:
    """One browser window. `complaints` are console errors, failed requests, and requests to anyone else.

    `asked` says that the browser asked the server for a run, or for a place to put a file, and has no answer yet.
    """

    page: Page
    server: Server
    complaints: list[str] = field(default_factory=list)
    asked: bool = True

    def open(self, path: str) -> None:
        """Go to an address and wait until everything is drawn."""
        self.page.goto(self.server.address + path)
        self.settle()

    def settle(self) -> None:
        """Wait until what was asked for has run and been drawn, and nothing has been asked for since."""
        waited = quiet = 0
        while quiet < 3:
            self.page.wait_for_timeout(100)
            self.page.wait_for_selector(
                "[data-testid=stApp][data-test-script-state=notRunning]", timeout=PATIENCE
            )
            quiet, waited = 0 if self.asked else quiet + 1, waited + 100
            assert waited < PATIENCE, "the server has not answered"

    def listen(self, socket: WebSocket) -> None:
        """Follow what is asked over this socket and what is answered."""
        socket.on("framesent", self._sent)
        socket.on("framereceived", self._received)

    def _sent(self, message: bytes | str) -> None:
        kind = BackMsg.FromString(message).WhichOneof("type") if isinstance(message, bytes) else None
        self.asked = self.asked or kind in ("rerun_script", "file_urls_request")

    def _received(self, message: bytes | str) -> None:
        said = ForwardMsg.FromString(message) if isinstance(message, bytes) else ForwardMsg()
        if said.HasField("script_finished"):
            self.asked = said.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN

    def sign_in(self, member: Member, password: str = PASSWORD) -> None:
        """Fill in the form and send it; wait for the page that follows."""
        self.fill(member.username, password)
        self.page.get_by_role("button", name="Sign out", exact=True).wait_for(timeout=PATIENCE)
        self.settle()

    def fill(self, username: str, password: str) -> None:
        """Fill in the form and send it."""
        self.page.get_by_label("Username").fill(username)
        self.page.get_by_label("Password", exact=True).fill(password)
        self.page.get_by_role("button", name="Sign in").click()

    def token(self) -> str:
        """What the session's cookie holds."""
        (cookie,) = [c for c in self.page.context.cookies() if c["name"] == self.server.cookie]
        return str(cookie["value"])

    def sees(self, words: str) -> bool:
        """Whether these words are on the page."""
        return words in self.page.inner_text("body")

    def barriers(self) -> list[str]:
        """What axe-core finds serious or critical on the page, by rule and place, but Streamlit's own."""
        found = Axe().run(self.page).response["violations"]
        return [
            f"{rule['id']}: {node['html'][:200]}"
            for rule in found
            if rule["impact"] in ("serious", "critical")
            for node in rule["nodes"]
            if f'data-testid="{STREAMLITS.get(rule["id"])}"' not in node["html"]
        ]


@contextmanager
def visiting(browser: Browser, server: Server, size: tuple[int, int] = DESK) -> Iterator[Visit]:
    """A new window with no history and no cookies."""
    context = browser.new_context(viewport={"width": size[0], "height": size[1]})
    page = context.new_page()
    visit = Visit(page, server)
    ours = (server.address, f"ws://127.0.0.1:{server.port}", "data:", "blob:")
    page.on("console", lambda m: visit.complaints.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda e: visit.complaints.append(str(e)))
    page.on("request", lambda r: None if r.url.startswith(ours) else visit.complaints.append(r.url))
    page.on("websocket", lambda s: None if s.url.startswith(ours) else visit.complaints.append(s.url))
    page.on("websocket", visit.listen)
    page.on("domcontentloaded", lambda _: setattr(visit, "asked", True))
    try:
        yield visit
    finally:
        context.close()
