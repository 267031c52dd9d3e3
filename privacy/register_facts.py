"""What registers say of this installation besides its configuration: counts and states, and nobody's name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from policy.notice import Notice
from privacy.case_counts import Counted
from privacy.consent_record import Recorded
from privacy.disclosed import Disclosed, Ground
from privacy.labels import About, Category, Source
from privacy.logged import Cut
from privacy.purposes import Duty, Purpose
from privacy.retention import Due, Proposal


@dataclass(frozen=True)
class Column:
    """One column of the database and its label. `personal` says whether its table leads to a person."""

    table: str
    name: str
    about: About
    personal: bool


@dataclass(frozen=True)
class Granted:
    """One line of the table of permissions, in words; `whose` records may be read or written, and why."""

    role: str
    category: Category
    action: str
    whose: str
    why: Purpose | Duty


@dataclass(frozen=True)
class Loaded:
    """The last load of a system: when, how many rows it brought, of which so many came in, and how far it reaches."""

    system: Source
    at: datetime
    rows: int
    accepted: int
    up_to: date | None


@dataclass(frozen=True)
class Covered:
    """Active enrolments by the way they came, and how many of them have an agreement made at enrolment."""

    source: str
    enrolments: int
    agreed: int


@dataclass(frozen=True)
class Released:
    """A release of figures, and what its own audit found: cells too small, to be worked out, and not said."""

    census: date
    state: str
    small: int
    beside: int
    unsaid: int


@dataclass(frozen=True)
class Measured:
    """What takes time in proportion to all that is kept, and is counted for a print alone."""

    rows: Mapping[str, int]
    lines: int
    broken_at: int | None
    cut: Cut | None = None


@dataclass(frozen=True)
class Rights:
    """Requests that ended in the last twelve months, by kind; how many are open, and how many of those are late."""

    over: tuple[Counted, ...]
    open: int
    late: int


@dataclass(frozen=True)
class Facts:
    """Everything live. `staff` are people by role, of whom `signed` of `signers` accepted the agreement in force."""

    columns: Sequence[Column]
    grants: Sequence[Granted]
    https: bool
    database: str
    notice: Notice
    students: Mapping[str, int]
    staff: Mapping[str, int]
    signers: int
    signed: int
    covered: Sequence[Covered]
    loads: Sequence[Loaded]
    rights: Rights
    due: Sequence[Due]
    disposals: Sequence[Proposal]
    by_ground: Mapping[Ground, int]
    disclosed: Sequence[Disclosed]
    consents: Sequence[Recorded]
    releases: Sequence[Released]
    measured: Measured | None = None

    @property
    def unagreed(self) -> int:
        """Active enrolments without an agreement: nothing of them is shown to anybody."""
        return sum(one.enrolments - one.agreed for one in self.covered)

    @property
    def overdue(self) -> int:
        """People of whom some class of records is over its time, and nothing holds it back."""
        return sum(one.people - one.held for one in self.due if one.rule.action == "delete")
