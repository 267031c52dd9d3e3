"""What support came after the suggestions of a year, student by student: read for `manage.py impact`, never shown."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

import policy
from data_access.tables import (
    ConversationOffer,
    Enrolment,
    Meeting,
    OfferStep,
    OfferSuggestion,
    PlanStep,
    SuggestedTalk,
    SuggestionStep,
    SupportPlan,
)
from engagement.suggestion import Rule, State, working_days
from policy.calendar import Calendar
from policy.days import LONDON, london_day
from support import meeting, offer, plan
from support.impact import Followed

_ANSWERS = (State.CONFIRMED, State.DISMISSED, State.OFFERED, State.CLEARED)
_Dated = Select[int, datetime]


class Suggested(NamedTuple):
    """One suggestion: on which enrolment, by which rule, and the day it was raised."""

    id: int
    enrolment: int
    student: int
    rule: Rule
    on: date


@dataclass(frozen=True)
class Events:
    """A year's suggestions, oldest first, and the first day of each kind of support that every student had in it.

    `answers` holds by suggestion the day a person first answered it, `waits` by student the days from a suggestion
    to the first offer that answers one.
    """

    suggested: tuple[Suggested, ...]
    answers: Mapping[int, date]
    offered: Mapping[int, list[date]]
    met: Mapping[int, list[date]]
    planned: Mapping[int, list[date]]
    waits: Mapping[int, int]

    def supported(self) -> dict[int, date]:
        """By student the day of the first conversation or agreed plan of the year, after a suggestion or not."""
        found: dict[int, date] = {}
        for days in (self.met, self.planned):
            for student, theirs in days.items():
                found[student] = min(theirs[0], found.get(student, theirs[0]))
        return found

    def first(self) -> dict[int, Suggested]:
        """By student the first suggestion."""
        return {one.student: one for one in reversed(self.suggested)}

    def followed(self, year: Calendar) -> list[Followed]:
        """Every student with a suggestion, from the first one on; whether they recovered is not known here."""
        answered = self._answered()
        return [self._one(one, answered.get(one.student), year) for one in self.first().values()]

    def _answered(self) -> dict[int, date]:
        found: dict[int, date] = {}
        for one in self.suggested:
            if on := self.answers.get(one.id):
                found[one.student] = min(on, found.get(one.student, on))
        return found

    def _one(self, first: Suggested, answered: date | None, year: Calendar) -> Followed:
        own, limit = self.answers.get(first.id), policy.current().engagement.suggestions.working_days
        raised = datetime.combine(first.on, time(12), LONDON)
        return Followed(
            student=first.student,
            suggested=first.on,
            answered=answered,
            in_time=own is not None and working_days(raised, own, year) <= limit,
            offered=_since(self.offered, first),
            met=_since(self.met, first),
            planned=_since(self.planned, first),
            waited=self.waits.get(first.student),
        )


def events(session: Session, since: date, until: date) -> Events:
    """What happened from one day to the other, both included, as it is stored now.

    A suggestion that corrected data undid is left out, a meeting that was not held and a plan whose agreement was
    taken back too.
    """
    suggested = _suggested(session, since, until)
    return Events(
        suggested=suggested,
        answers=_first(session, _answers(), since, until),
        offered=_days(session, _offered(), since, until),
        met=_days(session, _met(), since, until),
        planned=_days(session, _planned(), since, until),
        waits=_waits(session, {one.id: one for one in suggested}, until),
    )


def _since(days: Mapping[int, list[date]], first: Suggested) -> date | None:
    return next((day for day in days.get(first.student, ()) if day >= first.on), None)


def _suggested(session: Session, since: date, until: date) -> tuple[Suggested, ...]:
    t = SuggestedTalk
    question = (
        select(t.id, t.enrolment, Enrolment.student, t.rule, t.raised_at)
        .join(Enrolment, Enrolment.id == t.enrolment)
        .where(t.state != State.WITHDRAWN, t.raised_at >= _begin(since), t.raised_at < _end(until))
        .order_by(t.raised_at, t.id)
    )
    return tuple(
        Suggested(row.id, row.enrolment, row.student, row.rule, london_day(row.raised_at))
        for row in session.execute(question)
    )


def _days(session: Session, question: _Dated, since: date, until: date) -> Mapping[int, list[date]]:
    """By student the days of it, oldest first."""
    found = defaultdict(list)
    for student, at in session.execute(question):
        if since <= (on := london_day(at)) <= until:
            found[student].append(on)
    return {student: sorted(days) for student, days in found.items()}


def _first(session: Session, question: _Dated, since: date, until: date) -> dict[int, date]:
    return {key: days[0] for key, days in _days(session, question, since, until).items()}


def _answers() -> _Dated:
    """By suggestion: what a person said to it, or that they have spoken."""
    s = SuggestionStep
    return select(s.suggestion, s.at).where(s.state.in_(_ANSWERS), s.person.is_not(None))


def _offered() -> _Dated:
    """Whenever times were offered, also to a student who had asked for a conversation."""
    o, s = ConversationOffer, OfferStep
    joined = select(Enrolment.student, s.at).join(o, o.id == s.offer)
    return joined.join(Enrolment, Enrolment.id == o.enrolment).where(s.state == offer.State.OFFERED)


def _met() -> _Dated:
    joined = select(Enrolment.student, Meeting.starts_at).join(Enrolment, Enrolment.id == Meeting.enrolment)
    return joined.where(Meeting.state == meeting.State.HELD)


def _planned() -> _Dated:
    """When each plan that is agreed, or was until it was closed, was agreed for the first time."""
    p, s = SupportPlan, PlanStep
    return (
        select(Enrolment.student, func.min(s.at))
        .select_from(p)
        .join(s, (s.plan == p.id) & (s.state == plan.State.AGREED))
        .join(Enrolment, Enrolment.id == p.enrolment)
        .where(p.agreed_at.is_not(None))
        .group_by(p.id, Enrolment.student)
    )


def _waits(session: Session, known: Mapping[int, Suggested], until: date) -> dict[int, int]:
    o, s = ConversationOffer, OfferSuggestion
    question = (
        select(s.suggestion, o.made_at).join(o, o.id == s.offer).order_by(o.made_at, o.id, s.suggestion)
    )
    found: dict[int, int] = {}
    for number, at in session.execute(question):
        if (one := known.get(number)) and london_day(at) <= until:
            found.setdefault(one.student, (london_day(at) - one.on).days)
    return found


def _begin(on: date) -> datetime:
    return datetime.combine(on, time(), LONDON)


def _end(on: date) -> datetime:
    return _begin(on + timedelta(days=1))
