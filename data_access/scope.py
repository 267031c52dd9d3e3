"""Whom a viewer may see, as one SQL expression: lists join it, single reads ask it, exports join it."""

from collections.abc import Callable
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, exists, false, or_, select, true

from auth.permissions import Act, Relation, relations
from auth.viewer import Viewer
from data_access.tables import ACTIVE, Enrolment, EnrolmentAgreement, EnrolmentStatus, Tutoring
from policy.days import london_day


def enrolments_visible_to(viewer: Viewer, act: Act, at: datetime) -> Select[int]:
    """Ids of the enrolments whose records `viewer` may see for `act` at that instant.

    An enrolment, not a student: what belongs to a finished course stays hidden from everyone, also while the
    same person studies on another. Evaluated at query time, so that nothing outlives the day it ends.
    """
    today = london_day(at)
    related = [_RELATIONS[r](viewer, today) for r in sorted(relations(viewer.role, act))]
    return select(Enrolment.id).where(or_(false(), *related), active_on(today))


def students_visible_to(viewer: Viewer, act: Act, at: datetime) -> Select[int]:
    """Numbers of the students with such an enrolment."""
    visible = enrolments_visible_to(viewer, act, at)
    return select(Enrolment.student).where(Enrolment.id.in_(visible)).distinct()


def active_on(today: date) -> ColumnElement[bool]:
    """Whether an enrolment is active on that day, and the agreement at enrolment was made."""
    status = exists().where(
        EnrolmentStatus.enrolment == Enrolment.id,
        EnrolmentStatus.superseded_at.is_(None),
        EnrolmentStatus.status.in_(ACTIVE),
        covers(EnrolmentStatus.first, EnrolmentStatus.last, today),
    )
    agreed = exists().where(
        EnrolmentAgreement.enrolment == Enrolment.id, EnrolmentAgreement.agreed_on <= today
    )
    return status & agreed


def covers(
    first: ColumnElement[date] | object, last: ColumnElement[date | None] | object, today: date
) -> ColumnElement[bool]:
    """Whether the days from `first` to `last`, both included and the last perhaps open, hold `today`."""
    begun: ColumnElement[bool] = first <= today  # type: ignore[operator, assignment]
    open_ended: ColumnElement[bool] = last.is_(None)  # type: ignore[union-attr]
    running: ColumnElement[bool] = last >= today  # type: ignore[operator, assignment]
    return begun & (open_ended | running)


def _self(viewer: Viewer, today: date) -> ColumnElement[bool]:
    return Enrolment.student == viewer.person


def _tutee(viewer: Viewer, today: date) -> ColumnElement[bool]:
    return exists().where(
        Tutoring.enrolment == Enrolment.id,
        Tutoring.tutor == viewer.person,
        covers(Tutoring.first, Tutoring.last, today),
    )


def _everyone(viewer: Viewer, today: date) -> ColumnElement[bool]:
    return true()


def _nobody(viewer: Viewer, today: date) -> ColumnElement[bool]:
    return false()


_RELATIONS: dict[Relation, Callable[[Viewer, date], ColumnElement[bool]]] = {
    Relation.SELF: _self,
    Relation.TUTEE: _tutee,
    Relation.EVERYONE: _everyone,
    Relation.NOBODY: _nobody,
}
