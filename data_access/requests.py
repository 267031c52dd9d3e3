"""Requests under the law inside a transaction that is open: one is written there, and one is brought to its end."""

from datetime import datetime

from auth.refusals import NotYoursToSee
from auth.viewer import Role
from data_access import request_steps
from data_access.gate import Opened
from data_access.tables import RightsCase
from policy.days import london_day
from privacy.request import Channel, Kind, State, ends

_ANSWERING = frozenset({State.IN_PROGRESS, State.EXTENDED})
_RECEIVED = "Received on the page My data"


def opened_case(opened: Opened, student: int, kind: Kind, text: str, at: datetime) -> int:
    """Write a student's own request in the transaction that is open; its number.

    A complaint is acknowledged in the same second. NotYoursToSee for a student who is not among those opened.
    """
    case = request_steps.begun(opened, student, kind, text, Channel.HERE, at, at)
    acknowledged(opened, case, at)
    return case.id


def acknowledged(opened: Opened, case: RightsCase, at: datetime) -> None:
    """Confirm the receipt of a complaint; of anything else the receipt is confirmed by the list it stands in."""
    if case.kind is Kind.COMPLAINT and case.channel is Channel.HERE:
        request_steps.move(opened, case, State.ACKNOWLEDGED, london_day(at), _RECEIVED, at)


def settled(opened: Opened, case: int, outcome: State, why: str, at: datetime) -> None:
    """Bring a request to its end by the way there is, in the transaction that is open.

    For what is answered by what happened and not by a letter. Nothing when it is over already; NotYoursToSee when
    it is not of a student opened, MovedOn when such an end cannot follow.
    """
    row = opened.session.get(RightsCase, case)
    if row is None or (opened.viewer.role is not Role.SERVICE and row.student not in opened.students):
        raise NotYoursToSee
    if ends(row.kind, row.state):
        return
    on = london_day(at)
    if row.state not in _ANSWERING | {State.REVIEW}:
        request_steps.move(opened, row, State.IN_PROGRESS, on, "", at)
    if row.state in _ANSWERING:
        request_steps.move(opened, row, State.REVIEW, on, "", at)
    request_steps.move(opened, row, outcome, on, why, at)
