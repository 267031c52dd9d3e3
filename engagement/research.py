"""A research student's weeks: supervision meetings held and milestones met, in whole numbers only.

They stand in the place of classes, VLE and coursework. Parts and scores are hundredths from 0 to 10000, halves
up, as in `engagement.measure`; a part is None when nothing was due. Days are day numbers.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from engagement.measure import FULL, half_up, weighted_mean
from policy.engagement import Research


@dataclass(frozen=True)
class Duty:
    """A supervision meeting or a milestone: the day it was due, and the day it was held or met, if it was."""

    due: int
    done: int | None

    def done_by(self, day: int) -> bool:
        """Whether it had been done by the end of that day."""
        return self.done is not None and self.done <= day


@dataclass(frozen=True)
class Week:
    """What one week looks at: meetings due from `first` to `as_of`, milestones due from `year` to `as_of`.

    `known` is the last day that student records are known to the end of: what fell due after it may well have
    been done, and is not held against anybody.
    """

    first: int
    year: int
    as_of: int
    known: int

    def counts(self, duty: Duty, since: int) -> bool:
        """Whether it was due in these days, and was done, or could have been: on its own day it still can be."""
        inside = since <= duty.due <= self.as_of
        over = duty.due < self.as_of and duty.due <= self.known
        return inside and (over or duty.done_by(self.as_of))


@dataclass(frozen=True)
class ResearchCounts:
    """What was counted in a week: meetings of the window, and milestones of the year so far."""

    meetings_due: int = 0
    meetings_held: int = 0
    milestones_due: int = 0
    milestones_on_time: int = 0
    milestones_late: int = 0

    @property
    def overdue(self) -> int:
        """Milestones that were due and have not been met."""
        return self.milestones_due - self.milestones_on_time - self.milestones_late


@dataclass(frozen=True)
class ResearchParts:
    """The two parts in hundredths, or None where nothing was due."""

    supervision: int | None
    milestones: int | None


@dataclass(frozen=True)
class ResearchScore:
    """A research student's rating as it was worked out: what was counted, the parts, and their weighted mean.

    `days` is how many were looked back over for meetings.
    """

    counts: ResearchCounts
    parts: ResearchParts
    score: int | None
    days: int


def week(window_days: int, year: int, as_of: int, known: int) -> Week:
    """What the week that ends on `as_of` looks at; vacations are part of it, for research goes on in them."""
    return Week(as_of - window_days + 1, year, as_of, known)


def counts(meetings: Iterable[Duty], milestones: Iterable[Duty], at: Week) -> ResearchCounts:
    """What is counted in a week. Excused is who was not enrolled, as when interrupted: leave those out before."""
    met_with = [duty for duty in meetings if at.counts(duty, at.first)]
    reached = [duty for duty in milestones if at.counts(duty, at.year)]
    done = [duty for duty in reached if duty.done_by(at.as_of)]
    late = sum(duty.done is not None and duty.done > duty.due for duty in done)
    return ResearchCounts(
        meetings_due=len(met_with),
        meetings_held=sum(duty.done_by(at.as_of) for duty in met_with),
        milestones_due=len(reached),
        milestones_on_time=len(done) - late,
        milestones_late=late,
    )


def parts(of: ResearchCounts) -> ResearchParts:
    """Meetings held of those due; milestones on time and half of the late ones, halved while any is overdue."""
    supervision = half_up(FULL * of.meetings_held, of.meetings_due) if of.meetings_due else None
    if not of.milestones_due:
        return ResearchParts(supervision, None)
    met = FULL * (2 * of.milestones_on_time + of.milestones_late)
    overdue = 2 if of.overdue else 1
    return ResearchParts(supervision, half_up(met, 2 * of.milestones_due * overdue))


def score(of: ResearchParts, rules: Research) -> int | None:
    """The weighted mean of the parts that are there; None where none is."""
    return weighted_mean(((rules.supervision, of.supervision), (rules.milestones, of.milestones)))
