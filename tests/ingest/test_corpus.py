"""Malformed files, 72 by number: each is read in the child, and has the outcome and the sentence it deserves."""

import re
import resource
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

import data_access
import policy
from auth.viewer import Viewer
from data_access import database
from data_access.loads.known import Known, known
from data_access.tables import RunState
from ingest import batches, load, questions, sandbox
from ingest.batches import Handed, Prepared
from ingest.found import NotReadable
from ingest.limits import FROM_PAGE
from ingest.staging import Staged
from policy.settings import Settings
from privacy.labels import SYSTEMS, Source
from tests.cast import NOW
from tests.ingest.corpus import CASES, NASTIEST
from tests.ingest.corpus.case import Case, Outcome

JOB = Viewer.service("test")
_UNPLAIN = re.compile(r"Traceback|\w+Error\b|\w+Exception\b|\bNone\b|<class|0x[0-9a-f]{6}|\n")


@pytest.fixture(scope="module")
def acquainted(template: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[Source, Known]:
    """What each system may speak of: two students, a module and a class."""
    home = tmp_path_factory.mktemp("corpus") / "home"
    shutil.copytree(template, home)
    data_access.start(Settings(home=home))
    found = {system: known(JOB, system, NOW) for system in SYSTEMS}
    database.stores().core.dispose()
    database.stores().log.dispose()
    students, modules, classes = (
        frozenset({"00012345", "w001", "w002"}),
        frozenset({"M1"}),
        {"T1": ("M1", NOW)},
    )
    return {s: replace(k, people=students, modules=modules, events=classes) for s, k in found.items()}


def test_every_number_is_there_once_and_no_name_twice():
    assert {case.number for case in CASES} == set(range(1, 73))
    assert len({case.name for case in CASES}) == len(CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.name} {case.title}")
def test_a_malformed_file_has_the_outcome_it_deserves(case, tmp_path, acquainted):
    path = case.made(tmp_path)
    before = processor_time()
    if case.outcome is Outcome.REFUSED:
        with watched_reader() as largest, pytest.raises(NotReadable) as refused:
            read(path, case, tmp_path)
        assert refused.value.kind == case.kind, refused.value
        assert_plain(str(refused.value), case)
        assert path.name in str(refused.value)
    else:
        with watched_reader() as largest:
            staged = read(path, case, tmp_path)
        assert_taken(case, staged, prepared(staged, path, case, acquainted[case.system]))
    assert processor_time() - before < case.seconds
    assert max(largest, default=0) <= FROM_PAGE.memory


def processor_time() -> float:
    """The seconds that ended children have had of a processor: whatever else the machine does makes no difference."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


@contextmanager
def watched_reader() -> Iterator[list[int]]:
    """The largest memory so far, in bytes, of the reader that runs inside, noted every 20 ms.

    Not `getrusage`: to a child it adds what its parent used before, and of children it tells the largest of all.
    """
    noted: list[int] = []
    ended = threading.Event()

    def note() -> None:
        while not ended.wait(0.02):
            for child in (
                c for tasks in Path("/proc/self/task").glob("*/children") for c in _text(tasks).split()
            ):
                if "ingest.reader" in _text(Path("/proc", child, "cmdline")):
                    peak = re.search(r"VmHWM:\s+(\d+) kB", _text(Path("/proc", child, "status")))
                    noted.extend([int(peak[1]) << 10] if peak else [])

    watching = threading.Thread(target=note)
    watching.start()
    try:
        yield noted
    finally:
        ended.set()
        watching.join()


def _text(path: Path) -> str:
    """What a file of /proc says; nothing when its process has ended."""
    try:
        return path.read_text()
    except (FileNotFoundError, ProcessLookupError):
        return ""


def read(path: Path, case: Case, scratch: Path) -> Staged:
    folder = scratch / f"staging-{case.name}"
    folder.mkdir()
    return sandbox.read(path, case.system, None, FROM_PAGE, folder)


def prepared(staged: Staged, path: Path, case: Case, acquainted: Known) -> Prepared:
    rules = policy.current().institution.regulations
    return batches.prepare(
        staged, Handed(case.system, path.name, "0" * 64, NOW), acquainted, (), (), rules, NOW
    )


def assert_taken(case: Case, staged: Staged, found: Prepared) -> None:
    """What came out is what the case says, and no row is lost on the way."""
    counted = found.batch.counted
    assert counted.accepted + counted.quarantined + counted.held_back + counted.repeated == counted.rows
    kept_aside = [(row.line, row.field, row.kind) for row in found.batch.quarantine]
    remarks = [*found.notes, *questions.of(replace(found.batch, counted=replace(counted, quarantined=0)), {})]
    advice = [row.advice for row in found.batch.quarantine]
    outcome = Outcome.QUARANTINED if kept_aside else Outcome.NORMALISED if remarks else Outcome.ACCEPTED
    assert outcome is case.outcome, (kept_aside, remarks)
    assert kept_aside == list(case.bad)
    assert counted.repeated == case.repeated
    assert case.accepted in (None, counted.accepted)
    table = staged.table(case.sheet)
    for column, values in case.reads.items():
        assert table is not None
        assert [_written(value) for value in table[column].to_pylist()] == list(values)
    assert not case.says or any(case.says in sentence for sentence in remarks + advice)
    for sentence in remarks + advice:
        assert_plain(sentence, case)


def _written(value: object) -> object:
    return value.isoformat() if hasattr(value, "isoformat") else value


def assert_plain(sentence: str, case: Case) -> None:
    """A person can read it: whole sentences, few of them, and nothing of the machinery."""
    assert sentence.endswith((".", "?")), sentence
    assert len(re.findall(r"[.?] [A-Z“]", sentence)) <= 2, sentence
    assert not _UNPLAIN.search(sentence), sentence
    assert case.outcome is not Outcome.REFUSED or case.says in sentence, sentence


def test_the_same_file_twice_changes_nothing(university, tmp_path):
    path = next(case for case in CASES if case.name == "37").made(tmp_path)
    states = []
    for n in range(2):
        folder = tmp_path / str(n)
        folder.mkdir()
        found = load.read(JOB, Source.STUDENT_RECORDS, path, None, FROM_PAGE, folder, NOW)
        states.append(load.store(JOB, found, NOW).state)
    assert states == [RunState.LOADED, RunState.UNCHANGED]


def test_after_the_nastiest_files_in_a_row_the_same_process_reads_a_good_one(tmp_path):
    by_name = {case.name: case for case in CASES}
    for name in NASTIEST:
        folder = tmp_path / name
        folder.mkdir()
        with pytest.raises(NotReadable):
            read(by_name[name].made(folder), by_name[name], folder)
    good = by_name["1"]
    assert read(good.made(tmp_path), good, tmp_path).summary.accepted == {"students": 2}


def test_the_corpus_is_the_same_each_time_it_is_made(tmp_path):
    small = [case for case in CASES if case.name not in ("27", "28", "64", "66", "66b")]
    for case in small:
        once, again = (tmp_path / f"{case.name}-{n}" for n in range(2))
        once.mkdir()
        again.mkdir()
        assert case.made(once).read_bytes() == case.made(again).read_bytes()
