"""What compliance should look at first: contracts, rules that are missing, what is late, and the yearly extract."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

import policy
from policy.processors import IN_HOUSE, Integration, Processor, Processors
from policy.production import Line
from privacy.register_facts import Covered, Facts, Measured, Rights
from privacy.register_warnings import warnings

TODAY = date(2026, 11, 23)
FACTS = Facts(
    columns=(),
    grants=(),
    https=True,
    database="SQLite",
    notice=policy.current().notice,
    students={},
    staff={},
    signers=1,
    signed=1,
    covered=(),
    loads=(),
    rights=Rights((), 0, 0),
    due=(),
    disposals=(),
    by_ground={},
    disclosed=(),
    consents=(),
    releases=(),
)


def said(facts=FACTS, ours=None, today=TODAY, blanks=()) -> str:
    return "\n".join(warnings(facts, ours or policy.current(), blanks, today))


def contract(ends: date, used: bool = True):
    company = Processor(
        name="Harbour Hosting Ltd",
        service="servers",
        data=("all",),
        contract="14",
        begins=date(2020, 1, 1),
        ends=ends,
    )
    uses = dict.fromkeys(Integration, IN_HOUSE) | ({Integration.HOSTING: company.name} if used else {})
    return replace(policy.current(), processors=Processors(integration=uses, processor=(company,)))


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (91, ""),
        (90, "ends on 21 February 2027"),
        (0, "ends on 23 November 2026"),
        (-1, "There is no contract with Harbour Hosting Ltd today"),
    ],
)
def test_a_contract_is_warned_of_ninety_days_before_its_end_and_after_it(days, words):
    found = said(ours=contract(TODAY + timedelta(days=days)))
    assert words in found
    assert ("Harbour" in found) == bool(words)


def test_a_company_that_is_used_for_nothing_is_not_warned_of():
    assert "Harbour" not in said(ours=contract(TODAY, used=False))


@pytest.mark.parametrize(
    ("today", "reminded"),
    [
        (date(2026, 12, 29), False),
        (date(2027, 1, 1), True),
        (date(2027, 3, 30), True),
        (date(2027, 3, 31), False),
    ],
)
def test_the_yearly_extract_is_reminded_of_in_the_weeks_before_the_thirtieth_of_march(today, reminded):
    assert ("to be published by 30 March 2027" in said(today=today)) == reminded


def test_what_is_wrong_with_the_records_is_said_in_numbers():
    facts = replace(
        FACTS,
        covered=(Covered("Student records: demo", 10, 7),),
        rights=Rights((), 3, 1),
        measured=Measured({}, 4, 5),
    )
    found = said(facts)
    assert "3 active enrolments have no agreement made at enrolment" in found
    assert "1 request is past the day of the answer" in found
    assert "broken at line 5" in found


def test_a_class_without_a_rule_and_a_blank_are_said():
    now = policy.current()
    rules = {name: rule for name, rule in now.retention.rules.items() if name != "audit"}
    ours = replace(now, retention=now.retention.model_copy(update={"rules": rules}))
    found = said(ours=ours, blanks=(Line("It has a name", "Fill it in."),))
    assert "No rule says how long these are kept: audit." in found
    assert "It has a name: not so yet. Fill it in." in found
