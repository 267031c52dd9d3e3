"""Who handles data for the university: each integration in somebody's hands, and each contract with its days."""

from datetime import date

import pytest
from pydantic import ValidationError

import policy
from policy.processors import IN_HOUSE, Integration, Processor, Processors, Term

MAIL = {
    "name": "Weaver Mail Ltd",
    "service": "sends e-mail",
    "data": ["contact", "messages"],
    "contract": "W-1",
    "begins": date(2026, 8, 1),
    "ends": date(2027, 7, 31),
    "terms": [term.value for term in Term],
}
HOUSE = {use.value: IN_HOUSE for use in Integration}


def made(integration=None, **changed) -> Processors:
    used = HOUSE | {"email": "Weaver Mail Ltd"} if integration is None else integration
    return Processors.model_validate({"integration": used, "processor": [MAIL | changed]})


def test_nobody_is_named_as_shipped_and_nothing_is_off():
    shipped = policy.current().processors
    assert not [use for use in Integration if shipped.said(use)]
    assert not [use for use in Integration if shipped.over(use, date(2040, 1, 1))]


@pytest.mark.parametrize(
    ("day", "runs", "soon"),
    [
        (date(2026, 7, 31), False, False),
        (date(2026, 8, 1), True, False),
        (date(2027, 5, 1), True, False),
        (date(2027, 5, 2), True, True),
        (date(2027, 7, 31), True, True),
        (date(2027, 8, 1), False, False),
    ],
)
def test_a_contract_runs_on_both_its_days_and_warns_ninety_days_before(day, runs, soon):
    ours = made()
    (mail,) = ours.processor
    assert (mail.runs(day), mail.ends_soon(day)) == (runs, soon)
    assert (ours.over(Integration.EMAIL, day) is None) == runs
    assert ours.over(Integration.HOSTING, day) is None
    assert ours.uses(mail) == (Integration.EMAIL,)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"ends": date(2026, 7, 1)}, "ends before it begins"),
        ({"countries": ["Norway"]}, "say under transfer"),
        ({"name": IN_HOUSE}, "its own name"),
        ({"terms": ["hope"]}, "Input should be"),
        ({"data": []}, "at least 1"),
    ],
)
def test_a_processor_that_says_too_little_is_refused(changed, said):
    with pytest.raises(ValidationError, match=said):
        Processor.model_validate(MAIL | changed)


@pytest.mark.parametrize(
    ("integration", "said"),
    [
        ({**HOUSE, "email": "Somebody"}, "is no processor listed"),
        ({k: v for k, v in HOUSE.items() if k != "vle"}, "is missing under"),
        ({**HOUSE, "marketing": IN_HOUSE}, "Input should be"),
    ],
)
def test_each_integration_names_a_processor_that_is_listed(integration, said):
    with pytest.raises(ValidationError, match=said):
        made(integration)


def test_what_the_contract_does_not_bind_it_to_is_known():
    (mail,) = made(terms=["instructions", "security"]).processor
    assert mail.lacking == tuple(term for term in Term if term not in (Term.INSTRUCTIONS, Term.SECURITY))
