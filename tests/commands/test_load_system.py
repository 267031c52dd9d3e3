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
from data_access.tables import (
    AgreementAcceptance,
    Attendance,
    Person,
    QuarantinedRow,
    ServiceUse,
    SourceKey,
    TimetableEvent,
    UnmatchedKey,
)
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
    asked = json.loads(refused.stdout)
    assert (asked["run"], asked["by_reason"]) == (None, {"not_a_key": 1, "missing": 1})
    assert asked["questions"] == ["2 of 3 rows cannot be taken in, which is more than one in twenty."]
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
        ("a.csv", "", "The file is empty"),
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


def test_swipes_fill_what_no_register_told_and_what_is_at_no_class_is_only_counted(home, tmp_path):
    swipes = tmp_path / "swipes.csv"
    lines = ["w002,2026-11-18T09:02,g1", "w001,2026-11-18T09:03,G1", "w001,2026-11-18T12:00,Canteen"]
    swipes.write_text("student_id,at,room\n" + "\n".join(lines) + "\n", encoding="utf-8")
    answer = told(home, "attendance", swipes)
    assert (answer["rows"], answer["accepted"], answer["quarantined"]) == (3, 3, 0)
    assert answer["noted"] == {"no_class": 1}
    assert told(home, "attendance", swipes)["state"] == "unchanged"
    data_access.start(Settings(home=home))
    with database.reading() as session:
        event = select(TimetableEvent.id).where(TimetableEvent.key == "T2").scalar_subquery()
        registers = session.scalars(select(Attendance.register).where(Attendance.event == event)).all()
    assert sorted(registers) == ["late", "present"]  # w001's is the register's; w002's was not recorded


def test_of_services_only_those_that_policy_lists_are_stored_and_no_other_is_named(home, tmp_path):
    use = tmp_path / "use.csv"
    lines = ["w001,library,2026-11-18,2", "w002,counselling,2026-11-18,1", "w002,counselling,soon,1"]
    use.write_text("student_id,service,day,count\n" + "\n".join(lines) + "\n", encoding="utf-8")
    answer = told(home, "attendance", use, "--yes")
    assert (answer["rows"], answer["accepted"], answer["quarantined"]) == (3, 2, 1)
    assert answer["noted"] == {"service_not_listed": 1}
    assert "counselling" not in json.dumps(answer)
    data_access.start(Settings(home=home))
    with database.reading() as session:
        assert session.scalars(select(ServiceUse.service)).all() == ["library"]
        kept = session.execute(select(QuarantinedRow.value, QuarantinedRow.cells)).all()
    assert "counselling" not in repr(kept)


def test_what_a_load_did_to_earlier_rows_is_said(files, home, tmp_path):
    later = tmp_path / "registers.csv"
    later.write_text("student_id,event_id,status\nw001,T1,late\n", encoding="utf-8")
    answer = told(home, "attendance", later)
    assert (answer["corrected"], answer["late"], answer["rated"]) == (1, 0, 1)


def test_an_export_taken_earlier_is_refused_and_its_time_can_be_given(tmp_path):
    home, new, old = tmp_path / "var", tmp_path / "new.csv", tmp_path / "old.csv"
    new.write_text("student_id,given_name\nw001,Ann\n", encoding="utf-8")
    old.write_text("student_id,given_name\nw001,Anne\n", encoding="utf-8")
    assert told(home, "student-records", new, "--taken", "2026-01-12")["state"] == "loaded"
    refused = load(home, "student-records", old, "--taken", "2026-01-12T11:59")
    assert refused.returncode == 1
    assert refused.stderr.count("\n") == 1
    assert (
        "taken on 12 January 2026, 11:59; what is stored was taken on 12 January 2026, 12:00"
        in refused.stderr
    )
    assert told(home, "student-records", old, "--taken", "2026-01-12T12:00:00+00:00")["corrected"] == 1
    assert load(home, "student-records", old, "--taken", "yesterday").returncode == 2
