"""A datum that a student says is wrong: what it can be, who keeps it, and how the question about it ends."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from privacy.labels import Source

LONGEST = 1_000
"""Characters of what a student says about a datum, and of the answer."""


class Kind(StrEnum):
    """What can be wrong. Of each the system is known that has to put it right."""

    ATTENDANCE = "attendance"
    WORK = "work"
    ONLINE = "online"
    COURSE = "course"
    MODULE = "module"
    NOTE = "note"

    @property
    def words(self) -> str:
        """What it is called on a page."""
        return _WORDS[self]

    @property
    def system(self) -> Source:
        """Where it is put right. Learner Analytics itself is the place of what was written here alone."""
        return _SYSTEMS[self]


class Field(StrEnum):
    """What is recorded of an enrolment."""

    COURSE = "course"
    MODE = "mode"
    STAGE = "stage"
    STARTS = "starts"
    EXPECTED_END = "expected_end"

    @property
    def words(self) -> str:
        """The field on a page."""
        return _FIELDS[self]


class State(StrEnum):
    """Where the question stands. Only while it is `disputed` does the datum count for nothing."""

    DISPUTED = "disputed"
    CORRECTED = "corrected"
    KEPT = "kept"
    TAKEN_BACK = "taken_back"

    @property
    def words(self) -> str:
        """The state on a page."""
        return _STANDS[self]


_WORDS = {
    Kind.ATTENDANCE: "A class",
    Kind.WORK: "A piece of work",
    Kind.ONLINE: "A day on the VLE",
    Kind.COURSE: "The course",
    Kind.MODULE: "A module",
    Kind.NOTE: "A note",
}
_SYSTEMS = {
    Kind.ATTENDANCE: Source.ATTENDANCE,
    Kind.WORK: Source.STUDENT_RECORDS,
    Kind.ONLINE: Source.VLE,
    Kind.COURSE: Source.STUDENT_RECORDS,
    Kind.MODULE: Source.STUDENT_RECORDS,
    Kind.NOTE: Source.HERE,
}
_FIELDS = {
    Field.COURSE: "Course",
    Field.MODE: "Mode of study",
    Field.STAGE: "Stage",
    Field.STARTS: "First day",
    Field.EXPECTED_END: "Expected last day",
}
_STANDS = {
    State.DISPUTED: "Disputed",
    State.CORRECTED: "Put right",
    State.KEPT: "Kept, with reasons",
    State.TAKEN_BACK: "Taken back",
}

NEXT: Mapping[State, frozenset[State]] = {
    State.DISPUTED: frozenset({State.CORRECTED, State.KEPT, State.TAKEN_BACK}),
    State.CORRECTED: frozenset(),
    State.KEPT: frozenset(),
    State.TAKEN_BACK: frozenset(),
}
"""Which state may follow which. What was kept with reasons may be disputed anew once it has another value."""

LEFT_OUT = frozenset({Kind.ATTENDANCE, Kind.WORK, Kind.ONLINE})
"""What a rating is made of: left out of it while it is disputed (UK GDPR art. 18(1)(a)). The rest is only marked."""

CLAIMS: Mapping[Kind, tuple[str, ...]] = {
    Kind.ATTENDANCE: (
        "I was there",
        "I came late",
        "My absence was authorised",
        "I was not there",
        "The class did not take place",
        "Something else",
    ),
    Kind.WORK: (
        "I handed it in",
        "I handed it in on time",
        "I had an extension",
        "The mark is another",
        "It is not my work",
        "Something else",
    ),
    Kind.ONLINE: ("I used it more", "I did not use it that day", "Something else"),
    Kind.COURSE: ("It is another value", "Something else"),
    Kind.MODULE: ("I do not take it", "I joined or left on another day", "Something else"),
    Kind.NOTE: ("It is not what was said", "It is not about me", "Something else"),
}
"""What a student can say is right instead, beside words of their own."""


@dataclass(frozen=True)
class Target:
    """Which datum: the number of the class, assessment, module, enrolment or note; of a VLE day the day as well."""

    kind: Kind
    number: int
    day: int = 0
    field: Field | None = None


@dataclass(frozen=True)
class Datum:
    """A datum that can be disputed: what it is, and its value, both in words. `on` is empty where it has no day."""

    target: Target
    about: str
    value: str
    on: date | None = None


@dataclass(frozen=True)
class Step:
    """One step: the state, when, and why."""

    state: State
    at: datetime
    why: str


@dataclass(frozen=True)
class Dispute:
    """One disputed datum as its student sees it. `value` is what was recorded then, `now` what was loaded since.

    `text` are the student's own words, which stay with the datum. `told` are those with whom something of the
    student was shared, and who were told of the correction. `request` is the reference of the request by law.
    """

    reference: str
    kind: Kind
    about: str
    value: str
    claim: str
    text: str
    state: State
    raised_at: datetime
    request: str
    steps: tuple[Step, ...] = ()
    now: str = ""
    answer: str = ""
    told: tuple[str, ...] = ()
    due: date | None = None


@dataclass(frozen=True)
class Ticket:
    """A disputed datum as whoever keeps the source sees it: keys, one value and what is said of it, no name."""

    reference: str
    system: Source
    student: str
    record: str
    about: str
    value: str
    claim: str
    text: str
    raised_at: datetime
    due: date | None


@dataclass(frozen=True)
class News:
    """That a record was put right, for whom something was shared with; `student` is empty once that ended."""

    kind: Kind
    student: str
    shared_on: date
    on: date
