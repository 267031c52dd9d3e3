"""The counts that registers are printed with, read where the register is open already. No row leads to a person."""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import case, exists, func, select

import policy
from auth.viewer import Role
from data_access import anchors, person_paths
from data_access.gate import Opened
from data_access.scope import covers, who_and_when
from data_access.tables import (
    ACTIVE,
    Account,
    AgreementAcceptance,
    Base,
    Course,
    Enrolment,
    EnrolmentAgreement,
    EnrolmentStatus,
    Level,
    LoadRun,
    Release,
    RightsCase,
    RoleGrant,
    RunState,
)
from policy.days import london_day
from privacy.case_counts import counted
from privacy.labels import SYSTEMS
from privacy.register_facts import Covered, Loaded, Measured, Released, Rights

A_YEAR = timedelta(days=365)
_STUDIES = exists().where(
    EnrolmentStatus.enrolment == Enrolment.id,
    EnrolmentStatus.superseded_at.is_(None),
    EnrolmentStatus.status.in_(ACTIVE),
    covers(EnrolmentStatus.first, EnrolmentStatus.last),
)
"""Whether an enrolment is active today, agreed to or not."""
HELD = (
    select(RoleGrant.person, RoleGrant.role)
    .join(Account, Account.person == RoleGrant.person)
    .where(Account.active, covers(RoleGrant.first, RoleGrant.last))
)
"""Who holds which role today, with an open account; execute with `who_and_when`."""


def students(opened: Opened, at: datetime) -> Mapping[str, int]:
    """People with an active enrolment, by level; every level is there."""
    question = (
        select(Course.level, func.count(Enrolment.student.distinct()))
        .join(Enrolment, Enrolment.course == Course.id)
        .where(_STUDIES)
        .group_by(Course.level)
    )
    rows: dict[Any, int] = dict(_all(opened, question, at))
    return {level.value: rows.get(level, 0) for level in Level}


def staff(opened: Opened, at: datetime) -> Mapping[str, int]:
    """People by role of staff held today, in words; every role is there."""
    held = HELD.subquery()
    question = select(held.c.role, func.count(held.c.person.distinct())).group_by(held.c.role)
    rows: dict[Any, int] = dict(_all(opened, question, at))
    return {role.words: rows.get(role, 0) for role in Role if role.staff}


def signing(opened: Opened, at: datetime) -> tuple[int, int]:
    """How many people hold a role of staff, and how many of them accepted the agreement in force."""
    agreement = policy.current().agreement
    signers = HELD.where(RoleGrant.role.in_([role for role in Role if role.staff])).subquery()
    accepted = exists().where(
        AgreementAcceptance.person == signers.c.person,
        AgreementAcceptance.version == agreement.version,
        AgreementAcceptance.sha256 == agreement.sha256,
        AgreementAcceptance.expires_at > at,
    )
    people = func.count(signers.c.person.distinct())
    (all_of,), (signed,) = (_all(opened, q, at)[0] for q in (select(people), select(people).where(accepted)))
    return all_of, signed


def coverage(opened: Opened, at: datetime) -> tuple[Covered, ...]:
    """Active enrolments by the system and format they came in, and how many have an agreement by today."""
    agreed = exists().where(
        EnrolmentAgreement.enrolment == Enrolment.id, EnrolmentAgreement.agreed_on <= london_day(at)
    )
    question = (
        select(LoadRun.system, LoadRun.format, func.count(), func.sum(case((agreed, 1), else_=0)))
        .select_from(Enrolment)
        .join(LoadRun, LoadRun.id == Enrolment.run)
        .where(_STUDIES)
        .group_by(LoadRun.system, LoadRun.format)
        .order_by(LoadRun.system, LoadRun.format)
    )
    return tuple(
        Covered(f"{system.words}: {kind}", number, int(having))
        for system, kind, number, having in _all(opened, question, at)
    )


def loads(opened: Opened, at: datetime) -> tuple[Loaded, ...]:
    """The last finished load of each system, in their usual order; without one a system is left out."""
    done = LoadRun.state == RunState.LOADED, LoadRun.finished_at <= at
    newest = select(func.max(LoadRun.id)).where(*done).group_by(LoadRun.system)
    rows = {run.system: run for run in opened.session.scalars(select(LoadRun).where(LoadRun.id.in_(newest)))}
    return tuple(
        Loaded(system, run.finished_at or at, run.rows, run.accepted, run.data_up_to)
        for system in SYSTEMS
        if (run := rows.get(system))
    )


def rights(opened: Opened, at: datetime) -> Rights:
    """Requests of the last twelve months by kind, and those that are open, in counts."""
    c = RightsCase
    over = select(c.kind, c.state, c.received_at, c.ended_at, c.due).where(
        c.ended_at > at - A_YEAR, c.ended_at <= at
    )
    late = func.sum(case((c.due < london_day(at), 1), else_=0))
    waiting, overdue = opened.session.execute(select(func.count(), late).where(c.ended_at.is_(None))).one()
    rows = opened.session.execute(over.order_by(c.id)).all()
    return Rights(
        counted((r.kind, r.state, r.received_at, r.ended_at, r.due) for r in rows), waiting, overdue or 0
    )


def releases(opened: Opened) -> tuple[Released, ...]:
    """Every release with what its own audit found, summed over the characteristics."""
    rows = opened.session.scalars(select(Release).order_by(Release.census, Release.id))
    return tuple(_released(row) for row in rows)


def measured(opened: Opened, at: datetime) -> Measured:
    """Rows by table, of those that lead to a person, and the access log checked from where it begins."""
    verdict = anchors.verify(opened.viewer, at)
    rows = {
        table.name: opened.session.scalar(select(func.count()).select_from(table)) or 0
        for table in Base.metadata.sorted_tables
        if table in set(person_paths.tables())
    }
    return Measured(rows, verdict.lines, verdict.broken_at, verdict.cut)


def _released(row: Release) -> Released:
    audits = json.loads(row.audit or "{}").values()
    beside, unsaid = (sum(len(one[name]) for one in audits) for name in ("beside", "unsaid"))
    return Released(row.census, row.state.value, sum(one["small"] for one in audits), beside, unsaid)


def _all(opened: Opened, question: Any, at: datetime) -> list[Any]:
    return list(opened.session.execute(question, who_and_when(opened.viewer, at)).all())
