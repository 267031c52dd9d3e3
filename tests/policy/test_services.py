"""Services and swipes in policy: what may be listed, what never, and how a refusal says so."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import ValidationError

import policy
from policy.attendance import Attendance
from policy.services import Service, Services


@pytest.fixture(autouse=True)
def _shipped_again() -> Iterator[None]:
    yield
    policy.use(None)


def test_the_library_and_study_skills_are_listed_and_found_however_they_are_cased():
    services = policy.current().services
    assert [service.title for service in services.service] == ["Library", "Study skills"]
    assert services.listed("LIBRARY") == "library"
    assert services.listed("counselling") is None
    assert services.listed("") is None


@pytest.mark.parametrize(
    "name",
    [
        "counselling",
        "Counseling",
        "student counsellors",
        "disability service",
        "Dis-ability support",
        "disabled students",
        "dyslexia support",
        "Chaplaincy",
        "multi-faith centre",
        "wellbeing",
        "well-being",
        "Well being hub",
        "mental health",
        "Mental-Health",
        "psychological therapies",
        "psychiatry",
    ],
)
@pytest.mark.parametrize("place", ["name", "title"])
def test_a_confidential_service_is_refused_in_a_plain_sentence(tmp_path: Path, name, place):
    other = "title" if place == "name" else "name"
    text = f'[[service]]\n{place} = "{name}"\n{other} = "Desk"\n'
    (tmp_path / "services.toml").write_text(text, encoding="utf-8")
    policy.use(tmp_path)
    with pytest.raises(policy.PolicyError) as fault:
        policy.current()
    assert "services.toml" in str(fault.value)
    assert f"“{name}” cannot be listed" in str(fault.value)
    assert "is never counted" in str(fault.value)


@pytest.mark.parametrize("name", ["council tax letters", "environmental workshop", "careers", "maths café"])
def test_what_only_looks_like_one_may_be_listed(name):
    assert Services(service=(Service(name=name, title=name),)).listed(name) == name


def test_a_service_is_listed_once():
    twice = (Service(name="library", title="One"), Service(name="Library", title="Two"))
    with pytest.raises(ValidationError, match="“library” is listed twice"):
        Services(service=twice)


def test_a_university_may_list_none(tmp_path: Path):
    (tmp_path / "services.toml").write_text("", encoding="utf-8")
    policy.use(tmp_path)
    assert policy.current().services.listed("library") is None


def test_the_shipped_rules_of_swipes():
    assert policy.current().attendance == Attendance(
        minutes_before=15, late_after_minutes=15, swiped_share=60
    )


@pytest.mark.parametrize("share", [0, 101])
def test_the_share_that_must_have_swiped_is_a_per_cent_of_somebody(share):
    with pytest.raises(ValidationError):
        Attendance(minutes_before=15, late_after_minutes=15, swiped_share=share)
