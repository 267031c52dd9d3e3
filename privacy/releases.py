"""Releases of figures: which students one counts, what it says of them, where it stands, and what its cells hold."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from privacy.families import Family
from privacy.lattice import Node

PEOPLE = "people"
"""The figure of a cell that is a headcount."""
WAIT = "wait"
"""The figure of a cell that is a median of days, from a suggestion to the offer of a conversation."""
NOT_SHOWN = "[x]"
"""In the place of every figure of a characteristic that more than half of a node's students have not told."""
NOBODY = ""
"""In the place of a characteristic: everybody together."""


class Cohort(StrEnum):
    """The students whom a release counts, and when they are known for good."""

    CENSUS = "census"
    WEEK = "week"
    FINISHING = "finishing"
    AWARDS = "awards"


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
"""The states that may follow each. A release is never changed: a correction is another one of the whole cohort."""


class Measure(StrEnum):
    """What is said of a group as a share of it; of a census, from the first day of the term on."""

    WELL = "rated Good or High"
    PARTLY = "rated Partial"
    LOW = "rated Low or Very low"
    ABSENT = "who attended under half of their classes"
    MISSING = "with missing work"
    SUGGESTED = "with a suggestion to talk"
    RECOVERED = "with a suggestion that is over"
    OFFERED = "offered a conversation"
    MET = "met with their tutor"
    PLANNED = "with an agreed support plan"
    CONTINUED = "still studying a year later, or finished"
    COMPLETED = "who completed their course"
    UPPER = "with a first or an upper second"


RATED = (Measure.WELL, Measure.PARTLY, Measure.LOW)
"""How the ratings are distributed; whoever has none of the three has not enough data."""
_DEAREST = (Measure.WELL, Measure.LOW, Measure.PARTLY)
"""The same; where not all can be said the last is left out first."""
RESPONSE = (Measure.SUGGESTED, Measure.OFFERED, Measure.MET, Measure.PLANNED, Measure.RECOVERED)
"""The measures that tell how the university responded, in their order."""
_LATER = (Measure.CONTINUED,)
MEASURES: Mapping[Cohort, tuple[Measure, ...]] = {
    Cohort.CENSUS: (Measure.WELL, Measure.LOW, Measure.ABSENT, Measure.MISSING, *RESPONSE, *_LATER),
    Cohort.WEEK: RATED,
    Cohort.FINISHING: (Measure.COMPLETED,),
    Cohort.AWARDS: (Measure.UPPER,),
}
"""What is said of each cohort. Whether students went on is said once it is known.

By characteristic the two ends of the ratings are told and not the middle: with all three, little is left open of the
few who have none of two.
"""
FAVOURABLE = frozenset(
    {Measure.WELL, Measure.RECOVERED, Measure.CONTINUED, Measure.COMPLETED, Measure.UPPER, *RESPONSE[1:4]}
)
"""Measures of which more is better."""
FAMILIES = (
    Family(tuple(measure.name for measure in _DEAREST), apart=True),
    Family((Measure.SUGGESTED.name, Measure.RECOVERED.name)),
    *(
        Family((measure.name,))
        for measure in Measure
        if measure not in {*RATED, Measure.SUGGESTED, Measure.RECOVERED}
    ),
)
"""Measures that tell of each other: the ratings, and a suggestion with its end; every other stands alone."""


class Trait(StrEnum):
    """Dimensions that are no characteristics of a person, but of the enrolment."""

    MODE = "mode of study"
    LEVEL = "level of study"


@dataclass(frozen=True)
class Release:
    """One release, without its cells. `rule` is the hash of the rules it was made by, `profile` their name."""

    id: int
    cohort: Cohort
    census: date
    state: State
    built_at: datetime
    rule: str
    profile: str
    approved_at: datetime | None = None
    approved_by: str = ""


@dataclass(frozen=True)
class Cell:
    """What is said of one group at one node: the rounded headcount, and each share with its verdict, as text.

    `shares` is by the measure's name. `wait` is the median of days from a suggestion to an offer.
    """

    group: str
    people: str
    shares: Mapping[str, str]
    verdicts: Mapping[str, str]
    wait: str = ""


@dataclass(frozen=True)
class Table:
    """One step of one characteristic at one node; the first cell is of everybody there."""

    node: Node
    dimension: str
    step: int
    cells: tuple[Cell, ...]
