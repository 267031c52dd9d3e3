"""The register of processors: each company, its contract, what the contract must bind it to, and when it ends."""

from datetime import date

from policy import Policy
from policy.processors import Processor, Term
from privacy import register_parts as parts
from privacy.register import Register, Table, listed
from privacy.register_facts import Facts


def register(facts: Facts, ours: Policy, today: date) -> Register:
    """Once a contract has ended, what it covers is switched off."""
    listed_here = ours.processors.processor
    return Register(
        "processors",
        "Processors and contracts",
        "Companies that handle personal data for the university, and the contracts that bind them (UK GDPR, Article "
        "28). Once a contract has ended, what it covers is switched off: nothing is sent, loaded or backed up. The "
        "machine goes on; what is asked of it is asked before a production start.",
        (
            parts.processors(ours, today),
            parts.integrations(ours),
            Table(
                "What each contract binds the company to",
                ("Processor", "Bound", "Not bound, and must be", "Engages in its turn"),
                tuple(map(_terms, listed_here)),
            ),
        ),
    )


def _terms(one: Processor) -> tuple[str, ...]:
    bound = listed([term.words for term in Term if term in one.terms])
    return one.name, bound, listed([term.words for term in one.lacking]), listed(one.sub_processors)
