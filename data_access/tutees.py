"""A tutor's tutees: one row each, with what the list and its sentences need."""

from datetime import date, datetime

from sqlalchemy import func, select

import policy
from auth.permissions import Act, Action
from auth.viewer import Viewer
from data_access import gate, suggestions
from data_access.gate import Opened
from data_access.prepared import ENROLMENTS, Statement, once, parameter, run
from data_access.standing import Study, explained, standings, studies
from data_access.tables import Assessment, Module, Registration, Submission
from engagement.standing import Standing
from engagement.suggestion import Suggestion
from engagement.tutee import Deadline, Tutee, attention, by_attention
from policy.days import day, london_day, number
from privacy.labels import Category
from privacy.purposes import Purpose

LOOK = Act(Action.READ, Category.ENGAGEMENT, Purpose.IDENTIFY)


def overview(viewer: Viewer, at: datetime) -> list[Tutee]:
    """Everyone in the viewer's scope, who needs attention first; a tutee on two courses has a row for each."""
    with gate.reading(viewer, None, LOOK, at) as opened:
        found = studies(opened)
        standing = explained(opened, found, standings(opened, found, london_day(at), at), at)
        deadlines, today = _deadlines(opened, london_day(at)), london_day(at)
        suggested = suggestions.standing(opened, today)
    return by_attention(
        _tutee(study, stands, deadlines.get(study.enrolment), suggested.get(study.enrolment, ()))
        for study, stands in zip(found, standing, strict=True)
    )


def in_order(viewer: Viewer, at: datetime) -> list[Tutee]:
    """The same tutees in the same order, without reasons and deadlines: to step from one to the next."""
    with gate.reading(viewer, None, LOOK, at) as opened:
        found = studies(opened)
        standing, today = standings(opened, found, london_day(at), at), london_day(at)
        suggested = suggestions.standing(opened, today)
    return by_attention(
        _tutee(study, stands, None, suggested.get(study.enrolment, ()))
        for study, stands in zip(found, standing, strict=True)
    )


def _tutee(
    study: Study,
    standing: Standing,
    deadline: Deadline | None,
    suggested: tuple[Suggestion, ...],
) -> Tutee:
    place = attention(standing, suggested, policy.current().engagement)
    name = study.given_name or "", study.family_name or ""
    return Tutee(study.id, *name, standing, deadline, place, suggested)


@once
def _due(opened: Opened) -> Statement:
    """Work that is due from today on and not handed in, the soonest of each enrolment last."""
    enrolment, title, module, day_due, moved = opened.columns(
        Registration.enrolment, Assessment.title, Module.title, Assessment.due_day, Submission.extension_day
    )
    due = func.coalesce(moved, day_due)
    own = (Submission.student == Registration.student) & (Submission.assessment == Assessment.id)
    return (
        select(enrolment, title, module, due)
        .join_from(Registration, Module, Module.id == Registration.module)
        .join(Assessment, Assessment.module == Module.id)
        .outerjoin(Submission, own)
        .where(
            Registration.enrolment.in_(ENROLMENTS),
            Registration.last.is_(None) | (Registration.last >= parameter("date")),
            due >= parameter("today"),
            Submission.handed_in_day.is_(None),
            Submission.carried_over.is_not(True),
        )
        .order_by(due.desc(), Assessment.id.desc())
    )


def _deadlines(opened: Opened, today: date) -> dict[int, Deadline]:
    asked = {"enrolments": opened.enrolments, "today": number(today), "date": today}
    rows = run(opened, _due, asked)
    return {row[0]: Deadline(row[1], row[2], day(row[3])) for row in rows}
