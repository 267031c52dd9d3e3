"""What stops a production start: each blank by its own line, and nothing when all is filled in."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

import policy
from policy import production
from policy.institution import Institution
from policy.processors import Processors, Term
from policy.settings import Settings
from policy.support import Support
from tests.policy.filled_in import INSTITUTION, PLACE, PROCESSORS, SUPPORT

TODAY = date(2026, 11, 24)


def missing(home, *, https=True, **changes):
    """The titles of what is missing, after these changes to a policy in which nothing is."""
    ours = replace(
        policy.current(),
        institution=Institution(**INSTITUTION | changes.get("institution", {})),
        support=Support(**SUPPORT | changes.get("support", {})),
        processors=Processors(**PROCESSORS | changes.get("processors", {})),
    )
    if "host" in changes:
        sending = ours.messages.sending.model_copy(update={"host": changes["host"]})
        ours = replace(ours, messages=ours.messages.model_copy(update={"sending": sending}))
    return [
        line.title
        for line in production.missing(ours, Settings(home=home, https=https), changes.get("today", TODAY))
    ]


def test_when_all_is_filled_in_nothing_is_missing(tmp_path: Path):
    assert missing(tmp_path) == []


@pytest.mark.parametrize(
    ("blank", "title"),
    [
        ({"name": "Your university"}, "The university has its name"),
        ({"support_contact": ""}, "The service desk can be reached"),
        ({"controller": {"name": "", "address": "1 Mill Lane"}}, "The controller has a name and an address"),
        ({"controller": {"name": "Weaver", "address": ""}}, "The controller has a name and an address"),
        ({"data_protection_officer": {}}, "The data protection officer can be reached"),
        ({"learner_analytics": {}}, "Questions about Learner Analytics reach somebody"),
        ({"information_compliance": {}}, "Requests about rights reach somebody"),
        ({"regulations": {"undergraduate_link": "https://weaver.test/ug"}}, "Both regulations can be read"),
        ({"retention_schedule": {}}, "The retention schedule can be read"),
        ({"complaints": {}}, "The complaints procedure can be read"),
        ({"demonstration": True}, "The keys and the data are not those of the demo"),
    ],
)
def test_each_blank_is_named_by_one_line(tmp_path, blank, title):
    assert missing(tmp_path, institution=blank) == [title]


@pytest.mark.parametrize(
    "way",
    [
        {"phone": "01632 960 114"},
        {"phone": "0808 157 0100"},
        {"email": "advice@university.example"},
        {"link": "https://advice.university.example/a"},
    ],
)
def test_an_invented_place_of_support_stops_it(tmp_path, way):
    (found,) = missing(tmp_path, support={"place": [PLACE | way]})
    assert found == "Every place that students are sent to is real"


def test_keys_made_for_the_demo_stop_it_whatever_the_policy_says_by_now(tmp_path):
    (tmp_path / "demo.toml").write_text("", "utf-8")
    assert missing(tmp_path) == ["The keys and the data are not those of the demo"]


def test_without_https_it_does_not_start(tmp_path):
    assert missing(tmp_path, https=False) == ["It is served over HTTPS"]


def test_the_invented_address_of_the_mail_stops_it_only_where_mail_is_sent(tmp_path):
    assert missing(tmp_path, host="") == []
    assert missing(tmp_path, host="mail.weaver.test") == [
        "E-mails come from the university and lead back to it"
    ]


def test_bank_holidays_must_reach_to_the_end_of_next_year(tmp_path):
    last = max(policy.current().rights.bank_holidays)
    assert missing(tmp_path, today=date(last - 1, 12, 31)) == []
    assert missing(tmp_path, today=date(last, 1, 1)) == ["Bank holidays are known for this year and the next"]


CONTRACT = {
    "name": "Weaver Hosting",
    "service": "runs the servers",
    "data": ["all of it"],
    "contract": "PROC-1",
    "begins": date(2026, 1, 1),
    "ends": date(2026, 11, 24),
    "terms": list(Term),
}


@pytest.mark.parametrize(
    ("contract", "hosting", "title"),
    [
        ({}, "Weaver Hosting", None),
        ({"ends": date(2026, 11, 23)}, "Weaver Hosting", "Every contract with a processor is running"),
        (
            {"begins": date(2026, 11, 25), "ends": date(2027, 1, 1)},
            "Weaver Hosting",
            "Every contract with a processor is running",
        ),
        (
            {"terms": list(Term)[1:]},
            "Weaver Hosting",
            "Every contract with a processor binds it to all that the law asks for",
        ),
        ({"ends": date(2026, 11, 23)}, "in-house", None),  # nobody uses it any more
        ({}, "", "It is known who runs each system, and under which contract"),
    ],
)
def test_who_runs_the_systems_is_known_and_bound_by_a_contract_of_today(tmp_path, contract, hosting, title):
    integration = PROCESSORS["integration"] | {"hosting": hosting}
    of = {"integration": integration, "processor": [CONTRACT | contract]}
    assert missing(tmp_path, processors=of) == ([title] if title else [])


def test_every_line_says_what_to_do(tmp_path):
    lines = production.lines(policy.current(), Settings(home=tmp_path), TODAY)
    told = [line for line in lines if line.missing]
    assert len(told) == 12
    assert all(line.missing.endswith(".") for line in told)
