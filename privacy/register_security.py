"""How data are kept safe, as this installation is set up: the measures of Article 32 for the record of processing."""

from collections.abc import Iterator

from policy import Policy
from privacy.register import Table
from privacy.register_facts import Facts, Measured

_LATER = "Checked when this register is downloaded."


def measures(ours: Policy, facts: Facts) -> Table:
    """Each measure and how it stands."""
    return Table("How the data are kept safe", ("Measure", "How it stands"), tuple(_rows(ours, facts)))


def chain(measured: Measured | None) -> str:
    """Whether the chain of the access log holds."""
    if measured is None:
        return _LATER
    if measured.broken_at is not None:
        return f"Broken at line {measured.broken_at:,}: look into it at once."
    older = f" {measured.cut.said}" if measured.cut else ""
    return f"Holds: {measured.lines:,} lines, each sealed to the one before.{older}"


def signed(facts: Facts) -> str:
    """How many of staff have accepted the confidentiality agreement."""
    share = f", {100 * facts.signed // facts.signers}%" if facts.signers else ""
    return f"{facts.signed:,} of {facts.signers:,} people of staff{share}"


def _rows(ours: Policy, facts: Facts) -> Iterator[tuple[str, str]]:
    access = ours.access
    yield (
        "On the way",
        "HTTPS alone." if facts.https else "Not over HTTPS: fit for a trial, not for real students.",
    )
    yield "Where the records lie", facts.database
    yield (
        "Signing in",
        f"Passwords of at least {access.password_characters} characters, kept as bcrypt digests; after "
        f"{access.wrong_tries} wrong ones the account waits. A session ends after {access.idle_minutes} minutes "
        f"without use and after {access.absolute_hours} hours in any case.",
    )
    yield (
        "Who may do what",
        f"{len(facts.grants)} grants, all else refused; one role at a time, bound to the student, the purpose and "
        f"the day. Roles are looked at again every {access.review_months} months.",
    )
    yield "Confidentiality agreement, accepted by", signed(facts) + ". Nothing opens to staff without it."
    yield (
        "Sensitive notes",
        "Sealed one by one with AES-256-GCM; keys lie apart, and go when consent is withdrawn.",
    )
    yield (
        "Equality characteristics",
        "In a store of their own, without names, read by the jobs that count groups alone.",
    )
    yield "Access log", chain(facts.measured)
    yield (
        "Backups",
        "Made by `manage.py backup`; keys are never in them; what was erased is erased again on restore.",
    )
    yield (
        "Sent to makers of software",
        "Nothing: telemetry is off, and no page loads anything from elsewhere.",
    )
