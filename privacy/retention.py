"""When records are due to go, and the states of a proposal to dispose of them."""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from engagement import words
from policy.retention import Rule


class State(StrEnum):
    """Where a proposal stands."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    REFUSED = "refused"
    DONE = "done"


NEXT: Mapping[State, frozenset[State]] = {
    State.PROPOSED: frozenset({State.APPROVED, State.REFUSED}),
    State.APPROVED: frozenset({State.DONE, State.REFUSED}),
    State.REFUSED: frozenset(),
    State.DONE: frozenset(),
}
"""The states that may follow each."""


class Why(StrEnum):
    """Why records go: their time is over, or a person's request for erasure was upheld."""

    DUE = "the period is over"
    REVIEW = "the period is over: a review"
    """Somebody looks at what is kept, and says why it stays."""
    ERASURE = "a request for erasure was upheld"


NAMES: Mapping[str, str] = {
    "core": "Student records",
    "contact": "Contact details",
    "engagement": "Engagement",
    "support": "Conversations, plans and notes",
    "governance": "Accounts, roles and loads",
    "consent": "Consents",
    "sensitive": "Sensitive notes",
    "rights": "Requests",
    "audit": "Access log",
    "equality": "Characteristics",
    "quarantine": "Rows not taken in",
}
"""Each class of the schedule, as a person calls it."""


def called(kind: str) -> str:
    """The class as a person calls it; what an older schedule called differently stays as it was."""
    return NAMES.get(kind, kind)


@dataclass(frozen=True)
class Due:
    """What is due of one class: so many people, of whom so many are held back by a hold or an open request.

    `rows` are those beside that are about nobody.
    """

    kind: str
    people: int
    held: int
    rule: Rule
    rows: int = 0


@dataclass(frozen=True)
class Proposal:
    """A proposal, and once it is done its certificate: rows by table, and a digest of all that it says.

    Until it is done `rows` are those that are about nobody.
    """

    id: int
    why: Why
    kind: str
    version: str
    people: int
    state: State
    proposed_at: datetime
    proposed_by: str
    own: bool
    decided_by: str = ""
    decided_at: datetime | None = None
    reason: str = ""
    done_at: datetime | None = None
    rows: int = 0
    sha256: str = ""


@dataclass(frozen=True)
class Hold:
    """A legal hold: of one student by pseudonym, of one class, of both, or with neither of everything."""

    id: int
    student: str
    kind: str
    reason: str
    placed_by: str
    placed_at: datetime
    lifted_at: datetime | None = None


_ENDS = {
    "course end": "the end of the course",
    "last course end": "the end of the last course",
    "next census": "the day on which the next census was built",
    "load": "the load that refused a row",
    "own day": "the day of each line or load",
}


def period(rule: Rule) -> str:
    """`6 years after the end of the last course`: how long the records of a class are kept."""
    long, end = length(rule), _ENDS[rule.after]
    return f"{long} after {end}" if long else end


def length(rule: Rule) -> str:
    """`6 years`, `1 year 6 months`: how long after that; empty where it is at once."""
    parts = ((rule.years, "year"), (rule.months, "month"), (rule.days, "day"))
    return " ".join(words.of(number, name) for number, name in parts if number)


def due(end: date, rule: Rule) -> date:
    """The day on which records are due to go, after this last day. A day that a month has not is its last."""
    month = end.month - 1 + rule.months
    year, month = end.year + rule.years + month // 12, month % 12 + 1
    day = date(year, month, min(end.day, monthrange(year, month)[1]))
    return day + timedelta(days=rule.days)


def last_end_due(today: date, rule: Rule) -> date:
    """The latest last day of a course whose records are due today: the reverse of `due`, found by looking."""
    guess = date(today.year - rule.years - 1, today.month, min(today.day, 28)) - timedelta(
        days=31 * rule.months
    )
    end = guess - timedelta(days=rule.days + 31)
    while due(end + timedelta(days=1), rule) <= today:
        end += timedelta(days=1)
    return end
