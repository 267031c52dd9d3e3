"""A suggestion to talk: what brought it about, its states, and its one sentence. A person decides about it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from engagement import words
from policy.calendar import Calendar
from policy.days import london_day

_SATURDAY = 5


class Rule(StrEnum):
    """What a suggestion comes from, the most telling first (docs/measure.md)."""

    MISSING = "missing work"
    QUIET = "no activity"
    ATTENDANCE = "attendance"
    FALL = "sharp fall"


class State(StrEnum):
    """Where a suggestion stands."""

    RAISED = "raised"
    CONFIRMED = "confirmed"
    OFFERED = "offered"
    DISMISSED = "dismissed"
    CLEARED = "cleared"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"


NEXT: Mapping[State, frozenset[State]] = {
    State.RAISED: frozenset({State.CONFIRMED, State.DISMISSED, State.CLEARED, State.LAPSED, State.WITHDRAWN}),
    State.CONFIRMED: frozenset({State.OFFERED, State.DISMISSED, State.CLEARED, State.WITHDRAWN}),
    State.OFFERED: frozenset({State.CLEARED, State.WITHDRAWN}),
    State.DISMISSED: frozenset({State.WITHDRAWN}),
    State.CLEARED: frozenset(),
    State.LAPSED: frozenset(),
    State.WITHDRAWN: frozenset(),
}
"""The states that may follow each. People confirm, dismiss and offer, and clear it by any contact;
the data clear, lapse and withdraw."""

STANDING = frozenset({State.RAISED, State.CONFIRMED, State.OFFERED})
"""States in which a suggestion asks for something still."""


SAID: Mapping[State, str] = {
    State.RAISED: "no answer yet",
    State.CONFIRMED: "a conversation is planned",
    State.OFFERED: "a conversation is offered",
    State.DISMISSED: "no conversation needed",
    State.CLEARED: "over",
    State.LAPSED: "over without an answer",
    State.WITHDRAWN: "withdrawn, because the data were corrected",
}
"""Each state as both tutor and student read it."""


@dataclass(frozen=True)
class Finding:
    """One rule that holds for one enrolment on one day, with the figures of its sentence.

    `work` is the number of the assessment under MISSING, else 0. `amount` and `of` are: classes attended, of
    how many held; quiet teaching days; whole points of the score, and of the median it fell from; 1 for the
    first work of a module. `first` and `last` are the days they concern.
    """

    rule: Rule
    last: date
    first: date | None = None
    amount: int = 0
    of: int = 0
    work: int = 0


@dataclass(frozen=True)
class Step:
    """What became of a suggestion, when, by whom and why; `by` is empty where it was the data."""

    state: State
    at: datetime
    by: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Suggestion:
    """One suggestion about somebody's studies on a `course`.

    `title` and `module` name the work that is missing; `waited` are the working days since it was raised, or
    since it was confirmed; `hidden` is only for whoever looks.
    """

    id: int
    state: State
    finding: Finding
    raised_at: datetime
    ended_at: datetime | None = None
    title: str = ""
    module: str = ""
    course: str = ""
    waited: int = 0
    hidden: bool = False
    steps: tuple[Step, ...] = ()

    @property
    def unanswered(self) -> bool:
        """Whether nobody has said anything to it so far."""
        return self.state is State.RAISED

    @property
    def without_action(self) -> bool:
        """Whether it still waits for an answer, or for the conversation that the answer promised to be offered."""
        return self.state in (State.RAISED, State.CONFIRMED)

    @property
    def asks(self) -> bool:
        """Whether it still asks for something: an answer, a conversation, or a better week."""
        return self.ended_at is None and self.state in STANDING

    @property
    def sentence(self) -> str:
        """Why, with its figures and days; the same for tutor and student."""
        return _SENTENCES[self.finding.rule](self)


def working_days(since: datetime, today: date, calendar: Calendar) -> int:
    """How many working days have passed since then, that day not counted: weekdays that are not closed."""
    first = london_day(since)
    days = (first + timedelta(days=n) for n in range(1, (today - first).days + 1))
    return sum(day.weekday() < _SATURDAY and calendar.closed(day) is None for day in days)


def _missing(of: Suggestion) -> str:
    kind = "The first piece of work" if of.finding.amount else "Work"
    return f"{kind} of {of.module}, “{of.title}”, due {words.day(of.finding.last)}, is not handed in."


def _quiet(of: Suggestion) -> str:
    since = f" since {words.day(of.finding.first)}" if of.finding.first else " so far"
    days = words.of(of.finding.amount, "teaching day")
    return f"No class, VLE use or work{since}: {days} by {words.day(of.finding.last)}."


def _attendance(of: Suggestion) -> str:
    found = of.finding
    days = words.days(found.first or found.last, found.last)
    return f"Attended {found.amount} of {words.of(found.of, 'class', 'classes')}, {days}."


def _fall(of: Suggestion) -> str:
    found = of.finding
    fallen = words.of(found.of - found.amount, "point")
    return (
        f"The score is {fallen} under the median of the weeks before: {found.amount} where it was {found.of}."
    )


_SENTENCES = {
    Rule.MISSING: _missing,
    Rule.QUIET: _quiet,
    Rule.ATTENDANCE: _attendance,
    Rule.FALL: _fall,
}
