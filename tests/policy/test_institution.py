"""The university's own file: blanks are blanks and no dead links, and the regulator is the one of the day."""

from datetime import date

import pytest
from pydantic import ValidationError

import policy
from policy.institution import Contact, Institution, Regulations

BASE = {"name": "Elsewhere", "support_name": "Help", "support_contact": ""}


def test_what_only_a_university_can_say_is_shipped_blank():
    shipped = policy.current().institution
    contacts = (shipped.data_protection_officer, shipped.learner_analytics, shipped.information_compliance)
    assert [contact.reached for contact in contacts] == [False, False, False]
    assert (shipped.controller.name, shipped.controller.address) == ("", "")
    links = (shipped.regulations.undergraduate_link, shipped.retention_schedule.link, shipped.complaints.link)
    assert links == (None, None, None)


@pytest.mark.parametrize(
    ("given", "reached"),
    [
        ({}, False),
        ({"name": "Registry"}, False),
        ({"email": "a@b.example"}, False),
        ({"name": "Registry", "email": ""}, False),
        ({"name": "Registry", "email": "a@b.example"}, True),
        ({"name": "Registry", "phone": "01632 960 201"}, True),
        ({"name": "Registry", "link": "https://b.example"}, True),
    ],
)
def test_a_contact_is_reached_by_a_name_and_one_way(given, reached):
    assert Contact(**given).reached is reached


@pytest.mark.parametrize(
    "wrong", [{"link": "http://b.example"}, {"email": "nobody"}, {"phone": "ring us"}, {"fax": "1"}]
)
def test_what_leads_nowhere_is_refused(wrong):
    with pytest.raises(ValidationError):
        Contact(name="Registry", **wrong)


def test_a_link_that_is_no_https_is_refused_and_a_blank_one_is_none():
    assert Regulations(undergraduate_link="").undergraduate_link is None
    with pytest.raises(ValidationError):
        Regulations(undergraduate_link="javascript:alert(1)")


def test_the_regulators_name_changes_on_its_day():
    office = {"name": "The Office", "begins": date(2001, 1, 30), "link": "https://office.example"}
    commission = {"name": "The Commission", "begins": date(2027, 4, 1), "link": "https://commission.example"}
    of = Institution(**BASE, regulator=(commission, office))
    days = (date(1999, 1, 1), date(2027, 3, 31), date(2027, 4, 1), date(2030, 1, 1))
    names = [of.regulator_on(day).name for day in days]
    assert names == ["The Office", "The Office", "The Commission", "The Commission"]


def test_a_file_from_before_still_has_a_regulator_and_an_empty_list_of_them_is_refused():
    assert Institution(**BASE).regulator_on(date(2026, 11, 23)).link == "https://ico.org.uk/make-a-complaint/"
    with pytest.raises(ValidationError):
        Institution(**BASE, regulator=())
