"""What compliance does about an open request: each step, the letters, the search, and a receipt put right."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import update

from auth.refusals import GoneMeanwhile, MovedOn, NothingWritten, ReasonNeeded
from auth.refusals.rights import ReceivedAhead
from auth.viewer import Role, Viewer
from data_access import gate, request_letters, request_news, request_rows, request_steps, restrictions
from data_access.gate import Opened
from data_access.own_requests import ASK
from data_access.tables import CaseSearch, RightsCase
from policy.days import london_day
from privacy import letters
from privacy.case_clock import changed_on
from privacy.case_decisions import (
    Announce,
    Announced,
    Answering,
    Go,
    Lift,
    Progress,
    Received,
    Searched,
    Send,
)
from privacy.marks import Awaited
from privacy.request import State


def carry_out(viewer: Viewer, student_id: str, reference: str, decided: Answering, at: datetime) -> None:
    """Do what was decided about the request. A Refusal changes nothing."""
    match decided:
        case Announce(purpose, why):
            restrictions.announce(viewer, student_id, reference, purpose, why, at)
        case Lift(purpose):
            restrictions.lift(viewer, student_id, reference, purpose, at)
        case _:
            _on_case(viewer, student_id, reference, decided, at)


def _on_case(
    viewer: Viewer,
    student_id: str,
    reference: str,
    decided: Go | Send | Progress | Received | Announced | Searched,
    at: datetime,
) -> None:
    with gate.writing(viewer, student_id, ASK, at, only={Role.COMPLIANCE}) as opened:
        row = request_rows.row(opened, reference, request_rows.open_to_team(opened))
        if row is None:
            raise GoneMeanwhile
        match decided:
            case Go(state, on, why):
                _go(opened, row, state, on, why, at)
            case Send():
                request_letters.send(opened, row, decided, at)
            case Progress(why):
                _progress(opened, row, why, at)
            case Received(received_at, why):
                _put_right(opened, row, received_at, why, at)
            case Announced(results):
                _announced(opened, row, results, at)
            case Searched():
                _searched(opened, row, decided, at)


def _go(opened: Opened, row: RightsCase, state: State, on: date, why: str, at: datetime) -> None:
    """A step that no letter tells of; its day lies between the last change of state and today."""
    if state in letters.LETTERS or not changed_on(request_steps.moves(opened, row)) <= on <= london_day(at):
        raise MovedOn
    request_steps.move(opened, row, state, on, why, at)


def _progress(opened: Opened, row: RightsCase, why: str, at: datetime) -> None:
    if not why.strip():
        raise NothingWritten
    request_steps.note(opened, row, why, at)
    request_news.tell(opened, row, at)


def _put_right(opened: Opened, row: RightsCase, received_at: datetime, why: str, at: datetime) -> None:
    """The receipt as it truly was; what was entered before stays among the steps."""
    if not why.strip():
        raise ReasonNeeded
    if received_at > at:
        raise ReceivedAhead
    before, now = london_day(row.received_at), london_day(received_at)
    opened.session.execute(update(RightsCase).where(RightsCase.id == row.id).values(received_at=received_at))
    opened.session.refresh(row)
    request_steps.note(opened, row, f"Received on {_day(now)}, not on {_day(before)}: {why.strip()}", at)


def _announced(opened: Opened, row: RightsCase, results: date, at: datetime) -> None:
    """The day on which the marks of such a request are announced: it may be due sooner. MovedOn for any other."""
    if row.marks_by is None:
        raise MovedOn
    row.marks_by = Awaited(london_day(row.received_at), results).by
    request_steps.note(opened, row, f"The marks are announced on {_day(results)}.", at)
    request_news.tell(opened, row, at)


def _searched(opened: Opened, row: RightsCase, decided: Searched, at: datetime) -> None:
    if not decided.searched and not decided.why.strip():
        raise ReasonNeeded
    found: dict[str, Any] = vars(decided) | {"at": at, "person": opened.viewer.person}
    opened.session.add(CaseSearch(case=row.id, **found))


def _day(on: date) -> str:
    return f"{on.day} {on:%B %Y}"
