"""The pages of figures in a demo university that is made already: server CPU of a rerun, beside the reading alone.

python -m bench.release_pages LA_HOME
"""

import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import data_access
from auth.viewer import Role, Viewer
from bench import machine, server, tab
from bench.server import Server
from data_access import accounts, credentials, database, releases, sessions
from data_access.tables import Ceremony
from policy.settings import Settings
from privacy.releases import Cohort

RERUNS = 100
PAGES = {
    "cohort-engagement": "Cohort engagement",
    "equality": "Equality monitoring",
    "how-we-responded": "How we responded",
}


def main(home: Path) -> None:
    """Print a line for each page, and one for reading all tables of a place."""
    data_access.start(Settings(home=home))
    at = datetime.now(UTC)
    manager = accounts.acting("graham.pellow", Role.MANAGER, at)
    credentials.accept_agreement(manager, "Graham Pellow", at)
    found = next(one for one in releases.all_of(manager, at) if one.cohort is Cohort.CENSUS)
    print(f"The demo's last census, {RERUNS} reruns each; milliseconds of CPU\n{machine.words()}\n")
    with server.ours(home) as app:
        for url, title in PAGES.items():
            print(f"{title:34}{rerun(app, url, title, manager, at):>8.1f}")
    print(f"{'reading the tables of a place':34}{reading(manager, found.id, at):>8.1f}")


def rerun(app: Server, url: str, title: str, viewer: Viewer, at: datetime) -> float:
    """What one rerun of the page costs the server."""
    token = sessions.redeem(sessions.begin_session(viewer.person, Ceremony.PASSWORD, at), "bench", at)
    with tab.opened(app, url, "", f"{database.stores().settings.cookie}={token}") as page:
        for _ in range(10):
            page.rerun()
        if title not in page.text:
            raise RuntimeError(f"{title} does not show what it should")
        before = app.cpu()
        for _ in range(RERUNS):
            page.rerun()
        return 1000 * (app.cpu() - before) / RERUNS


def reading(viewer: Viewer, release: int, at: datetime) -> float:
    """What it costs to read every characteristic at the university, gate and log included."""
    before = time.process_time()
    for _ in range(RERUNS):
        releases.tables(viewer, release, "u", at)
    return 1000 * (time.process_time() - before) / RERUNS


if __name__ == "__main__":
    main(Path(sys.argv[1]))
