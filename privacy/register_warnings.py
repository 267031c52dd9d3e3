"""What compliance should look at before a register is relied on: each a sentence that says what to do."""

from collections.abc import Iterator, Sequence
from datetime import date

from engagement import words
from policy import Policy
from policy.production import Line
from privacy.labels import Retention
from privacy.register import day
from privacy.register_facts import Facts

EXTRACT = (3, 30)
"""The day by which equality information is published each year (Equality Act 2010 regulations 2017)."""
_REMINDED = 90


def warnings(facts: Facts, ours: Policy, blanks: Sequence[Line], today: date) -> tuple[str, ...]:
    """The gravest first; empty where all is well. `blanks` are the lines that stop a production start."""
    return (*_contracts(ours, today), *_records(facts, ours), *_people(facts), *_said(ours, blanks, today))


def _contracts(ours: Policy, today: date) -> Iterator[str]:
    for one in ours.processors.processor:
        if not ours.processors.uses(one):
            continue
        if not one.runs(today):
            yield f"There is no contract with {one.name} today: what it covers is switched off."
        elif one.ends_soon(today):
            yield f"The contract with {one.name} ends on {day(one.ends)}: after that, what it covers is off."


def _records(facts: Facts, ours: Policy) -> Iterator[str]:
    if facts.measured and facts.measured.broken_at is not None:
        yield f"The access log is broken at line {facts.measured.broken_at:,}: look into it at once."
    if unruled := ours.retention.unruled({one.value for one in Retention}):
        yield f"No rule says how long these are kept: {', '.join(unruled)}. Write one in retention.toml."
    if facts.overdue:
        people = words.of(facts.overdue, "person", "people")
        yield f"Records of {people} are over their time: see Retention."
    if facts.rights.late:
        late = words.of(facts.rights.late, "request is", "requests are")
        yield f"{late} past the day of the answer: see Requests and deadlines."


def _people(facts: Facts) -> Iterator[str]:
    if facts.unagreed:
        without = words.of(facts.unagreed, "active enrolment has", "active enrolments have")
        yield f"{without} no agreement made at enrolment, so nothing of them is shown to anybody."


def _said(ours: Policy, blanks: Sequence[Line], today: date) -> Iterator[str]:
    yield from (f"{one.title}: not so yet. {one.missing}" for one in blanks)
    of = ours.registers
    if of.unowned:
        yield f"Nobody answers yet for {words.of(of.unowned, 'purpose')}: name a post in registers.toml."
    if not of.policy_document.reviewed:
        yield "The appropriate policy document was never looked over: say when in registers.toml."
    if not (of.assessment.signed_by and of.assessment.signed_on):
        yield "The impact assessment is not signed off: say by whom and when in registers.toml."
    by = date(today.year, *EXTRACT)
    if 0 <= (by - today).days <= _REMINDED:
        yield f"The yearly equality information is to be published by {day(by)}: see Equality monitoring."
