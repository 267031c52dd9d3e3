"""The watched folder: what lies there is loaded in order, moved, and its refusal said beside it."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from data_access import loads
from data_access.leases import LeaseTaken
from data_access.loads import LoadedMeanwhile
from data_access.tables import LoadRun
from ingest import inbox
from ingest.inbox import NoInbox, Outcome
from ingest.load import JOB
from privacy.labels import Source
from tests.cast import NOW
from tests.data_access.loading import everything, rows
from tests.ingest.handing import records, student, students, views

HOUR = timedelta(hours=1)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    found = tmp_path / "inbox"
    for system in ("student-records", "vle", "timetable", "attendance"):
        (found / system).mkdir(parents=True)
    return found


def put(path: Path, files: dict[str, str], changed: datetime = NOW - HOUR) -> Path:
    """Put one file there, or a folder of several, as if it had been changed then."""
    if path.suffix:
        [text] = files.values()
        path.write_text(text, encoding="utf-8")
    else:
        path.mkdir()
        for name, text in files.items():
            (path / name).write_text(text, encoding="utf-8")
    for each in (*(path.rglob("*") if path.is_dir() else ()), path):
        os.utime(each, (changed.timestamp(), changed.timestamp()))
    return path


def run(folder: Path, at: datetime = NOW) -> list[Outcome]:
    return [inbox.take(JOB, found, at) for found in inbox.lying(folder, at)]


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_systems_come_in_the_order_of_loading_and_of_each_the_oldest_first(folder):
    put(folder / "vle" / "b.csv", views(), NOW - 3 * HOUR)
    put(folder / "vle" / "a.csv", views(), NOW - 2 * HOUR)
    put(folder / "timetable" / "c.csv", views(), NOW - 9 * HOUR)
    put(folder / "student-records" / "export", records("w001"), NOW - HOUR)
    found = [(lying.system, lying.path.name) for lying in inbox.lying(folder, NOW)]
    assert found == [
        (Source.STUDENT_RECORDS, "export"),
        (Source.VLE, "b.csv"),
        (Source.VLE, "a.csv"),
        (Source.TIMETABLE, "c.csv"),
    ]


def test_what_is_loaded_lies_in_done_and_what_spoke_of_it_fits_in_the_same_run(store, folder):
    put(folder / "student-records" / "export", records("w001"))
    put(folder / "vle" / "days.csv", views("w001,MOSS,2026-11-18,3"))
    outcomes = run(folder)
    assert [(outcome.name, outcome.state) for outcome in outcomes] == [
        ("export", "loaded"),
        ("days.csv", "loaded"),
    ]
    assert names(folder / "student-records") == ["done"]
    assert names(folder / "vle" / "done") == ["days.csv"]
    assert rows(store, LoadRun, "file", "started_by")[-1] == ("days.csv", "service:load")


def test_what_is_refused_lies_in_refused_with_the_reason_beside_it_and_the_next_is_loaded(store, folder):
    put(folder / "student-records" / "a.csv", {"": "one,two\n1,2\n"}, NOW - 2 * HOUR)
    put(folder / "student-records" / "b.csv", students(student("w001")))
    put(folder / "vle" / "c.csv", views("w001,MOSS,2026-11-18,3"))
    assert [outcome.state for outcome in run(folder)] == ["refused", "loaded", "refused"]
    assert names(folder / "student-records" / "refused") == ["a.csv", "a.csv.txt"]
    assert "no export" in (folder / "student-records" / "refused" / "a.csv.txt").read_text(encoding="utf-8")
    why = (folder / "vle" / "refused" / "c.csv.txt").read_text(encoding="utf-8")
    assert why.startswith("1 of 1 rows cannot be taken in")
    assert "--yes" in why
    assert inbox.lying(folder, NOW) == []


def test_when_it_was_taken_is_when_it_was_changed(store, folder):
    put(folder / "student-records" / "new.csv", students(student("w001", "Elm")))
    run(folder)
    put(folder / "student-records" / "old.csv", students(student("w001", "Ash")), NOW - 9 * HOUR)
    assert [outcome.state for outcome in run(folder)] == ["refused"]


def test_a_second_file_of_the_same_name_does_not_go_over_the_first(store, folder):
    for at in (NOW, NOW + HOUR):
        put(folder / "student-records" / "a.csv", students(student("w001")), at - HOUR)
        run(folder, at)
    assert names(folder / "student-records" / "done") == ["2026-11-23T110000 a.csv", "a.csv"]


@pytest.mark.parametrize(("seconds", "left"), [(59, True), (60, False)])
def test_what_was_changed_in_the_last_minute_is_left(folder, seconds, left):
    put(folder / "vle" / "a.csv", views(), NOW - timedelta(seconds=seconds))
    put(folder / "vle" / "b", views(), NOW - timedelta(seconds=seconds))
    assert (inbox.lying(folder, NOW) == []) is left


def test_hidden_files_links_and_what_was_moved_are_left(folder):
    put(folder / "vle" / ".a.csv", views())
    (folder / "vle" / "b.csv").symlink_to(put(folder.parent / "secret.csv", views()))
    (folder / "vle" / "done").mkdir()
    put(folder / "vle" / "done" / "c.csv", views())
    assert inbox.lying(folder, NOW + 999 * HOUR) == []


def test_a_file_that_came_anew_while_it_was_read_stays_for_the_next_run(store, folder):
    path = put(folder / "student-records" / "a.csv", students(student("w001")))
    [lying] = inbox.lying(folder, NOW)
    put(path, students(student("w001"), student("w002")), NOW - HOUR / 2)
    inbox.take(JOB, lying, NOW)
    assert [found.path for found in inbox.lying(folder, NOW)] == [path]


def test_one_that_another_load_overtook_stays_for_the_next_run(store, folder, monkeypatch):
    def overtaken(*_: object) -> None:
        raise LoadedMeanwhile

    put(folder / "student-records" / "a.csv", students(student("w001")))
    monkeypatch.setattr(loads, "store", overtaken)
    assert [outcome.state for outcome in run(folder)] == ["left"]
    assert len(inbox.lying(folder, NOW)) == 1


def test_a_load_says_on_the_way_that_it_is_still_at_it_and_stops_when_it_is_another_s_turn(store, folder):
    def over() -> None:
        raise LeaseTaken

    asked: list[bool] = []
    put(folder / "student-records" / "export", records("w001"))
    [lying] = inbox.lying(folder, NOW)
    before = everything(store)
    assert inbox.take(JOB, lying, NOW, over).state == "left"
    assert everything(store) == before
    assert inbox.take(JOB, lying, NOW, lambda: asked.append(True)).state == "loaded"
    assert len(asked) > 2


def test_a_fault_of_ours_is_said_with_a_reference_and_stops_nothing_else(store, folder, monkeypatch):
    put(folder / "student-records" / "a.csv", students(student("w001")))
    put(folder / "vle" / "b.csv", {"": "one,two\n1,2\n"})

    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(loads, "store", broken)
    first, second = run(folder)
    assert (first.state, second.state) == ("refused", "refused")
    assert "went wrong here" in first.why
    assert "no export" in second.why


def test_a_folder_that_is_not_there_is_said(tmp_path):
    with pytest.raises(NoInbox, match="student-records, vle, timetable, attendance"):
        inbox.lying(tmp_path / "nowhere", datetime.now(UTC))
