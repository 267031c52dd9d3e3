"""The register of explicit consents: when each was decided, by pseudonym, and nothing of what it is about."""

from datetime import date

from policy import Policy
from policy.days import london_day
from privacy.consent import State
from privacy.consent_record import Recorded
from privacy.register import Register, Table, day
from privacy.register_facts import Facts


def register(facts: Facts, ours: Policy, today: date) -> Register:
    """Proof that consent was given (UK GDPR art. 7(1))."""
    counts = tuple((one.value, sum(each.state is one for each in facts.consents)) for one in State)
    return Register(
        "consents",
        "Explicit consents",
        "The proof that consent to sensitive information was given before any was written down (UK GDPR, Article "
        "7(1)). Students stand here by the pseudonym of the access log; what a consent is about is not here.",
        (
            Table("How many stand where", ("State", "Consents"), counts),
            Table(
                "Every consent",
                ("Number", "Student", "Stands", "Asked", "Since", "Until", "Text", "SHA-256", "Readers"),
                tuple(map(_row, facts.consents)),
                none="No consent has been asked for yet.",
            ),
        ),
    )


def _row(one: Recorded) -> tuple[str | int, ...]:
    asked, since = day(london_day(one.asked_at)), day(london_day(one.decided_at))
    text = one.version, one.sha256
    return one.id, one.student, one.state.value, asked, since, day(one.last_day), *text, one.readers
