"""What the rules for suggestions look at, for many enrolments on one day: put together from rows."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from data_access import grounds_rows, rated_weeks, reach
from data_access.grounds_rows import BACK
from data_access.known_days import KnownDays
from data_access.rated_weeks import OfModule
from data_access.standing import window
from data_access.tables import Enrolment
from engagement.grounds import Grounds, Missing
from engagement.measure import weighted_mean
from engagement.studies import Level, Mode
from policy.days import day, monday

_TOGETHER = 2_000  # enrolments in one lot
Own = Select[int]
"""The ids of the enrolments that are looked at; its parameter `today` is the day that is looked at."""


@dataclass(frozen=True)
class Look:
    """One day as the data that stand now tell of it; what is the same for every enrolment is read once."""

    on: date
    known: KnownDays
    told_before: date
    in_use: Mapping[int, int]
    firsts: Mapping[int, int]
    windows: dict[tuple[Mode, date], date] = field(default_factory=dict)

    def window_first(self, mode: Mode, as_of: date) -> date:
        """The first day that a rating as of that day looks back to."""
        key = mode, as_of
        if key not in self.windows:
            self.windows[key] = min(window(mode, as_of), default=as_of)
        return self.windows[key]


def lots(session: Session, courses: Iterable[int]) -> Iterator[Own]:
    """The enrolments of these courses in lots, course by course: the grounds of one lot are held at a time."""
    for course in courses:
        own = select(Enrolment.id).where(Enrolment.course == course)
        ids = session.scalars(own.order_by(Enrolment.id)).all()
        for start in range(0, len(ids), _TOGETHER):
            some = ids[start : start + _TOGETHER]
            yield own.where(Enrolment.id.between(some[0], some[-1]))


def look(session: Session, on: date) -> Look:
    """Look at the day `on`: which days are known, which modules are in use, which work is a module's first."""
    return Look(
        on,
        KnownDays.read(session),
        reach.told_before(session),
        rated_weeks.in_use(session, on),
        grounds_rows.first_due(session),
    )


def stored(session: Session, at: Look, own: Own) -> dict[int, Grounds]:
    """The grounds of these enrolments by their latest stored week up to that day; no rating, no grounds."""
    return _grounds(session, at, own, rated_weeks.latest(session, own, at.on))


def worked_out(session: Session, at: Look, own: Own) -> dict[int, Grounds]:
    """The same by a rating of that very day, worked out again from what is stored now."""
    return _grounds(session, at, own, rated_weeks.again(session, own, at.on))


def _grounds(session: Session, at: Look, own: Own, rows: Iterable[OfModule]) -> dict[int, Grounds]:
    modules: dict[int, list[OfModule]] = defaultdict(list)
    for row in rows:
        modules[row.enrolment].append(row)
    days = grounds_rows.marked_days(session, own, at.on)
    weeks = rated_weeks.weeks(session, own, at.on)
    work = grounds_rows.missing(session, own, at.on - 2 * BACK, at.on)
    found = {}
    for study in grounds_rows.studies(session, own, at.on):
        if (enrolment := study.enrolment) in modules:
            made = _of(at, study.mode, modules[enrolment], weeks.get(enrolment, ()))
            made = _with_days(at, made, modules[enrolment], study.since, days.get(enrolment, ()))
            made = _with_work(at, made, work.get(enrolment, ()))
            found[enrolment] = _of_classes_alone(made) if study.level is Level.RESEARCH else made
    return found


def _of(at: Look, mode: Mode, modules: Sequence[OfModule], weeks: Sequence[rated_weeks.Week]) -> Grounds:
    as_of = max(row.as_of for row in modules)
    before = [week for week in weeks if week.monday < monday(as_of)]
    seen = [row.last_active for row in modules] + [week.last_active for week in before]
    return Grounds(
        as_of=as_of,
        first=at.window_first(mode, as_of),
        counts=tuple(row.counts for row in modules),
        score=weighted_mean((row.credits, row.score) for row in modules),
        before=tuple(week.score for week in before if week.score is not None and not week.disturbed),
        last_active=max((on for on in seen if on is not None), default=None),
        in_use=max(at.in_use.get(row.module, 0) for row in modules),
    )


def _of_classes_alone(made: Grounds) -> Grounds:
    """A research student's score is of other parts, and silence on modules says nothing of them."""
    return replace(made, score=None, in_use=0)


def _with_days(
    at: Look, made: Grounds, modules: Sequence[OfModule], starts: date, marked: Sequence[grounds_rows.Marked]
) -> Grounds:
    excused = frozenset(one.on for one in marked if one.authorised)
    not_taken = frozenset(one.on for one in marked if one.unrecorded)
    of = tuple(sorted(row.module for row in modules))
    seen = [starts - timedelta(days=1), made.last_active, max(excused, default=None)]
    return replace(
        made,
        since=max(on for on in seen if on is not None),
        excused=excused,
        unknown=at.known.unknown(of, at.on - BACK, at.on) | not_taken,
        gaps=at.known.gaps(of, at.on - BACK, at.on),
    )


def _with_work(at: Look, made: Grounds, work: Sequence[grounds_rows.Due]) -> Grounds:
    missing = (
        Missing(one.assessment, day(one.due), first=at.firsts.get(one.module) == one.assessment)
        for one in work
        if made.first <= day(one.due) < min(made.as_of, at.told_before)
    )
    return replace(made, missing=tuple(missing))
