"""Rights and complaints in counts: what was asked, how much of it was answered in time, and how long it took."""

from datetime import date

from engagement import words
from policy import Policy
from privacy.case_counts import Counted
from privacy.register import Register, Table
from privacy.register_facts import Facts
from privacy.request import Kind


def register(facts: Facts, ours: Policy, today: date) -> Register:
    """Nobody's name and nobody's request is in it."""
    return Register(
        "rights",
        "Rights and complaints",
        "What students asked for under data protection law and how it was answered. No name is in these figures.",
        (
            Table(
                "Today",
                ("What", "Requests"),
                (("Open", facts.rights.open), ("Past the day of the answer", facts.rights.late)),
            ),
            performance(facts),
            Table(
                "How they ended",
                ("What was asked", "How", "Requests"),
                tuple(
                    (one.kind.words, state.words, number)
                    for one in facts.rights.over
                    for state, number in one.ends
                ),
                "In the last twelve months.",
            ),
        ),
    )


def performance(facts: Facts) -> Table:
    """Every kind of request: how many, in time, and the median."""
    over = {one.kind: one for one in facts.rights.over}
    rows = tuple(_row(kind, over.get(kind)) for kind in Kind)
    head = ("What was asked", "Ended", "In time", "Half within")
    return Table("Answered in the last twelve months", head, rows)


def _row(kind: Kind, of: Counted | None) -> tuple[str | int, ...]:
    if of is None:
        return kind.words, 0, "", ""
    return kind.words, of.number, f"{100 * of.in_time // of.number}%", words.of(of.days, "day")
