"""The import contract as a machine: whatever is loaded in whatever order, the store is what a plain model says."""

import json
import shutil
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select

import data_access
from data_access import database, keys, migrations, quarantine
from data_access.loads import OlderThanStored, Report
from data_access.tables import (
    Attendance,
    LoadRun,
    Person,
    QuarantinedRow,
    RunState,
    SourceKey,
    TimetableEvent,
    Waiting,
)
from engagement.studies import Register
from ingest import load, reader, replay, sandbox
from ingest.found import NotReadable
from ingest.limits import Limits
from ingest.staging import Staged, staged
from policy.days import london_day
from policy.settings import Settings
from privacy.labels import Source
from tests.conftest import University
from tests.data_access.loading import everything
from tests.ingest import handing
from tests.ingest.import_model import DAYS, MODULES, STUDENTS, Model, Pair, Registers

BEGAN = datetime.fromisoformat("2026-11-23T10:00+00:00")
PAIRS = st.tuples(st.sampled_from(STUDENTS), st.sampled_from(sorted(DAYS)))
MARKS = st.sampled_from(list(Register))
ALL = [(student, event) for student in STUDENTS for event in DAYS]
RECORDED = ("load_run", "loaded_sheet", "loaded_module", "quarantined_row", "unmatched_key")
"""Tables that remember a load in which nothing changed."""


class Crash(Exception):
    """Something goes wrong in the middle of storing."""


def read_here(path: Path, system: Source, format: str | None, limits: Limits, folder: Path) -> Staged:
    """What the child does, in this process: a thousand children would take too long."""
    summary = reader.read(path, system, format, limits, folder)
    if summary.refused:
        raise NotReadable(summary.refused_kind, summary.refused)
    found = staged(folder)
    assert found
    return found


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """An installation with the students, their module and its classes, and no register yet."""
    home = tmp_path_factory.mktemp("contract") / "home"
    home.mkdir()
    keys.make(home)
    migrations.upgrade(Settings(home=home))
    data_access.start(Settings(home=home))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sandbox, "read", read_here)
        held = ((key, MODULES[key], f"2026-10-{day:02d}T") for key, day in DAYS.items())
        classes = [f"{key},{module},{day}09:00,{day}10:00,Lecture" for key, module, day in held]
        handing.handed(Source.STUDENT_RECORDS, records(), BEGAN, BEGAN)
        handing.handed(Source.TIMETABLE, handing.classes(*classes), BEGAN, BEGAN)
        close()
        yield home


def records() -> dict[str, str]:
    """Six students with an enrolment each, on two modules."""
    term, last = date(2026, 9, 21), date(2026, 12, 13)
    enrolled = "BSC,BSc Botany,Plants,undergraduate,full-time,1"
    return {
        **handing.students(*(f"{key},Ann,Oakes" for key in STUDENTS)),
        "enrolments.csv": "\n".join(
            [
                handing.ENROLMENTS,
                *(f"e{key},{key},{enrolled},{term},2029-06-01,enrolled,{term}" for key in STUDENTS),
            ]
        ),
        "modules.csv": "\n".join(
            [
                "module_id,module_title,credits,start_date,end_date",
                *(f"{module},Mosses,20,{term},{last}" for module in ("M1", "M2")),
            ]
        ),
        "registrations.csv": "\n".join(
            [
                "student_id,module_id,from_date",
                *(f"{key},{module},{term}" for key in STUDENTS for module in ("M1", "M2")),
            ]
        ),
    }


def close() -> None:
    """Leave the database to whoever comes next."""
    database.stores().core.dispose()
    database.stores().log.dispose()


class Contract(RuleBasedStateMachine):
    """Loads, replays and decisions in any order; the model says what must be there after each."""

    home: Path

    @initialize()
    def begin(self) -> None:
        """An installation of this run's own."""
        self.folder = TemporaryDirectory()
        home = Path(self.folder.name) / "home"
        shutil.copytree(self.home, home)
        self.store = University(Settings(home=home))
        data_access.start(self.store.settings)
        self.model = Model(names=dict.fromkeys(STUDENTS, "Oakes"), runs=2)
        self.newest: Registers | None = None
        self.now = BEGAN
        self.lists: list[dict[str, str]] = []
        self.files: list[tuple[Registers, datetime]] = []

    def teardown(self) -> None:
        """Take the installation away."""
        if hasattr(self, "folder"):
            close()
            self.folder.cleanup()

    @rule(good=st.dictionaries(PAIRS, MARKS, min_size=1, max_size=12), again=st.integers(0, 2))
    def a_newer_file(self, good, again):
        self.loaded(Registers(good, again=again))

    @rule(data=st.data(), module=st.sampled_from(["M1", "M2"]), hours=st.integers(0, 3))
    def a_file_of_one_module(self, data, module, hours):
        pairs = st.sampled_from([pair for pair in ALL if MODULES[pair[1]] == module])
        good = data.draw(st.dictionaries(pairs, MARKS, min_size=1, max_size=12))
        self.loaded(Registers(good), taken_at=self.now - timedelta(hours=hours))

    @precondition(lambda self: self.files)
    @rule(data=st.data())
    def a_file_of_before(self, data):
        self.loaded(*data.draw(st.sampled_from(self.files)))

    @precondition(lambda self: self.newest)
    @rule()
    def the_same_file(self):
        today, before = london_day(self.now), everything(self.store, *RECORDED)
        assert self.loaded(self.newest).state is RunState.UNCHANGED
        after = everything(self.store, *RECORDED)
        if london_day(self.now) > today:  # ratings look at one more day, and keep which feeds told of it
            del before["feed_day"], after["feed_day"]
        assert after == before

    @precondition(lambda self: self.model.loads)
    @rule(good=st.dictionaries(PAIRS, MARKS, min_size=1, max_size=12), hours=st.integers(1, 40))
    def an_older_file(self, good, hours):
        self.loaded(Registers(good), taken_at=self.now - timedelta(hours=hours))

    @rule(marks=st.lists(MARKS, min_size=len(ALL), max_size=len(ALL)), slip=st.sampled_from(ALL))
    def a_file_with_one_bad_row(self, marks, slip):
        good = {pair: mark for pair, mark in zip(ALL, marks, strict=True) if pair != slip}
        self.loaded(Registers(good, [slip]))

    @rule(
        good=st.dictionaries(PAIRS, MARKS, min_size=1, max_size=6),
        slips=st.lists(PAIRS, min_size=1, max_size=3, unique=True),
    )
    def a_file_with_many_bad_rows(self, good, slips):
        bad = [pair for pair in slips if pair not in good]
        if bad:
            self.refused(Registers(good, bad), load.NeedsAYes, confirmed=False)
            self.loaded(Registers(good, bad))

    @precondition(lambda self: self.model.marks)
    @rule(data=st.data(), mark=MARKS)
    def a_register_corrected_late(self, data, mark):
        pair = data.draw(st.sampled_from(sorted(self.model.marks)))
        self.loaded(Registers({pair: mark}))

    @rule(good=st.dictionaries(PAIRS, MARKS, min_size=1, max_size=12))
    def a_crash_in_the_middle(self, good):
        file = Registers(good)
        if self.model.corrected(file) + self.model.new(file) and not self.model.older(file, self.now):
            self.refused(file, Crash, confirmed=True)

    @precondition(lambda self: self.model.waiting)
    @rule(data=st.data(), mark=MARKS)
    def mended_and_replayed(self, data, mark):
        rows = self.rows_waiting()
        chosen = data.draw(st.lists(st.sampled_from(sorted(rows)), min_size=1, unique=True))
        self.now += timedelta(hours=1)
        report = replay.replay(
            load.JOB, Source.ATTENDANCE, {rows[pair]: str(mark) for pair in chosen}, self.now
        )
        counted = report.counted
        assert (counted.rows, counted.accepted, counted.quarantined) == (
            len(rows), len(chosen), len(rows) - len(chosen),
        )  # fmt: skip
        self.model.replay(dict.fromkeys(chosen, mark))

    @precondition(lambda self: self.model.waiting)
    @rule(data=st.data())
    def set_aside(self, data):
        rows = self.rows_waiting()
        chosen = data.draw(st.lists(st.sampled_from(sorted(rows)), min_size=1, unique=True))
        assert quarantine.set_aside(load.JOB, [rows[pair] for pair in chosen], self.now) == len(chosen)
        self.model.set_aside(chosen)

    @rule(
        names=st.dictionaries(
            st.sampled_from(STUDENTS), st.sampled_from(["Elm", "Oakes", "=1+1"]), min_size=1
        )
    )
    def a_list_of_students(self, names):
        """Who is left out of it stays; but a list that has shrunk by more than a fifth is asked about."""
        files = handing.students(*(handing.student(key, name) for key, name in names.items()))
        self.now += timedelta(hours=1)
        before, dropped = everything(self.store), 100 * len(names) < 80 * self.listed
        if dropped:
            with pytest.raises(load.NeedsAYes, match="rows where its last load had"):
                handing.handed(Source.STUDENT_RECORDS, files, self.now, self.now, confirmed=False)
        if files in self.lists[:-1] and files != self.lists[-1]:
            with pytest.raises(OlderThanStored):
                handing.handed(Source.STUDENT_RECORDS, files, self.now, self.now)
            assert everything(self.store) == before
            return
        handing.handed(Source.STUDENT_RECORDS, files, self.now, self.now, confirmed=dropped)
        self.lists.append(files)
        self.model.names |= names
        self.model.runs += 1

    @property
    def listed(self) -> int:
        """How many students the newest list has."""
        return self.lists[-1]["students.csv"].count("\n") - 1 if self.lists else len(STUDENTS)

    def loaded(self, file: Registers, taken_at: datetime | None = None) -> Report | None:
        """Load with a person's yes; the report is checked against the model. None where it is rightly refused."""
        self.now += timedelta(hours=1)
        taken_at = taken_at or self.now
        if self.model.older(file, taken_at):
            self.refused(file, OlderThanStored, taken_at, confirmed=True)
            return None
        report = self.handed(file, taken_at, confirmed=True)
        counted = report.counted
        assert (report.corrected, report.late) == (self.model.corrected(file), self.model.late(file))
        assert (counted.rows, counted.accepted) == (len(file.lines), len(file.good))
        assert (counted.quarantined, counted.repeated) == (len(file.bad), file.again)
        self.model.load(file, taken_at)
        self.newest = file
        self.files.append((file, taken_at))
        return report

    def refused(
        self, file: Registers, why: type[Exception], taken_at: datetime | None = None, *, confirmed: bool
    ) -> None:
        """It is refused or breaks off, and leaves everything as it was."""
        before = everything(self.store)
        with pytest.raises(why):
            self.handed(file, taken_at or self.now, confirmed=confirmed, breaks=why is Crash)
        assert everything(self.store) == before

    def handed(self, file: Registers, taken_at: datetime, *, confirmed: bool, breaks: bool = False) -> Report:
        def progress(done: int, total: int) -> None:
            raise Crash

        _, report = handing.read(
            Source.ATTENDANCE,
            handing.registers(*file.lines),
            self.now,
            taken_at,
            lambda found: load.store(
                load.JOB, found, self.now, progress if breaks else None, confirmed=confirmed
            ),
        )
        assert report
        return report

    def rows_waiting(self) -> dict[Pair, int]:
        """The rows in quarantine that wait, by student and class."""
        q = QuarantinedRow
        with self.store.session() as session:
            rows = session.execute(select(q.id, q.cells).where(q.state == Waiting.WAITING)).all()
        cells = [(row.id, json.loads(row.cells)) for row in rows]
        found = {(told["student_id"], told["event_id"]): number for number, told in cells}
        assert len(found) == len(rows)
        return found

    @invariant()
    def every_row_of_every_run_is_accounted_for(self):
        r = LoadRun
        told = (r.accepted + r.quarantined + r.held_back + r.repeated).label("told")
        with self.store.session() as session:
            runs = session.execute(select(r.rows, told)).all()
        assert all(run.rows == run.told for run in runs)
        assert len(runs) == self.model.runs

    @invariant()
    def what_is_stored_is_what_the_model_says(self):
        student = select(SourceKey.key).where(SourceKey.person == Attendance.student).scalar_subquery()
        event = select(TimetableEvent.key).where(TimetableEvent.id == Attendance.event).scalar_subquery()
        with self.store.session() as session:
            marks = session.execute(select(student, event, Attendance.register)).all()
            names = session.execute(
                select(SourceKey.key, Person.family_name).join(Person, Person.number == SourceKey.person)
            ).all()
        assert {(who, what): mark for who, what, mark in marks} == self.model.marks
        assert dict(tuple(row) for row in names) == self.model.names
        assert self.rows_waiting().keys() == self.model.waiting.keys()


def test_whatever_is_loaded_in_whatever_order_the_store_is_what_the_model_says(begun):
    machine = type("Contract", (Contract,), {"home": begun})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=20,
            stateful_step_count=15,
            deadline=None,
            phases=(Phase.reuse, Phase.generate),  # shrinking takes many minutes: do it by hand
            suppress_health_check=list(HealthCheck),
        ),
    )
