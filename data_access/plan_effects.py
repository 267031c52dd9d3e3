"""A student's weekly scores before each agreed plan and since, for tutor and student alike."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime, timedelta

from sqlalchemy import func, select

from auth.permissions import Act, Action
from auth.viewer import Viewer
from data_access import gate
from data_access.gate import Opened
from data_access.prepared import ENROLMENTS, Statement, once, parameter, run
from data_access.tables import EnrolmentWeek, PlanStep, SupportPlan
from policy.days import day, london_day, monday, number
from privacy.labels import Category
from privacy.purposes import Purpose
from support.before_after import BEFORE, BeforeAfter, before_after
from support.plan import State

LOOK = Act(Action.READ, Category.ENGAGEMENT, Purpose.FOLLOW_UP)


def of(viewer: Viewer, student_id: str | None, at: datetime) -> Mapping[int, BeforeAfter]:
    """By plan the scores before it was first agreed and since, up to its close or `at`; None is the viewer's own.

    Of plans that are agreed, or were until they were closed; by the scores of the course that each belongs to.
    """
    with gate.reading_one(viewer, student_id, LOOK, at) as opened:
        plans = run(opened, _plans, {"enrolments": opened.enrolments})
        if not plans:
            return {}
        since = min(london_day(plan.began) for plan in plans) - timedelta(weeks=BEFORE + 1)
        scores = _scores(opened, since)
        return {
            plan.id: before_after(
                scores[plan.enrolment], london_day(plan.began), london_day(plan.closed_at or at)
            )
            for plan in plans
        }


def _scores(opened: Opened, since: date) -> Mapping[int, dict[date, int | None]]:
    """By enrolment the score of each week, in hundredths, from the week of `since` on."""
    found: dict[int, dict[date, int | None]] = defaultdict(dict)
    for row in run(opened, _weeks, {"enrolments": opened.enrolments, "since": number(monday(since))}):
        found[row.enrolment][day(row.week)] = row.score
    return found


@once
def _plans(opened: Opened) -> Statement:
    """A change that was agreed anew is the same plan: it began when it was agreed for the first time."""
    p, s = SupportPlan, PlanStep
    first = func.min(s.at).label("began")
    columns = opened.columns(p.id, p.enrolment, p.closed_at)
    return (
        select(*columns, first)
        .select_from(p)
        .join(s, (s.plan == p.id) & (s.state == State.AGREED))
        .where(p.enrolment.in_(ENROLMENTS), p.agreed_at.is_not(None))
        .group_by(p.id, p.enrolment, p.closed_at)
        .order_by(p.id)
    )


@once
def _weeks(opened: Opened) -> Statement:
    w = EnrolmentWeek
    columns = opened.columns(w.enrolment, w.week, w.score)
    return select(*columns).where(w.enrolment.in_(ENROLMENTS), w.week >= parameter("since"))
