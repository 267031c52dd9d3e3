"""What is recorded beside the modules: research meetings and milestones, interruptions, and each week's scores."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row, literal, select

from data_access.gate import Opened
from data_access.prepared import ENROLMENTS, STUDENTS, Statement, once, parameter, run
from data_access.tables import EnrolmentStatus, Milestone, Module, ModuleWeek, Status, Supervision
from engagement.away import INTERRUPTED
from engagement.facts import Away
from policy.days import day, number


def agreed(opened: Opened, since: date) -> Sequence[Row[Any]]:
    """Supervision meetings, without a title, and milestones due since that day: `due`, `title`, `done`, `run`."""
    asked = {"students": opened.students, "since": number(since)}
    rows = [*run(opened, _meetings, asked), *run(opened, _milestones, asked)]
    return [row for row in rows if row.due is not None]  # what the role may not read comes back empty


def interrupted(opened: Opened, since: date, today: date) -> list[Away]:
    """The interruptions of study since that day, up to today."""
    asked = {"enrolments": opened.enrolments, "since": since, "today": today}
    return [
        Away(row.first, min(row.last or today, today), INTERRUPTED)
        for row in run(opened, _interrupted, asked)
    ]


def scores(opened: Opened, since: date, today: date) -> dict[str, list[tuple[date, int | None]]]:
    """By module code, the Monday and the score of each week."""
    asked = {"enrolments": opened.enrolments, "since": number(since), "until": number(today)}
    found: dict[str, list[tuple[date, int | None]]] = {}
    for code, week, score in run(opened, _weekly, asked):
        found.setdefault(code, []).append((day(week), score))
    return found


@once
def _meetings(opened: Opened) -> Statement:
    """Those that are still to come too."""
    due, held = opened.columns(Supervision.due_day, Supervision.held_day)
    return (
        select(literal(None).label("title"), due.label("due"), held.label("done"))
        .add_columns(Supervision.run)
        .where(Supervision.student.in_(STUDENTS), Supervision.due_day >= parameter("since"))
        .order_by(Supervision.due_day)
    )


@once
def _milestones(opened: Opened) -> Statement:
    """Those that are still to come too."""
    title, due, met = opened.columns(Milestone.title, Milestone.due_day, Milestone.met_day)
    return (
        select(title.label("title"), due.label("due"), met.label("done"))
        .add_columns(Milestone.run)
        .where(Milestone.student.in_(STUDENTS), Milestone.due_day >= parameter("since"))
        .order_by(Milestone.due_day, Milestone.title)
    )


@once
def _interrupted(opened: Opened) -> Statement:
    columns = opened.columns(EnrolmentStatus.first, EnrolmentStatus.last)
    return (
        select(*columns)
        .where(
            EnrolmentStatus.enrolment.in_(ENROLMENTS),
            EnrolmentStatus.superseded_at.is_(None),
            EnrolmentStatus.status == Status.INTERRUPTED,
            EnrolmentStatus.last.is_(None) | (EnrolmentStatus.last >= parameter("since")),
            EnrolmentStatus.first <= parameter("today"),
        )
        .order_by(EnrolmentStatus.first)
    )


@once
def _weekly(opened: Opened) -> Statement:
    """The score of each module in each week."""
    columns = opened.columns(Module.code, ModuleWeek.week, ModuleWeek.score)
    return (
        select(*columns)
        .join_from(ModuleWeek, Module, Module.id == ModuleWeek.module)
        .where(
            ModuleWeek.enrolment.in_(ENROLMENTS),
            ModuleWeek.week.between(parameter("since"), parameter("until")),
        )
        .order_by(Module.code, ModuleWeek.week)
    )
