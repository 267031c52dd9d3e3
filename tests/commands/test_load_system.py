"""The four systems, end to end: our template's files in, a tutor's list out; what is refused says why."""

import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

import data_access
from auth.viewer import Role, Viewer
from data_access import accounts, database, ratings, timelines, tutees
from data_access.tables import AgreementAcceptance, Person, QuarantinedRow, SourceKey, UnmatchedKey
from policy.settings import Settings
from tests.tree import ROOT

AT = datetime(2026, 11, 23, 12, tzinfo=UTC)
RECORDS = {
    "students.csv": "student_id,given_name,family_name\nw001,Ann,Oakes\nw002,=1+1,NA\n",
    "staff.csv": "staff_id,given_name,family_name\ns1,Tess,Vale\n",
    "enrolments.csv": (
        "enrolment_id,student_id,course_id,course_title,school,level,mode,stage,start_date,expected_end,status,"
        "agreed_on\n"
        "e1,w001,BSC,BSc Botany,Plants,undergraduate,full-time,1,2026-09-21,2029-06-01,enrolled,2026-09-20\n"
        "e2,w002,BSC,BSc Botany,Plants,undergraduate,full-time,1,21/09/2026,01/06/2029,enrolled,20/09/2026\n"
    ),
    "modules.csv": "module_id,module_title,credits,start_date,end_date\nM1,Mosses,20,2026-09-21,2026-12-13\n",
    "registrations.csv": (
        "student_id,module_id,enrolment_id,from_date\nw001,M1,e1,2026-09-21\nw002,M1,,2026-09-21\n"
    ),
    "tutors.csv": "enrolment_id,staff_id,from_date\ne1,s1,2026-09-21\ne2,s1,2026-09-21\n",
    "assessments.csv": "assessment_id,module_id,assessment_title,due_date,weight\nA1,M1,Essay,2026-11-13,50\n",
    "submissions.csv": "student_id,assessment_id,handed_in,late\nw001,A1,2026-11-12,no\n",
}
CLASSES = (
    "event_id,module_id,starts_at,ends_at,kind,room,cancelled\n"
    "T1,M1,2026-11-17T09:00,2026-11-17T10:00,Lecture,G1,no\n"
    "T2,M1,2026-11-18T09:00,2026-11-18T10:00,Lecture,G1,no\n"
)
REGISTERS = (
    "student_id,event_id,status\nw001,T1,present\nw001,T2,late\nw002,T1,absent\nw002,T2,not recorded\n"
)
EVENTS = (
    "student_id,module_id,at\nw001,M1,2026-11-18T09:30\nw001,M1,2026-11-18T23:59\nw009,M1,2026-11-18T10:00\n"
)


def load(home: Path, system: str, path: Path, *more: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "LA_HOME": str(home)}
    environment.pop("LA_DATABASE_URL", None)
    words = [sys.executable, "manage.py", "load", system, str(path), "--json", *more]
    return subprocess.run(words, cwd=ROOT, env=environment, capture_output=True, text=True)


def told(home: Path, system: str, path: Path, *more: str) -> dict[str, object]:
    done = load(home, system, path, *more)
    assert done.returncode == 0, done.stderr
    answer: dict[str, object] = json.loads(done.stdout)
    return answer


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("exports")
    (folder / "records").mkdir()
    for name, text in RECORDS.items():
        (folder / "records" / name).write_text(text, encoding="utf-8")
    for name, text in (("classes.csv", CLASSES), ("registers.csv", REGISTERS), ("events.csv", EVENTS)):
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def home(files: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An installation into which the four systems were loaded, in their order."""
    home = tmp_path_factory.mktemp("home") / "var"
    assert told(home, "student-records", files / "records")["accepted"] == 12
    assert told(home, "timetable", files / "classes.csv")["accepted"] == 2
    assert told(home, "attendance", files / "registers.csv")["accepted"] == 4
    vle = told(home, "vle", files / "events.csv", "--yes")
    assert (vle["rows"], vle["accepted"], vle["quarantined"], vle["unmatched"]) == (3, 2, 1, 1)
    return home


def test_the_tutor_sees_her_tutees_with_what_the_four_systems_told(home):
    data_access.start(Settings(home=home))
    ratings.refresh(Viewer.service("rate"), AT)
    accounts.add(Viewer.service("test"), "s1", "tess", "four plain words here", (Role.TUTOR,), AT)
    with database.writing() as session:
        tess = session.scalars(select(SourceKey.person).where(SourceKey.key == "s1")).one()
        session.add(_agreed(tess))
    viewer = Viewer(tess, Role.TUTOR, "a test")
    shown = repr(tutees.overview(viewer, AT))
    assert "Oakes" in shown
    assert "=1+1" in shown  # text is text, whatever it looks like
    with database.reading() as session:
        ann = session.scalars(select(Person.id).where(Person.family_name == "Oakes")).one()
    assert "Mosses" in repr(timelines.year(viewer, ann, AT))


def _agreed(person: int) -> AgreementAcceptance:
    import policy

    agreement = policy.current().agreement
    return AgreementAcceptance(
        person=person,
        version=agreement.version,
        sha256=agreement.sha256,
        typed_name="Tess Vale",
        accepted_at=AT,
        expires_at=AT.replace(year=2027),
    )


def test_the_same_files_again_change_nothing(home, files):
    for system, path in (
        ("student-records", "records"),
        ("timetable", "classes.csv"),
        ("attendance", "registers.csv"),
    ):
        assert told(home, system, files / path)["state"] == "unchanged"


def test_a_key_that_belongs_to_nobody_is_counted_and_kept_with_its_run(home):
    data_access.start(Settings(home=home))
    with database.reading() as session:
        keys = session.execute(select(UnmatchedKey.noun, UnmatchedKey.key, UnmatchedKey.rows)).all()
    assert {tuple(key) for key in keys} == {("student", "w009", 1)}


def test_a_check_reports_and_stores_nothing(files, tmp_path):
    answer = told(tmp_path / "var", "student-records", files / "records", "--check")
    assert (answer["format"], answer["accepted"], answer["run"]) == ("student-records-template", 12, None)


def test_many_bad_rows_need_a_persons_yes_and_are_kept_with_their_reasons(files, tmp_path):
    home, bad = tmp_path / "var", tmp_path / "students.csv"
    bad.write_text("student_id,given_name\nw001,Ann\n００２,Bob\nw003,\n", encoding="utf-8")
    refused = load(home, "student-records", bad)
    assert refused.returncode == 1
    assert "--yes" in refused.stderr
    answer = told(home, "student-records", bad, "--yes")
    assert (answer["accepted"], answer["quarantined"]) == (1, 2)
    assert answer["by_reason"] == {"not_a_key": 1, "missing": 1}
    data_access.start(Settings(home=home))
    with database.reading() as session:
        rows = session.execute(select(QuarantinedRow.line, QuarantinedRow.field, QuarantinedRow.value)).all()
    assert [tuple(row) for row in rows] == [(3, "student_id", "００２"), (4, "given_name", "")]


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("a.csv", "", "--format"),
        ("a.csv", "one,two\n1,2\n", "--format"),
        ("a.xlsx", "student_id,given_name\nw1,Ann\n", "is called a workbook and is none"),
    ],
)
def test_a_file_that_is_no_export_is_refused_in_one_sentence(tmp_path, name, text, says):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    done = load(tmp_path / "var", "student-records", path)
    assert done.returncode == 1
    assert says in done.stderr
    assert done.stderr.count("\n") == 1


def test_an_enrolment_without_the_agreement_is_not_taken_in(files, tmp_path):
    folder = tmp_path / "records"
    folder.mkdir()
    for name, text in RECORDS.items():
        (folder / name).write_text(text.replace("2026-09-20", ""), encoding="utf-8")
    answer = told(tmp_path / "var", "student-records", folder, "--yes")
    assert answer["by_reason"]["contradiction"] == 1
    assert answer["by_reason"]["unknown"] == 2  # the registration and the tutor of that enrolment


def test_what_is_read_and_not_stored_yet_is_held_back_and_said(files, tmp_path):
    swipes = tmp_path / "swipes.csv"
    swipes.write_text("student_id,at,room\nw001,2026-11-18T09:02,G1\n", encoding="utf-8")
    answer = told(tmp_path / "var", "attendance", swipes, "--check")
    assert (answer["rows"], answer["accepted"], answer["held_back"]) == (1, 0, 1)
    assert answer["by_reason"] == {"not_stored_yet": 1}
