"""What is looked at, and how it stands in the address."""

from datetime import date

import pytest

from components import timeline_choice
from engagement.view import By, View
from policy import current
from privacy.labels import Source
from tests.engagement.made import timeline

CALENDAR = current().calendar
YEAR = (date(2026, 9, 21), date(2027, 5, 30))
FOUR = (date(2026, 11, 2), date(2026, 11, 29))


def asked(**params) -> View:
    return timeline_choice.asked(params, timeline(), CALENDAR)


def test_without_an_address_it_is_the_whole_year_by_weeks_and_of_everything():
    assert asked() == View(*YEAR)


def test_days_are_those_of_the_last_four_weeks_unless_others_are_asked_for():
    assert asked(by="Days") == View(*FOUR, by=By.DAYS)
    assert asked(by="Days", **{"from": "2026-10-05", "to": "2026-10-11"}).first == date(2026, 10, 5)


def test_any_days_become_whole_weeks_inside_the_year():
    found = asked(**{"from": "2026-10-07", "to": "2026-10-13"})
    assert (found.first, found.last) == (date(2026, 10, 5), date(2026, 10, 18))


@pytest.mark.parametrize(
    "nonsense",
    [
        {"by": "years"},
        {"from": "yesterday", "to": "2026-10-05"},
        {"from": "2026-10-05"},
        {"from": "2026-10-05", "to": "2026-09-28"},
        {"module": "M9 Somebody else's"},
        {"source": "'; drop table person --"},
        {"score": "1", "others": "yes"},
    ],
    ids=str,
)
def test_what_cannot_be_understood_is_left_out(nonsense):
    assert asked(**nonsense) == View(*YEAR)


def test_far_away_days_are_pushed_back_into_the_year():
    found = asked(**{"from": "0001-01-01", "to": "9999-12-31"})
    assert (found.first, found.last) == YEAR


@pytest.mark.parametrize(
    "view",
    [
        View(*YEAR),
        View(*FOUR, by=By.DAYS, module="M1", source=Source.STUDENT_RECORDS, score=True),
        View(*FOUR, source=Source.VLE, score=True, others=True),
    ],
)
def test_the_address_of_a_view_leads_to_the_view(view):
    assert asked(**timeline_choice.address(view, timeline())) == view
