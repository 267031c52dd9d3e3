"""How often each system is to be loaded."""

from datetime import timedelta

import pytest

import policy
from policy import PolicyError
from privacy.labels import SYSTEMS


def test_every_system_has_its_time():
    allowed = policy.current().sources.allowed
    assert {system.value: allowed(system) for system in SYSTEMS} == {
        "student-records": timedelta(hours=26),
        "vle": timedelta(hours=26),
        "timetable": timedelta(days=7),
        "attendance": timedelta(hours=26),
    }


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[hours]\nvle = 26", "there must be a line for student-records, timetable, attendance"),
        ("[hours]\nlibrary = 26", "sources.toml: hours.library"),
        ("hours = 3", "sources.toml: hours"),
    ],
)
def test_a_system_too_few_or_too_many_is_said(tmp_path, text, says):
    (tmp_path / "sources.toml").write_text(text, "utf-8")
    policy.use(tmp_path)
    try:
        with pytest.raises(PolicyError, match=says):
            policy.current()
    finally:
        policy.use(None)
