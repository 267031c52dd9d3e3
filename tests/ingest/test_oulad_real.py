"""The published OULAD folder, loaded whole: what is stored equals an independent reading of the files."""

import csv
import gzip
import hashlib
import sqlite3
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import duckdb
import pytest

import data_access
from auth.viewer import Viewer
from data_access import database, keys, loads, migrations
from data_access.tables import RunState
from ingest import oulad
from policy.settings import Settings
from tests import samples
from tests.cast import NOW, TODAY

JOB = Viewer.service("load")
STARTS = {
    "2013B": date(2026, 2, 1),
    "2013J": date(2026, 10, 1),
    "2014B": date(2027, 2, 1),
    "2014J": date(2027, 10, 1),
}


@pytest.fixture(scope="module")
def folder() -> Path:
    return samples.folder("oulad")


@pytest.fixture(scope="module")
def reading(folder):
    return oulad.read(folder, NOW)


@pytest.fixture(scope="module")
def loaded(reading, tmp_path_factory) -> Path:
    """An installation with the folder in it, closed."""
    home = tmp_path_factory.mktemp("oulad-home")
    settings = Settings(home=home)
    keys.make(home)
    migrations.upgrade(settings)
    assert _load(home, reading) == [RunState.LOADED, RunState.LOADED]
    return home


def table(folder: Path, name: str) -> list[dict[str, str]]:
    with gzip.open(folder / f"{name}.csv.gz", "rt", encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def stored(home: Path, question: str) -> tuple[object, ...]:
    with closing(sqlite3.connect(home / "learner-analytics.db")) as connection:
        return connection.execute(question).fetchone()


def dated(row: dict[str, str], column: str) -> date:
    return STARTS[row["code_presentation"]] + timedelta(days=int(row[column]))


SMALL = (
    "courses",
    "assessments",
    "vle",
    "studentInfo",
    "studentRegistration",
    "studentAssessment",
)


def test_every_line_of_the_seven_tables_is_counted_and_only_the_future_is_held_back(folder, reading):
    lines = {name: len(table(folder, name)) for name in SMALL}
    clicks = [str(f) for f in folder.glob("studentVle*.parquet") if "raw" not in f.name]
    [lines["studentVle"]] = duckdb.sql(f"SELECT count(*) FROM read_parquet({clicks})").fetchall()[0]  # noqa: S608
    assert lines["vle"] == 6_364
    assert {name: counted.rows for name, counted in reading.tables.items()} == lines
    taken = {name: counted.accepted + counted.held_back for name, counted in reading.tables.items()}
    assert taken == lines
    dated = {name for name, counted in reading.tables.items() if counted.held_back}
    assert dated == {"studentAssessment", "studentVle"}


def test_structure_is_stored_whole(folder, loaded):
    courses, info = table(folder, "courses"), table(folder, "studentInfo")
    students = {row["id_student"] for row in info}
    assert stored(loaded, "SELECT count(*) FROM module") == (len(courses),)
    assert stored(loaded, "SELECT count(*) FROM course") == (len({row["code_module"] for row in courses}),)
    assert stored(loaded, "SELECT count(*) FROM assessment") == (len(table(folder, "assessments")),)
    assert stored(loaded, "SELECT count(*) FROM enrolment") == (len(info),)
    assert stored(loaded, "SELECT count(*) FROM tutoring") == (len(info),)
    assert stored(loaded, "SELECT count(*) FROM registration") == (len(table(folder, "studentRegistration")),)
    assert stored(loaded, "SELECT count(*) FROM person WHERE given_name = 'Student'") == (len(students),)


def test_submissions_up_to_today_are_stored_and_the_others_counted(folder, loaded, reading):
    presentation = {row["id_assessment"]: row for row in table(folder, "assessments")}
    rows = [row | presentation[row["id_assessment"]] for row in table(folder, "studentAssessment")]
    past = [row for row in rows if dated(row, "date_submitted") <= TODAY]
    late = [
        row
        for row in past
        if row["date"] != "?" and row["is_banked"] == "0" and int(row["date_submitted"]) > int(row["date"])
    ]
    marks = [int(row["score"]) for row in past if row["score"] != "?"]
    assert stored(loaded, "SELECT count(*), sum(late), sum(mark), count(mark) FROM submission") == (
        len(past),
        len(late),
        sum(marks),
        len(marks),
    )
    counted = reading.tables["studentAssessment"]
    assert (counted.rows, counted.accepted, counted.held_back) == (
        len(rows),
        len(past),
        len(rows) - len(past),
    )


def test_clicks_up_to_today_are_stored_by_day_and_the_others_counted(folder, loaded, reading):
    files = [str(f) for f in folder.glob("studentVle*.parquet") if "raw" not in f.name]
    first = " ".join(f"WHEN '{name}' THEN DATE '{starts}'" for name, starts in STARTS.items())
    lines = duckdb.sql(
        f"SELECT *, CASE code_presentation {first} END + date::integer <= DATE '{TODAY}' AS past"  # noqa: S608
        f" FROM read_parquet({files})"
    )
    days, views, past, every = duckdb.sql(
        "SELECT count(DISTINCT (code_module, code_presentation, id_student, date)) FILTER (past),"
        " sum(sum_click) FILTER (past), count(*) FILTER (past), count(*) FROM lines"
    ).fetchall()[0]
    assert lines.columns[-1] == "past"
    assert stored(loaded, "SELECT count(*), sum(views) FROM vle_day") == (days, int(views))
    counted = reading.tables["studentVle"]
    assert (counted.rows, counted.accepted, counted.held_back) == (every, past, every - past)
    assert (counted.quarantined, counted.repeated) == (0, 0)


def test_the_published_oddities_are_all_counted(reading):
    noted = {what: n for table in reading.tables.values() for what, n in table.noted.items()}
    assert reading.counted.quarantined == 0
    assert {
        "studentRegistration: withdrawn without date_unregistration; enrolled to the last day": 93,
        "studentRegistration: unregistered but not withdrawn by final_result; counted as withdrawn": 9,
        "studentRegistration: date_registration is missing; enrolled from the first day": 45,
        "assessments: date is missing; nothing is expected": 11,
        "studentInfo: imd_band lacks its % (equality data, not stored)": 3516,
        "studentInfo: imd_band is missing (equality data, not stored)": 1111,
    }.items() <= noted.items()


def test_a_presentation_without_clicks_has_a_gap_from_its_first_day_to_its_last(loaded):
    gaps = (
        "SELECT count(*) FROM feed_gap g JOIN module m ON m.id = g.module"
        " WHERE g.first = m.starts AND g.last = m.ends AND m.code LIKE '%-2014_'"
    )
    assert stored(loaded, gaps) == stored(loaded, "SELECT count(*) FROM module WHERE code LIKE '%-2014_'")


def test_about_half_a_year_later_the_feed_that_stops_is_a_gap_to_the_end(folder):
    later = oulad.read(folder, NOW + timedelta(days=120))
    gaps = [gap for gap in later.batches[1].gaps if gap.module == "FFF-2013J"]
    assert [(gap.first, gap.last) for gap in gaps] == [
        (STARTS["2013J"] + timedelta(days=125), STARTS["2013J"] + timedelta(days=268))
    ]


def test_loading_it_again_changes_no_row(loaded, reading):
    before = _digest(loaded)
    assert _load(loaded, reading) == [RunState.UNCHANGED, RunState.UNCHANGED]
    assert _digest(loaded) == before


def test_the_first_published_rows_of_the_real_click_table_repeat_some(folder, tmp_path):
    for file in folder.glob("*.csv.gz"):
        (tmp_path / file.name).symlink_to(file)
    counted = oulad.read(tmp_path, NOW).tables["studentVle"]
    raw = table(folder, "studentVle_raw_AAA_2013J_first13905")
    assert counted.rows == len(raw)
    assert counted.repeated == len(raw) - len({tuple(row.values()) for row in raw}) == 361
    assert counted.quarantined == 0


def _load(home: Path, reading: oulad.Reading) -> list[RunState]:
    data_access.start(Settings(home=home))
    try:
        return [report.state for report in loads.store_together(JOB, reading.batches, NOW)]
    finally:
        database.stores().core.dispose()
        database.stores().log.dispose()


def _digest(home: Path) -> str:
    """One digest of every row but those of the runs."""
    digest = hashlib.sha256()
    with closing(sqlite3.connect(home / "learner-analytics.db")) as connection:
        tables = connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY 1"
        ).fetchall()
        for (name,) in tables:
            if name != "load_run":
                for row in connection.execute(f"SELECT * FROM {name}"):  # noqa: S608 - our own table's name
                    digest.update(repr(row).encode())
    return digest.hexdigest()
