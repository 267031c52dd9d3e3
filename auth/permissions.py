"""What each role may do, to whose records, and why: `authorisation.csv`, read once; default deny."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from auth.viewer import Role
from privacy.labels import Category
from privacy.purposes import Duty, Purpose, basis


class Action(StrEnum):
    """What is done with a record."""

    READ = "read"
    WRITE = "write"


class Relation(StrEnum):
    """How the viewer stands to the student; each is one condition in `data_access.scope`."""

    SELF = "self"
    TUTEE = "tutee"
    SHARED_ACTION = "shared_action"  # an action of the student's plan is shared with the viewer, by name
    ESCALATED = "escalated"  # the student was passed on to the viewer, with a reason
    OPEN_CASE = "open_case"  # a request of the student is open, and compliance answers it
    BREAK_GLASS = (
        "break_glass"  # an emergency was declared by the viewer, for this student, less than an hour ago
    )
    EVERYONE = "everyone"
    NOBODY = "nobody"  # the record is not about a student: a source, a role, a log

    @property
    def words(self) -> str:
        """Whose records those are, as the registers and `docs/authorisation.md` print it."""
        return _WHOSE[self]


_WHOSE = {
    Relation.SELF: "their own",
    Relation.TUTEE: "their tutees', while they are the personal tutor",
    Relation.SHARED_ACTION: "students' of whose plan an action is shared with them, by name",
    Relation.ESCALATED: "students' who were passed on to them, while they are",
    Relation.OPEN_CASE: "students' of whom a request is open, while it is",
    Relation.BREAK_GLASS: "the one student's for whom they declared an emergency, for an hour",
    Relation.EVERYONE: "everybody's",
    Relation.NOBODY: "nobody's: not about a person",
}


@dataclass(frozen=True)
class Act:
    """What somebody is about to do: to which kind of record, and for which purpose or duty."""

    action: Action
    category: Category
    basis: Purpose | Duty


@dataclass(frozen=True)
class Grant:
    """One line of `authorisation.csv`."""

    role: Role
    act: Act
    relation: Relation


@cache
def grants() -> frozenset[Grant]:
    """Every grant there is. A line with an unknown word stops the start (ValueError)."""
    path = Path(__file__).with_name("authorisation.csv")
    with path.open(encoding="utf-8", newline="") as lines:
        return frozenset(_grant(line) for line in csv.DictReader(lines, strict=True))


def _grant(line: dict[str, str]) -> Grant:
    act = Act(Action(line["action"]), Category(line["resource"]), basis(line["purpose"]))
    return Grant(Role(line["role"]), act, Relation(line["relation"]))


@cache
def relations(role: Role, act: Act) -> frozenset[Relation]:
    """The relations under which `role` may do `act`; empty means never."""
    return frozenset(g.relation for g in grants() if g.role == role and g.act == act)


def readable(role: Role, act: Act, categories: Iterable[Category]) -> frozenset[Category]:
    """Those of `categories` the role may read wherever it may do `act`, for the same basis.

    A query asks for the columns it wants; what is missing here comes back empty.
    """
    here = relations(role, act)
    return frozenset(
        c for c in categories if here and here <= relations(role, Act(Action.READ, c, act.basis))
    )
