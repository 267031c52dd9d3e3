"""Writes `docs/authorisation.md` from `auth/authorisation.csv`, for people who do not read the table: `make docs`."""

from itertools import groupby
from pathlib import Path

from auth.permissions import Grant, grants
from auth.viewer import Role

PAGE = Path(__file__).with_name("authorisation.md")

HEAD = """# Who may do what

Written by `make docs` from [`auth/authorisation.csv`](../auth/authorisation.csv), which is what the application
itself obeys. Change that table, not this page. What is not listed is refused, and the refusal is logged.

A student's records open only for an enrolment that is active today and was agreed to, and to staff only while they
have accepted the current confidentiality agreement. What answers a person's rights outlives the enrolment.
"""


def page() -> str:
    """The page as it should be now: a table for each role, in the order of the roles."""
    order = list(Role)
    everything = sorted(grants(), key=lambda grant: (order.index(grant.role), *_words(grant)))
    tables = [_table(role, list(lines)) for role, lines in groupby(everything, key=lambda grant: grant.role)]
    return "\n".join([HEAD, *tables])


def _table(role: Role, lines: list[Grant]) -> str:
    rows = [f"| {' | '.join(_words(line))} |" for line in lines]
    return "\n".join(
        [f"## {role.words}\n", "| records | may | whose | why |", "|---|---|---|---|", *rows, ""]
    )


def _words(grant: Grant) -> tuple[str, ...]:
    act = grant.act
    return act.category.replace("_", " "), act.action, grant.relation.words, act.basis.words


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
