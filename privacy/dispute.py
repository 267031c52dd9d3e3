"""A datum that a student says is wrong: what it can be, who keeps it, and how the question about it ends."""

from collections.abc import Iterable, Mapping
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
    SUPERVISION = "supervision"
    MILESTONE = "milestone"
    SITTING = "sitting"
    AWARD = "award"
    MODULE = "module"
    COURSE = "course"
    STATUS = "status"
    NAME = "name"
    CONTACT = "contact"
    SERVICE = "service"
    NOTE = "note"
    PLAN = "plan"
    ACTION = "action"
    MEETING = "meeting"

    @property
    def words(self) -> str:
        """What it is called on a page."""
        return _WORDS[self]

    @property
    def system(self) -> Source:
        """Where it is put right. Learner Analytics itself is the place of what was written here alone."""
        return _SYSTEMS.get(self, Source.STUDENT_RECORDS)


class Field(StrEnum):
    """What is recorded of an enrolment, or of a name."""

    GIVEN = "given_name"
    FAMILY = "family_name"
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
    Kind.SUPERVISION: "A supervision meeting",
    Kind.MILESTONE: "A milestone",
    Kind.SITTING: "An examination",
    Kind.AWARD: "A qualification",
    Kind.MODULE: "A module",
    Kind.COURSE: "The course",
    Kind.STATUS: "Enrolled, interrupted or finished",
    Kind.NAME: "Your name",
    Kind.CONTACT: "How you can be reached",
    Kind.SERVICE: "Use of a service",
    Kind.NOTE: "A note",
    Kind.PLAN: "A support plan",
    Kind.ACTION: "An action of a plan",
    Kind.MEETING: "A meeting with your tutor",
}
_SYSTEMS = {
    Kind.ATTENDANCE: Source.ATTENDANCE,
    Kind.SERVICE: Source.ATTENDANCE,
    Kind.ONLINE: Source.VLE,
    **dict.fromkeys((Kind.NOTE, Kind.PLAN, Kind.ACTION, Kind.MEETING), Source.HERE),
}
"""Where it is put right; everything else in student records."""
_FIELDS = {
    Field.GIVEN: "Given name",
    Field.FAMILY: "Family name",
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

TAUGHT = (Kind.ATTENDANCE, Kind.WORK, Kind.ONLINE)
RESEARCH = (Kind.SUPERVISION, Kind.MILESTONE)
"""What the rating is made of, of students who are taught and of research students."""
LEFT_OUT = frozenset(TAUGHT + RESEARCH)
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
    Kind.SUPERVISION: ("We met", "We met on another day", "It was not due then", "Something else"),
    Kind.MILESTONE: ("I have met it", "I met it on another day", "It was not due then", "Something else"),
    Kind.SITTING: ("I was there", "I was not there", "The mark is another", "Something else"),
    Kind.AWARD: ("It is another award", "It is another class", "It is another day", "Something else"),
    Kind.MODULE: ("I do not take it", "I joined or left on another day", "Something else"),
    Kind.COURSE: ("It is another value", "Something else"),
    Kind.STATUS: ("It is another status", "It began or ended on another day", "Something else"),
    Kind.NAME: ("It is spelt otherwise", "It is another name", "Something else"),
    Kind.CONTACT: ("It is not mine", "It has changed", "Something else"),
    Kind.SERVICE: ("It was not me", "It was another number", "Something else"),
    Kind.NOTE: ("It is not what was said", "It is not about me", "Something else"),
    Kind.PLAN: ("It is not what we agreed", "It is not about me", "Something else"),
    Kind.ACTION: ("It is not what we agreed", "It is done", "It is another day", "Something else"),
    Kind.MEETING: ("We did not meet", "We met on another day", "I was there", "Something else"),
}
"""What a student can say is right instead, beside words of their own."""


@dataclass(frozen=True)
class Target:
    """Which datum: the number of what it is about, or of what it belongs to; the day, the field or the name with it.

    `number` is that of the class, assessment, module, enrolment, note, plan, action or meeting; `day` that of the
    VLE, of the examination, of the service, or on which it was due or began; `name` the title of a milestone or an
    award, the service, or the kind of address.
    """

    kind: Kind
    number: int = 0
    day: int = 0
    field: Field | None = None
    name: str = ""


@dataclass(frozen=True)
class Datum:
    """A datum that can be disputed: what it is, and its value, both in words.

    `on` is its day and `module` the code of its module, where it has them.
    """

    target: Target
    about: str
    value: str
    on: date | None = None
    module: str = ""


@dataclass(frozen=True)
class Sought:
    """What somebody came to correct: a kind, and perhaps the days or the module that it is of."""

    kind: Kind
    first: date | None = None
    last: date | None = None
    module: str = ""

    def found(self, data: Iterable[Datum]) -> Datum | None:
        """The first of the data that fits it, where a day or a module was given."""
        if not (self.first or self.module):
            return None
        fitting = (one for one in data if self.module in ("", one.module) and self._within(one.on))
        return next(fitting, None)

    def _within(self, on: date | None) -> bool:
        if self.first is None:
            return True
        return on is not None and self.first <= on <= (self.last or self.first)


def sought(asked: Mapping[str, str]) -> Sought | None:
    """What the parameters of an address ask for; None where they say nothing that can be understood."""
    try:
        first, last = (date.fromisoformat(asked[one]) if asked.get(one) else None for one in ("on", "until"))
        return Sought(Kind(asked["wrong"]), first, last, asked.get("module", ""))
    except (KeyError, ValueError):
        return None


def asking(of: Sought) -> dict[str, str]:
    """The parameters of an address that asks for it: the reverse of `sought`."""
    days = {"on": of.first.isoformat() if of.first else "", "until": of.last.isoformat() if of.last else ""}
    return {
        name: value
        for name, value in ({"wrong": of.kind.value} | days | {"module": of.module}).items()
        if value
    }


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
