"""What readers feel of a load: logged, gated reads of one tutee's year, idle and while it goes on."""

import subprocess
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from sqlalchemy import select

import data_access
import policy
from auth.viewer import Role, Viewer
from bench import load_files, load_runs
from data_access import database, timelines
from data_access.tables import AgreementAcceptance, Person, SourceKey
from policy.settings import Settings

IDLE_READS = 300
PAUSE = 0.01  # seconds between one read and the next


def show(folder: Path, home: Path, students: int, rows: int) -> None:
    """Logged reads of one tutee's year: with nothing else going on, and while so many rows are loaded."""
    load_files.days(folder / "days.csv", students, rows)
    data_access.start(Settings(home=home))
    tutor, tutee = _pair(students // 2)
    print(f"\n{'one tutee’s year, gated and logged':44}{'reads':>8}{'median ms':>11}{'worst ms':>10}")
    _told("nothing else going on", [_read(tutor, tutee, n) for n in range(-IDLE_READS, 0)])
    with load_runs.started(folder, home, "vle", folder / "days.csv") as process:
        found = list(_reads(process, home / "staging", tutor, tutee))
    for reading, title in ((True, "while the file is read"), (False, "while its rows are stored and rated")):
        _told(f"{rows:,} rows: {title}", [took for then, took in found if then is reading])


def _told(title: str, reads: list[float]) -> None:
    if reads:
        print(f"{title:44}{len(reads):8}{1000 * median(reads):11.1f}{1000 * max(reads):10.1f}", flush=True)


def _reads(
    process: subprocess.Popen[str], staging: Path, tutor: int, tutee: str
) -> Iterator[tuple[bool, float]]:
    """Reads until the load ends: whether it was still reading its file, and how many seconds each read took."""
    n, reading = 0, True
    while process.poll() is None:
        reading = reading and not any(staging.glob("load-*/summary.json"))
        n += 1
        yield reading, _read(tutor, tutee, n)
        time.sleep(PAUSE)


def _read(tutor: int, tutee: str, n: int) -> float:
    """Each in a session of its own, so that the log gets a line each time."""
    began = time.perf_counter()
    timelines.year(Viewer(tutor, Role.TUTOR, f"bench-{n}"), tutee, datetime.now(UTC))
    return time.perf_counter() - began


def _pair(nth: int) -> tuple[int, str]:
    """A tutor who has accepted the agreement, and the id of one of the tutees."""
    agreement, at = policy.current().agreement, datetime.now(UTC)
    with database.writing() as session:
        of_key = select(SourceKey.person).where(SourceKey.key == f"s{nth // load_files.TUTEES}")
        tutor = session.scalars(of_key).one()
        session.add(
            AgreementAcceptance(
                person=tutor,
                version=agreement.version,
                sha256=agreement.sha256,
                typed_name="Tess Vale",
                accepted_at=at,
                expires_at=at.replace(year=at.year + 1),
            )
        )
        whose = select(Person.id).join(SourceKey, SourceKey.person == Person.number)
        return tutor, session.scalars(whose.where(SourceKey.key == f"w{nth:07d}")).one()
