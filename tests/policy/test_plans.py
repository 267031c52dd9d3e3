"""Plans in policy: templates that can be used as they are, and faults that say what to correct."""

from collections.abc import Iterator

import pytest

import policy

TRIPWIRE = '[tripwire]\nhealth = ["ill"]\nother = ["pray*"]\n'
DAYS = "undo_days = 7\nreview_days = 28\n"
TEMPLATE = '[[template]]\nname = "A"\naim = "To begin"\n'
ACTION = '[[template.action]]\ntext = "Read"\nowner = "student"\ndays = 3\n'


@pytest.fixture(autouse=True)
def _shipped_again() -> Iterator[None]:
    yield
    policy.use(None)


def test_a_week_to_undo_and_four_weeks_to_the_review():
    plans = policy.current().plans
    assert (plans.undo_days, plans.review_days) == (7, 28)


def test_every_shipped_template_names_services_that_students_find_under_where_to_turn():
    places = {place.name for place in policy.current().support.place}
    named = [one.service for template in policy.current().plans.template for one in template.action]
    assert {name for name in named if name} <= places
    assert len(policy.current().plans.template) >= 3


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("review_days = 28\n" + TRIPWIRE, "undo_days"),
        ("undo_days = 0\nreview_days = 28\n" + TRIPWIRE, "undo_days"),
        (DAYS + '[tripwire]\nhealth = []\nother = ["x"]\n', "health"),
        (DAYS + '[tripwire]\nhealth = ["*"]\nother = ["x"]\n', "health"),
        (DAYS + TRIPWIRE + TEMPLATE, "action"),
        (DAYS + TRIPWIRE + TEMPLATE + ACTION.replace("Read", "Do not fail"), "“fail” judges or forecasts"),
        (DAYS + TRIPWIRE + TEMPLATE + ACTION.replace('"student"', '"service"'), "name the service"),
        (DAYS + TRIPWIRE + (TEMPLATE + ACTION) * 2, "“A” is there twice"),
    ],
)
def test_a_fault_in_the_file_is_named(tmp_path, text, fault):
    (tmp_path / "plans.toml").write_text(text, "utf-8")
    policy.use(tmp_path)
    with pytest.raises(policy.PolicyError, match=fault):
        policy.current()
