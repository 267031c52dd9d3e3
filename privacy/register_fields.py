"""The register of fields: every column of the database with its source, kind, purposes and retention class."""

from datetime import date

from policy import Policy
from privacy import register_parts as parts
from privacy.register import Register, Table
from privacy.register_facts import Column, Facts


def register(facts: Facts, ours: Policy, today: date) -> Register:
    """The columns of every table that leads to a person, table by table."""
    rows = tuple(_row(one) for one in sorted(facts.columns, key=lambda one: one.table) if one.personal)
    head = ("Table", "Column", "From", "Kind", "What for", "Kept as")
    return Register(
        "fields",
        "Register of fields",
        "Every column in which something about a person can stand: where it comes from, what kind it is, what it is "
        "held for, and the class of the retention schedule it is kept under. Equality characteristics lie apart; the "
        "appropriate policy document lists them.",
        (Table("Every column", head, rows),),
    )


def _row(one: Column) -> tuple[str, ...]:
    about = one.about
    return (
        one.table.replace("_", " "),
        one.name.replace("_", " "),
        about.source.words,
        about.category.replace("_", " "),
        parts.why(about.purposes),
        about.retention.value,
    )
