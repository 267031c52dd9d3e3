"""What time does to consents: reminded before their end, ended with their plan or course, and destroyed after it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, false, or_, select, true, update

import policy
from auth.viewer import Role, Viewer
from data_access import consent_rows, database, gate, legal_holds, outbox, person_paths, sealing
from data_access.consent_rows import WRITE, last
from data_access.gate import Opened
from data_access.scope import TODAY, active
from data_access.tables import Consent, ConsentStep, Enrolment, SensitiveExtract, SensitiveNote, SupportPlan
from engagement import words
from policy.days import london_day
from privacy.consent import ENDED, WAITS, State
from privacy.labels import Retention
from support.plan import IN_FORCE

_EMPTY = b""


@dataclass(frozen=True)
class Passed:
    """How many consents ended by themselves, how many students were reminded, and how many texts were destroyed."""

    lapsed: int
    reminded: int
    destroyed: int


def carry_on(viewer: Viewer, at: datetime) -> Passed:
    """Do all that is due. Safe to repeat: what failed in the middle is done the next time. For jobs."""
    with gate.writing(viewer, None, WRITE, at, only={Role.SERVICE}) as opened:
        over = opened.session.scalars(_over(), {"today": london_day(at)}).all()
        for one in over:
            consent_rows.end(opened, one, State.LAPSED, at)
        reminded = _remind(opened, at)
    return Passed(len(over), reminded, _destroy(viewer, at))


def _over() -> Select[int]:
    """Consents that stand, or are still asked for, though the day, the plan or the course is over."""
    here = select(Enrolment.id).where(Enrolment.id == Consent.enrolment, active()).exists()
    return (
        select(Consent.id)
        .join(SupportPlan, SupportPlan.id == Consent.plan)
        .where(
            last(ConsentStep.state).in_([State.GIVEN, *WAITS]),
            or_(Consent.last_day < TODAY, SupportPlan.state.not_in(IN_FORCE), ~here),
        )
    )


def _remind(opened: Opened, at: datetime) -> int:
    """Tell students once, so many days before, that a consent ends."""
    ours, today = policy.current().consent, london_day(at)
    soon = select(Consent).where(
        last(ConsentStep.state) == State.GIVEN,
        Consent.last_day >= today,
        Consent.last_day <= today + timedelta(days=ours.reminder_days),
    )
    rows = opened.session.scalars(soon).all()
    for row in rows:
        told = {"until": f"{words.day(row.last_day)} {row.last_day.year}"}
        outbox.tell(opened, row.enrolment, "consent-ends", f"consent-ends-{row.id}", told, at)
    return len(rows)


def _destroy(viewer: Viewer, at: datetime) -> int:
    """Destroy the keys of what has been shut for long enough, then the sealed texts, but for what a hold keeps.

    The keys go first, in their own store: a fault between the two leaves texts that nobody can open, and the
    next time they go too.
    """
    before = at - timedelta(hours=policy.current().consent.destroy_after_hours)
    number = 0
    for table, shut in (
        (SensitiveExtract, SensitiveExtract.ended_at),
        (SensitiveNote, SensitiveNote.locked_at),
    ):
        with gate.writing(viewer, None, WRITE, at) as opened:
            due = shut <= before, table.destroyed_at.is_(None), ~_held(opened, table.__table__)
            keys = opened.session.scalars(select(table.key).where(*due)).all()
            sealing.destroy(keys)
            changed: Any = update(table).where(table.key.in_(keys)).values(sealed=_EMPTY, destroyed_at=at)
            opened.session.execute(changed)
            number += len(keys)
    with gate.writing(viewer, None, WRITE, at) as opened:
        over = last(ConsentStep.state).in_(ENDED) & (last(ConsentStep.at) <= before)
        number += consent_rows.forget(opened, over & ~_held(opened, Consent.__table__), at)
    database.settle()
    return number


def _held(opened: Opened, table: Any) -> ColumnElement[bool]:
    """Whether a legal hold keeps what is sensitive about the person of a row: shut, and not destroyed."""
    held = legal_holds.running(opened, Retention.SENSITIVE)
    if None in held:
        return true()
    return or_(false(), *(person_paths.belongs(table, one) for one in held if one is not None))
