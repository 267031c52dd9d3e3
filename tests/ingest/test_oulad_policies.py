"""The policy an OULAD load writes: a calendar without vacations, and never over what a person wrote."""

import tomllib
from datetime import date, timedelta

import pytest

import policy
from ingest import oulad
from ingest.oulad import policies
from policy.calendar import Calendar
from tests.cast import NOW, TODAY
from tests.ingest.oulad_folder import write


@pytest.fixture
def presentations(tmp_path):
    return oulad.read(write(tmp_path / "oulad"), NOW).presentations


def test_every_day_of_what_has_begun_is_taught(presentations):
    calendar = Calendar.model_validate(tomllib.loads(policies.calendar(presentations, TODAY)))
    assert [(term.name, term.first, term.last) for term in calendar.term] == [
        ("Presentation 2013B", date(2026, 2, 1), date(2026, 9, 30)),
        ("Presentation 2013J", date(2026, 10, 1), date(2027, 6, 26)),
    ]
    days = (calendar.last - calendar.first).days + 1
    assert all(calendar.taught(calendar.first + timedelta(days=n)) for n in range(days))


def test_what_begins_later_comes_in_with_a_later_load(presentations):
    calendar = Calendar.model_validate(tomllib.loads(policies.calendar(presentations, date(2027, 10, 1))))
    assert calendar.last == date(2028, 6, 26)


def test_before_anything_has_begun_the_calendar_covers_it_all(presentations):
    calendar = Calendar.model_validate(tomllib.loads(policies.calendar(presentations, date(2020, 1, 1))))
    assert (calendar.first, calendar.last) == (date(2026, 2, 1), date(2028, 6, 26))


def test_the_files_written_are_the_policy_in_force(presentations, tmp_path):
    policies.write(tmp_path / "policy", presentations, TODAY)
    policy.use(tmp_path / "policy")
    try:
        assert policy.current().institution.name == "Open data set"
        assert policy.current().calendar.year == "2026/27"
    finally:
        policy.use(None)


def test_writing_again_changes_nothing_and_leaves_nothing_beside(presentations, tmp_path):
    policies.write(tmp_path, presentations, TODAY)
    before = {file.name: file.read_bytes() for file in tmp_path.iterdir() if file.is_file()}
    policies.write(tmp_path, presentations, TODAY)
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir() if file.is_file()} == before
    assert set(before) == {"calendar.toml", "institution.toml"}


def test_a_file_that_a_person_wrote_is_left_alone(presentations, tmp_path):
    own = 'name = "My own"\nsupport_name = "Me"\nsupport_contact = ""\n'
    (tmp_path / "institution.toml").write_text(own, "utf-8")
    policies.write(tmp_path, presentations, TODAY)
    assert (tmp_path / "institution.toml").read_text("utf-8") == own
    assert (tmp_path / "calendar.toml").exists()
