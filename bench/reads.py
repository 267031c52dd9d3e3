"""The two reads behind a tutor's pages at 50,000 students: what gate and log add to the bare SELECTs.

python -m bench.reads [students]
"""

import gc
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from statistics import median, quantiles
from time import perf_counter, process_time
from typing import Any

from sqlalchemy import event

from auth.permissions import Act, Action
from auth.viewer import Role, Viewer
from bench import machine, seed, university
from data_access import database, gate, timelines, tutees
from privacy.labels import Category
from privacy.purposes import Purpose

RUNS = 300
WARM = 30
TUTORS = 20  # the runs go round the tutors of as many places of the university

LOOK = Act(Action.READ, Category.ENGAGEMENT, Purpose.IDENTIFY)
Statement = tuple[str, Any]
session_number = count()


@dataclass(frozen=True)
class Case:
    """One tutor and one of their tutees, somewhere in the university."""

    tutor: int
    student_id: str

    @property
    def viewer(self) -> Viewer:
        """The tutor in a session of its own, so that the log gets a line each time."""
        return Viewer(self.tutor, Role.TUTOR, f"bench-{next(session_number)}")


def main() -> None:
    """Print one table: whole read, gate alone, bare SELECTs; median and 95th percentile in milliseconds."""
    students = int(sys.argv[1]) if len(sys.argv) > 1 else 50_000
    home = university.made(students)
    gc.collect()
    gc.freeze()  # as the server does before its first request
    cases = list(_cases(-(-students // seed.STUDENTS)))
    size = sum(f.stat().st_size for f in home.glob("*.db")) / 1e6
    print(f"\n{students:,} students, SQLite, {size:,.0f} MB, {RUNS} runs each; milliseconds, median (p95)")
    print(f"{machine.words()}\n")
    print(
        f"{'':42}{'whole read':>16}{'gate and log':>16}{'bare SELECTs':>16}{'whole / bare':>14}{'CPU of whole':>14}"
    )
    _row("one tutee's year", cases, _year, one=True)
    _row(f"overview of {seed.TUTEES} tutees", cases, _overview, one=False)


def _cases(copies: int) -> Iterator[Case]:
    for n in range(TUTORS):
        shift, tutor = n % copies, 1 + (7 * n) % seed.TUTORS
        student = seed.FIRST_STUDENT + (tutor - 1) * seed.TUTEES + n
        yield Case(tutor + shift * university.SHIFT, f"p{student}" + (f"-{shift}" if shift else ""))


def _year(case: Case) -> object:
    return timelines.year(case.viewer, case.student_id, seed.AT)


def _overview(case: Case) -> object:
    found = tutees.overview(case.viewer, seed.AT)
    assert len(found) == seed.TUTEES, f"{len(found)} tutees"  # noqa: S101 - a wrong measurement is worse than none
    return found


def _row(title: str, cases: list[Case], read: Callable[[Case], object], *, one: bool) -> None:
    def gate_alone(case: Case) -> None:
        with gate.reading(case.viewer, case.student_id if one else None, LOOK, seed.AT):
            pass

    bare = {case: _bare(case, read, gate_alone) for case in cases}
    whole, cpu = _times(cases, read)
    alone, _ = _times(cases, gate_alone)
    selects, _ = _times(cases, lambda case: _replay(bare[case]))
    title = f"{title} ({len(bare[cases[0]])} SELECTs)"
    columns = "".join(
        f"{median(t):>9.2f} ({quantiles(t, n=20)[-1]:.2f})".rjust(16) for t in (whole, alone, selects)
    )
    print(f"{title:42}{columns}{median(whole) / median(selects):>14.2f}{cpu:>14.2f}", flush=True)


def _times(cases: list[Case], read: Callable[[Case], object]) -> tuple[list[float], float]:
    """Milliseconds of each run, and the mean of the CPU they took; the first runs are left out."""
    found = []
    for n in range(WARM + RUNS):
        if n == WARM:
            busy = process_time()
        case = cases[n % len(cases)]
        began = perf_counter()
        read(case)
        found.append(1000 * (perf_counter() - began))
    return found[WARM:], 1000 * (process_time() - busy) / RUNS


def _bare(
    case: Case, whole: Callable[[Case], object], gate_alone: Callable[[Case], object]
) -> list[Statement]:
    """The statements of a read that are not the gate's own."""
    with _recorded() as gates:
        gate_alone(case)
    with _recorded() as found:
        whole(case)
    own = {sql for sql, _ in gates}
    return [(sql, values) for sql, values in found if sql not in own]


@contextmanager
def _recorded() -> Iterator[list[Statement]]:
    found: list[Statement] = []

    def note(_: object, __: object, sql: str, values: object, ___: object, ____: object) -> None:
        if sql.startswith("SELECT"):
            found.append((sql, values))

    core = database.stores().core
    event.listen(core, "before_cursor_execute", note)
    yield found
    event.remove(core, "before_cursor_execute", note)


def _replay(statements: list[Statement]) -> None:
    """The same SELECTs in one transaction with nobody asked and nothing written; rows as the driver has them."""
    with database.stores().core.connect() as connection:
        for sql, values in statements:
            connection.exec_driver_sql(sql, values).all()


if __name__ == "__main__":
    main()
