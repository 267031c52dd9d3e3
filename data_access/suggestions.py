"""Suggestions to talk, read beside the records that they are about."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import func, select

import policy
from data_access.gate import Opened
from data_access.prepared import ENROLMENTS, Statement, once, parameter, run
from data_access.tables import (
    Assessment,
    Course,
    Enrolment,
    HiddenSuggestion,
    Module,
    Person,
    SuggestedTalk,
    SuggestionStep,
)
from engagement.suggestion import STANDING, Finding, Rule, State, Step, Suggestion, working_days
from policy.days import day

_ORDER = list(Rule)


def standing(opened: Opened, today: date) -> Mapping[int, tuple[Suggestion, ...]]:
    """By enrolment the suggestions that still ask for something, the most telling first."""
    found = defaultdict(list)
    for row in run(opened, _standing, _asked(opened)):
        found[row[0]].append(_suggestion(row, today))
    return {enrolment: tuple(sorted(of, key=_telling)) for enrolment, of in found.items()}


def every(opened: Opened, today: date) -> tuple[Suggestion, ...]:
    """All suggestions of the opened enrolments, the latest first, each with what became of it."""
    rows = run(opened, _all, _asked(opened))
    steps = defaultdict(list)
    for suggestion, state, at, reason, *name in run(opened, _steps, _asked(opened)) if rows else ():
        by = " ".join(part for part in name if part)
        steps[suggestion].append(Step(state, at, by, reason or ""))
    found = (_suggestion(row, today, steps[row[1]]) for row in rows)
    return tuple(sorted(found, key=lambda one: (one.raised_at, one.id), reverse=True))


def _asked(opened: Opened) -> dict[str, Any]:
    return {"enrolments": opened.enrolments, "who": opened.viewer.person}


def _telling(one: Suggestion) -> tuple[int, int]:
    return _ORDER.index(one.finding.rule), one.id


def _suggestion(row: Sequence[Any], today: date, steps: Sequence[Step] = ()) -> Suggestion:
    _, number, rule, state, raised, ended, first, last, amount, of, work, *said = row
    title, module, course, hidden, confirmed = said
    return Suggestion(
        id=number,
        state=state,
        finding=Finding(rule, day(last), None if first is None else day(first), amount, of, work or 0),
        raised_at=raised,
        ended_at=ended,
        title=title or "",
        module=module or "",
        course=course or "",
        waited=working_days(confirmed or raised, today, policy.current().calendar),
        hidden=hidden is not None,
        steps=tuple(steps),
    )


@once
def _all(opened: Opened) -> Statement:
    t, hidden = SuggestedTalk, HiddenSuggestion
    columns = opened.columns(
        t.enrolment,
        t.id,
        t.rule,
        t.state,
        t.raised_at,
        t.ended_at,
        t.first,
        t.last,
        t.amount,
        t.of,
        t.assessment,
        Assessment.title,
        Module.title,
        Course.title,
        hidden.suggestion,
    )
    s = SuggestionStep
    confirmed = (
        select(func.max(s.at)).where(s.suggestion == t.id, s.state == State.CONFIRMED).scalar_subquery()
    )
    mine = (hidden.suggestion == t.id) & (hidden.person == parameter("who"))
    return (
        select(*columns, confirmed)
        .select_from(t)
        .join(Enrolment, Enrolment.id == t.enrolment)
        .join(Course, Course.id == Enrolment.course)
        .outerjoin(Assessment, Assessment.id == t.assessment)
        .outerjoin(Module, Module.id == Assessment.module)
        .outerjoin(hidden, mine)
        .where(t.enrolment.in_(ENROLMENTS))
    )


@once
def _standing(opened: Opened) -> Statement:
    return _all(opened).where(SuggestedTalk.ended_at.is_(None), SuggestedTalk.state.in_(STANDING))


@once
def _steps(opened: Opened) -> Statement:
    s, t = SuggestionStep, SuggestedTalk
    columns = opened.columns(s.suggestion, s.state, s.at, s.reason, Person.given_name, Person.family_name)
    return (
        select(*columns)
        .select_from(s)
        .join(t, t.id == s.suggestion)
        .outerjoin(Person, Person.number == s.person)
        .where(t.enrolment.in_(ENROLMENTS))
        .order_by(s.at, s.id)
    )
