"""The pages at 50,000 students: server CPU of a rerun, and time to content in Chromium beside Streamlit alone.

python -m bench.pages [students]
"""

import shutil
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from statistics import median

from playwright.sync_api import Browser, sync_playwright

from bench import machine, seed, server, tab, university
from bench.server import Server
from data_access import database, sessions
from data_access.tables import Ceremony

RERUNS = 100
LOADS = 10


@dataclass(frozen=True)
class Target:
    """A page to measure: where it is, words that only it holds, the session it is seen in, and whether it draws."""

    title: str
    server: Server
    page: str
    holds: str
    query: str = ""
    token: str = ""
    chart: bool = False

    @property
    def address(self) -> str:
        """The page's address as a link has it."""
        return f"{self.server.address}/{self.page}" + (f"?{self.query}" if self.query else "")


def main() -> None:
    """Print one table: our pages, then Streamlit's hello and a page of one chart; and the ratio to hello."""
    students = int(sys.argv[1]) if len(sys.argv) > 1 else 50_000
    home = university.made(students)
    with (
        server.ours(home) as app,
        server.hello() as hello,
        server.one_chart() as chart,
        sync_playwright() as playwright,
    ):
        chromium = shutil.which("chromium") or shutil.which("google-chrome")
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        targets = [
            *_targets(app),
            Target("Streamlit, a chart of three bars", chart, "", "One chart", chart=True),
            Target("Streamlit's hello", hello, "", "Welcome to Streamlit"),
        ]
        rows = [(t.title, _cpu(t), *_load(browser, t)) for t in targets]
        browser.close()
    print(f"{students:,} students; {RERUNS} reruns and {LOADS} loads with an empty cache each; median")
    print(f"{machine.words()}\n")
    print(f"{'':32}{'rerun, CPU ms':>16}{'heading, ms':>14}{'all there, ms':>16}{'of hello':>10}")
    for title, cpu, heading, whole in rows:
        print(f"{title:32}{cpu:>16.1f}{heading:>14.0f}{whole:>16.0f}{whole / rows[-1][3]:>10.2f}")


def _targets(app: Server) -> Iterator[Target]:
    tutor, student = _token(seed.TUTOR), _token(seed.FIRST_STUDENT)
    yield Target("Sign in", app, "", "current-password")
    yield Target(f"My tutees ({seed.TUTEES})", app, "tutees", "Family1001", token=tutor)
    one = f"p{seed.FIRST_STUDENT}"
    yield Target("Engagement timeline", app, "timeline", "Family1001", f"student={one}", tutor, True)
    yield Target("My engagement", app, "engagement", "plotly", token=student, chart=True)


def _token(person: int) -> str:
    at = datetime.now(UTC)
    token = sessions.redeem(sessions.begin_session(person, Ceremony.PASSWORD, at), "bench", at)
    if token is None:
        raise RuntimeError("the ticket was refused")
    return token


def _cookie() -> str:
    return database.stores().settings.cookie


def _cpu(target: Target) -> float:
    """Milliseconds of the server's CPU for one rerun."""
    cookie = f"{_cookie()}={target.token}" if target.token else ""
    with tab.opened(target.server, target.page, target.query, cookie) as page:
        for _ in range(10):
            page.rerun()
        if target.holds not in page.text:
            raise RuntimeError(f"{target.title} does not show what it should")
        before = target.server.cpu()
        for _ in range(RERUNS):
            page.rerun()
        return 1000 * (target.server.cpu() - before) / RERUNS


def _load(browser: Browser, target: Target) -> tuple[float, float]:
    """Milliseconds from the address to the heading, and to everything; each load with an empty cache."""
    times = [_loaded(browser, target) for _ in range(LOADS + 1)][1:]
    return median(heading for heading, _ in times), median(whole for _, whole in times)


def _loaded(browser: Browser, target: Target) -> tuple[float, float]:
    context = browser.new_context()
    if target.token:
        context.add_cookies([{"name": _cookie(), "value": target.token, "url": target.server.address}])
    page = context.new_page()
    began = time.perf_counter()
    page.goto(target.address, wait_until="commit")
    page.locator("h1").first.wait_for()
    heading = time.perf_counter() - began
    page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]').wait_for()
    if target.chart:
        page.locator(".js-plotly-plot .main-svg").first.wait_for()
    whole = time.perf_counter() - began
    context.close()
    return 1000 * heading, 1000 * whole


if __name__ == "__main__":
    main()
