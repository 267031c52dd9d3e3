"""A file handed in through the page: checked, confirmed, stored; and nothing of it left lying about."""

import stat
import tempfile
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from auth.refusals import NotOpenToYourRole, Refusal
from data_access.loads import LoadedMeanwhile
from data_access.tables import LoadRun, Person, RunState
from ingest import load, upload
from ingest.upload import CheckAgain
from privacy.labels import SYSTEMS, Source
from tests.cast import ADA, EVE, NOW, ROS
from tests.ingest.handing import waiting

GOOD = b"student_id,given_name,family_name\nw001,Ann,Oakes\nw002,Bob,Marsh\n"
BAD = GOOD + b"w 3,Cat,Lowe\n"


@pytest.fixture(autouse=True)
def folder(tmp_path, installed, monkeypatch) -> Path:
    """Where loads have their folders; it and every other temporary one are empty again, whatever happened."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    yield installed / "staging"
    assert list(tmp_path.iterdir()) == []
    assert list((installed / "staging").glob("*")) == []


def checked(content=GOOD, name="students.csv", asking=EVE, **changes):
    asked = {"system": Source.STUDENT_RECORDS, "format": None} | changes
    return upload.check(asking.viewer, asked["system"], asked["format"], name, content, NOW, NOW)


def people(university):
    with university.session() as session:
        return session.scalar(select(func.count()).select_from(Person))


def runs(university):
    with university.session() as session:
        return session.scalar(select(func.count()).select_from(LoadRun))


def test_a_check_says_what_a_load_would_do_and_stores_nothing(university):
    before = people(university), runs(university)
    found = checked(BAD)
    assert (found.rows, found.accepted, found.quarantined) == (3, 2, 1)
    assert (found.format, found.title) == ("student-records-template", "Our template for Student records")
    assert (found.reasons, found.sheets) == ({"not_a_key": 1}, {"students": 2})
    assert found.questions == ("1 of 3 rows cannot be taken in, which is more than one in twenty.",)
    assert (people(university), runs(university)) == before
    assert waiting() == []


def test_what_is_kept_between_check_and_yes_holds_nothing_of_a_row(university):
    found = repr(checked(BAD))
    assert not [text for text in ("Ann", "Oakes", "w001", "w 3") if text in found]


def test_a_checked_file_is_stored_by_the_administrator(university):
    done = upload.store(EVE.viewer, checked(), GOOD, NOW, confirmed=False)
    assert (done.state, done.counted.accepted) == (RunState.LOADED, 2)
    with university.session() as session:
        run = session.get_one(LoadRun, done.run)
    assert (run.file, run.started_by) == ("students.csv", "eve")


def test_a_question_needs_a_yes(university):
    found = checked(BAD)
    with pytest.raises(load.NeedsAYes):
        upload.store(EVE.viewer, found, BAD, NOW, confirmed=False)
    assert upload.store(EVE.viewer, found, BAD, NOW, confirmed=True).counted.quarantined == 1


@pytest.mark.parametrize("other", [GOOD + b"w004,Dan,Pike\n", BAD])
def test_another_file_than_the_checked_one_is_not_stored(university, other):
    before = runs(university)
    with pytest.raises(CheckAgain):
        upload.store(EVE.viewer, checked(), other, NOW, confirmed=True)
    assert runs(university) == before


def test_a_question_that_nobody_was_asked_is_asked(university):
    many = b"student_id,given_name,family_name\n" + b"".join(b"w%d,Ann,Oakes\n" % n for n in range(10))
    found = checked()
    upload.store(EVE.viewer, checked(many, "first.csv"), many, NOW, confirmed=False)
    with pytest.raises(CheckAgain):  # it is now a sudden drop
        upload.store(EVE.viewer, found, GOOD, NOW + timedelta(minutes=1), confirmed=True)


def test_a_load_of_somebody_else_in_between_is_a_plain_sentence(university, monkeypatch):
    found, real = checked(), load.store

    def slow(viewer, prepared, at, progress=None, *, confirmed=False):
        newest = iter([(4, 13), (5, 13)])
        monkeypatch.setattr("data_access.loads._newest", lambda session: next(newest))
        return real(viewer, prepared, at, progress, confirmed=confirmed)

    monkeypatch.setattr(load, "store", slow)
    with pytest.raises(LoadedMeanwhile) as refused:
        upload.store(EVE.viewer, found, GOOD, NOW, confirmed=False)
    assert "please run it again" in refused.value.sentence


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.csv", b""), ("a.csv", b"one,two\n1,2\n"), ("a.xlsx", GOOD), ("a.zip", b"PK\3\4no")],
)
def test_a_file_that_is_no_export_is_refused_in_a_sentence(university, name, content):
    with pytest.raises(Refusal) as refused:
        checked(content, name)
    assert refused.value.sentence.endswith(".")


@pytest.mark.parametrize("member", [ADA, ROS], ids=lambda m: m.role.value)
def test_only_an_administrator_may_even_check(university, member):
    with pytest.raises(NotOpenToYourRole):
        checked(asking=member)


def test_the_folder_is_this_processs_own_and_goes_after_a_fault_too(university, folder, monkeypatch):
    met = []

    def fail(viewer, system, path, *_):
        met.append((path, stat.S_IMODE(path.parents[1].stat().st_mode)))
        raise RuntimeError

    monkeypatch.setattr(load, "read", fail)
    with pytest.raises(RuntimeError):
        checked()
    ((path, mode),) = met
    assert mode == 0o700
    assert path.is_relative_to(folder)
    assert not path.exists()


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("students.csv", "students.csv"),
        ("../../etc/passwd", "passwd"),
        (r"C:\Users\me\List 1.xlsx", "List 1.xlsx"),
        (".hidden", "hidden"),
        ("a\x00b\n<c>.csv", "a-b--c-.csv"),
        ("étudiants.csv.gz", "étudiants.csv.gz"),
        ("..", "file"),
        ("x" * 300 + ".csv", "x" * 100 + ".csv"),
    ],
)
def test_a_files_name_is_its_last_part_and_harmless(name, plain):
    assert upload.safe(name) == plain


def test_every_system_has_formats_to_choose_from():
    assert set(upload.titles()) == set(SYSTEMS)
    assert upload.titles()[Source.VLE]["vle-template"] == "Our template for VLE"
