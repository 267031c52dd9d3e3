"""What waits for advisers and senior tutors of the students whom they see today: numbers, for the weekly e-mail."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, case, func, not_, select
from sqlalchemy.orm import InstrumentedAttribute

from auth.viewer import Role
from data_access.gate import Opened
from data_access.prepared import Statement
from data_access.restricted import restricted
from data_access.scope import SHARE_RUNS, active, covers
from data_access.tables import (
    Account,
    Enrolment,
    Escalation,
    RoleGrant,
    SharedAction,
    SupportAction,
    SupportPlan,
)
from policy.days import london_day
from privacy.purposes import Purpose
from support.digest import Waiting

_WEEK = timedelta(days=6)
Counts = Mapping[int, Mapping[Waiting, int]]
"""By colleague how much waits of each; what does not is left out."""


def of_advisers(opened: Opened, at: datetime) -> Counts:
    """How many actions are shared with each, and how many of them are due this week or before."""
    soon = SupportAction.due <= london_day(at) + _WEEK
    counted = func.count(SharedAction.id.distinct()), func.count(case((soon, SharedAction.id)).distinct())
    running = (
        select(SharedAction.recipient, *counted)
        .select_from(SharedAction)
        .join(SupportAction, SupportAction.id == SharedAction.action)
        .join(SupportPlan, SupportPlan.id == SupportAction.plan)
        .join(Enrolment, Enrolment.id == SupportPlan.enrolment)
        .where(SHARE_RUNS)
    )
    found: dict[int, dict[Waiting, int]] = defaultdict(dict)
    for adviser, shared, due in _of(opened, running, SharedAction.recipient, Role.ADVISER, at):
        found[adviser] = {Waiting.SHARED: shared} | ({Waiting.DUE: due} if due else {})
    return found


def of_senior_tutors(opened: Opened, at: datetime) -> Counts:
    """How many students are passed on to each."""
    e = Escalation
    passed_on = (
        select(e.senior_tutor, func.count(Enrolment.student.distinct()))
        .select_from(e)
        .join(Enrolment, Enrolment.id == e.enrolment)
        .where(e.ended_at.is_(None))
    )
    rows = _of(opened, passed_on, e.senior_tutor, Role.SENIOR_TUTOR, at)
    return {senior: {Waiting.PASSED_ON: number} for senior, number in rows}


def _of(
    opened: Opened, question: Statement, who: InstrumentedAttribute[int], role: Role, at: datetime
) -> list[Any]:
    """Of students whom they may see, by colleague with the role and an open account today."""
    used: tuple[ColumnElement[bool], ...] = active(), not_(restricted(Purpose.FOLLOW_UP))
    asked = (
        question.join(Account, Account.person == who)
        .join(RoleGrant, RoleGrant.person == who)
        .where(*used, Account.active, RoleGrant.role == role, covers(RoleGrant.first, RoleGrant.last))
        .group_by(who)
        .order_by(who)
    )
    return list(opened.session.execute(asked, {"today": london_day(at)}))
