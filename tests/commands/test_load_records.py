"""Student records, from files to the database by the command line: what looks wrong is said, and nobody's address."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import data_access
from data_access import database
from data_access.tables import ContactDetail
from policy.settings import Settings
from tests.tree import ROOT

EMAIL, PHONE = "canary@students.example", "020 7946 0018"
ENROLMENTS = (
    "enrolment_id,student_id,course_id,course_title,school,level,mode,stage,start_date,expected_end,status,"
    "agreed_on\n"
    "e1,w001,PHD,PhD Botany,Plants,research,full-time,1,2025-09-22,2055-06-01,enrolled,2025-09-20\n"
    "e2,w002,PHD,PhD Botany,Plants,research,full-time,1,2025-09-22,2029-06-01,enrolled,2025-09-20\n"
)
FILES = {
    "students.csv": f"student_id,given_name,family_name,university_email,phone\nw001,Ann,Oakes,{EMAIL},{PHONE}\n"
    "w002,Bo,Elm,,\nw003,Cy,Fir,canary,canary\n",
    "enrolments.csv": ENROLMENTS,
    "milestones.csv": "student_id,milestone,due_date\nw001,Annual review,2026-12-11\n",
    "meetings.csv": "student_id,due_date,held_on\nw001,2026-11-18,2026-11-18\n",
    "awards.csv": "student_id,enrolment_id,qualification,awarded_on\nw001,e1,MRes,2026-07-05\n",
    "identities.csv": "person_id,system,key\nw001,vle,ann.oakes\n",
    "characteristics.csv": "student_id,ethnicity,sex,disability,date_of_birth\n"
    "w001,103,10,95,1961-02-03\nw002,canary,10,95,1961-02-03\n",
}


def load(home: Path, path: Path, *more: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "LA_HOME": str(home)}
    environment.pop("LA_DATABASE_URL", None)
    words = [sys.executable, "manage.py", "load", "student-records", str(path), "--yes", *more]
    done = subprocess.run(words, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert not any(word in done.stdout + done.stderr for word in ("canary", "7946", "1961", "103"))
    return done


@pytest.fixture
def records(tmp_path: Path) -> Path:
    folder = tmp_path / "records"
    folder.mkdir()
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def contacts(home: Path) -> int:
    data_access.start(Settings(home=home))
    with database.reading() as session:
        return session.query(ContactDetail).count()


def test_every_sheet_is_stored_and_what_looks_wrong_is_said_with_keys_alone(records, tmp_path):
    answer = json.loads(load(tmp_path / "var", records, "--json").stdout)
    assert (answer["rows"], answer["accepted"], answer["quarantined"], answer["held_back"]) == (11, 9, 2, 0)
    assert answer["characteristics"] == 1
    assert answer["record_faults"] == {"no sensible end": 1, "no personal tutor": 2}
    said = load(tmp_path / "var", records).stdout
    assert "Characteristics of 1 student are kept anew, apart from the records." in said
    assert "2: Active enrolments without a personal tutor." in said
    assert "  e1, e2" in said
    assert "Oakes" not in said


def test_after_the_end_no_address_lies_in_any_file_of_the_installation(records, tmp_path):
    home = tmp_path / "var"
    load(home, records)
    assert contacts(home) == 2
    ended = ENROLMENTS.replace("2055-06-01,enrolled", "2055-06-01,withdrawn")
    (records / "enrolments.csv").write_text(ended, encoding="utf-8")
    load(home, records)
    assert contacts(home) == 0
    with database.stores().core.connect() as connection:
        connection.exec_driver_sql("pragma wal_checkpoint(truncate)")
    files = [file for file in home.rglob("*") if file.is_file()]
    assert [file.name for file in files if b"canary" in file.read_bytes()] == []
    assert [file.name for file in files if b"7946" in file.read_bytes()] == []
