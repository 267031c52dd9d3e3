"""Whom a viewer may see, as one SQL expression: lists join it, single reads ask it, exports join it.

The expression depends on the role and the act alone, so it is built once for each; who asks, and when, are
its parameters, evaluated at query time, so that nothing outlives the day it ends.
"""

from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Date, Integer, Select, bindparam, exists, false, or_, select, true

from auth.permissions import Act, Relation, relations
from auth.viewer import Role, Viewer
from data_access.tables import ACTIVE, Enrolment, EnrolmentAgreement, EnrolmentStatus, Tutoring
from policy.days import london_day

WHO = bindparam("who", type_=Integer)
TODAY = bindparam("today", type_=Date)


def who_and_when(viewer: Viewer, at: datetime) -> dict[str, Any]:
    """The parameters of the expressions here: the viewer's number, and the date in London."""
    return {"who": viewer.person, "today": london_day(at)}


@cache
def enrolments_visible(role: Role, act: Act) -> Select[int]:
    """Ids of the enrolments whose records the viewer may see for `act`; execute with `who_and_when`.

    An enrolment, not a student: what belongs to a finished course stays hidden from everyone, also while the
    same person studies on another.
    """
    related = [_RELATIONS[relation] for relation in sorted(relations(role, act))]
    return select(Enrolment.id).where(or_(false(), *related), active())


@cache
def students_visible(role: Role, act: Act) -> Select[int]:
    """Numbers of the students with such an enrolment; execute with `who_and_when`."""
    return select(Enrolment.student).where(Enrolment.id.in_(enrolments_visible(role, act))).distinct()


def active() -> ColumnElement[bool]:
    """Whether an enrolment is active today, and the agreement at enrolment was made."""
    status = exists().where(
        EnrolmentStatus.enrolment == Enrolment.id,
        EnrolmentStatus.superseded_at.is_(None),
        EnrolmentStatus.status.in_(ACTIVE),
        covers(EnrolmentStatus.first, EnrolmentStatus.last),
    )
    agreed = exists().where(
        EnrolmentAgreement.enrolment == Enrolment.id, EnrolmentAgreement.agreed_on <= TODAY
    )
    return status & agreed


def covers(first: Any, last: Any) -> ColumnElement[bool]:
    """Whether the days from `first` to `last`, both included and the last perhaps open, hold today."""
    begun: ColumnElement[bool] = first <= TODAY
    running: ColumnElement[bool] = last.is_(None) | (last >= TODAY)
    return begun & running


# A list and not EXISTS: SQLite then begins with the tutor's forty, and does not ask every enrolment there is.
_TUTEE = Enrolment.id.in_(
    select(Tutoring.enrolment).where(Tutoring.tutor == WHO, covers(Tutoring.first, Tutoring.last))
)
_RELATIONS: dict[Relation, ColumnElement[bool]] = {
    Relation.SELF: Enrolment.student == WHO,
    Relation.TUTEE: _TUTEE,
    Relation.EVERYONE: true(),
    Relation.NOBODY: false(),
}
