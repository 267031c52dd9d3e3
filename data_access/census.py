"""A census: who studied where on one day, in which groups, and what of the measures holds for them."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from sqlalchemy import Select, func, select, true
from sqlalchemy.orm import Session

import policy
from data_access import grounds_rows, members, reach, went_on
from data_access.members import Members
from data_access.tables import (
    ConversationOffer,
    DailyFact,
    EnrolmentWeek,
    Meeting,
    Registration,
    SuggestedTalk,
    SupportPlan,
)
from engagement.measure import Rating, rating
from engagement.suggestion import State as Suggestion
from policy.days import LONDON, london_day, monday, number
from privacy.releases import RATED, Measure
from support.meeting import State as MeetingState

_RATINGS = {
    Rating.HIGH: Measure.WELL,
    Rating.GOOD: Measure.WELL,
    Rating.PARTIAL: Measure.PARTLY,
    Rating.LOW: Measure.LOW,
    Rating.VERY_LOW: Measure.LOW,
}


def of(session: Session, university: str, since: date, on: date, at: datetime) -> Members:
    """The census of the day `on`; what happened counts from the first day of the term, `since`, to its end.

    Whether students went on is known where the day to tell it by, in the next year, is past at that moment.
    """
    own = members.counted(on, at)
    suggested, recovered, waited = _suggested(session, since, on)
    held = {
        **_happened(session, since, on),
        Measure.ABSENT: _absent(session, since, on),
        Measure.MISSING: _missing(session, own, since, on),
        Measure.SUGGESTED: suggested,
        Measure.RECOVERED: recovered,
        **_rated(session, on),
    }
    if (later := went_on.told_by(on)) and later < london_day(at):
        held[Measure.CONTINUED] = went_on.continued(session, later, at)
    rows, smallest = members.studying(session, own), policy.current().release.smallest_stage
    return members.placed(session, university, rows, held, waited, smallest=smallest)


def week(session: Session, university: str, on: date, known: datetime, sunday: date) -> Members:
    """The students of the census of the day `on`, as known when it was built, by their rating in a later week."""
    held = _rated(session, sunday + timedelta(days=1))
    rows = members.studying(session, members.counted(on, known))
    smallest = policy.current().release.smallest_stage
    return members.placed(session, university, rows, held, smallest=smallest)


def _rated(session: Session, on: date) -> Mapping[Measure, set[int]]:
    """How the enrolments were rated in the last whole week before the day; not enough data is none of them."""
    last = number(monday(on) - timedelta(weeks=1))
    weeks = select(EnrolmentWeek.enrolment, EnrolmentWeek.score).where(EnrolmentWeek.week == last)
    bands = policy.current().engagement.bands
    found: dict[Measure, set[int]] = {measure: set() for measure in RATED}
    for enrolment, score in session.execute(weeks):
        if (measure := _RATINGS.get(rating(score, bands))) is not None:
            found[measure].add(enrolment)
    return found


def _happened(session: Session, since: date, on: date) -> Mapping[Measure, set[int]]:
    """Which enrolments were offered a conversation, had a meeting, and agreed to a plan, between the two days."""
    begins, ends = _midnight(since), _midnight(on + timedelta(days=1))
    held, plan = Meeting.state == MeetingState.HELD, SupportPlan
    asked = {
        Measure.OFFERED: (ConversationOffer.enrolment, ConversationOffer.made_at, true()),
        Measure.MET: (Meeting.enrolment, Meeting.starts_at, held),
        Measure.PLANNED: (plan.enrolment, plan.agreed_at, true()),
    }
    return {
        measure: set(session.scalars(select(enrolment).where(at >= begins, at < ends, holds)))
        for measure, (enrolment, at, holds) in asked.items()
    }


def _suggested(session: Session, since: date, on: date) -> tuple[set[int], set[int], dict[int, int]]:
    """Who had a suggestion between the two days, of whom none is left, and how many days each waited for an offer.

    What corrected data have undone was none.
    """
    begins, ends = _midnight(since), _midnight(on + timedelta(days=1))
    talk, offer = SuggestedTalk, ConversationOffer
    raised = (talk.raised_at >= begins, talk.raised_at < ends, talk.state != Suggestion.WITHDRAWN)
    rows = session.execute(select(talk.enrolment, talk.raised_at, talk.ended_at).where(*raised)).all()
    first: dict[int, datetime] = {}
    for enrolment, at, _ in rows:
        first[enrolment] = min(at, first.get(enrolment, at))
    left = {enrolment for enrolment, _, ended in rows if ended is None or ended >= ends}
    offers = select(offer.enrolment, offer.made_at).where(offer.made_at >= begins, offer.made_at < ends)
    waited: dict[int, int] = {}
    for enrolment, at in session.execute(offers):
        if enrolment in first and at >= first[enrolment]:
            days = (london_day(at) - london_day(first[enrolment])).days
            waited[enrolment] = min(days, waited.get(enrolment, days))
    return set(first), set(first) - left, waited


def _absent(session: Session, since: date, on: date) -> set[int]:
    """Who attended under half of their classes between the two days, of as many as a suggestion asks for."""
    f, r, rule = DailyFact, Registration, policy.current().engagement.suggestions.attendance
    held = func.sum(f.expected - f.authorised - f.cancelled - f.unrecorded)
    question = (
        select(r.enrolment)
        .join(f, (f.student == r.student) & (f.module == r.module))
        .where(f.day.between(number(since), number(on)), f.expected > 0)
        .group_by(r.enrolment)
        .having(held >= rule.classes, 2 * func.sum(f.attended) < held)
    )
    return set(session.scalars(question))


def _missing(session: Session, own: Select[int], since: date, on: date) -> set[int]:
    """Who had work due between the two days that was not handed in by the last of them."""
    told = number(reach.told_before(session))
    late = grounds_rows.missing(session, own, since, on)
    return {enrolment for enrolment, works in late.items() if any(one.due < told for one in works)}


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), LONDON)
