"""Who has agreed: students at enrolment, by the way they came; and staff, to the confidentiality agreement."""

from datetime import date

from policy import Policy
from privacy import register_security
from privacy.register import Register, Table
from privacy.register_facts import Covered, Facts


def register(facts: Facts, ours: Policy, today: date) -> Register:
    """Without the one nothing of a student is shown to anybody; without the other nothing opens to staff."""
    agreement = ours.agreement
    return Register(
        "agreement",
        "Agreement coverage",
        "Whose records may be shown at all: nothing of an enrolment without the agreement made at enrolment is shown "
        "to anybody, and nothing opens to staff who have not accepted the confidentiality agreement in force.",
        (
            Table(
                "Active enrolments, by where they came from",
                ("Came from", "Active enrolments", "With the agreement", "Without", "Share"),
                tuple(map(_row, facts.covered)),
                none="No enrolment is active today.",
            ),
            Table(
                "The staff’s confidentiality agreement",
                ("What", "How it stands"),
                (
                    ("Version", agreement.version),
                    ("SHA-256 of its text", agreement.sha256),
                    ("Accepted by", register_security.signed(facts)),
                    (
                        "Accepted again after",
                        f"{ours.access.agreement_months} months, and at each new version",
                    ),
                ),
            ),
        ),
    )


def _row(one: Covered) -> tuple[str | int, ...]:
    share = f"{100 * one.agreed // one.enrolments}%" if one.enrolments else ""
    return one.source, one.enrolments, one.agreed, one.enrolments - one.agreed, share
