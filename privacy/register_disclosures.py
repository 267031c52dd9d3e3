"""The register of disclosures: what was given to organisations outside, by pseudonym, and counts by ground."""

from datetime import date

from policy import Policy
from privacy import register_parts as parts
from privacy.disclosed import Disclosed
from privacy.register import Register, Table, day
from privacy.register_facts import Facts


def register(facts: Facts, ours: Policy, today: date) -> Register:
    """What each rests on may name people, so it stays in the application."""
    return Register(
        "disclosures",
        "Disclosures outside the university",
        "What was given to organisations outside, and on which ground. Students stand here by the pseudonym of the "
        "access log; what each disclosure rests on, word for word, stays in the application.",
        (
            parts.grounds(facts),
            Table(
                "Every disclosure",
                (
                    "Student",
                    "Given to",
                    "Data",
                    "Ground",
                    "Given on",
                    "Approved",
                    "Shown to the student from",
                ),
                tuple(map(_row, facts.disclosed)),
                none="Nothing was ever given outside.",
            ),
        ),
    )


def _row(one: Disclosed) -> tuple[str, ...]:
    approved = "agreed to by the student" if one.ground.agreed else "by information compliance"
    return (
        one.student,
        one.recipient,
        one.items,
        one.ground.words,
        day(one.given_on),
        approved,
        day(one.shown_from),
    )
