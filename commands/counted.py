"""How a command tells what became of the rows of a file."""

from data_access.records import Counted


def counts(counted: Counted) -> dict[str, int]:
    """The counts for machines; `rows` is the sum of the others."""
    return {
        "rows": counted.rows,
        "accepted": counted.accepted,
        "quarantined": counted.quarantined,
        "held_back": counted.held_back,
        "repeated": counted.repeated,
    }


def told(counted: Counted) -> list[str]:
    """The counts for people, a line each for the reasons."""
    lines = [
        f"{counted.rows:,} rows: {counted.accepted:,} accepted, {counted.quarantined:,} quarantined, "
        f"{counted.held_back:,} held back, {counted.repeated:,} repeated."
    ]
    lines += [f"  {n:>9,}  {reason}" for reason, n in counted.reasons.items()]
    if counted.noted:
        lines.append("Met in rows that were accepted:")
        lines += [f"  {n:>9,}  {what}" for what, n in counted.noted.items()]
    return lines
