"""The register of disposals: the schedule, what is over its time, and the certificate of each disposal."""

from datetime import date

from policy import Policy
from policy.days import london_day
from privacy import register_parts as parts
from privacy.register import Register, Table, day
from privacy.register_facts import Facts
from privacy.retention import Proposal, State


def register(facts: Facts, ours: Policy, today: date) -> Register:
    """A certificate names nobody: neither whose records went, nor who approved it."""
    due = tuple((one.kind, one.people, one.held, one.rule.action) for one in facts.due)
    done = [one for one in facts.disposals if one.state is State.DONE]
    return Register(
        "disposals",
        "Retention and disposals",
        "How long records are kept, what is over its time today, and the certificate of everything that was disposed "
        "of. A certificate names nobody; who proposed and approved it stays in the application.",
        (
            parts.kept(ours),
            Table("Over its time today", ("Class", "People", "Held back", "Then"), due),
            Table(
                "Certificates",
                ("Number", "Done", "Class", "Why", "People", "Rows", "Schedule", "Decided", "SHA-256"),
                tuple(map(_certificate, done)),
                none="Nothing has been disposed of yet.",
            ),
        ),
    )


def _certificate(one: Proposal) -> tuple[str | int, ...]:
    done = day(london_day(one.done_at)) if one.done_at else ""
    by = "approved by a second person" if one.decided_by else "by itself, as the schedule says"
    return one.id, done, one.kind, one.why.value, one.people, one.rows, one.version, by, one.sha256
