"""What compliance has to answer: the open requests, one of them whole, what is over in counts, and one entered."""

from datetime import datetime

from sqlalchemy import select

from auth.permissions import Act, Action
from auth.refusals import GoneMeanwhile, NothingWritten
from auth.refusals.rights import NoSuchStudent, ReceivedAhead
from auth.viewer import Role, Viewer
from data_access import (
    access_log,
    gate,
    request_rows,
    request_steps,
    restrictions,
    withdrawals,
)
from data_access.access_log import Line
from data_access.gate import Opened
from data_access.own_requests import READ, left_unused
from data_access.tables import Enrolment, RightsCase
from privacy.case import Case
from privacy.case_counts import Counted, counted
from privacy.case_decisions import Enter
from privacy.labels import Category
from privacy.purposes import Duty
from privacy.request import Kind

_COUNT = Act(Action.READ, Category.RIGHTS, Duty.AUDIT)
_ENTER = Act(Action.WRITE, Category.RIGHTS, Duty.AUDIT)


def waiting(viewer: Viewer, at: datetime) -> tuple[Case, ...]:
    """The open requests that are the viewer's to answer; the first to be due first."""
    with gate.reading(viewer, None, READ, at, only={Role.COMPLIANCE}) as opened:
        return request_rows.cases(opened, request_rows.open_to_team(opened))


def one(viewer: Viewer, student_id: str, reference: str, at: datetime) -> Case:
    """One open request whole. GoneMeanwhile when it is over; NotYoursToSee as the gate says."""
    with gate.reading(viewer, student_id, READ, at, only={Role.COMPLIANCE}) as opened:
        mine = RightsCase.reference == reference, request_rows.open_to_team(opened)
        found = request_rows.cases(opened, *mine)
    if not found:
        raise GoneMeanwhile
    return found[0]


def over(viewer: Viewer, since: datetime, at: datetime) -> tuple[Counted, ...]:
    """What ended since then, in counts by kind: nobody's name, and nobody's request."""
    with gate.reading(viewer, None, _COUNT, at, only={Role.COMPLIANCE}) as opened:
        rows = opened.session.execute(
            select(
                RightsCase.kind, RightsCase.state, RightsCase.received_at, RightsCase.ended_at, RightsCase.due
            )
            .where(RightsCase.ended_at >= since, RightsCase.ended_at <= at)
            .order_by(RightsCase.id)
        ).all()
    return counted((r.kind, r.state, r.received_at, r.ended_at, r.due) for r in rows)


def enter(viewer: Viewer, entry: Enter, at: datetime) -> str:
    """Write down a request that came another way; its reference. The student finds it on their page.

    It counts from when it truly reached the university. A consent that is refused or taken back ends in the same
    transaction. NoSuchStudent, ReceivedAhead, NothingWritten; MovedOn where a consent has ended.
    """
    if entry.received_at > at:
        raise ReceivedAhead
    if not entry.text.strip():
        raise NothingWritten
    with gate.writing(viewer, None, _ENTER, at, only={Role.COMPLIANCE}) as opened:
        student = request_rows.numbered(opened, entry.key)
        if student is None:
            raise NoSuchStudent
        own = opened.session.scalars(select(Enrolment.id).where(Enrolment.student == student)).all()
        whose = Opened(opened.session, viewer, _ENTER, tuple(own), (student,))
        case = request_steps.begun(
            whose, student, entry.kind, entry.text, entry.channel, entry.received_at, at, entry.about_team
        )
        restrictions.begin(whose, student, case, left_unused(entry.kind, entry.purposes), at)
        if entry.kind is Kind.CONSENT_WITHDRAWAL:
            withdrawals.carry_out(whose, case, entry.consents, at)
        access_log.append(opened.session.connection(), Line(viewer, _ENTER, (student,), at))
        return case.reference
