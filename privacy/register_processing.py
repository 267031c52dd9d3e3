"""The record of processing activities (UK GDPR art. 30(1))."""

from collections import defaultdict
from datetime import date

from policy import Policy
from policy.institution import Contact, Institution
from privacy import register_parts as parts
from privacy import register_security
from privacy.purposes import Duty
from privacy.register import Register, Table, Text, listed, said
from privacy.register_facts import Facts


def register(facts: Facts, ours: Policy, today: date) -> Register:
    """It names no student, and of staff only whom the university itself publishes as a contact."""
    return Register(
        "processing",
        "Record of processing",
        "What the law asks every controller to keep in writing (UK GDPR, Article 30): who is responsible, what data "
        "are used for, whose they are, who gets them, for how long, and how they are kept safe.",
        (
            responsible(ours.institution, today),
            parts.purposes(ours),
            _duties(),
            _agreed(ours.institution),
            parts.people(facts),
            parts.sources(facts),
            _recipients(facts),
            parts.processors(ours, today),
            parts.integrations(ours),
            parts.grounds(facts),
            _abroad(ours),
            parts.kept(ours),
            register_security.measures(ours, facts),
            Text(
                "Read beside this",
                (
                    "The data protection impact assessment and the appropriate policy document are registers of "
                    "their own, printed from the same configuration.",
                ),
            ),
        ),
    )


def responsible(of: Institution, today: date) -> Table:
    """The controller and whom to ask."""
    rows = (
        ("Controller", listed([one for one in (of.controller.name, of.controller.address) if one], said(""))),
        ("Joint controllers", "none"),
        ("Data protection officer", _contact(of.data_protection_officer)),
        ("Questions about Learner Analytics", _contact(of.learner_analytics)),
        ("Requests about rights", _contact(of.information_compliance)),
        ("Regulator", of.regulator_on(today).name),
    )
    return Table("Who is responsible", ("What", "Who"), rows)


def _contact(of: Contact) -> str:
    return listed([str(one) for one in (of.name, of.email, of.phone, of.link) if one], said(""))


def _duties() -> Table:
    rows = tuple((duty.words,) for duty in Duty)
    about = (
        "Not purposes, but what the university must do with the data that it has. Each such look is logged."
    )
    return Table("Duties beside the purposes", ("Duty",), rows, about)


def _agreed(of: Institution) -> Table:
    rules = of.regulations
    rows = (
        ("Undergraduate students", rules.undergraduate, said(rules.undergraduate_link)),
        ("Postgraduate students", rules.postgraduate, said(rules.postgraduate_link)),
    )
    about = "Agreed to at enrolment. That is not consent, and no data are shown before it."
    return Table(
        "The regulation students agreed to", ("Students", "Regulation", "Where it is read"), rows, about
    )


def _recipients(facts: Facts) -> Table:
    """Who inside the university gets which kinds of data; how many hold the role today."""
    kinds: dict[str, set[str]] = defaultdict(set)
    for one in facts.grants:
        kinds[one.role].add(one.category.replace("_", " "))
    rows = ((role, facts.staff[role], listed(sorted(kinds[role]))) for role in facts.staff)
    about = "A role alone opens no record of a student: see the purpose matrix for whose, and why."
    return Table("Who gets them inside the university", ("Role", "People today", "Kinds"), tuple(rows), about)


def _abroad(ours: Policy) -> Table:
    rows = tuple(
        (one.name, listed(one.abroad), one.transfer) for one in ours.processors.processor if one.abroad
    )
    none = "No listed processor handles data outside the United Kingdom."
    return Table("Outside the United Kingdom", ("Who", "Where", "What allows it"), rows, none=none)
