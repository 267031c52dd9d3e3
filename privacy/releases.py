"""Releases of figures by characteristic: what is measured, where a release stands, and how its cells are named."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from privacy.lattice import Node

PEOPLE = "people"
"""The figure of a cell that is a headcount."""
NOT_SHOWN = "[x]"
"""In the place of every figure of a characteristic that more than half of a node's students have not told."""


class State(StrEnum):
    """Where a release stands. Managers see approved ones alone."""

    BUILT = "built"
    APPROVED = "approved"
    WITHDRAWN = "withdrawn"


NEXT: Mapping[State, frozenset[State]] = {
    State.BUILT: frozenset({State.APPROVED, State.WITHDRAWN}),
    State.APPROVED: frozenset({State.WITHDRAWN}),
    State.WITHDRAWN: frozenset(),
}
"""The states that may follow each. A release is never changed: a correction is another one of the whole census."""


class Measure(StrEnum):
    """What is said of a group as a share of it, from the first day of the term to the census."""

    WELL = "rated Good or High"
    LOW = "rated Low or Very low"
    SUGGESTED = "with a suggestion to talk"
    OFFERED = "offered a conversation"
    MET = "met with their tutor"
    PLANNED = "with an agreed support plan"


RESPONSE = (Measure.SUGGESTED, Measure.OFFERED, Measure.MET, Measure.PLANNED)
"""The measures that tell how the university responded."""


class Trait(StrEnum):
    """Dimensions that are no characteristics of a person: of the enrolment, and of the week before the census."""

    MODE = "mode of study"
    LEVEL = "level of study"
    RATING = "rating"


@dataclass(frozen=True)
class Release:
    """One release, without its cells."""

    id: int
    census: date
    state: State
    built_at: datetime
    rule: str
    approved_at: datetime | None = None
    approved_by: str = ""


@dataclass(frozen=True)
class Cell:
    """What is said of one group at one node: the rounded headcount, and each share with its verdict, as text."""

    category: str
    people: str
    shares: Mapping[str, str]
    verdicts: Mapping[str, str]


@dataclass(frozen=True)
class Table:
    """One characteristic at one node; the first cell is of everybody there."""

    node: Node
    dimension: str
    cells: tuple[Cell, ...]
